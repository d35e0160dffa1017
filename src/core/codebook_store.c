#include <string.h>

#include "base/clock.h"
#include "core/codebook_row.h"
#include "store/store.h"

/* ---- Reading ---- */

static enum code read_codes(struct db *db, struct arena *a, struct codebook *book, struct err *err)
{
	struct code_row *all = arena_array(a, struct code_row, CODES_MAX + 1);
	int n = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT num, id, parent, merged, name, definition, example, colour, position, state FROM book_code WHERE "
	        "book = $1 ORDER BY position, num",
	        book->num));
	while (n < CODES_MAX && rows_next(&rows)) {
		int colour = (int)row_int(&rows, 7);
		all[n++] = (struct code_row){ .code = { .num = row_int(&rows, 0),
			                                .id = row_id(&rows, 1),
			                                .name = arena_strdup(a, row_text(&rows, 4)),
			                                .definition = arena_strdup(a, row_text(&rows, 5)),
			                                .example = arena_strdup(a, row_text(&rows, 6)),
			                                .colour = colour >= 0 && colour < CODE_COLOURS ? colour : 0,
			                                .position = (int)row_int(&rows, 8),
			                                .state = (enum code_state)row_int(&rows, 9) },
			                      .parent = row_int(&rows, 2),
			                      .merged = row_int(&rows, 3) };
	}
	TRY(rows_end(&rows, err));
	codebook_order(a, all, n, book);
	return OK;
}

static enum code read_book(struct rows *rows, struct arena *a, const struct model *model, const struct actor *actor,
                           struct codebook *ret, struct err *err)
{
	struct codebook book = { 0 };
	if (rows_next(rows))
		book = (struct codebook){ .num = row_int(rows, 0),
			                  .id = row_id(rows, 1),
			                  .space = model_space(model, row_int(rows, 2)),
			                  .name = arena_strdup(a, row_text(rows, 3)),
			                  .about = arena_strdup(a, row_text(rows, 4)),
			                  .blind = row_int(rows, 5) != 0,
			                  .created = row_int(rows, 6) };
	TRY(rows_end(rows, err));
	if (book.space == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	struct thing thing = codebook_thing(book.space);
	TRY(may(actor, ACTION_READ, &thing, err));
	*ret = book;
	return OK;
}

#define BOOK_COLUMNS "SELECT b.num, b.id, b.space, b.name, b.about, b.blind, b.created FROM codebook b "

enum code codebook_load(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                        struct id id, struct codebook *ret, struct err *err)
{
	struct codebook book;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, BOOK_COLUMNS "WHERE b.id = $1", id));
	TRY(read_book(&rows, a, model, actor, &book, err));
	TRY(read_codes(db, a, &book, err));
	*ret = book;
	return OK;
}

enum code codebook_load_num(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                            int64_t num, struct codebook *ret, struct err *err)
{
	struct codebook book;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, BOOK_COLUMNS "WHERE b.num = $1", num));
	TRY(read_book(&rows, a, model, actor, &book, err));
	TRY(read_codes(db, a, &book, err));
	*ret = book;
	return OK;
}

enum code codebook_of_code(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                           struct id id, struct codebook *ret, int *place, struct err *err)
{
	int64_t num;
	TRY(db_int(db, &num, 0, err, "SELECT book FROM book_code WHERE id = $1", id));
	TRY(codebook_load_num(db, a, model, actor, num, ret, err));
	*place = codebook_place_of_id(ret, id);
	if (*place < 0) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	return OK;
}

enum code codebook_list(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                        struct codebook **ret, int *n, struct err *err)
{
	struct codebook *all = arena_array(a, struct codebook, CODEBOOKS_MAX + 1);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, BOOK_COLUMNS "ORDER BY b.name, b.num"));
	while (found < CODEBOOKS_MAX && rows_next(&rows)) {
		const struct space *space = model_space(model, row_int(&rows, 2));
		struct thing thing = codebook_thing(space);
		if (space == NULL || !allowed(actor, ACTION_READ, &thing)) continue;
		all[found++] = (struct codebook){ .num = row_int(&rows, 0),
			                          .id = row_id(&rows, 1),
			                          .space = space,
			                          .name = arena_strdup(a, row_text(&rows, 3)),
			                          .about = arena_strdup(a, row_text(&rows, 4)),
			                          .blind = row_int(&rows, 5) != 0,
			                          .created = row_int(&rows, 6) };
	}
	*ret = all;
	*n = found;
	return rows_end(&rows, err);
}

enum code codebook_events(struct db *db, struct arena *a, const struct codebook *book, int place, int max,
                          struct book_event **ret, int *n, struct err *err)
{
	struct book_event *all = arena_array(a, struct book_event, (size_t)max + 1);
	int64_t code = place < 0 ? 0 : book->codes[place].num;
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT e.at, p.name, e.kind, c.name, e.was, o.name, c.id FROM book_event e JOIN book_code c ON c.num = e.code "
	        "LEFT JOIN book_code o ON o.num = e.other LEFT JOIN person p ON p.num = e.person WHERE e.book = $1 AND ($2 = 0 "
	        "OR e.code = $2 OR e.other = $2) ORDER BY e.num DESC LIMIT $3",
	        book->num, code, max));
	while (found < max && rows_next(&rows))
		all[found++] = (struct book_event){ .at = row_int(&rows, 0),
			                            .who = row_is_null(&rows, 1) ? NULL
			                                                         : arena_strdup(a, row_text(&rows, 1)),
			                            .kind = (enum code_event)row_int(&rows, 2),
			                            .name = arena_strdup(a, row_text(&rows, 3)),
			                            .was = arena_strdup(a, row_text(&rows, 4)),
			                            .other = arena_strdup(a, row_text(&rows, 5)),
			                            .code = row_id(&rows, 6) };
	*ret = all;
	*n = found;
	return rows_end(&rows, err);
}

/* ---- Books ---- */

enum code codebook_add(struct tx *tx, int64_t space, const char *name, const char *about, bool blind, struct id *ret,
                       struct err *err)
{
	*ret = id_new();
	return db_run(tx_db(tx), err,
	              "INSERT INTO codebook (id, space, name, about, blind, created) VALUES ($1, $2, $3, $4, $5, $6)",
	              *ret, space, name, about, blind, clock_now());
}

enum code codebook_change(struct tx *tx, const struct codebook *book, const char *name, const char *about, bool blind,
                          struct err *err)
{
	return db_run(tx_db(tx), err, "UPDATE codebook SET name = $1, about = $2, blind = $3 WHERE num = $4", name,
	              about, blind, book->num);
}

enum code codebook_delete(struct tx *tx, const struct codebook *book, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM codebook WHERE num = $1", book->num);
}

/* ---- Codes ---- */

static struct value number_or_null(int64_t num)
{
	return num ? value_int(num) : value_text(NULL);
}

static enum code note(struct tx *tx, int64_t book, int64_t code, int64_t other, int64_t person, enum code_event kind,
                      const char *was, struct err *err)
{
	return db_run(
	        tx_db(tx), err,
	        "INSERT INTO book_event (book, code, other, person, kind, was, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
	        book, code, number_or_null(other), number_or_null(person), (int)kind, was, clock_now());
}

static enum code last_position(struct db *db, int64_t book, int64_t *ret, struct err *err)
{
	return db_int(db, ret, 0, err, "SELECT COALESCE(MAX(position), 0) + 1 FROM book_code WHERE book = $1", book);
}

enum code book_code_add(struct tx *tx, int64_t book, const struct code_new *code, int64_t person, struct id *ret,
                        int64_t *num, struct err *err)
{
	struct db *db = tx_db(tx);
	int64_t n, position;
	struct id id = id_new();
	TRY(db_int(db, &n, 0, err, "SELECT COUNT(*) FROM book_code WHERE book = $1", book));
	if (n >= CODES_MAX) FAIL(err, E_LIMIT, N_("A book has at most %d themes."), CODES_MAX);
	TRY(last_position(db, book, &position, err));
	TRY(db_run(
	        db, err,
	        "INSERT INTO book_code (id, book, parent, merged, name, definition, example, colour, position, state) VALUES "
	        "($1, $2, $3, NULL, $4, $5, $6, $7, $8, $9)",
	        id, book, number_or_null(code->parent), code->name, code->definition, code->example, code->colour,
	        position, (int)CODE_USED));
	TRY(db_int(db, num, 0, err, "SELECT num FROM book_code WHERE id = $1", id));
	*ret = id;
	return note(tx, book, *num, 0, person, CODE_MADE, "", err);
}

static int depth_under(const struct codebook *book, int place)
{
	int deepest = 0;
	for (int i = 0; i < book->n; i++)
		if (codebook_is_under(book, i, place))
			deepest = MAX(deepest, book->codes[i].depth - book->codes[place].depth);
	return deepest;
}

enum code book_code_change(struct tx *tx, const struct codebook *book, int place, const struct code_new *code,
                           int64_t person, struct err *err)
{
	struct db *db = tx_db(tx);
	const struct book_code *old = &book->codes[place];
	int parent = code->parent ? codebook_place(book, code->parent) : -1;
	int64_t was = old->parent < 0 ? 0 : book->codes[old->parent].num;
	int64_t position = old->position;
	if (code->parent && (parent < 0 || codebook_is_under(book, parent, place)))
		FAIL(err, E_INPUT, N_("A theme cannot stand under itself: choose another heading."));
	if (parent >= 0 && book->codes[parent].depth + 1 + depth_under(book, place) >= CODE_DEPTH)
		FAIL(err, E_INPUT, N_("Themes stand in at most %d levels: choose a higher heading."), CODE_DEPTH);
	if (code->parent != was) TRY(last_position(db, book->num, &position, err));
	TRY(db_run(
	        db, err,
	        "UPDATE book_code SET parent = $1, name = $2, definition = $3, example = $4, colour = $5, position = $6 WHERE "
	        "num = $7",
	        number_or_null(code->parent), code->name, code->definition, code->example, code->colour, position,
	        old->num));
	if (strcmp(code->name, old->name) != 0)
		TRY(note(tx, book->num, old->num, 0, person, CODE_RENAMED, old->name, err));
	if (code->parent != was)
		TRY(note(tx, book->num, old->num, code->parent, person, CODE_MOVED,
		         old->parent < 0 ? "" : book->codes[old->parent].name, err));
	return OK;
}

enum code book_code_shift(struct tx *tx, const struct codebook *book, int place, int by, struct err *err)
{
	const struct book_code *code = &book->codes[place];
	int other = place + by;
	while (other >= 0 && other < book->n &&
	       (book->codes[other].state != CODE_USED || book->codes[other].parent != code->parent))
		other += by;
	if (other < 0 || other >= book->n) return OK;
	TRY(db_run(tx_db(tx), err, "UPDATE book_code SET position = $1 WHERE num = $2", book->codes[other].position,
	           code->num));
	return db_run(tx_db(tx), err, "UPDATE book_code SET position = $1 WHERE num = $2", code->position,
	              book->codes[other].num);
}

enum code book_code_merge(struct tx *tx, const struct codebook *book, int place, int into, int64_t person,
                          struct err *err)
{
	const struct book_code *code = &book->codes[place];
	if (into < 0 || book->codes[into].state != CODE_USED || code->state == CODE_MERGED)
		FAIL(err, E_INPUT, N_("Choose the theme that goes on: one in use."));
	if (codebook_is_under(book, into, place))
		FAIL(err, E_INPUT, N_("A theme cannot become one of those under it: choose another."));
	int depth = book->codes[into].depth + depth_under(book, place);
	if (depth >= CODE_DEPTH)
		FAIL(err, E_INPUT, N_("Themes stand in at most %d levels: choose a higher heading."), CODE_DEPTH);
	TRY(db_run(tx_db(tx), err, "UPDATE book_code SET state = $1, merged = $2 WHERE num = $3", (int)CODE_MERGED,
	           book->codes[into].num, code->num));
	return note(tx, book->num, code->num, book->codes[into].num, person, CODE_PUT_TOGETHER, "", err);
}

enum code book_code_state(struct tx *tx, const struct codebook *book, int place, enum code_state state, int64_t person,
                          struct err *err)
{
	const struct book_code *code = &book->codes[place];
	enum code_event kind = code->state == CODE_MERGED ? CODE_PARTED
	                       : state == CODE_RETIRED    ? CODE_PUT_AWAY
	                                                  : CODE_BACK;
	if (code->state == state || state == CODE_MERGED) return OK;
	int64_t other = code->state == CODE_MERGED && code->counts != place ? book->codes[code->counts].num : 0;
	TRY(db_run(tx_db(tx), err, "UPDATE book_code SET state = $1, merged = NULL WHERE num = $2", (int)state,
	           code->num));
	return note(tx, book->num, code->num, other, person, kind, "", err);
}

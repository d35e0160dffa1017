/* What coders put on texts: read. */
#include "core/coding.h"

/* ---- Work lists ---- */

#define LIST_COLUMNS                                                                                                           \
	"SELECT l.num, l.id, l.book, b.name, l.form, l.view, l.fields, l.name, b.space FROM coding_list l JOIN codebook b ON " \
	"b.num = l.book "

static bool read_list(const struct rows *rows, struct arena *a, const struct model *model, struct coding_list *ret)
{
	const struct form *form = model_form_by_num(model, row_int(rows, 4));
	if (form == NULL) return false;
	*ret = (struct coding_list){ .num = row_int(rows, 0),
		                     .id = row_id(rows, 1),
		                     .book = row_int(rows, 2),
		                     .book_name = arena_strdup(a, row_text(rows, 3)),
		                     .form = form,
		                     .view = arena_strdup(a, row_text(rows, 5)),
		                     .fields = arena_strdup(a, row_text(rows, 6)),
		                     .name = arena_strdup(a, row_text(rows, 7)) };
	return true;
}

enum code coding_list_load(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                           struct id id, struct coding_list *ret, struct codebook *book, struct err *err)
{
	struct coding_list list;
	bool found;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, LIST_COLUMNS "WHERE l.id = $1", id));
	found = rows_next(&rows) && read_list(&rows, a, model, &list);
	TRY(rows_end(&rows, err));
	if (!found) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(codebook_load_num(db, a, model, actor, list.book, book, err));
	*ret = list;
	return OK;
}

enum code coding_lists(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                       const struct form *form, struct coding_list **ret, int *n, struct err *err)
{
	struct coding_list *all = arena_array(a, struct coding_list, CODING_LISTS_MAX + 1);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, LIST_COLUMNS "WHERE ($1 = 0 OR l.form = $1) ORDER BY l.name, l.num",
	             form ? form->num : (int64_t)0));
	while (found < CODING_LISTS_MAX && rows_next(&rows)) {
		const struct space *space = model_space(model, row_int(&rows, 8));
		struct thing thing = codebook_thing(space);
		if (space && allowed(actor, ACTION_READ, &thing)) found += read_list(&rows, a, model, &all[found]);
	}
	*ret = all;
	*n = found;
	return rows_end(&rows, err);
}

/* ---- All of a list ---- */

static enum code read_texts(struct db *db, struct arena *a, const struct form *form, struct coding_all *ret,
                            struct err *err)
{
	int64_t room;
	int n = 0;
	TRY(db_int(db, &room, 0, err, "SELECT COUNT(*) FROM coded_text WHERE form = $1", form->num));
	struct coded_row *all = arena_array(a, struct coded_row, (size_t)room + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT num, thing, field FROM coded_text WHERE form = $1 ORDER BY thing, field",
	             form->num));
	while (n < room && rows_next(&rows))
		all[n++] = (struct coded_row){ row_int(&rows, 0), row_id(&rows, 1),
			                       arena_strdup(a, row_text(&rows, 2)) };
	ret->texts = all;
	ret->ntexts = n;
	return rows_end(&rows, err);
}

static enum code read_marks(struct db *db, struct arena *a, const struct codebook *book, const struct form *form,
                            struct coding_all *ret, struct err *err)
{
	int64_t room;
	int n = 0;
	TRY(db_int(db, &room, 0, err,
	           "SELECT COUNT(*) FROM coding_mark m JOIN coded_text t ON t.num = m.text WHERE t.form = $1",
	           form->num));
	if (room > CODING_MARKS_MAX) room = CODING_MARKS_MAX;
	struct coding_mark *all = arena_array(a, struct coding_mark, (size_t)room + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT m.id, m.text, m.code, m.person, m.begin, m.until, m.words, m.version, m.cited FROM coding_mark m JOIN "
	        "coded_text t ON t.num = m.text JOIN book_code c ON c.num = m.code WHERE t.form = $1 AND c.book = $2 ORDER BY "
	        "m.text, m.begin, m.num",
	        form->num, book->num));
	while (n < room && rows_next(&rows))
		all[n++] = (struct coding_mark){ .id = row_id(&rows, 0),
			                         .text = row_int(&rows, 1),
			                         .code = row_int(&rows, 2),
			                         .person = row_int(&rows, 3),
			                         .begin = (int)row_int(&rows, 4),
			                         .until = (int)row_int(&rows, 5),
			                         .words = arena_strdup(a, row_text(&rows, 6)),
			                         .version = row_hash(&rows, 7),
			                         .cited = row_int(&rows, 8) != 0 };
	ret->marks = all;
	ret->nmarks = n;
	return rows_end(&rows, err);
}

static enum code read_readers(struct db *db, struct arena *a, const struct codebook *book, const struct form *form,
                              struct coding_all *ret, struct err *err)
{
	int64_t room;
	int n = 0;
	TRY(db_int(db, &room, 0, err, "SELECT COUNT(*) FROM coding_read WHERE book = $1", book->num));
	struct coding_reader *all = arena_array(a, struct coding_reader, (size_t)room + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT r.text, r.person FROM coding_read r JOIN coded_text t ON t.num = r.text WHERE r.book = $1 AND t.form = "
	        "$2 ORDER BY r.text, r.person",
	        book->num, form->num));
	while (n < room && rows_next(&rows)) all[n++] = (struct coding_reader){ row_int(&rows, 0), row_int(&rows, 1) };
	ret->readers = all;
	ret->nreaders = n;
	return rows_end(&rows, err);
}

static enum code read_verdicts(struct db *db, struct arena *a, const struct codebook *book, const struct form *form,
                               struct coding_all *ret, struct err *err)
{
	int64_t decisions, verdicts;
	int n = 0;
	TRY(db_int(db, &decisions, 0, err, "SELECT COUNT(*) FROM coding_decision WHERE book = $1", book->num));
	TRY(db_int(db, &verdicts, 0, err,
	           "SELECT COUNT(*) FROM coding_verdict v JOIN book_code c ON c.num = v.code WHERE c.book = $1",
	           book->num));
	int room = (int)(decisions + verdicts);
	struct coding_verdict *all = arena_array(a, struct coding_verdict, (size_t)room + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT d.text, COALESCE(c.num, 0) FROM coding_decision d JOIN coded_text t ON t.num = d.text LEFT JOIN "
	        "coding_verdict v ON v.text = d.text AND v.code IN (SELECT num FROM book_code WHERE book = $1) LEFT JOIN "
	        "book_code c ON c.num = v.code WHERE d.book = $1 AND t.form = $2 ORDER BY d.text, 2",
	        book->num, form->num));
	while (n < room && rows_next(&rows)) all[n++] = (struct coding_verdict){ row_int(&rows, 0), row_int(&rows, 1) };
	ret->verdicts = all;
	ret->nverdicts = n;
	return rows_end(&rows, err);
}

enum code coding_read_all(struct db *db, struct arena *a, const struct codebook *book, const struct form *form,
                          struct coding_all *ret, struct err *err)
{
	struct coding_all all = { 0 };
	TRY(read_texts(db, a, form, &all, err));
	TRY(read_marks(db, a, book, form, &all, err));
	TRY(read_readers(db, a, book, form, &all, err));
	TRY(read_verdicts(db, a, book, form, &all, err));
	*ret = all;
	return OK;
}

enum code coding_talk(struct db *db, struct arena *a, const struct codebook *book, const struct form *form,
                      struct coding_said **ret, int *n, struct err *err)
{
	int64_t room;
	int found = 0;
	TRY(db_int(db, &room, 0, err, "SELECT COUNT(*) FROM coding_talk WHERE book = $1", book->num));
	struct coding_said *all = arena_array(a, struct coding_said, (size_t)room + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT k.text, k.at, p.name, k.note FROM coding_talk k JOIN coded_text t ON t.num = k.text LEFT JOIN person p "
	        "ON p.num = k.person WHERE k.book = $1 AND t.form = $2 ORDER BY k.text, k.num",
	        book->num, form->num));
	while (found < room && rows_next(&rows))
		all[found++] = (struct coding_said){ .text = row_int(&rows, 0),
			                             .at = row_int(&rows, 1),
			                             .who = row_is_null(&rows, 2) ? NULL
			                                                          : arena_strdup(a, row_text(&rows, 2)),
			                             .note = arena_strdup(a, row_text(&rows, 3)) };
	*ret = all;
	*n = found;
	return rows_end(&rows, err);
}

enum code coding_coder_name(struct db *db, struct arena *a, int64_t person, const char **ret, struct err *err)
{
	const char *name = NULL;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT name FROM person WHERE num = $1", person));
	if (rows_next(&rows)) name = arena_strdup(a, row_text(&rows, 0));
	TRY(rows_end(&rows, err));
	*ret = name;
	return OK;
}

#include "core/file_ref.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "core/object.h"
#include "core/reading.h"
#include "store/file.h"

/* ---- What values name ---- */

struct hashes {
	struct arena *a;
	struct hash *all;
	int n, room;
};

static void add(struct hashes *list, const struct hash *hash)
{
	for (int i = 0; i < list->n; i++)
		if (hash_compare(&list->all[i], hash) == 0) return;
	if (list->n == list->room) {
		list->room = list->room ? 2 * list->room : 16;
		struct hash *larger = arena_array(list->a, struct hash, (size_t)list->room);
		if (list->n) memcpy(larger, list->all, (size_t)list->n * sizeof(*larger));
		list->all = larger;
	}
	list->all[list->n++] = *hash;
}

static void gather(struct hashes *list, const json_t *value)
{
	const char *key;
	json_t *inner;
	struct hash hash;
	for (size_t i = 0; i < json_array_size(value); i++) gather(list, json_array_get(value, i));
	json_object_foreach ((json_t *)value, key, inner)
		if (strcmp(key, "file") == 0 && json_is_string(inner) && hash_from_hex(json_string_value(inner), &hash))
			add(list, &hash);
		else gather(list, inner);
}

int file_list(struct arena *a, const json_t *value, struct hash **ret)
{
	struct hashes list = { .a = a };
	gather(&list, value);
	*ret = list.all;
	return list.n;
}

/* ---- Who holds what ---- */

static enum code add_refs(struct tx *tx, int64_t record, int audience, const struct hashes *list, struct err *err)
{
	for (int i = 0; i < list->n; i++)
		TRY(db_run(tx_db(tx), err,
		           "INSERT INTO file_ref (file, record, audience) VALUES ($1, $2, $3)"
		           " ON CONFLICT (file, record, audience) DO NOTHING",
		           list->all[i], record, audience));
	return OK;
}

enum code file_refs_add(struct tx *tx, struct arena *a, const struct record *record, struct err *err)
{
	for (int i = 0; i < AUDIENCE_COUNT; i++) {
		struct hashes list = { .a = a };
		gather(&list, record->parts[i].values);
		gather(&list, record->parts[i].conflict);
		TRY(add_refs(tx, record->num, i, &list, err));
	}
	return OK;
}

/* Texts without the word are not read. */
static enum code gather_revisions(struct db *db, const struct record *record, int audience, struct hashes *list,
                                  struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT b.data FROM obj o JOIN body b ON b.id = o.id WHERE o.rec = $1 AND o.compartment = $2"
	             " AND b.data LIKE '%\"file\"%'",
	             record->num, record->space->compartments[audience]));
	while (rows_next(&rows)) {
		json_t *body;
		const char *text = row_text(&rows, 0);
		if (json_parse(list->a, text, strlen(text), &body, NULL) == OK) gather(list, body);
	}
	return rows_end(&rows, err);
}

enum code file_refs_rebuild(struct tx *tx, struct arena *a, const struct record *record, struct err *err)
{
	TRY(db_run(tx_db(tx), err, "DELETE FROM file_ref WHERE record = $1", record->num));
	for (int i = 0; i < AUDIENCE_COUNT; i++) {
		struct hashes list = { .a = a };
		TRY(gather_revisions(tx_db(tx), record, i, &list, err));
		TRY(add_refs(tx, record->num, i, &list, err));
	}
	return file_refs_add(tx, a, record, err);
}

/* ---- Who reads it ---- */

static bool is_readable(const struct actor *actor, const struct rows *rows, const struct space *space)
{
	struct thing thing = { .kind = KIND_RECORD,
		               .space = space,
		               .author = row_int(rows, 1),
		               .state = (enum record_state)row_int(rows, 2),
		               .audience = (enum audience)row_int(rows, 3),
		               .circle = row_int(rows, 4) };
	if (space == NULL || !allowed(actor, ACTION_READ, &thing)) return false;
	if (thing.circle) reading_note(actor, row_id(rows, 5), row_int(rows, 6));
	return true;
}

/* The records that hold it: is there one whose part visitors read, one whose part the actor reads? */
static enum code find_readers(struct db *db, const struct model *model, const struct actor *actor,
                              const struct hash *hash, bool *everybody, bool *readable, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT r.space, r.author, r.state, f.audience, r.circle, r.id, r.form FROM file_ref f JOIN record r ON r.num = f.record"
	        " WHERE f.file = $1 ORDER BY f.audience",
	        *hash));
	while (!*everybody && rows_next(&rows)) {
		const struct space *space = model_space(model, row_int(&rows, 0));
		*everybody = is_readable(&actor_visitor, &rows, space);
		*readable |= *everybody || is_readable(actor, &rows, space);
	}
	return rows_end(&rows, err);
}

/* A space's own logo: of who reads the space. */
static void find_spaces(const struct model *model, const struct actor *actor, const struct hash *hash, bool *everybody,
                        bool *readable)
{
	char hex[HASH_HEX + 1];
	hash_hex(hash, hex);
	for (int i = 0; i < model->nspaces; i++) {
		const struct space *space = &model->spaces[i];
		const struct thing thing = { .kind = KIND_SPACE, .space = space };
		const json_t *logo = json_array_get(json_object_get(space->definition, "logo"), 0);
		if (strcmp(json_str_or(logo, "file", ""), hex) != 0) continue;
		*everybody |= allowed(&actor_visitor, ACTION_READ, &thing);
		*readable |= *everybody || allowed(actor, ACTION_READ, &thing);
	}
}

static enum code sent_it(struct db *db, const struct actor *actor, const struct hash *hash, bool *ret, struct err *err)
{
	int64_t n;
	if (actor->person == 0) return OK;
	TRY(db_int(db, &n, 0, err, "SELECT COUNT(*) FROM upload WHERE person = $1 AND file = $2 AND created > $3",
	           actor->person, *hash, clock_now() - FILE_GRACE_MS));
	*ret = n > 0;
	return OK;
}

static enum code load(struct db *db, struct arena *a, const struct hash *hash, struct kept_file *ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT f.size, f.type, p.width, p.height FROM file f"
	             " LEFT JOIN picture p ON p.file = f.hash AND p.version = f.hash WHERE f.hash = $1",
	             *hash));
	if (!rows_next(&rows)) {
		TRY(rows_end(&rows, err));
		FAIL(err, E_NOT_FOUND, N_("There is no file at this address."));
	}
	*ret = (struct kept_file){ .hash = *hash,
		                   .size = row_int(&rows, 0),
		                   .type = arena_strdup(a, row_text(&rows, 1)),
		                   .width = (int)row_int(&rows, 2),
		                   .height = (int)row_int(&rows, 3) };
	return OK;
}

enum code file_find(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                    const struct hash *hash, struct kept_file *ret, struct err *err)
{
	bool everybody = false, readable = actor->person == 0 && actor->site == LEVEL_ADMINISTRATOR; /* the program */
	struct kept_file file;
	TRY(find_readers(db, model, actor, hash, &everybody, &readable, err));
	find_spaces(model, actor, hash, &everybody, &readable);
	if (!readable) TRY(sent_it(db, actor, hash, &readable, err));
	if (!readable) FAIL(err, E_NOT_FOUND, N_("There is no file at this address."));
	TRY(load(db, a, hash, &file, err));
	file.everybody = everybody;
	*ret = file;
	return OK;
}

enum code file_find_size(struct db *db, struct arena *a, const struct kept_file *picture, int side,
                         struct kept_file *ret, struct err *err)
{
	struct kept_file found;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT version, width, height FROM picture WHERE file = $1 AND side >= $2 ORDER BY side LIMIT 1",
	             picture->hash, side));
	if (!rows_next(&rows)) {
		TRY(rows_end(&rows, err));
		FAIL(err, E_NOT_FOUND, N_("There is no file at this address."));
	}
	struct hash version = row_hash(&rows, 0);
	int width = (int)row_int(&rows, 1), height = (int)row_int(&rows, 2);
	TRY(load(db, a, &version, &found, err));
	found.width = width;
	found.height = height;
	found.everybody = picture->everybody;
	*ret = found;
	return OK;
}

/* ---- What comes ---- */

enum code file_note_upload(struct tx *tx, int64_t person, const struct hash *hash, struct err *err)
{
	return db_run(tx_db(tx), err,
	              "INSERT INTO upload (person, file, created) VALUES ($1, $2, $3)"
	              " ON CONFLICT (person, file) DO UPDATE SET created = excluded.created",
	              person, *hash, clock_now());
}

enum code file_note_picture(struct tx *tx, const struct hash *file, int side, const struct hash *version, int width,
                            int height, struct err *err)
{
	return db_run(tx_db(tx), err,
	              "INSERT INTO picture (file, side, version, width, height) VALUES ($1, $2, $3, $4, $5)"
	              " ON CONFLICT (file, side) DO NOTHING",
	              *file, side, *version, width, height);
}

/* ---- What goes ---- */

enum { COLLECTED = 200 /* at once */ };

struct collecting {
	struct arena *a;
	struct hashes unused;
};

/* Settings name files too: the site's own pictures. */
static enum code gather_settings(struct db *db, struct hashes *list, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT body FROM definition WHERE body LIKE '%\"file\"%' UNION ALL SELECT body FROM space WHERE body "
	        "LIKE '%\"file\"%'"));
	while (rows_next(&rows)) {
		json_t *body;
		const char *text = row_text(&rows, 0);
		if (json_parse(list->a, text, strlen(text), &body, NULL) == OK) gather(list, body);
	}
	return rows_end(&rows, err);
}

static bool is_in(const struct hashes *list, const struct hash *hash)
{
	for (int i = 0; i < list->n; i++)
		if (hash_compare(&list->all[i], hash) == 0) return true;
	return false;
}

/* A size of a picture goes with it: the next time, when nothing names it any more. */
static enum code find_unused(struct db *db, const struct hashes *settings, struct hashes *unused, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT f.hash FROM file f WHERE f.created < $1"
	             " AND NOT EXISTS (SELECT 1 FROM file_ref r WHERE r.file = f.hash)"
	             " AND NOT EXISTS (SELECT 1 FROM upload u WHERE u.file = f.hash)"
	             " AND NOT EXISTS (SELECT 1 FROM picture p WHERE p.version = f.hash AND p.file <> f.hash)"
	             " ORDER BY f.hash",
	             clock_now() - FILE_GRACE_MS));
	while (unused->n < COLLECTED && rows_next(&rows)) {
		struct hash hash = row_hash(&rows, 0);
		if (!is_in(settings, &hash)) add(unused, &hash);
	}
	return rows_end(&rows, err);
}

static enum code forget(struct tx *tx, void *arg, struct err *err)
{
	struct collecting *c = arg;
	struct db *db = tx_db(tx);
	struct hashes settings = { .a = c->a };
	c->unused = (struct hashes){ .a = c->a };
	TRY(db_run(db, err, "DELETE FROM upload WHERE created < $1", clock_now() - FILE_GRACE_MS));
	TRY(gather_settings(db, &settings, err));
	TRY(find_unused(db, &settings, &c->unused, err));
	for (int i = 0; i < c->unused.n; i++)
		TRY(db_run(db, err, "DELETE FROM file WHERE hash = $1", c->unused.all[i]));
	return OK;
}

static enum code sweep(struct tx *tx, void *arg, struct err *err)
{
	struct collecting *c = arg;
	for (int i = 0; i < c->unused.n; i++) TRY(file_sweep(tx, &c->unused.all[i], err));
	return OK;
}

static enum code collect(struct store *store, struct collecting *c, int *n, struct err *err)
{
	do {
		TRY(store_write_freeing(store, forget, c, err));
		TRY(store_write_freeing(store, sweep, c, err));
		*n += c->unused.n;
	} while (c->unused.n > 0);
	return OK;
}

enum code files_collect(struct store *store, int *ret, struct err *err)
{
	struct arena a;
	struct collecting c = { .a = &a };
	arena_init(&a);
	*ret = 0;
	enum code code = collect(store, &c, ret, err);
	arena_release(&a);
	return code;
}

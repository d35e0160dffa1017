#include "core/object_store.h"

#include <string.h>

#include "base/clock.h"

static enum code insert_body(struct db *db, const struct object *o, struct err *err)
{
	bool present = o->state == BODY_PRESENT;
	struct blob salt = { present ? o->salt : NULL, OBJECT_SALT };
	const char *text = present ? o->body : NULL;
	return db_run(db, err,
	              "INSERT INTO body (id, salt, data, state) VALUES ($1, $2, $3, $4) "
	              "ON CONFLICT (id) DO UPDATE SET salt = excluded.salt, data = excluded.data, "
	              "state = excluded.state WHERE body.state = $5",
	              o->id, salt, text, (int)o->state, (int)BODY_PENDING);
}

enum code object_insert(struct tx *tx, int64_t record, const struct object *o, struct err *err)
{
	struct db *db = tx_db(tx);
	struct value actor = id_is_zero(o->actor) ? value_text(NULL) : value_id(o->actor);
	TRY(db_run(db, err,
	           "INSERT INTO obj (id, rec, compartment, depth, hlc, actor, save, flags, header) "
	           "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING",
	           o->id, record, o->compartment, o->depth, (int64_t)o->hlc, actor, o->save, o->flags, o->header));
	for (int i = 0; i < o->nparents; i++)
		TRY(db_run(db, err,
		           "INSERT INTO parent (child, parent) VALUES ($1, $2) "
		           "ON CONFLICT (child, parent) DO NOTHING",
		           o->id, o->parents[i]));
	return insert_body(db, o, err);
}

static enum code read_row(struct arena *a, const struct rows *rows, struct object *ret, struct err *err)
{
	struct hash id = row_hash(rows, 0);
	const char *header = row_text(rows, 1);
	if (object_read_header(a, &id, header, strlen(header), ret, NULL) != OK)
		FAIL(err, E_IO, N_("a revision kept in the database is damaged"));
	return OK;
}

enum code object_list(struct db *db, struct arena *a, int64_t record, struct id compartment, struct object **ret,
                      int *n, struct err *err)
{
	int64_t count;
	TRY(db_int(db, &count, 0, err, "SELECT COUNT(*) FROM obj WHERE rec = $1 AND compartment = $2", record,
	           compartment));
	struct object *objects = arena_array(a, struct object, (size_t)count + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT id, header FROM obj WHERE rec = $1 AND compartment = $2", record,
	             compartment));
	int found = 0;
	while (found < count && rows_next(&rows)) TRY(read_row(a, &rows, &objects[found++], err));
	TRY(rows_end(&rows, err));
	*ret = objects;
	*n = found;
	return OK;
}

enum code object_find(struct db *db, struct arena *a, int64_t record, struct id compartment, const struct hash *id,
                      struct object *ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT id, header FROM obj WHERE id = $1 AND rec = $2 AND compartment = $3", *id,
	             record, compartment));
	if (!rows_next(&rows)) {
		TRY(rows_end(&rows, err));
		FAIL(err, E_NOT_FOUND, N_("not found"));
	}
	return read_row(a, &rows, ret, err);
}

enum code object_load_body(struct db *db, struct arena *a, struct object *object, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT state, data FROM body WHERE id = $1", object->id));
	if (!rows_next(&rows)) {
		object->state = BODY_PENDING;
		return rows_end(&rows, err);
	}
	object->state = (enum body_state)row_int(&rows, 0);
	if (object->state != BODY_PRESENT) return rows_end(&rows, err);
	const char *text = row_text(&rows, 1);
	if (object_trust_body(a, object, text, strlen(text), NULL) != OK)
		FAIL(err, E_IO, N_("a revision kept in the database is damaged"));
	return OK;
}

enum code object_erase(struct tx *tx, const struct hash *id, struct err *err)
{
	return db_run(tx_db(tx), err,
	              "INSERT INTO body (id, salt, data, state) VALUES ($1, NULL, NULL, $2) "
	              "ON CONFLICT (id) DO UPDATE SET salt = NULL, data = NULL, state = excluded.state",
	              *id, (int)BODY_ERASED);
}

enum code object_next_hlc(struct db *db, uint64_t *ret, struct err *err)
{
	int64_t greatest;
	TRY(db_int(db, &greatest, 0, err, "SELECT MAX(hlc) FROM obj"));
	*ret = hlc_next(clock_now(), (uint64_t)greatest);
	return OK;
}

enum code object_next_depth(struct db *db, const struct object *object, int64_t *ret, struct err *err)
{
	int64_t greatest = 0;
	for (int i = 0; i < object->nparents; i++) {
		int64_t depth;
		TRY(db_int(db, &depth, 0, err, "SELECT depth FROM obj WHERE id = $1", object->parents[i]));
		greatest = MAX(greatest, depth);
	}
	*ret = greatest + 1;
	return OK;
}

#include "core/definition.h"

#include <string.h>

#include "base/clock.h"

/* A local number for each field of a form: index rows are small, keys stay readable. */
static enum code number_fields(struct db *db, int64_t form, const json_t *body, struct err *err)
{
	size_t i;
	json_t *field;
	json_array_foreach(json_object_get(body, "fields"), i, field) {
		TRY(db_run(db, err,
		           "INSERT INTO field (form, key) VALUES ($1, $2) ON CONFLICT (form, key) DO NOTHING",
		           form, json_str_or(field, "key", "")));
	}
	return OK;
}

static enum code current(struct db *db, struct arena *a, enum definition_kind kind, const char *key,
                         int64_t *num, int64_t *version, const char **body, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT num, version, body FROM definition WHERE kind = $1 AND key = $2", (int)kind, key));
	*num = 0;
	*version = 0;
	*body = "";
	if (rows_next(&rows)) {
		*num = row_int(&rows, 0);
		*version = row_int(&rows, 1);
		*body = arena_strdup(a, row_text(&rows, 2));
	}
	return rows_end(&rows, err);
}

enum code definition_save(struct tx *tx, struct arena *a, enum definition_kind kind, const char *key,
                          const json_t *body, const struct actor *actor, bool *changed, struct err *err)
{
	struct db *db = tx_db(tx);
	int64_t num, version;
	const char *before, *text = json_text(a, body);
	TRY(current(db, a, kind, key, &num, &version, &before, err));
	if (changed) *changed = strcmp(before, text) != 0;
	if (strcmp(before, text) == 0) return OK;
	TRY(db_run(db, err,
	           "INSERT INTO definition (kind, key, version, body, changed) VALUES ($1, $2, $3, $4, $5) "
	           "ON CONFLICT (kind, key) DO UPDATE SET version = excluded.version, body = excluded.body, "
	           "changed = excluded.changed",
	           (int)kind, key, version + 1, text, clock_now()));
	TRY(db_int(db, &num, 0, err, "SELECT num FROM definition WHERE kind = $1 AND key = $2", (int)kind, key));
	TRY(db_run(db, err,
	           "INSERT INTO definition_version (definition, version, body, actor, created) "
	           "VALUES ($1, $2, $3, $4, $5)",
	           num, version + 1, text, actor->person, clock_now()));
	if (kind == DEFINITION_FORM) TRY(number_fields(db, num, body, err));
	tx_public(tx);
	return OK;
}

enum code definition_delete(struct tx *tx, enum definition_kind kind, const char *key, struct err *err)
{
	TRY(db_run(tx_db(tx), err, "UPDATE definition SET body = '' WHERE kind = $1 AND key = $2", (int)kind, key));
	tx_public(tx);
	return OK;
}

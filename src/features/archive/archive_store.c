#include "features/archive/archive.h"

#include "base/clock.h"
#include "core/right.h"

#define COLUMNS "num, id, space, person, scope, created, made, records, files, bytes, error"

static void read_one(const struct rows *rows, struct arena *a, struct archive *ret)
{
	*ret = (struct archive){ .num = row_int(rows, 0),
		                 .id = row_id(rows, 1),
		                 .space = row_int(rows, 2),
		                 .person = row_int(rows, 3),
		                 .scope = (enum archive_scope)row_int(rows, 4),
		                 .created = row_int(rows, 5),
		                 .made = row_is_null(rows, 6) ? 0 : row_int(rows, 6),
		                 .records = row_int(rows, 7),
		                 .files = row_int(rows, 8),
		                 .bytes = row_int(rows, 9),
		                 .error = arena_strdup(a, row_text(rows, 10)) };
}

static enum code read_only(struct rows *rows, struct arena *a, struct archive *ret, struct err *err)
{
	bool found = rows_next(rows);
	if (found) read_one(rows, a, ret);
	TRY(rows_end(rows, err));
	if (!found)
		FAIL(err, E_NOT_FOUND,
		     N_("This archive is no more: they are kept for some days. Ask for another one."));
	return OK;
}

enum code archive_ask(struct tx *tx, const struct space *space, int64_t person, enum archive_scope scope,
                      const char *base_url, enum lang lang, struct err *err)
{
	struct db *db = tx_db(tx);
	struct id id = id_random();
	int64_t num;
	TRY(db_int(db, &num, 0, err,
	           "SELECT num FROM space_archive WHERE space = $1 AND person = $2 AND scope = $3 AND made IS NULL",
	           space->num, person, (int)scope));
	if (num) return OK;
	TRY(db_run(db, err,
	           "INSERT INTO space_archive (id, space, person, scope, created, made, records, files, bytes, error) "
	           "VALUES ($1, $2, $3, $4, $5, NULL, 0, 0, 0, '')",
	           id, space->num, person, (int)scope, clock_now()));
	TRY(db_int(db, &num, 0, err, "SELECT num FROM space_archive WHERE id = $1", id));
	json_t *payload = json_pack("{s:I, s:s, s:s}", "archive", (json_int_t)num, "base", base_url, "lang",
	                            lang_tag(lang));
	enum code code = job_add(tx, "space-archive", payload, 0, err);
	json_decref(payload);
	return code;
}

enum code archive_list(struct db *db, struct arena *a, const struct space *space, int64_t person, struct archive **ret,
                       int *n, struct err *err)
{
	struct archive *all = arena_array(a, struct archive, ARCHIVES_SHOWN);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT " COLUMNS
	             " FROM space_archive WHERE space = $1 AND person = $2 ORDER BY num DESC LIMIT $3",
	             space->num, person, (int)ARCHIVES_SHOWN));
	while (found < ARCHIVES_SHOWN && rows_next(&rows)) read_one(&rows, a, &all[found++]);
	*ret = all;
	*n = found;
	return rows_end(&rows, err);
}

enum code archive_find(struct db *db, struct arena *a, struct id id, int64_t person, struct archive *ret,
                       struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT " COLUMNS " FROM space_archive WHERE id = $1 AND person = $2", id,
	             person));
	return read_only(&rows, a, ret, err);
}

enum code archive_load(struct db *db, struct arena *a, int64_t num, struct archive *ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT " COLUMNS " FROM space_archive WHERE num = $1", num));
	return read_only(&rows, a, ret, err);
}

enum code archive_note(struct tx *tx, const struct archive *archive, struct err *err)
{
	return db_run(
	        tx_db(tx), err,
	        "UPDATE space_archive SET made = $1, records = $2, files = $3, bytes = $4, error = $5 WHERE num = $6",
	        archive->made ? value_int(archive->made) : value_text(NULL), archive->records, archive->files,
	        archive->bytes, archive->error, archive->num);
}

enum code archive_delete(struct tx *tx, int64_t num, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM space_archive WHERE num = $1", num);
}

enum code archive_purge(struct tx *tx, int64_t before, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM space_archive WHERE created < $1", before);
}

enum code archive_names(struct db *db, struct arena *a, json_t **ret, struct err *err)
{
	json_t *names = json_keep(a, json_object());
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT id FROM space_archive"));
	while (rows_next(&rows)) json_object_set_new(names, archive_name(a, row_id(&rows, 0)), json_true());
	*ret = names;
	return rows_end(&rows, err);
}

enum code archive_records(struct db *db, const struct space *space, const struct form *form, int64_t after,
                          int64_t *ret, int max, int *n, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	*n = 0;
	TRY(db_query(db, &rows, err,
	             "SELECT num FROM record WHERE space = $1 AND form = $2 AND about IS NULL AND state IN ($3, $4) "
	             "AND num > $5 ORDER BY num LIMIT $6",
	             space->num, form->num, (int)STATE_PUBLISHED, (int)STATE_ARCHIVED, after, max));
	while (*n < max && rows_next(&rows)) ret[(*n)++] = row_int(&rows, 0);
	return rows_end(&rows, err);
}

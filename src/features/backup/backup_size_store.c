#include "features/backup/backup_size.h"

#include "base/clock.h"
#include "features/metrics/metrics_store.h"

enum code backup_expected_size(struct store *store, int64_t *ret, struct err *err)
{
	struct metrics_stored stored;
	TRY(metrics_read_stored(store, &stored, err));
	*ret = stored.bytes + stored.files;
	return OK;
}

enum code backup_site_born(struct store *store, int64_t *ret, struct err *err)
{
	struct db *db;
	TRY(store_read_begin(store, &db, err));
	enum code code = db_int(db, ret, clock_now(), err, "SELECT MIN(created) FROM space");
	store_read_end(store);
	return code;
}

enum code backup_list_files(struct db *db, struct arena *a, struct hash **ret, int64_t *n, struct err *err)
{
	int64_t count = 0, found = 0;
	TRY(db_int(db, &count, 0, err, "SELECT COUNT(*) FROM file"));
	struct hash *files = arena_array(a, struct hash, (size_t)count + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT hash FROM file ORDER BY hash"));
	while (found < count && rows_next(&rows)) files[found++] = row_hash(&rows, 0);
	TRY(rows_end(&rows, err));
	*ret = files;
	*n = found;
	return OK;
}

enum code backup_is_empty(struct store *store, bool *ret, struct err *err)
{
	struct db *db;
	int64_t forms = 0;
	TRY(store_read_begin(store, &db, err));
	enum code code = db_int(db, &forms, 0, err, "SELECT COUNT(*) FROM definition");
	store_read_end(store);
	*ret = forms == 0;
	return code;
}

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

#include "features/backup/restore.h"

#include "core/erasure.h"
#include "core/reindex.h"
#include "store/ledger.h"

/* What was erased since the backup was made, as far as a ledger stands in the folder. */
static enum code erase_again(struct tx *tx, void *arg, struct err *err)
{
	AUTO(arena_release) struct arena a = { 0 };
	json_t *lines;
	bool found;
	TRY(ledger_read(&a, ledger_path(&a, tx_store(tx)), &lines, &found, err));
	return erasure_replay(tx, &a, lines, arg, err);
}

static enum code complete(struct site *site, int64_t *erased, struct err *err)
{
	struct store *store = site_store(site);
	int64_t mended;
	const struct model *model = site_model(site);
	enum code code = reindex_everything(store, model, NULL, NULL, &mended, err);
	model_release(model);
	TRY(code);
	TRY(store_write(store, erase_again, erased, err));
	return *erased ? erasure_settle(store, err) : OK;
}

/* Opened again, so that the schema moves on to the newest. */
static enum code finish(const struct store_options *options, int64_t *erased, struct err *err)
{
	struct store *store;
	struct site *site;
	TRY(store_open(options, &store, err));
	enum code code = site_open(store, &site, err);
	if (code != OK) {
		store_close(store);
		return code;
	}
	code = complete(site, erased, err);
	site_close(site);
	return code;
}

enum code restore_site(struct backup *backup, const char *dir, const char *postgres, int64_t reserve,
                       struct backup_figures *ret, struct err *err)
{
	struct store *store;
	struct store_options options = { .dir = dir,
		                         .postgres = postgres,
		                         .create = true,
		                         .read_limit = -1,
		                         .reserve = reserve,
		                         .schema = backup_schema(backup) };
	TRY(store_open(&options, &store, err));
	enum code code = backup_restore(backup, store, ret, err);
	store_close(store);
	TRY(code);
	options.create = false;
	options.schema = 0;
	return finish(&options, &ret->erased, err);
}

#include "features/backup/restore.h"

#include "core/reindex.h"

/* Opened again, so that the schema moves on to the newest. */
static enum code finish(const struct store_options *options, struct err *err)
{
	struct store *store;
	struct site *site;
	TRY(store_open(options, &store, err));
	enum code code = site_open(store, &site, err);
	if (code != OK) {
		store_close(store);
		return code;
	}
	int64_t mended;
	const struct model *model = site_model(site);
	code = reindex_everything(store, model, NULL, NULL, &mended, err);
	model_release(model);
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
	return finish(&options, err);
}

#include "features/setting/beside.h"

#include "features/setting/config.h"

enum code beside_open(struct store *store, struct store **ret, struct err *err)
{
	struct config config;
	AUTO(arena_release) struct arena a = { 0 };
	struct store_options options = { .dir = store_dir(store), .beside = true, .read_limit = -1 };
	TRY(config_load(&a, store_dir(store), &config, err));
	if (store_engine(store) == ENGINE_POSTGRES) options.postgres = config.values[SETTING_POSTGRES];
	return store_open(&options, ret, err);
}

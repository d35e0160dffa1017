#include "base/asset.h"

#include <stdlib.h>
#include <string.h>

static int compare_name(const void *name, const void *asset)
{
	return strcmp(name, ((const struct asset *)asset)->name);
}

static int compare_path(const void *path, const void *asset)
{
	return strcmp(path, (*(const struct asset *const *)asset)->path);
}

const struct asset *asset_find(const char *name)
{
	return bsearch(name, asset_table, asset_table_count, sizeof(asset_table[0]), compare_name);
}

const struct asset *asset_by_path(const char *path)
{
	const struct asset *const *found = bsearch(path, asset_paths, asset_table_count, sizeof(asset_paths[0]),
	                                           compare_path);
	return found ? *found : NULL;
}

const char *asset_url(const char *name)
{
	const struct asset *asset = asset_find(name);
	return asset ? asset->path : ASSET_ROOT "missing";
}

size_t asset_count(void)
{
	return asset_table_count;
}

const struct asset *asset_at(size_t i)
{
	return &asset_table[i];
}

/*
 * Files held by the binary: style sheets, scripts, pictures. Their addresses carry a part of their
 * SHA-256, or the hash that esbuild gave them, so browsers may keep them for ever ("Cache-Control:
 * public, max-age=31536000, immutable"). To add one: put it in src/web/front/static/; scripts and
 * style sheets are bundled from src/.
 */
#ifndef PARVIS_ASSET_H
#define PARVIS_ASSET_H

#include <stddef.h>

#define ASSET_ROOT "/-/asset/"

struct asset {
	const char *name;          /* "main.css" */
	const char *path;          /* "/-/asset/main.1a2b3c4d.css" */
	const char *type;          /* for Content-Type */
	const unsigned char *data; /* followed by a NUL that is not counted */
	size_t size;
	const unsigned char *gzip; /* the same, compressed; NULL where that saves little */
	size_t gzip_size;
};

/* NULL if there is none. */
const struct asset *asset_find(const char *name);
/* By its whole path, as asked by a browser; NULL if there is none (or an older one). */
const struct asset *asset_by_path(const char *path);
/* The path; for an unknown name "/-/asset/missing", which answers 404. Static memory. */
const char *asset_url(const char *name);

/* All of them by name: asset_at(0) to asset_at(asset_count() - 1). */
size_t asset_count(void);
const struct asset *asset_at(size_t i);

/* What tools/asset made. */
extern const struct asset asset_table[];        /* by name */
extern const struct asset *const asset_paths[]; /* by path */
extern const size_t asset_table_count;

#endif

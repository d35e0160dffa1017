/* The address of an asset: what the embedder and the sprite maker must agree on. */
#ifndef TOOLS_ASSET_PATH_H
#define TOOLS_ASSET_PATH_H

#include <stddef.h>

enum { ASSET_PATH_SIZE = 320 };

/* "main.css" as "/-/asset/main.<first 8 hexadecimal digits of the SHA-256>.css"; a name that the
 * bundler has hashed already ("frise.4KXQ2BAZ.svg") keeps its own. Returns `out`. */
char *asset_path(const char *name, const void *data, size_t size, char out[ASSET_PATH_SIZE]);

#endif

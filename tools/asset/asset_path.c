#include "asset_path.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/asset.h"

/* ".XXXXXXXX" of base 32 before the extension, as esbuild writes it. */
static int is_hashed(const char *name, const char *extension)
{
	if (extension - name < 10 || extension[-9] != '.') return 0;
	return strspn(extension - 8, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == 8;
}

char *asset_path(const char *name, const void *data, size_t size, char out[ASSET_PATH_SIZE])
{
	const char *extension = strrchr(name, '.');
	if (extension == NULL) extension = name + strlen(name);
	if (is_hashed(name, extension)) {
		snprintf(out, ASSET_PATH_SIZE, ASSET_ROOT "%s", name);
		return out;
	}
	unsigned char hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256(hash, data, size);
	snprintf(out, ASSET_PATH_SIZE, ASSET_ROOT "%.*s.%02x%02x%02x%02x%s", (int)(extension - name), name, hash[0],
	         hash[1], hash[2], hash[3], extension);
	return out;
}

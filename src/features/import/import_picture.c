#include <string.h>

#include "base/fd.h"
#include "base/text.h"
#include "core/object.h"
#include "features/import/import_picture.h"
#include "media/picture.h"
#include "web/keep.h"

static enum code keep(struct import_pictures *pictures, const char *address, json_t **ret, struct err *err)
{
	const struct keeping keeping = { site_store(pictures->site), pictures->arena, 0 };
	struct kept_picture kept = { .width = 1, .height = 1 };
	char hex[HASH_HEX + 1];
	int64_t size;
	AUTO(close_fd) int fd = -1;
	TRY(import_media_find(pictures->media, address, PICTURE_BYTES, pictures->dry_run ? NULL : &fd, &size, err));
	if (!pictures->dry_run) TRY(keep_picture(&keeping, fd, size, true, &kept, err));
	*ret = json_keep(pictures->arena, json_pack("{s:s, s:i, s:i}", "file", hash_hex(&kept.hash, hex), "w",
	                                            kept.width, "h", kept.height));
	return OK;
}

static bool holds(const json_t *array, const json_t *item)
{
	for (size_t i = 0; i < json_array_size(array); i++)
		if (strcmp(json_str_or(json_array_get(array, i), "file", ""), json_str_or(item, "file", "")) == 0)
			return true;
	return false;
}

enum code import_picture(struct import_pictures *pictures, json_t *array, const char *address, const char *alt,
                         struct err *err)
{
	const char *name = import_media_name(pictures->arena, address);
	json_t *kept = json_object_get(pictures->known, name);
	if (kept == NULL) {
		TRY(keep(pictures, address, &kept, err));
		json_object_set(pictures->known, name, kept);
		pictures->n++;
	}
	if (pictures->dry_run || holds(array, kept)) return OK; /* nothing is kept that a record could name */
	json_t *item = json_keep(pictures->arena, json_copy(kept));
	alt = text_trim(pictures->arena, alt);
	if (*alt) json_object_set_new(item, "alt", json_string(text_cut(pictures->arena, alt, 500)));
	else json_object_set_new(item, "decorative", json_true());
	json_array_append(array, item);
	return OK;
}

#include "features/preset/preset_picture.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/fd.h"
#include "store/file.h"

enum { PICTURE_MAX = 2 << 20 };

/* Drawings (SVG) only come this way: a preset is part of what the operator installs. */
static const struct {
	const char *suffix, *type;
} types[] = {
	{ ".svg", "image/svg+xml" },
	{ ".png", "image/png" },
	{ ".jpg", "image/jpeg" },
	{ ".webp", "image/webp" },
	{ ".geojson", "application/geo+json" }, /* outlines, for maps */
};

static const char *type_of(const char *name)
{
	const char *suffix = strrchr(name, '.');
	for (size_t i = 0; suffix && i < COUNT(types); i++)
		if (strcmp(suffix, types[i].suffix) == 0) return types[i].type;
	return NULL;
}

struct picture {
	struct hash hash;
	int64_t size;
	const char *type;
};

static enum code note(struct tx *tx, void *arg, struct err *err)
{
	const struct picture *p = arg;
	return file_note(tx, &p->hash, p->size, p->type, err);
}

static enum code bring(struct store *store, struct arena *a, const char *folder, const char *name, json_t *picture,
                       struct err *err)
{
	const char *path = arena_printf(a, "%s/pictures/%s", folder, name);
	struct picture p = { .type = type_of(name) };
	char hex[HASH_HEX + 1];
	if (p.type == NULL || strchr(name, '/')) FAIL(err, E_INPUT, N_("%s is not the name of a picture"), name);
	AUTO(close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) FAIL(err, E_NOT_FOUND, N_("cannot read %s: %s"), path, strerror(errno));
	TRY(file_put(store, fd, PICTURE_MAX, &p.hash, &p.size, err));
	TRY(store_write(store, note, &p, err));
	json_object_set_new(picture, "file", json_string(hash_hex(&p.hash, hex)));
	json_object_set_new(picture, "type", json_string(p.type));
	return OK;
}

enum code preset_pictures(struct store *store, struct arena *a, const char *folder, json_t *pictures, struct err *err)
{
	const char *name;
	json_t *picture;
	json_object_foreach (pictures, name, picture) TRY(bring(store, a, folder, name, picture, err));
	return OK;
}

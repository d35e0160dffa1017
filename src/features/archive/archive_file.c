#include "features/archive/archive_file.h"

#include <string.h>

#include "base/asset.h"
#include "base/text.h"
#include "core/file_ref.h"
#include "features/archive/archive.h"
#include "net/uri.h"
#include "page/picture.h"

enum { NAME_MAX_BYTES = 60 };

static const char *extension(const char *type)
{
	static const struct {
		const char *type, *extension;
	} kinds[] = {
		{ "image/jpeg", "jpg" }, { "image/png", "png" }, { "image/webp", "webp" }, { "image/svg+xml", "svg" }
	};
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strcmp(kinds[i].type, type) == 0) return kinds[i].extension;
	return "bin";
}

/* "fichiers/a1b2c3d4e5f6-affiche.pdf": no two alike, and nothing that leads out of a folder. `rest`: what its address
 * says after the hash. */
static const char *path_of(struct archive_files *f, const char *hex, const char *rest, const char *type)
{
	char *name = arena_strdup(f->arena, rest);
	long len = uri_decode(name, name, strlen(name), true);
	name[MAX(len, 0)] = '\0';
	char *dot = strrchr(name, '.');
	const char *end = dot ? text_slug(f->arena, dot + 1, 8) : extension(type);
	if (dot) *dot = '\0';
	const char *slug = text_slug(f->arena, name, NAME_MAX_BYTES);
	return arena_printf(f->arena, "fichiers/%.12s%s%s.%s", hex, *slug ? "-" : "", slug, *end ? end : "bin");
}

/* The one of that address, as far as the reader may read it. */
static enum code find(const struct page *p, const char *hex, const char *rest, struct kept_file *ret, struct err *err)
{
	struct picture picture;
	if (page_picture_by_hash(p, hex, &picture)) {
		*ret = (struct kept_file){ .hash = picture.file, .type = picture.type };
		return OK;
	}
	struct hash hash;
	if (!hash_from_hex(hex, &hash)) FAIL(err, E_NOT_FOUND, N_("There is no file at this address."));
	TRY(file_find(p->db, p->arena, p->model, p->actor, &hash, ret, err));
	int side = strcmp(rest, "320") == 0 ? PICTURE_SMALL : strcmp(rest, "960") == 0 ? PICTURE_MEDIUM : 0;
	if (ret->width == 0 || side == 0) return OK;
	return file_find_size(p->db, p->arena, ret, side, ret, err);
}

static enum code add(struct archive_files *f, const struct page *p, const char *address, const char **ret,
                     struct err *err)
{
	const char *hex = address + strlen(PICTURE_ROOT), *slash = strchr(hex, '/');
	struct kept_file file;
	bool there;
	const char *rest = slash ? slash + 1 : "";
	*ret = NULL;
	if (slash) hex = arena_printf(p->arena, "%.*s", (int)(slash - hex), hex);
	enum code code = find(p, hex, rest, &file, err);
	if (code == E_NOT_FOUND) return OK;
	TRY(code);
	if (f->bytes + file.size > ARCHIVE_FILES_MAX) {
		f->left_out++;
		return OK;
	}
	const char *path = path_of(f, hex, rest, file.type);
	TRY(archive_zip_file(f->zip, path, &file.hash, &there, err));
	if (!there) return OK;
	f->bytes += file.size;
	f->n++;
	*ret = path;
	return OK;
}

/* The site's own: a style sheet, a picture in it. */
static enum code add_asset(struct archive_files *f, const char *address, const char **ret, struct err *err)
{
	const struct asset *asset = asset_by_path(address);
	*ret = asset ? arena_printf(f->arena, "style/%s", asset->name) : NULL;
	return asset ? archive_zip_data(f->zip, *ret, asset->data, asset->size, err) : OK;
}

enum code archive_file(struct archive_files *f, const struct page *p, const char *address, const char **ret,
                       struct err *err)
{
	const json_t *known = json_object_get(f->known, address);
	*ret = json_string_value(known);
	if (known) return OK;
	if (strncmp(address, ASSET_ROOT, strlen(ASSET_ROOT)) == 0) TRY(add_asset(f, address, ret, err));
	else TRY(add(f, p, address, ret, err));
	json_object_set_new(f->known, address, *ret ? json_string(*ret) : json_null());
	return OK;
}

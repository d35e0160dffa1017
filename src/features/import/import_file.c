#include "features/import/import_file.h"

#include <string.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/json.h"
#include "media/document.h"
#include "store/file.h"

enum { NAME_MAX_BYTES = 150, ADDRESS_MAX = 500 };

enum import_file_kind import_file_kind(const char *address)
{
	const struct document_kind *kind = document_kind(address);
	if (kind == NULL) return IMPORT_FILE_NONE;
	return document_is_media(kind) ? IMPORT_FILE_MEDIA : IMPORT_FILE_DOCUMENT;
}

static bool is_among(const char *const *all, int n, const char *address)
{
	for (int i = 0; i < n; i++)
		if (strcmp(all[i], address) == 0) return true;
	return false;
}

int import_file_names(struct arena *a, const char *html, const char **ret, int max)
{
	static const char uploads[] = "/uploads/", ends[] = "\"'<>[] \t\n?#&";
	int n = 0;
	for (const char *at = strstr(html, uploads); at && n < max; at = strstr(at + 1, uploads)) {
		const char *from = at, *to = at + strcspn(at, ends);
		while (from > html && strchr(ends, from[-1]) == NULL) from--;
		if (to - from > ADDRESS_MAX) continue;
		const char *address = arena_strndup(a, from, (size_t)(to - from));
		if (import_file_kind(address) != IMPORT_FILE_NONE && !is_among(ret, n, address)) ret[n++] = address;
	}
	return n;
}

static const char *last_part(const char *address)
{
	const char *slash = strrchr(address, '/');
	return slash ? slash + 1 : address;
}

static enum code keep(struct import_files *files, const char *address, json_t **ret, struct err *err)
{
	const struct document_kind *kind = document_kind(address);
	const char *name = last_part(address);
	int64_t max = kind && document_is_media(kind) ? MEDIA_BYTES : DOCUMENT_BYTES, size = 0;
	struct hash hash = { 0 };
	char hex[HASH_HEX + 1];
	uint8_t head[DOCUMENT_HEAD];
	AUTO(close_fd) int fd = -1;
	enum code code = import_media_find(files->media, address, max, files->dry_run ? NULL : &fd, &size, err);
	if (code == E_NOT_FOUND) FAIL(err, E_NOT_FOUND, N_("the file “%s” is not in the folder"), name);
	TRY(code);
	if (kind == NULL || strlen(name) > NAME_MAX_BYTES)
		FAIL(err, E_INPUT, N_("the file “%s” is not kept here"), name);
	if (!files->dry_run) {
		ssize_t n = pread(fd, head, sizeof(head), 0);
		if (n < 0 || !document_is(kind, head, (size_t)n))
			FAIL(err, E_INPUT, N_("the content of the file “%s” is not what its name says"), name);
		TRY(file_keep(site_store(files->site), fd, max, kind->type, NULL, NULL, &hash, &size, err));
	}
	*ret = json_keep(files->arena, json_pack("{s:s, s:s, s:I, s:s}", "file", hash_hex(&hash, hex), "name", name,
	                                         "size", (json_int_t)size, "type", kind->type));
	/* What is said in it is to be written down here. */
	if (document_is_media(kind)) json_object_set_new(*ret, "later", json_true());
	return OK;
}

enum code import_file(struct import_files *files, json_t *array, const char *address, struct err *err)
{
	const char *name = import_media_name(files->arena, address);
	json_t *kept = json_object_get(files->known, name);
	if (kept == NULL) {
		TRY(keep(files, address, &kept, err));
		json_object_set(files->known, name, kept);
		files->n++;
	}
	if (!files->dry_run) json_array_append(array, kept);
	return OK;
}

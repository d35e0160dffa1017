#include "features/personal/data_archive.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#include "base/clock.h"
#include "features/personal/data.html.h"
#include "features/personal/data_section.h"
#include "store/file.h"

struct archiving {
	struct request *r;
	struct data_gathering g;
	json_t *sections; /* key → rows */
	const char *html, *json;
	zip_t *zip;
	int64_t bytes; /* of files */
};

static enum code fail(const struct archiving *x, struct err *err)
{
	FAIL(err, E_IO, N_("the file of your data cannot be written: %s"),
	     x->zip ? zip_strerror(x->zip) : strerror(errno));
}

/* ---- What is in it ---- */

static enum code gather(struct archiving *x, struct err *err)
{
	struct request *r = x->r;
	const struct data_section *s;
	for (int i = 0; (s = data_section_at(i)) != NULL; i++) {
		json_t *rows = json_array();
		json_object_set_new(x->sections, s->key, rows);
		x->g.db = r->db;
		TRY(data_gather(&x->g, s, rows, err));
		request_pause(r); /* a long account does not hold one snapshot */
		TRY(request_resume(r, err));
		r->page.db = r->db;
	}
	return OK;
}

static const char *as_json(struct archiving *x)
{
	const struct page *p = &x->r->page;
	json_t *all = json_keep(p->arena, json_object());
	json_object_set_new(all, "site", json_string(p->base_url));
	json_object_set_new(all, "made", json_string(date_machine(p, p->now)));
	const struct data_section *s;
	for (int i = 0; (s = data_section_at(i)) != NULL; i++)
		json_object_set_new(all, s->key, data_portable(p, s, json_object_get(x->sections, s->key)));
	char *text = json_dumps(all, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
	const char *kept = arena_strdup(p->arena, text ? text : "{}");
	free(text);
	return kept;
}

static const char *as_html(struct archiving *x)
{
	struct buf out;
	buf_init(&out, x->r->arena, 0);
	data_document(&out, &x->r->page, x->sections, x->g.person.name);
	return buf_str(&out);
}

/* ---- The archive ---- */

/* Takes `source`. */
static enum code add(struct archiving *x, const char *name, zip_source_t *source, zip_int32_t method, struct err *err)
{
	zip_int64_t index = source ? zip_file_add(x->zip, name, source, ZIP_FL_ENC_UTF_8) : -1;
	if (source && index < 0) zip_source_free(source);
	if (index < 0 || zip_set_file_compression(x->zip, (zip_uint64_t)index, method, 0) != 0) return fail(x, err);
	return OK;
}

static enum code add_text(struct archiving *x, const char *name, const char *text, struct err *err)
{
	return add(x, name, zip_source_buffer(x->zip, text, strlen(text), 0), ZIP_CM_DEFLATE, err);
}

static enum code add_file(struct archiving *x, const struct hash *hash, struct err *err)
{
	char hex[HASH_HEX + 1];
	int fd;
	int64_t size;
	enum code code = file_open(site_store(x->r->site), hash, &fd, &size, err);
	if (code == E_NOT_FOUND) return OK; /* deleted meanwhile */
	TRY(code);
	FILE *file = x->bytes + size <= DATA_FILES_MAX ? fdopen(fd, "r") : NULL;
	if (file == NULL) {
		close(fd);
		return OK;
	}
	x->bytes += size;
	zip_source_t *source = zip_source_filep(x->zip, file, 0, -1); /* libzip closes it */
	if (source == NULL) fclose(file);
	return add(x, json_str_or(x->g.names, hash_hex(hash, hex), hex), source, ZIP_CM_STORE, err);
}

static enum code fill(struct archiving *x, struct err *err)
{
	TRY(add_text(x, "mes-donnees.html", x->html, err));
	TRY(add_text(x, "mes-donnees.json", x->json, err));
	for (int i = 0; i < x->g.nfiles; i++) TRY(add_file(x, &x->g.files[i], err));
	return OK;
}

static enum code write_archive(struct archiving *x, const char *path, struct err *err)
{
	int error = 0;
	x->zip = zip_open(path, ZIP_CREATE | ZIP_EXCL, &error);
	if (x->zip == NULL) return fail(x, err);
	enum code code = fill(x, err);
	if (code == OK && zip_close(x->zip) == 0) return OK;
	if (code == OK) code = fail(x, err);
	zip_discard(x->zip);
	return code;
}

static enum code open_unnamed(const char *path, int *fd, int64_t *size, struct err *err)
{
	int opened = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	off_t end = opened < 0 ? -1 : lseek(opened, 0, SEEK_END);
	unlink(path);
	if (end < 0) {
		if (opened >= 0) close(opened);
		FAIL(err, E_IO, N_("the file of your data cannot be written: %s"), strerror(errno));
	}
	*fd = opened;
	*size = end;
	return OK;
}

enum code data_archive(struct request *r, int64_t person, int *fd, int64_t *size, struct err *err)
{
	struct archiving x = { .r = r,
		               .g = { .page = &r->page, .names = json_keep(r->arena, json_object()) },
		               .sections = json_keep(r->arena, json_object()) };
	uint64_t number;
	random_bytes(&number, sizeof(number));
	const char *path = arena_printf(r->arena, "%s/tmp/data-%016llx", store_dir(site_store(r->site)),
	                                (unsigned long long)number);
	TRY(person_load(r->db, r->arena, person, &x.g.person, err));
	TRY(gather(&x, err));
	x.html = as_html(&x);
	x.json = as_json(&x);
	request_pause(r);
	enum code code = write_archive(&x, path, err);
	struct err ignored;
	enum code reading = request_resume(r, code == OK ? err : &ignored);
	if (code == OK && reading != OK) unlink(path);
	if (code != OK || reading != OK) return code != OK ? code : reading;
	return open_unnamed(path, fd, size, err);
}

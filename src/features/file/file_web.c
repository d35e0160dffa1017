#include "features/file/file_web.h"

#include <string.h>
#include <unistd.h>

#include "core/file_ref.h"
#include "core/object.h"
#include "media/document.h"
#include "net/conditional.h"
#include "net/range.h"
#include "page/picture.h"
#include "store/file.h"

#define FOR_EVER "public, max-age=31536000, immutable" /* the address changes with the content */
/* Opened by itself, a file runs nothing and fetches nothing. */
#define ALONE "default-src 'none'; style-src 'unsafe-inline'; media-src 'self'; sandbox"

/* Only those who may read it: their browser asks again each time, and nobody else keeps it. */
static void set_cache(struct request *r, bool everybody)
{
	http_set(r->response, "Cache-Control", everybody ? FOR_EVER : "private, no-cache");
	http_set(r->response, "Vary", everybody ? "Accept-Encoding" : "Cookie");
}

static enum code send_file(struct request *r, const struct hash *hash, const char *type, bool everybody,
                           struct err *err)
{
	struct http_response *rs = r->response;
	char *etag = arena_alloc(r->arena, ETAG_SIZE);
	etag_format(hash, etag);
	TRY(file_open(site_store(r->site), hash, &rs->file_fd, &rs->file_size, err));
	http_set(rs, "Content-Type", type);
	http_set(rs, "ETag", etag);
	http_set(rs, "Content-Security-Policy", ALONE);
	set_cache(r, everybody);
	if (!if_none_match(r->http, etag)) {
		range_answer(r->http, etag, rs);
		return OK;
	}
	close(rs->file_fd);
	rs->file_fd = -1;
	rs->status = 304;
	return OK;
}

static enum code absent(struct err *err)
{
	FAIL(err, E_NOT_FOUND, N_("There is no file at this address."));
}

static enum code find(struct request *r, struct kept_file *ret, struct err *err)
{
	struct hash hash;
	if (!hash_from_hex(r->params[0], &hash)) return absent(err);
	return file_find(r->db, r->arena, r->page.model, &r->actor, &hash, ret, err);
}

/* A picture: the site's own, or one of a record, in the size that it was kept in. */
static enum code picture_show(struct request *r, struct err *err)
{
	struct picture picture;
	struct kept_file file;
	if (page_picture_by_hash(&r->page, r->params[0], &picture))
		return send_file(r, &picture.file, picture.type, true, err);
	TRY(find(r, &file, err));
	if (file.width == 0) return absent(err);
	return send_file(r, &file.hash, file.type, file.everybody, err);
}

static int side_of(const char *text)
{
	if (strcmp(text, "320") == 0) return PICTURE_SMALL;
	return strcmp(text, "960") == 0 ? PICTURE_MEDIUM : 0;
}

/* The name is the reader's, as the page gave it; its end is not: it says which program opens it. */
static bool fits(const char *name, const char *type)
{
	const struct document_kind *kind = document_kind(name);
	const char *dot = strrchr(name, '.');
	if (kind && strcmp(kind->type, type) == 0) return true;
	return dot && ((strcmp(type, "image/jpeg") == 0 && strcmp(dot, ".jpg") == 0) ||
	               (strcmp(type, "image/webp") == 0 && strcmp(dot, ".webp") == 0));
}

/* RFC 6266 §5, RFC 8187. */
static const char *disposition(struct arena *a, const char *name)
{
	struct buf out;
	buf_init(&out, a, 0);
	buf_lit(&out, "attachment; filename*=UTF-8''");
	html_url_part_str(&out, name);
	return buf_str(&out);
}

/* /-/file/<hash>/320: a smaller size of a picture. /-/file/<hash>/Compte rendu.pdf: a download. */
static enum code named_show(struct request *r, struct err *err)
{
	const char *name = r->params[1];
	struct kept_file file, smaller;
	int side = side_of(name);
	TRY(find(r, &file, err));
	if (side) {
		TRY(file_find_size(r->db, r->arena, &file, side, &smaller, err));
		return send_file(r, &smaller.hash, smaller.type, file.everybody, err);
	}
	if (!fits(name, file.type)) return absent(err);
	http_set(r->response, "Content-Disposition", disposition(r->arena, name));
	return send_file(r, &file.hash, file.type, file.everybody, err);
}

const struct feature file_feature = {
	.name = "file",
	.way = WAY_FILE,
	.routes = ROUTES({ HTTP_GET, "/-/file/:hash", picture_show, ACTION_READ, KIND_SITE,
	                   N_("Pictures, of the site and of records"), 0, false },
	                 { HTTP_GET, "/-/file/:hash/:name", named_show, ACTION_READ, KIND_SITE,
	                   N_("A smaller picture, or a file to download"), 0, false }),
};

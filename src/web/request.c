#include "web/request.h"

#include <string.h>

#include "net/cookie.h"
#include "net/uri.h"

const char *request_query(const struct request *r, const char *name)
{
	const char *value = form_data_get(&r->query, name);
	return value ? value : "";
}

const char *request_form(const struct request *r, const char *name)
{
	const char *value = form_data_get(&r->form, name);
	return value ? value : "";
}

struct buf *request_out(struct request *r)
{
	return &r->response->body;
}

void request_pause(struct request *r)
{
	store_read_end(site_store(r->site));
	r->db = r->page.db = NULL;
}

enum code request_resume(struct request *r, struct err *err)
{
	TRY(store_read_begin(site_store(r->site), &r->db, err));
	r->page.db = r->db;
	return OK;
}

/* No snapshot is open while `write` runs: it may open its own. */
static enum code write_by(struct request *r, enum code (*write)(struct request *, store_fn *, void *, struct err *),
                          store_fn *fn, void *arg, struct err *err)
{
	request_pause(r);
	enum code code = write(r, fn, arg, err);
	struct err ignored;
	enum code reading = request_resume(r, code == OK ? err : &ignored);
	return code != OK ? code : reading;
}

static enum code write_store(struct request *r, store_fn *fn, void *arg, struct err *err)
{
	return store_write(site_store(r->site), fn, arg, err);
}

static enum code write_site(struct request *r, store_fn *fn, void *arg, struct err *err)
{
	return site_write(r->site, fn, arg, err);
}

enum code request_write(struct request *r, store_fn *fn, void *arg, struct err *err)
{
	return write_by(r, write_store, fn, arg, err);
}

static void release_model(void *model)
{
	model_release(model);
}

enum code request_write_model(struct request *r, store_fn *fn, void *arg, struct err *err)
{
	TRY(write_by(r, write_site, fn, arg, err));
	r->page.model = site_model(r->site);
	arena_defer(r->arena, release_model, (void *)r->page.model);
	return OK;
}

const char *local_path(const char *url, const char *fallback)
{
	if (url == NULL || url[0] != '/' || url[1] == '/' || url[1] == '\\') return fallback;
	for (const char *c = url; *c; c++)
		if ((unsigned char)*c <= ' ' || *c == '\\' || *c == 0x7F) return fallback;
	return url;
}

/* Addresses in headers are ASCII: what is not is percent-encoded, what is stays. */
static const char *header_address(struct arena *a, const char *url)
{
	struct buf out;
	buf_init(&out, a, 0);
	for (const unsigned char *c = (const unsigned char *)url; *c; c++) {
		if (*c > ' ' && *c < 0x7F) buf_putc(&out, (char)*c);
		else buf_printf(&out, "%%%02X", *c);
	}
	return buf_str(&out);
}

void request_way(struct request *r, enum way way)
{
	r->readings.way = way;
	r->actor.readings = way == WAY_NONE ? NULL : &r->readings;
}

static bool is_known(const char *name, const char *const *keys)
{
	for (; keys && *keys; keys++)
		if (strcmp(name, *keys) == 0) return true;
	return false;
}

void request_share(struct request *r, const char *const *keys)
{
	for (int i = 0; i < r->query.count; i++)
		if (!is_known(r->query.fields[i].name, keys)) return;
	r->shared = true;
}

const char *request_terms(struct request *r, const char *next)
{
	struct buf address;
	buf_init(&address, r->arena, 0);
	buf_lit(&address, "/-/terms");
	uri_query_add(&address, "next", local_path(next, "/"));
	return buf_str(&address);
}

enum code request_redirect(struct request *r, const char *url, const char *notice)
{
	struct buf address;
	if (r->led) {
		url = request_terms(r, url);
		notice = NULL;
		r->led = false;
	}
	buf_init(&address, r->arena, 0);
	const char *target = local_path(url, "/");
	const char *fragment = strchr(target, '#');
	buf_add(&address, target, fragment ? (size_t)(fragment - target) : strlen(target));
	if (notice) uri_query_add(&address, "fait", notice);
	if (fragment) buf_puts(&address, fragment);
	r->response->status = 303;
	http_set(r->response, "Location", header_address(r->arena, buf_str(&address)));
	return OK;
}

enum code request_redirect_about(struct request *r, const char *url, const char *notice, struct id about)
{
	char id[ID_TEXT + 1];
	struct buf address;
	buf_init(&address, r->arena, 0);
	const char *target = local_path(url, "/"), *fragment = strchr(target, '#');
	buf_add(&address, target, fragment ? (size_t)(fragment - target) : strlen(target));
	uri_query_add(&address, "de", id_format(about, id));
	if (fragment) buf_puts(&address, fragment);
	return request_redirect(r, buf_str(&address), notice);
}

enum code request_moved(struct request *r, const char *url)
{
	r->response->status = 301;
	http_set(r->response, "Location", header_address(r->arena, local_path(url, "/")));
	return OK;
}

void request_sign_in(struct request *r, const char *token, bool stay, bool asked)
{
	r->led = asked;
	cookie_set(r->http, r->response, "session", token, stay ? SESSION_LIFE_MS / 1000 : COOKIE_SESSION);
}

void request_sign_out(struct request *r)
{
	cookie_clear(r->http, r->response, "session");
}

static const char *post_get(const void *context, const char *name, int i)
{
	return form_data_nth(context, name, i);
}

struct field_post request_post(struct request *r)
{
	return (struct field_post){ .get = post_get, .context = &r->form, .lang = r->page.lang };
}

void request_issues(struct request *r, struct issues *issues)
{
	issues_init(issues, r->arena);
	issues->lang = r->page.lang;
}

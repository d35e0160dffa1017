#include "web/web.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "net/conditional.h"
#include "net/cookie.h"
#include "net/encoding.h"
#include "net/rate.h"
#include "web/error_page.h"
#include "web/notice.h"

enum { BODY_MAX = 64 * 1024, GZIP_FROM = 1024, GZIP_LEVEL = 5 };

/* Tokens at most, and how fast they come back. To add one: a row here and a name in web.h. */
static const struct {
	int burst;
	int64_t refill_ms;
	const char *message;
} limits[LIMIT_COUNT] = {
	[LIMIT_SIGN_IN_ADDRESS] = { 20, 30000, N_("Too many tries from here. Wait %d seconds, then try again.") },
	[LIMIT_SIGN_IN_ACCOUNT] = { 8, 60000, N_("Too many tries on this account. Wait %d seconds, then try again.") },
	[LIMIT_WRITE] = { 60, 2000, N_("That is a lot at once. Wait %d seconds, then send again: nothing is lost.") },
	[LIMIT_SEARCH] = { 60, 1000, N_("That is a lot of searches at once. Wait %d seconds, then try again.") },
};

struct web {
	struct site *site;
	const struct feature *const *features;
	const char *base_url;
	struct rate *rates[LIMIT_COUNT];
};

enum code web_new(const struct web_options *options, struct web **ret, struct err *err)
{
	(void)err;
	struct web *web = calloc(1, sizeof(*web));
	if (web == NULL) die("out of memory");
	web->site = options->site;
	web->features = options->features;
	web->base_url = options->base_url;
	for (int i = 0; i < LIMIT_COUNT; i++)
		web->rates[i] = rate_new(limits[i].burst, limits[i].refill_ms, 16384);
	*ret = web;
	return OK;
}

void web_free(struct web *web)
{
	if (web == NULL) return;
	for (int i = 0; i < LIMIT_COUNT; i++) rate_free(web->rates[i]);
	free(web);
}

const struct feature *const *web_features(const struct web *web)
{
	return web->features;
}

enum code web_limit(struct request *r, enum limit limit, const char *key, struct err *err)
{
	char address[RATE_KEY];
	if (key == NULL) key = rate_address_key(r->http->peer, address);
	int64_t wait = rate_take(r->web->rates[limit], key);
	if (wait) return err_set(err, E_LIMIT, limits[limit].message, (int)(wait / 1000 + 1));
	return OK;
}

static void release_model(void *model)
{
	model_release(model);
}

/* What every answer says to browsers. Nothing comes from elsewhere, nothing runs that is not ours. */
static void set_security(struct request *r)
{
	struct http_response *rs = r->response;
	http_set(rs, "Content-Security-Policy",
	         "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
	         "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
	         "frame-ancestors 'none'");
	http_set(rs, "X-Content-Type-Options", "nosniff");
	http_set(rs, "Referrer-Policy", "same-origin");
	http_set(rs, "Permissions-Policy", "camera=(), geolocation=(), microphone=()");
	http_set(rs, "Cross-Origin-Opener-Policy", "same-origin");
	if (strcmp(r->http->scheme, "https") == 0)
		http_set(rs, "Strict-Transport-Security", "max-age=31536000");
}

static enum code touch_session(struct tx *tx, void *arg, struct err *err)
{
	return session_touch(tx, arg, err);
}

/* Whose request is it? A wrong or old cookie makes a visitor, not an error. */
static enum code identify(struct request *r, struct err *err)
{
	r->actor = actor_visitor;
	const char *token = cookie_get(r->http, "session");
	if (token == NULL) return OK;
	struct session session;
	struct err why;
	enum code code = session_find(r->db, r->arena, token, &session, &why);
	if (code == OK) code = actor_load(r->db, r->arena, session.person, &r->actor, &why);
	if (code == E_NOT_FOUND) {
		r->actor = actor_visitor;
		return OK;
	}
	if (code != OK) {
		*err = why;
		return code;
	}
	r->token = token;
	if (session_is_stale(&session)) return request_write(r, touch_session, &session.hash, err);
	return OK;
}

static enum lang choose_language(const struct request *r)
{
	const char *chosen = cookie_get(r->http, "lang");
	enum lang site = lang_parse(json_string_value(model_setting(r->page.model, "locale")), LANG_FR);
	if (chosen) return lang_parse(chosen, site);
	return lang_parse(http_header(r->http, "Accept-Language"), site);
}

static void prepare_page(struct request *r)
{
	struct page *p = &r->page;
	p->arena = r->arena;
	p->actor = &r->actor;
	p->db = r->db;
	p->lang = choose_language(r);
	p->path = r->http->target;
	p->form_token = r->token ? session_form_token(r->arena, r->token) : "";
	p->base_url = r->web->base_url ? r->web->base_url
	                               : arena_printf(r->arena, "%s://%s", r->http->scheme, r->http->host);
	p->now = clock_now();
	const struct notice *notice = notice_find(request_query(r, "fait"));
	if (notice) {
		p->notice = tr(p->lang, notice->text);
		p->notice_kind = notice->kind;
	}
}

/* A form of ours, sent from a page of ours: Sec-Fetch-Site or Origin says where it comes from, and a
 * signed-in person's form carries her session's token. */
static enum code check_origin(struct request *r, struct err *err)
{
	const char *site = http_header(r->http, "Sec-Fetch-Site");
	const char *origin = http_header(r->http, "Origin");
	bool foreign = site && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0;
	if (origin && strcmp(origin, "null") != 0) {
		const char *host = strstr(origin, "://");
		foreign |= host == NULL || strcmp(host + 3, r->http->host) != 0;
	} else if (origin) {
		foreign = true;
	}
	if (foreign) FAIL(err, E_FORBIDDEN, N_("This form was sent from another site. Open the page here and send it again."));
	if (r->token && strcmp(request_form(r, "_form"), session_form_token(r->arena, r->token)) != 0)
		FAIL(err, E_FORBIDDEN,
		     N_("This form is too old, or was opened before you signed in. Go back, reload the page and send it again."));
	if (r->token == NULL && !r->route->open)
		FAIL(err, E_SIGN_IN, N_("Sign in to do this: %s."), action_words(r->route->action));
	return OK;
}

static enum code read_body(struct request *r, struct err *err)
{
	if (r->http->method != HTTP_POST) return OK;
	TRY(form_data_parse(r->http, &r->form, err));
	return check_origin(r, err);
}

static enum code run(struct request *r, struct err *err)
{
	TRY(route_find(r->web->features, r->http->method, r->http->path, r->arena, &r->route, r->params, err));
	TRY(read_body(r, err));
	TRY(may_somewhere(&r->actor, r->route->action, r->route->kind, r->page.model, err));
	r->response->status = 200;
	return r->route->handle(r, err);
}

/* Answers 304 to who has the page already; else compresses when it is worth it. */
static void finish(struct request *r)
{
	struct http_response *rs = r->response;
	bool page = rs->status == 200 && rs->file_fd < 0 && (r->http->method == HTTP_GET || r->http->method == HTTP_HEAD);
	if (page) {
		char *etag = arena_alloc(r->arena, ETAG_SIZE);
		struct hash hash = hash_blake2b("page", NULL, rs->body.data, rs->body.len);
		etag_format(&hash, etag);
		http_set(rs, "ETag", etag);
		http_set(rs, "Cache-Control", r->token ? "private, no-cache" : "no-cache");
		http_set(rs, "Vary", "Cookie, Accept-Language, Accept-Encoding");
		if (if_none_match(r->http, etag)) {
			rs->status = 304;
			buf_reset(&rs->body);
			return;
		}
	}
	if (rs->file_fd < 0 && rs->body.len >= GZIP_FROM && encoding_choose(r->http) == ENCODING_GZIP) {
		struct buf small;
		buf_init(&small, r->arena, 0);
		encoding_gzip(&small, rs->body.data, rs->body.len, GZIP_LEVEL);
		buf_reset(&rs->body);
		buf_add(&rs->body, small.data, small.len);
		http_set(rs, "Content-Encoding", "gzip");
	}
}

static enum code open_request(struct request *r, struct err *err)
{
	r->page.model = site_model(r->site);
	arena_defer(r->arena, release_model, (void *)r->page.model);
	TRY(store_read_begin(site_store(r->site), &r->db, err));
	TRY(form_data_parse_urlencoded(r->arena, r->http->query, strlen(r->http->query), &r->query, err));
	return identify(r, err);
}

void web_handle(void *context, struct http_request *rq, struct http_response *rs)
{
	struct web *web = context;
	struct request r = { .web = web, .site = web->site, .arena = rq->arena, .http = rq, .response = rs };
	struct err err;
	enum code code = open_request(&r, &err);
	prepare_page(&r);
	set_security(&r);
	if (code == OK) code = run(&r, &err);
	if (code != OK) error_page(&r, &err);
	if (rs->status != 303 && rs->status != 304 && rs->file_fd < 0 && !r.anew)
		http_set(rs, "Content-Type", "text/html; charset=utf-8");
	store_read_end(site_store(web->site));
	finish(&r);
}

int64_t web_body_limit(void *context, enum http_method method, const char *path)
{
	struct web *web = context;
	struct arena a;
	arena_init(&a);
	const struct route *route = NULL;
	const char *params[ROUTE_PARAMS];
	struct err err;
	int64_t limit = 0;
	if (method == HTTP_POST && route_find(web->features, method, path, &a, &route, params, &err) == OK)
		limit = route->body_max ? route->body_max : BODY_MAX;
	arena_release(&a);
	return limit;
}

void web_worker_end(void *context)
{
	struct web *web = context;
	store_thread_end(site_store(web->site));
}

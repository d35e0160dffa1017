#include "web/web.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "core/person.h"
#include "net/conditional.h"
#include "net/cookie.h"
#include "net/encoding.h"
#include "net/rate.h"
#include "net/uri.h"
#include "web/cache.h"
#include "web/error_page.h"
#include "web/notice.h"

enum { BODY_MAX = 64 * 1024, GZIP_FROM = 1024, GZIP_LEVEL = 5, CACHE_MAX = 64 << 20 };

/* Tokens at most, and how fast they come back. To add one: a row here and a name in web.h. */
static const struct {
	int burst;
	int64_t refill_ms;
} limits[LIMIT_COUNT] = {
	[LIMIT_SIGN_IN_ADDRESS] = { 20, 30000 },
	[LIMIT_SIGN_IN_ACCOUNT] = { 8, 60000 },
	[LIMIT_LETTER] = { 6, 300000 },
	[LIMIT_GUEST] = { 10, 120000 },
	[LIMIT_WRITE] = { 60, 2000 },
	[LIMIT_MESSAGE] = { 20, 180000 },
	[LIMIT_ANSWER] = { 4000, 50 },
	[LIMIT_SEARCH] = { 60, 1000 },
	[LIMIT_EXPORT] = { 30, 10000 },
	[LIMIT_ERASE] = { 20, 180000 },
	[LIMIT_AUDIT] = { 300, 10000 }, /* sign-ins refused, of the whole site: some 9,000 rows a day at most */
};

#ifdef PARVIS_TEST_BUILD
void (*web_pause)(void);
bool web_unlimited;
#define PAUSE() (web_pause ? web_pause() : (void)0)
#define UNLIMITED web_unlimited
#else
#define PAUSE() ((void)0)
#define UNLIMITED false
#endif

struct web {
	struct site *site;
	const struct feature *const *features;
	_Atomic(const char *) base_url;
	atomic_uint_fast64_t cache_hits;
	struct rate *rates[LIMIT_COUNT];
	struct cache *cache;
	struct hash tag_keys[2]; /* of pages as they are, of compressed ones */
};

enum code web_new(const struct web_options *options, struct web **ret, struct err *err)
{
	(void)err;
	struct web *web = calloc(1, sizeof(*web));
	if (web == NULL) die("out of memory");
	web->site = options->site;
	web->features = options->features;
	web->base_url = options->base_url;
	for (int i = 0; i < LIMIT_COUNT; i++) web->rates[i] = rate_new(limits[i].burst, limits[i].refill_ms, 16384);
	web->cache = cache_new(CACHE_MAX);
	web->tag_keys[0] = hash_blake2b("etag", site_secret(web->site), "", 0);
	web->tag_keys[1] = hash_blake2b("etgz", site_secret(web->site), "", 0);
	*ret = web;
	return OK;
}

void web_free(struct web *web)
{
	if (web == NULL) return;
	for (int i = 0; i < LIMIT_COUNT; i++) rate_free(web->rates[i]);
	cache_free(web->cache);
	free(web);
}

void web_move(struct web *web, const char *base_url)
{
	atomic_store(&web->base_url, base_url);
}

uint64_t web_cache_hits(const struct web *web)
{
	return atomic_load(&web->cache_hits);
}

const struct feature *const *web_features(const struct web *web)
{
	return web->features;
}

enum code web_limit(struct request *r, enum limit limit, const char *key, struct err *err)
{
	char address[RATE_KEY];
	if (UNLIMITED) return OK;
	if (key == NULL) key = rate_address_key(r->http->peer, address);
	int64_t wait = rate_take(r->web->rates[limit], key);
	if (wait == 0) return OK;
	FAIL(err, E_LIMIT, N_("That is a lot at once. Wait %d seconds, then try again."), (int)(wait / 1000 + 1));
}

void web_limit_forget(struct request *r, enum limit limit, const char *key)
{
	rate_forget(r->web->rates[limit], key);
}

static void release_model(void *model)
{
	model_release(model);
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
	r->asked = session.asked;
	if (!session_is_stale(&session)) return OK;
	request_pause(r);
	(void)!store_write(site_store(r->site), touch_session, &session.hash,
	                   NULL); /* no reason not to show the page */
	return request_resume(r, err);
}

static enum lang choose_language(const struct http_request *rq, const struct model *model)
{
	const char *chosen = cookie_get(rq, "lang");
	enum lang site = lang_parse(json_string_value(model_setting(model, "locale")), LANG_FR);
	if (chosen) return lang_parse(chosen, site);
	return lang_parse(http_header(rq, "Accept-Language"), site);
}

static void show_notice(struct request *r)
{
	struct page *p = &r->page;
	const struct notice *notice = notice_find(request_query(r, "fait"));
	struct id id;
	if (notice == NULL) return;
	p->notice = tr(p->lang, notice->text);
	p->notice_kind = notice->kind;
	if (notice->undo && r->token && id_parse(request_query(r, "de"), &id))
		p->notice_undo = arena_printf(r->arena, "/-/%s/%s", notice->undo, request_query(r, "de"));
}

static void prepare_page(struct request *r)
{
	struct page *p = &r->page;
	const char *base = r->web->base_url;
	p->arena = r->arena;
	p->actor = &r->actor;
	p->db = r->db;
	p->lang = choose_language(r->http, p->model);
	p->path = r->http->target;
	p->form_token = r->token ? session_form_token(r->arena, r->token) : "";
	p->base_url = base ? base : arena_printf(r->arena, "%s://%s", r->http->scheme, r->http->host);
	p->now = clock_now();
	p->until = &r->until;
	p->texts = &r->texts;
	for (const struct feature *const *f = r->web->features; *f; f++) {
		if ((*f)->embed) p->embed = (*f)->embed;
		if ((*f)->prepare) p->prepare = (*f)->prepare;
	}
	show_notice(r);
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
		foreign |= site ==
		           NULL; /* a page that tells no other where one comes from ("no-referrer") has none either */
	}
	if (foreign)
		FAIL(err, E_FORBIDDEN,
		     N_("This form was sent from another site. Open the page here and send it again."));
	if (r->token && strcmp(request_form(r, "_form"), session_form_token(r->arena, r->token)) != 0)
		FAIL(err, E_FORBIDDEN,
		     N_("This form is too old, or was opened before you signed in. Go back, reload the page and "
		        "send it again."));
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

/* Who is to accept something first reads as before; what is her own – her account, her data, leaving – is hers. */
static bool is_held(const struct route *route)
{
	bool own = route->kind == KIND_PERSON && route->action == ACTION_EDIT;
	bool joins = route->kind == KIND_PERSON && route->method == HTTP_POST;
	return !own && (route->action > ACTION_HISTORY || joins);
}

static enum code run(struct request *r, struct err *err)
{
	TRY(route_find(r->web->features, r->http->method, r->http->path, r->arena, &r->route, r->params, err));
	TRY(read_body(r, err));
	request_way(r, route_way(r->web->features, r->route));
	TRY(may_somewhere(&r->actor, r->route->action, r->route->kind, r->page.model, err));
	if (r->asked && is_held(r->route)) {
		bool reads = r->http->method != HTTP_POST;
		return request_redirect(r, request_terms(r, reads ? r->http->target : "/"), NULL);
	}
	r->response->status = 200;
	return r->route->handle(r, err);
}

/* ---- What is confidential ---- */

static void forbid_storing(struct http_response *rs)
{
	for (int i = 0; i < rs->nheaders; i++)
		if (strcasecmp(rs->headers[i].name, "Cache-Control") == 0) {
			rs->headers[i].value = "no-store";
			return;
		}
	http_set(rs, "Cache-Control", "no-store");
}

/* Takes back what was about to be answered. */
static void unsay(struct request *r)
{
	struct http_response *rs = r->response;
	if (rs->file_fd >= 0) (void)close(rs->file_fd);
	rs->file_fd = -1;
	rs->nheaders = 0;
	r->shared = false;
	buf_reset(&rs->body);
}

/* Where the site wants it, who reads something confidential has shown a moment ago that it is she. */
static enum code shown_lately(struct request *r, bool *ret, struct err *err)
{
	const char *minutes = page_setting(&r->page, "confidential_again", "never");
	int64_t within = strtoll(minutes, NULL, 10) * 60000;
	struct session session;
	*ret = within <= 0 || r->token == NULL;
	if (*ret) return OK;
	TRY(session_find(r->db, r->arena, r->token, &session, err));
	*ret = clock_now() - session.created < within;
	return OK;
}

static enum code write_readings(struct tx *tx, void *arg, struct err *err)
{
	const struct request *r = arg;
	return reading_write(tx, &r->actor, &r->readings, err);
}

/* No reading without its line in the journal: it is written before the answer leaves, or nothing is answered. */
static enum code journal(struct request *r, struct err *err)
{
	bool shown, reads = r->http->method != HTTP_POST;
	struct buf url;
	if (r->readings.n == 0) return OK;
	forbid_storing(r->response);
	TRY(shown_lately(r, &shown, err));
	if (shown || !reads) return request_write(r, write_readings, r, err);
	unsay(r);
	buf_init(&url, r->arena, 0);
	buf_lit(&url, "/-/confirm");
	uri_query_add(&url, "next", r->http->target);
	return request_redirect(r, buf_str(&url), NULL);
}

static const char *answer_field(const struct http_response *rs, const char *name)
{
	for (int i = 0; i < rs->nheaders; i++)
		if (strcasecmp(rs->headers[i].name, name) == 0) return rs->headers[i].value;
	return NULL;
}

static void set_default(struct http_response *rs, const char *name, const char *value)
{
	if (answer_field(rs, name) == NULL) http_set(rs, name, value);
}

/* What every answer says to browsers; a handler may say something stricter of a file. */
static void set_security(struct request *r)
{
	struct http_response *rs = r->response;
	if (answer_field(rs, "Content-Security-Policy") == NULL)
		http_set(rs, "X-Frame-Options", "DENY"); /* for browsers that do not know frame-ancestors */
	set_default(rs, "Content-Security-Policy", CONTENT_POLICY "frame-ancestors 'none'");
	http_set(rs, "X-Content-Type-Options", "nosniff");
	set_default(rs, "Referrer-Policy", "same-origin");
	set_default(rs, "Permissions-Policy", "camera=(), geolocation=(), microphone=()");
	http_set(rs, "Cross-Origin-Opener-Policy", "same-origin");
	if (strcmp(r->http->scheme, "https") == 0) http_set(rs, "Strict-Transport-Security", "max-age=31536000");
}

/* Pictures and archives are compressed already. */
static bool compressible(const struct http_response *rs)
{
	static const char *const types[] = { "text/", "image/svg+xml", "application/atom+xml", "application/json",
		                             "application/geo+json" };
	const char *type = answer_field(rs, "Content-Type");
	if (type == NULL || answer_field(rs, "Content-Encoding")) return false;
	for (size_t i = 0; i < COUNT(types); i++)
		if (strncmp(type, types[i], strlen(types[i])) == 0) return true;
	return false;
}

/* The tag of the bytes as they will be sent (RFC 9110 §8.8.3.3: one for each coding). */
static void set_tag(struct request *r, bool gzip)
{
	struct http_response *rs = r->response;
	char *etag = arena_alloc(r->arena, ETAG_SIZE);
	struct hash hash = hash_siphash(&r->web->tag_keys[gzip], rs->body.data, rs->body.len);
	etag_format(&hash, etag);
	http_set(rs, "ETag", etag);
}

static void compress(struct request *r)
{
	struct http_response *rs = r->response;
	struct buf small;
	buf_init(&small, r->arena, 0);
	encoding_gzip(&small, rs->body.data, rs->body.len, GZIP_LEVEL);
	buf_reset(&rs->body);
	buf_add(&rs->body, small.data, small.len);
	http_set(rs, "Content-Encoding", "gzip");
}

/* ---- The visitors' page cache ---- */

/* Has this browser been asked to keep choices for the list of this address (features/view/choice_web.h)? */
static bool keeps_choices(const struct http_request *rq)
{
	const char *slug = rq->target + 1;
	return *slug && strpbrk(slug, "/?") == NULL && cookie_get(rq, arena_printf(rq->arena, "choix-%s", slug));
}

/* Everything that a visitor's page depends on besides the data; NULL when somebody may be signed in. */
static const char *visitor_key(const struct web *web, const struct http_request *rq, const struct model *model)
{
	if (rq->method != HTTP_GET && rq->method != HTTP_HEAD) return NULL;
	if (cookie_get(rq, "session") || keeps_choices(rq)) return NULL;
	const char *base = web->base_url;
	if (base == NULL) base = arena_printf(rq->arena, "%s://%s", rq->scheme, rq->host);
	return arena_printf(rq->arena, "%s %d %s%s", lang_tag(choose_language(rq, model)), (int)encoding_choose(rq),
	                    base, rq->target);
}

/* A page that the handler shares is kept as it is sent. */
static void keep(struct request *r)
{
	const struct http_response *rs = r->response;
	if (!r->shared || rs->status != 200 || answer_field(rs, "Set-Cookie")) return;
	const char *key = visitor_key(r->web, r->http, r->page.model);
	struct cache_stamp stamp = { r->generation, r->page.model->version };
	if (key) cache_put(r->web->cache, key, stamp, r->page.now, r->until, rs);
}

bool web_fast(void *context, struct http_request *rq, struct http_response *rs)
{
	struct web *web = context;
	const struct model *model = site_model(web->site);
	struct cache_stamp stamp = { store_generation(site_store(web->site)), model->version };
	const char *key = visitor_key(web, rq, model);
	bool found = key && cache_get(web->cache, key, stamp, clock_now(), rq->arena, rs);
	model_release(model);
	if (found) atomic_fetch_add(&web->cache_hits, 1);
	if (found && if_none_match(rq, answer_field(rs, "ETag"))) {
		rs->status = 304;
		buf_reset(&rs->body);
	}
	return found;
}

/* What caches may keep, unless the handler said so; compression when it is worth it. */
static void finish(struct request *r)
{
	struct http_response *rs = r->response;
	bool reading = r->http->method == HTTP_GET || r->http->method == HTTP_HEAD;
	set_security(r);
	set_default(rs, "Content-Type", "text/html; charset=utf-8");
	set_default(rs, "Cache-Control", r->token ? "private, no-cache" : "no-cache");
	set_default(rs, "Vary", "Cookie, Accept-Language, Accept-Encoding");
	if (rs->file_fd >= 0) return;
	bool gzip = rs->body.len >= GZIP_FROM && compressible(rs) && encoding_choose(r->http) == ENCODING_GZIP;
	bool tagged = rs->status == 200 && reading;
	if (tagged) set_tag(r, gzip);
	if (gzip) compress(r);
	keep(r);
	if (!tagged || !if_none_match(r->http, answer_field(rs, "ETag"))) return;
	rs->status = 304;
	buf_reset(&rs->body);
}

static enum code open_request(struct request *r, struct err *err)
{
	r->until = INT64_MAX;
	r->generation = store_generation(site_store(r->site));
	PAUSE();
	r->page.model = site_model(r->site);
	arena_defer(r->arena, release_model, (void *)r->page.model);
	PAUSE();
	TRY(store_read_begin(site_store(r->site), &r->db, err));
	TRY(form_data_parse_urlencoded(r->arena, r->http->query, strlen(r->http->query), &r->query, err));
	return identify(r, err);
}

void web_handle(void *context, struct http_request *rq, struct http_response *rs)
{
	struct web *web = context;
	struct request r = { .readings = { .arena = rq->arena },
		             .web = web,
		             .site = web->site,
		             .arena = rq->arena,
		             .http = rq,
		             .response = rs };
	struct err err;
	enum code code = open_request(&r, &err);
	prepare_page(&r);
	PAUSE();
	if (code == OK) code = run(&r, &err);
	if (code == OK && (code = journal(&r, &err)) != OK) unsay(&r);
	PAUSE();
	if (code != OK) error_page(&r, &err);
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

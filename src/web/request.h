/*
 * A request as handlers see it: who asks, in which language, with which parameters, on which
 * snapshot; and what they answer with. Everything lives in the request's arena.
 */
#ifndef PARVIS_REQUEST_H
#define PARVIS_REQUEST_H

#include "core/field_type.h"
#include "core/reading.h"
#include "core/session.h"
#include "core/site.h"
#include "net/form_data.h"
#include "net/server.h"
#include "page/page.h"

enum { ROUTE_PARAMS = 4 };

struct web;
struct route;

struct request {
	struct web *web;
	struct site *site;
	struct arena *arena;
	struct http_request *http;
	struct http_response *response;
	const struct route *route;
	const char *params[ROUTE_PARAMS]; /* the `:name` segments of the route, in order */
	struct form_data query;           /* of the address */
	struct form_data form;            /* of the body; POST only */
	struct db *db;                    /* the snapshot; NULL after request_write */
	struct actor actor;
	struct readings readings; /* of what is confidential, by the actor */
	const char *token;        /* the session's, or NULL */
	bool asked;               /* she is to accept something before she writes (core/terms.h) */
	bool led;                 /* her session was opened just now: she is led there first */
	struct page page;         /* ready for templates */
	uint64_t generation;      /* of the store, before the snapshot */
	bool shared;              /* see request_share */
	int64_t until;            /* ms UTC when the text of the page changes by itself */
	int texts;                /* shown so far */
};

/* A value of the query or the form, "" when absent. */
const char *request_query(const struct request *r, const char *name);
const char *request_form(const struct request *r, const char *name);

/* Where templates write. Answers are HTML pages, made for one reader in one language and asked for
 * again each time, unless the handler sets Content-Type, Cache-Control, Vary or
 * Content-Security-Policy itself. */
struct buf *request_out(struct request *r);

/* Says that this page is the same for all visitors who ask for the same address, so that it may be kept
 * for them. Not if the address has a query key other than `keys` (ends with NULL; NULL: none), so that
 * nobody fills the cache with copies. Such pages hold no POST form. */
void request_share(struct request *r, const char *const *keys);

/* Ends the snapshot, writes, begins a new snapshot. With `model`, the model is loaded again too. */
enum code request_write(struct request *r, store_fn *fn, void *arg, struct err *err) MUST;
enum code request_write_model(struct request *r, store_fn *fn, void *arg, struct err *err) MUST;

/* Ends the snapshot before something slow (a password's hash), so that nothing waits for this request;
 * then begins a new one. Between them `db` is NULL. */
void request_pause(struct request *r);
enum code request_resume(struct request *r, struct err *err) MUST;

/* Says in which other way than its feature's this page shows what is confidential. */
void request_way(struct request *r, enum way way);

/* 303 See Other to an address of this site (anything else goes to "/"). `notice` is the name of a
 * sentence of web/notice.c shown there once, or NULL. */
enum code request_redirect(struct request *r, const char *url, const char *notice);
/* The same about one thing: what the notice says can be taken back there. */
enum code request_redirect_about(struct request *r, const char *url, const char *notice, struct id about);
/* 301: the address has changed. */
enum code request_moved(struct request *r, const char *url);

/* Only a path of this site ("/x", not "//x" nor "http:…"); else `fallback`. */
const char *local_path(const char *url, const char *fallback);

/* Opens the signed-in person's session, in the answer's cookie: until the browser is closed, or for as
 * long as the session lives. `asked`: a redirection leads her first to what she is to accept. */
void request_sign_in(struct request *r, const char *token, bool stay, bool asked);
/* That page, which leads to `next` afterwards. */
const char *request_terms(struct request *r, const char *next);
void request_sign_out(struct request *r);

/* Which records does this view show? Reads facets, sort, page, words from the query. */
struct field_post request_post(struct request *r);
/* Empty, for who reads this page: its mistakes name lines and choices in her language. */
void request_issues(struct request *r, struct issues *issues);

#endif

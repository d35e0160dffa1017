/*
 * A request as handlers see it: who asks, in which language, with which parameters, on which
 * snapshot; and what they answer with. Everything lives in the request's arena.
 */
#ifndef PARVIS_REQUEST_H
#define PARVIS_REQUEST_H

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
	struct form_data query;  /* of the address */
	struct form_data form;   /* of the body; POST only */
	struct db *db;           /* the snapshot; NULL after request_write */
	struct actor actor;
	const char *token;       /* the session's, or NULL */
	struct page page;        /* ready for templates */
	bool anew;               /* answered with a page that depends on more than the address */
};

/* A value of the query or the form, "" when absent. */
const char *request_query(const struct request *r, const char *name);
const char *request_form(const struct request *r, const char *name);

/* Where templates write. */
struct buf *request_out(struct request *r);

/* Ends the snapshot, writes, begins a new snapshot. With `model`, the model is loaded again too. */
enum code request_write(struct request *r, store_fn *fn, void *arg, struct err *err) MUST;
enum code request_write_model(struct request *r, store_fn *fn, void *arg, struct err *err) MUST;

/* 303 See Other to an address of this site (anything else goes to "/"). `notice` is the name of a
 * sentence of web/notice.c shown there once, or NULL. */
enum code request_redirect(struct request *r, const char *url, const char *notice);
/* 301: the address has changed. */
enum code request_moved(struct request *r, const char *url);

/* Only a path of this site ("/x", not "//x" nor "http:…"); else `fallback`. */
const char *local_path(const char *url, const char *fallback);

/* Opens the signed-in person's session, in the answer's cookie. */
void request_sign_in(struct request *r, const char *token);
void request_sign_out(struct request *r);

/* Which records does this view show? Reads facets, sort, page, words from the query. */
struct field_post request_post(struct request *r);

#endif

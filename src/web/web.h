/* The web side of a site: routes a request, checks rights and forged forms, answers. */
#ifndef PARVIS_WEB_H
#define PARVIS_WEB_H

#include "web/route.h"

struct web_options {
	struct site *site;
	const struct feature *const *features; /* ends with NULL */
	const char *base_url;                  /* NULL: from the request's Host */
};

enum code web_new(const struct web_options *options, struct web **ret, struct err *err) MUST;
void web_free(struct web *web);

const struct feature *const *web_features(const struct web *web);

/* For struct server_options; `context` is the struct web. */
void web_handle(void *context, struct http_request *rq, struct http_response *rs);
int64_t web_body_limit(void *context, enum http_method method, const char *path);
void web_worker_end(void *context);

/* Counts tries, by what they are for; false: too often (the answer says how long to wait). */
enum limit { LIMIT_SIGN_IN_ADDRESS, LIMIT_SIGN_IN_ACCOUNT, LIMIT_WRITE, LIMIT_SEARCH, LIMIT_COUNT };
enum code web_limit(struct request *r, enum limit limit, const char *key, struct err *err) MUST;

#endif

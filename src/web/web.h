/* The web side of a site: routes a request, checks rights and forged forms, answers. */
#ifndef PARVIS_WEB_H
#define PARVIS_WEB_H

#include "web/route.h"

/* What pages let browsers load: nothing from elsewhere, nothing that is not ours. Who may frame them follows. */
#define CONTENT_POLICY                                                                                           \
	"default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; font-src " \
	"'self'; "                                                                                               \
	"media-src 'self'; form-action 'self'; base-uri 'none'; "

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
/* From the visitors' page cache, on the loop. */
bool web_fast(void *context, struct http_request *rq, struct http_response *rs);
int64_t web_body_limit(void *context, enum http_method method, const char *path);
void web_worker_end(void *context);

/* Another address from now on; `base_url` lives as long as the site is served. */
void web_move(struct web *web, const char *base_url);
/* Answers from the visitors' page cache since the start. */
uint64_t web_cache_hits(const struct web *web);

#ifdef PARVIS_TEST_BUILD
/* Called between the steps of a request, for tests that commit in the middle of one; NULL: nothing. */
extern void (*web_pause)(void);
/* Nobody tries too often: for a scanner, which would only meet the limits. */
extern bool web_unlimited;
#endif

/* Counts tries, by what they are for; false: too often (the answer says how long to wait). */
enum limit {
	LIMIT_SIGN_IN_ADDRESS,
	LIMIT_SIGN_IN_ACCOUNT,
	LIMIT_LETTER,
	LIMIT_GUEST,
	LIMIT_WRITE,
	LIMIT_MESSAGE, /* to others, in private */
	LIMIT_ANSWER,  /* to questionnaires: a class, a hall or a library has one address */
	LIMIT_SEARCH,
	LIMIT_EXPORT,
	LIMIT_ERASE,
	LIMIT_AUDIT,
	LIMIT_COUNT
};
/* `key` NULL: the client's address prefix. */
enum code web_limit(struct request *r, enum limit limit, const char *key, struct err *err) MUST;
/* Gives the tries of `key` back. */
void web_limit_forget(struct request *r, enum limit limit, const char *key);

#endif

/*
 * Cookies (RFC 6265). Over https the name is sent as "__Host-<name>", which browsers accept only
 * with Secure, without Domain and with Path=/: no neighbouring site can plant one. On the box,
 * which speaks plain http, the plain name. Callers always use the plain name.
 */
#ifndef PARVIS_COOKIE_H
#define PARVIS_COOKIE_H

#include "net/server.h"

enum { COOKIE_SESSION = -1 }; /* as a max_age: until the browser closes */

/* The first value of the cookie, without quotes; NULL when absent. */
const char *cookie_get(const struct http_request *rq, const char *name);

/* Adds Set-Cookie: HttpOnly, SameSite=Lax, Path=/, for `max_age` seconds. A value with characters
 * that a cookie cannot hold (§4.1.1: spaces, quotes, commas, semicolons…) aborts: encode it. */
void cookie_set(struct http_request *rq, struct http_response *rs, const char *name, const char *value,
                int64_t max_age);
/* Asks the browser to forget it. */
void cookie_clear(struct http_request *rq, struct http_response *rs, const char *name);

#endif

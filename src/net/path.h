/* The path of a request: decoded once, here, so that nobody decodes it twice. */
#ifndef PARVIS_PATH_H
#define PARVIS_PATH_H

#include "base/arena.h"
#include "base/err.h"

/* Decodes the path `raw` (which starts with "/") to valid UTF-8. E_INPUT for: a wrong "%", NUL or
 * another control character, invalid UTF-8, a segment "." or ".." however it is written (browsers
 * resolve them before they send). "%2F" becomes "/", as in nginx, so that a rule of the proxy and
 * a route of ours see the same path. */
enum code path_decode(struct arena *a, const char *raw, size_t len, const char **ret, struct err *err) MUST;

#endif

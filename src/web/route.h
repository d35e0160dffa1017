/*
 * Routes: rows in the tables of the features. To add one: 1. a handler; 2. a row in the feature's
 * table, with the action it needs (ACTION_NONE means "forgotten": a test refuses it) and one line of
 * help; 3. its template. The help, the rights page and the tests walk the same rows.
 */
#ifndef PARVIS_ROUTE_H
#define PARVIS_ROUTE_H

#include "core/reading.h"
#include "web/request.h"

typedef enum code handler(struct request *r, struct err *err);

struct route {
	enum http_method method; /* GET answers HEAD too */
	const char *pattern;     /* "/f/:id"; a segment ":name" takes one segment */
	handler *handle;
	enum action action; /* checked before the handler, as far as it can be without the thing */
	enum kind kind;
	const char *help; /* message id: what it does */
	int64_t body_max; /* POST: bytes; 0: 64 KiB */
	bool open;        /* POST without a session allowed (sign-in, first run) */
};

struct feature {
	const char *name;
	const struct route *routes; /* ends with a row without pattern */
	enum way way; /* in which its pages show what is confidential (core/reading.h); WAY_NONE: they never do */
	/* What texts embed (struct page's embed); one feature has it. */
	void (*embed)(struct buf *out, const struct page *p, const char *name, const char *args);
	/* What texts become before they are shown (struct page's prepare); one feature has it. */
	const char *(*prepare)(struct page *p, const char *text);
};

#define ROUTES(...)            \
	(const struct route[]) \
	{                      \
		__VA_ARGS__,   \
		{              \
			0      \
		}              \
	}

/* The row that answers, its parameters written to `params`; E_NOT_FOUND, or E_METHOD when only the
 * method does not fit. Literal segments win over parameters. */
enum code route_find(const struct feature *const *features, enum http_method method, const char *path, struct arena *a,
                     const struct route **ret, const char *params[ROUTE_PARAMS], struct err *err) MUST;

/* The way of the feature that has this route. */
enum way route_way(const struct feature *const *features, const struct route *route);

/* The methods that an address takes, for the field Allow (RFC 9110 §10.2.1). */
const char *route_methods(const struct feature *const *features, const char *path, struct arena *a);

#endif

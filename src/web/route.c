#include "web/route.h"

#include <string.h>

/* Does `path` fit `pattern`? Counts the literal characters it matched, to prefer literal segments. */
static bool fits(const char *pattern, const char *path, struct arena *a, const char *params[], int *literals)
{
	int n = 0;
	*literals = 0;
	while (*pattern && *path) {
		if (*pattern == ':') {
			size_t len = strcspn(path, "/");
			if (len == 0 || n == ROUTE_PARAMS) return false;
			params[n++] = arena_strndup(a, path, len);
			path += len;
			pattern += strcspn(pattern, "/");
		} else if (*pattern == *path) {
			pattern++;
			path++;
			(*literals)++;
		} else {
			return false;
		}
	}
	return *pattern == *path;
}

enum way route_way(const struct feature *const *features, const struct route *route)
{
	for (; *features; features++)
		for (const struct route *row = (*features)->routes; row->pattern; row++)
			if (row == route) return (*features)->way;
	return WAY_NONE;
}

enum code route_find(const struct feature *const *features, enum http_method method, const char *path, struct arena *a,
                     const struct route **ret, const char *params[ROUTE_PARAMS], struct err *err)
{
	const struct route *best = NULL;
	int most = -1;
	bool other_method = false;
	if (method == HTTP_HEAD) method = HTTP_GET;
	for (; *features; features++) {
		for (const struct route *route = (*features)->routes; route->pattern; route++) {
			const char *found[ROUTE_PARAMS] = { 0 };
			int literals;
			if (!fits(route->pattern, path, a, found, &literals)) continue;
			if (route->method != method) {
				other_method = true;
				continue;
			}
			if (literals <= most) continue;
			most = literals;
			best = route;
			memcpy(params, found, sizeof(found));
		}
	}
	if (best == NULL && other_method) FAIL(err, E_METHOD, N_("This address does not take that method."));
	if (best == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	*ret = best;
	return OK;
}

const char *route_methods(const struct feature *const *features, const char *path, struct arena *a)
{
	bool get = false, post = false;
	for (; *features; features++) {
		for (const struct route *route = (*features)->routes; route->pattern; route++) {
			const char *found[ROUTE_PARAMS] = { 0 };
			int literals;
			if (!fits(route->pattern, path, a, found, &literals)) continue;
			get |= route->method == HTTP_GET;
			post |= route->method == HTTP_POST;
		}
	}
	if (!get) return post ? "POST" : "";
	return post ? "GET, HEAD, POST" : "GET, HEAD";
}

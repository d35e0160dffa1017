#include "net/path.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "net/uri.h"

static bool has_control(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)s[i] < 0x20 || s[i] == 0x7F) return true;
	return false;
}

static bool has_dot_segment(const char *path)
{
	for (const char *slash = path; slash; slash = strchr(slash + 1, '/')) {
		size_t len = strcspn(slash + 1, "/");
		if ((len == 1 && slash[1] == '.') || (len == 2 && memcmp(slash + 1, "..", 2) == 0)) return true;
	}
	return false;
}

enum code path_decode(struct arena *a, const char *raw, size_t len, const char **ret, struct err *err)
{
	if (len == 0 || raw[0] != '/') FAIL(err, E_INPUT, "A path starts with \"/\"");
	char *path = arena_alloc(a, len + 1);
	long decoded = uri_decode(path, raw, len, false);
	if (decoded < 0) FAIL(err, E_INPUT, "This address has a wrong \"%%\"");
	path[decoded] = '\0';
	if (has_control(path, (size_t)decoded) || !text_valid(path, (size_t)decoded))
		FAIL(err, E_INPUT, "This address holds characters that are not text");
	if (has_dot_segment(path)) FAIL(err, E_INPUT, "This address has \".\" or \"..\" in it");
	*ret = path;
	return OK;
}

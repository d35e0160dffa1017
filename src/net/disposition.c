#include "net/disposition.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "net/multipart.h"
#include "net/uri.h"

/*
 * The end of a parameter's value at `s`. In a quoted string a backslash escapes only a quote or
 * itself: browsers do not escape it, and old ones send paths of Windows.
 */
static const char *value_end(const char *s, const char *end)
{
	if (s == end || *s != '"') {
		while (s < end && *s != ';') s++;
		return s;
	}
	for (s++; s < end && *s != '"'; s++)
		if (*s == '\\' && end - s > 1 && (s[1] == '"' || s[1] == '\\')) s++;
	return s < end ? s + 1 : NULL;
}

static char *unquote(struct arena *a, const char *s, const char *end)
{
	while (end > s && (end[-1] == ' ' || end[-1] == '\t')) end--;
	if (s == end || *s != '"') return arena_strndup(a, s, (size_t)(end - s));
	char *out = arena_alloc(a, (size_t)(end - s)), *at = out;
	for (s++; s < end - 1; s++) {
		if (*s == '\\' && (s[1] == '"' || s[1] == '\\')) s++;
		*at++ = *s;
	}
	*at = '\0';
	return out;
}

char *parameter_get(struct arena *a, const char *field, size_t len, const char *name)
{
	const char *end = field + len, *s = memchr(field, ';', len);
	size_t name_len = strlen(name);
	while (s && s < end) {
		s++;
		while (s < end && (*s == ' ' || *s == '\t')) s++;
		const char *from = s;
		while (s < end && *s != '=' && *s != ';') s++;
		if (s == end || *s == ';') continue;
		const char *value = s + 1, *after = value_end(value, end);
		if (after == NULL) return NULL;
		if ((size_t)(s - from) == name_len && strncasecmp(from, name, name_len) == 0)
			return unquote(a, value, after);
		while (after < end && *after != ';') after++;
		s = after;
	}
	return NULL;
}

/* filename*=UTF-8''na%C3%AFve.txt (RFC 8187). RFC 7578 forbids it here; some programs send it. */
static char *decode_extended(struct arena *a, char *value)
{
	if (strncasecmp(value, "utf-8'", 6) != 0) return NULL;
	char *text = strchr(value + 6, '\'');
	if (text == NULL) return NULL;
	text++;
	long len = uri_decode(text, text, strlen(text), false);
	if (len < 0 || memchr(text, '\0', (size_t)len)) return NULL;
	return arena_strndup(a, text, (size_t)len);
}

/* What follows the last slash of either kind, fit to be shown and to be part of a field. */
static enum code set_file_name(struct arena *a, const char *name, struct form_field *ret, struct err *err)
{
	char *clean;
	for (const char *s = name; *s; s++)
		if (*s == '/' || *s == '\\') name = s + 1;
	TRY(text_clean(a, name, strlen(name), TEXT_LINE, &clean, err));
	if (strcmp(clean, ".") == 0 || strcmp(clean, "..") == 0) clean = arena_strdup(a, "_");
	ret->is_file = true;
	ret->value = clean;
	ret->len = strlen(clean);
	return OK;
}

static enum code read_disposition(struct arena *a, const char *value, size_t len, struct form_field *ret,
                                  struct err *err)
{
	if (len < 9 || strncasecmp(value, "form-data", 9) != 0 || (len > 9 && strchr("; \t", value[9]) == NULL))
		FAIL(err, E_INPUT, "A part of this form is not form data");
	const char *name = parameter_get(a, value, len, "name");
	if (name == NULL || !text_valid(name, strlen(name))) FAIL(err, E_INPUT, "A part of this form has no name");
	if (strlen(name) > FORM_NAME) FAIL(err, E_LIMIT, "A name in this form is over %d bytes", FORM_NAME);
	ret->name = name;
	const char *file = parameter_get(a, value, len, "filename");
	char *extended = parameter_get(a, value, len, "filename*");
	if (extended) extended = decode_extended(a, extended);
	if (extended) file = extended;
	return file ? set_file_name(a, file, ret, err) : OK;
}

static bool named(const char *line, size_t len, const char *name)
{
	return strlen(name) == len && strncasecmp(line, name, len) == 0;
}

static enum code read_field(struct arena *a, const char *line, size_t len, struct form_field *ret, struct err *err)
{
	const char *colon = memchr(line, ':', len);
	if (colon == NULL || memchr(line, '\0', len) || memchr(line, '\n', len))
		FAIL(err, E_INPUT, "A part of this form is ill-formed");
	size_t name = (size_t)(colon - line), at = name + 1;
	while (at < len && (line[at] == ' ' || line[at] == '\t')) at++;
	if (named(line, name, "Content-Disposition")) {
		if (ret->name) FAIL(err, E_INPUT, "A part of this form has two names");
		return read_disposition(a, line + at, len - at, ret, err);
	}
	if (named(line, name, "Content-Type")) ret->content_type = arena_strndup(a, line + at, len - at);
	if (named(line, name, "Content-Transfer-Encoding") && !named(line + at, len - at, "binary") &&
	    !named(line + at, len - at, "8bit") && !named(line + at, len - at, "7bit"))
		FAIL(err, E_INPUT, "A part of this form is encoded in an unknown way");
	return OK;
}

enum code disposition_read(struct arena *a, const char *head, size_t len, struct form_field *ret, struct err *err)
{
	struct form_field field = { .value = "", .content_type = "" };
	int count = 0;
	while (len) {
		const char *cr = memmem(head, len, "\r\n", 2);
		size_t line = cr ? (size_t)(cr - head) : len;
		if (++count > MULTIPART_HEAD_FIELDS)
			FAIL(err, E_LIMIT, "A part of this form has over %d fields", MULTIPART_HEAD_FIELDS);
		if (memchr(head, '\r', line)) FAIL(err, E_INPUT, "A part of this form is ill-formed");
		TRY(read_field(a, head, line, &field, err));
		size_t skip = line + (cr ? 2 : 0);
		head += skip;
		len -= skip;
	}
	if (field.name == NULL) FAIL(err, E_INPUT, "A part of this form has no name");
	*ret = field;
	return OK;
}

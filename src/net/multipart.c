#include "net/multipart.h"

#include <string.h>
#include <unistd.h>

#include "net/disposition.h"
#include "net/form_text.h"

/* A body seen through a window: all of it in memory, some of it from a file. */
struct view {
	const struct multipart *m;
	char *buffer; /* NULL in memory */
	int64_t at;   /* of the buffer's first byte */
	size_t held;
	bool failed;
	char delimiter[2 + 2 + 70 + 1]; /* CR LF - - boundary */
	size_t delimiter_len;
};

static bool read_at(struct view *v, int64_t at, size_t want)
{
	v->at = at;
	v->held = 0;
	while (v->held < want) {
		ssize_t n = pread(v->m->fd, v->buffer + v->held, want - v->held, at + (int64_t)v->held);
		if (n <= 0) {
			v->failed = true;
			return false;
		}
		v->held += (size_t)n;
	}
	return true;
}

/* The bytes from `at` on, `*len` of them: at least `need`, unless the body ends before. */
static const char *look(struct view *v, int64_t at, size_t need, size_t *len)
{
	int64_t rest = v->m->len - at;
	*len = 0;
	if (rest <= 0 || v->failed) return "";
	if (v->m->memory) {
		*len = (size_t)rest;
		return v->m->memory + at;
	}
	need = (size_t)MIN((int64_t)need, rest);
	if (at < v->at || at + (int64_t)need > v->at + (int64_t)v->held)
		if (!read_at(v, at, (size_t)MIN(rest, (int64_t)v->m->window))) return "";
	*len = (size_t)(v->at + (int64_t)v->held - at);
	return v->buffer + (at - v->at);
}

/* Where `what` next lies at or after `from`, or -1. */
static int64_t find(struct view *v, int64_t from, const char *what, size_t what_len)
{
	for (;;) {
		size_t len;
		const char *s = look(v, from, what_len, &len);
		if (len < what_len) return -1;
		const char *found = memmem(s, len, what, what_len);
		if (found) return from + (found - s);
		/* The last bytes may be the beginning of one. */
		from += (int64_t)(len - what_len + 1);
	}
}

enum after { ANOTHER_PART, LAST, NOT_A_DELIMITER };

/* What stands behind a delimiter, and where that ends (RFC 2046 §5.1.1: padding may come between).
 */
static enum after after_delimiter(struct view *v, int64_t at, int64_t *end)
{
	size_t len, pad = 0;
	const char *s = look(v, at, MULTIPART_HEAD, &len);
	if (len >= 2 && s[0] == '-' && s[1] == '-') return LAST;
	while (pad < len && (s[pad] == ' ' || s[pad] == '\t')) pad++;
	if (len - pad < 2 || s[pad] != '\r' || s[pad + 1] != '\n') return NOT_A_DELIMITER;
	*end = at + (int64_t)pad + 2;
	return ANOTHER_PART;
}

/* The next delimiter at or after `from`: where it begins, and what follows it. */
static enum code next_delimiter(struct view *v, int64_t from, int64_t *begin, int64_t *end, bool *last, struct err *err)
{
	for (;; from = *begin + 1) {
		*begin = find(v, from, v->delimiter, v->delimiter_len);
		if (v->failed) FAIL(err, E_IO, "Cannot read what was sent");
		if (*begin < 0) FAIL(err, E_INPUT, "This form was cut: its end is missing");
		enum after after = after_delimiter(v, *begin + (int64_t)v->delimiter_len, end);
		*last = after == LAST;
		if (after != NOT_A_DELIMITER) return OK;
	}
}

/* The first delimiter may open the body, without the CRLF that belongs to the others. */
static enum code first_delimiter(struct view *v, int64_t *end, bool *last, struct err *err)
{
	size_t len, want = v->delimiter_len - 2;
	int64_t begin = 0;
	const char *s = look(v, 0, want, &len);
	if (len >= want && memcmp(s, v->delimiter + 2, want) == 0) {
		enum after after = after_delimiter(v, (int64_t)want, end);
		*last = after == LAST;
		if (after != NOT_A_DELIMITER) return OK;
	}
	return next_delimiter(v, 0, &begin, end, last, err);
}

/* The head of the part at `*at`; moves it to the content. */
static enum code read_head(struct view *v, struct arena *a, int64_t *at, struct form_field *ret, struct err *err)
{
	size_t len;
	const char *s = look(v, *at, MULTIPART_HEAD + 4, &len);
	const char *end = memmem(s, MIN(len, (size_t)MULTIPART_HEAD + 4), "\r\n\r\n", 4);
	if (v->failed) FAIL(err, E_IO, "Cannot read what was sent");
	if (end == NULL && len >= MULTIPART_HEAD)
		FAIL(err, E_LIMIT, "A part of this form has a head over %d bytes", MULTIPART_HEAD);
	if (end == NULL) FAIL(err, E_INPUT, "This form was cut: its end is missing");
	TRY(disposition_read(a, s, (size_t)(end - s), ret, err));
	*at += end + 4 - s;
	return OK;
}

/* A text's value, out of the body. `*room`: bytes that texts may still have. */
static enum code read_text(struct view *v, struct arena *a, struct form_field *field, int64_t *room, struct err *err)
{
	if (field->size > *room) FAIL(err, E_LIMIT, "The texts of this form are over %d bytes", FORM_TEXT);
	*room -= field->size;
	char *text = arena_alloc(a, (size_t)field->size + 1);
	for (int64_t at = 0; at < field->size;) {
		size_t len;
		const char *s = look(v, field->offset + at, 1, &len);
		if (len == 0) FAIL(err, E_IO, "Cannot read what was sent");
		len = (size_t)MIN((int64_t)len, field->size - at);
		memcpy(text + at, s, len);
		at += (int64_t)len;
	}
	field->value = text;
	field->len = (size_t)field->size;
	return form_text(text, &field->len, err);
}

enum code multipart_parse(struct arena *a, const struct multipart *m, struct form_data *ret, struct err *err)
{
	struct view v = { .m = m };
	struct form_field *fields = NULL;
	int count = 0, room = 0;
	int64_t at = 0, text_room = FORM_TEXT;
	bool last;
	int n = snprintf(v.delimiter, sizeof(v.delimiter), "\r\n--%s", m->boundary);
	if (n < 0 || (size_t)n >= sizeof(v.delimiter)) FAIL(err, E_INPUT, "A boundary is too long");
	v.delimiter_len = (size_t)n;
	if (m->memory == NULL) v.buffer = arena_alloc(a, m->window);
	TRY(first_delimiter(&v, &at, &last, err));
	while (!last) {
		if (count == FORM_FIELDS) FAIL(err, E_LIMIT, "This form has over %d fields", FORM_FIELDS);
		if (count == room) {
			struct form_field *more = arena_array(a, struct form_field, room * 4 + 16);
			if (count) memcpy(more, fields, sizeof(*fields) * (size_t)count);
			fields = more;
			room = room * 4 + 16;
		}
		struct form_field *field = &fields[count++];
		int64_t begin;
		TRY(read_head(&v, a, &at, field, err));
		field->offset = at;
		/* A part without content may share the CRLF of its head with the delimiter. */
		TRY(next_delimiter(&v, at - 2, &begin, &at, &last, err));
		field->size = MAX(begin - field->offset, 0);
		if (!field->is_file) TRY(read_text(&v, a, field, &text_room, err));
	}
	*ret = (struct form_data){ fields, count };
	return OK;
}

enum code multipart_boundary(struct arena *a, const char *content_type, const char **ret, struct err *err)
{
	const char *boundary = parameter_get(a, content_type, strlen(content_type), "boundary");
	size_t len = boundary ? strlen(boundary) : 0;
	if (len == 0 || len > 70) FAIL(err, E_INPUT, "This form has no boundary");
	*ret = boundary;
	return OK;
}

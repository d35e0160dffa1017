#include "features/archive/archive_link.h"

#include <string.h>

#include "base/html.h"
#include "base/macros.h"

/* What html_text writes for the characters that it escapes. */
static const struct {
	const char *name;
	char character;
} entities[] = { { "&amp;", '&' },  { "&lt;", '<' },  { "&gt;", '>' },
	         { "&quot;", '"' }, { "&#34;", '"' }, { "&#39;", '\'' } };

static const char *unescape(struct arena *a, const char *text, size_t len)
{
	char *out = arena_alloc(a, len + 1);
	size_t n = 0;
	for (size_t i = 0; i < len;) {
		size_t e = 0, size = 0;
		for (; text[i] == '&' && e < COUNT(entities); e++) {
			size = strlen(entities[e].name);
			if (size <= len - i && memcmp(text + i, entities[e].name, size) == 0) break;
		}
		if (text[i] == '&' && e < COUNT(entities)) {
			out[n++] = entities[e].character;
			i += size;
		} else {
			out[n++] = text[i++];
		}
	}
	out[n] = '\0';
	return out;
}

enum kind { OTHER, ADDRESS, DROPPED };

static enum kind kind_of(const char *name, size_t len)
{
	static const struct {
		const char *name;
		enum kind kind;
	} names[] = { { "href", ADDRESS },
		      { "src", ADDRESS },
		      { "srcset", DROPPED },
		      { "sizes", DROPPED },
		      { "loading", DROPPED } };
	for (size_t i = 0; i < COUNT(names); i++)
		if (strlen(names[i].name) == len && memcmp(names[i].name, name, len) == 0) return names[i].kind;
	return OTHER;
}

/* One attribute, from its name to its last quote; returns where it ends. */
static const char *attribute(struct buf *out, struct arena *a, const struct link_change *change, const char *at,
                             const char *end)
{
	const char *name = at;
	while (at < end && !strchr(" \t\r\n=>", *at)) at++;
	size_t len = (size_t)(at - name);
	if (at + 1 >= end || at[0] != '=' || at[1] != '"') {
		buf_add(out, name, len);
		return at;
	}
	const char *value = at + 2, *close = memchr(value, '"', (size_t)(end - value));
	if (close == NULL) close = end;
	enum kind kind = kind_of(name, len);
	const char *target = kind == ADDRESS
	                             ? change->target(change->context, a, unescape(a, value, (size_t)(close - value)))
	                             : NULL;
	if (target) {
		buf_add(out, name, len);
		buf_lit(out, "=\"");
		html_text_str(out, target);
		buf_lit(out, "\"");
	} else if (kind != DROPPED) {
		buf_add(out, name, (size_t)(MIN(close + 1, end) - name));
	}
	return MIN(close + 1, end);
}

/* Nothing runs in an archive. */
static const char *skip_script(const char *at, const char *end)
{
	static const char close[] = "</script>";
	for (; at + sizeof(close) - 1 <= end; at++)
		if (memcmp(at, close, sizeof(close) - 1) == 0) return at + sizeof(close) - 1;
	return end;
}

/* From "<" to ">". */
static const char *tag(struct buf *out, struct arena *a, const struct link_change *change, const char *at,
                       const char *end)
{
	buf_putc(out, *at++);
	while (at < end && *at != '>') {
		if (strchr(" \t\r\n", *at)) {
			buf_putc(out, *at++);
			continue;
		}
		at = attribute(out, a, change, at, end);
		if (at < end && *at == '=') buf_putc(out, *at++);
	}
	return at;
}

void archive_links(struct buf *out, struct arena *a, const struct link_change *change, const char *html, size_t len)
{
	const char *end = html + len;
	for (const char *at = html; at < end;) {
		const char *open = memchr(at, '<', (size_t)(end - at));
		if (open == NULL) open = end;
		buf_add(out, at, (size_t)(open - at));
		if (end - open > 7 && memcmp(open, "<script", 7) == 0) at = skip_script(open, end);
		else at = open < end ? tag(out, a, change, open, end) : end;
	}
}

#include "base/html_change.h"

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

struct reader {
	const struct html_change *change;
	struct arena *a;
	struct buf *out;
	const char *at, *end;
};

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static const char *read_name(struct reader *r)
{
	const char *start = r->at;
	while (r->at < r->end && !is_space(*r->at) && *r->at != '=' && *r->at != '>' &&
	       (*r->at != '/' || r->at == start))
		r->at++;
	return arena_strndup(r->a, start, (size_t)(r->at - start));
}

/* One attribute, from its name to its last quote. */
static void read_attribute(struct reader *r, bool kept)
{
	const char *start = r->at, *name = read_name(r), *value = "";
	bool cut = false;
	if (r->at + 1 < r->end && r->at[0] == '=' && r->at[1] == '"') {
		const char *open = r->at + 2, *close = memchr(open, '"', (size_t)(r->end - open));
		cut = close == NULL;
		if (cut) close = r->end;
		value = unescape(r->a, open, (size_t)(close - open));
		r->at = close < r->end ? close + 1 : close;
	} else if (r->at == start) {
		r->at++; /* no name: a stray character */
		return;
	}
	const char *changed = kept ? r->change->attribute(r->change->context, r->a, name, value) : NULL;
	if (changed == NULL) return;
	buf_putc(r->out, ' ');
	if (changed == value) {
		buf_add(r->out, start, (size_t)(r->at - start));
		if (cut) buf_putc(r->out, '"');
		return;
	}
	buf_puts(r->out, name);
	buf_lit(r->out, "=\"");
	html_text_str(r->out, changed);
	buf_lit(r->out, "\"");
}

/* Past the end tag that fits, whatever is inside. */
static void skip_content(struct reader *r, const char *name)
{
	size_t len = strlen(name);
	for (int depth = 1; depth && r->at < r->end;) {
		const char *open = memchr(r->at, '<', (size_t)(r->end - r->at));
		if (open == NULL) open = r->end;
		r->at = open < r->end ? open + 1 : open;
		bool closes = r->at < r->end && *r->at == '/';
		const char *word = r->at + closes;
		if ((size_t)(r->end - word) <= len || memcmp(word, name, len) != 0) continue;
		if (!is_space(word[len]) && word[len] != '>' && word[len] != '/') continue;
		depth += closes ? -1 : 1;
		const char *close = memchr(word, '>', (size_t)(r->end - word));
		r->at = close ? close + 1 : r->end;
	}
}

static bool is_void(const char *name)
{
	static const char *const names[] = {
		"br", "hr", "img", "input", "link", "meta", "source", "track", "col", "wbr"
	};
	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(names[i], name) == 0) return true;
	return false;
}

/* From "<" to ">"; a comment or a declaration stays where all does. */
static void read_tag(struct reader *r)
{
	const char *start = r->at++;
	bool closes = r->at < r->end && *r->at == '/';
	if (closes) r->at++;
	const char *name = read_name(r);
	enum html_keep keep = *name ? r->change->element(r->change->context, name) : HTML_OPEN;
	if (keep == HTML_KEEP) buf_add(r->out, start, (size_t)(r->at - start));
	while (r->at < r->end && *r->at != '>') {
		if (is_space(*r->at) || *r->at == '/') r->at++;
		else read_attribute(r, keep == HTML_KEEP);
	}
	bool ended = r->at > start + 1 && r->at[-1] == '/';
	if (r->at < r->end) r->at++;
	if (keep == HTML_KEEP) buf_puts(r->out, ended ? "/>" : ">");
	if (keep == HTML_DROP && !closes && !ended && !is_void(name)) skip_content(r, name);
}

void html_change(struct buf *out, struct arena *a, const struct html_change *change, const char *html, size_t len)
{
	struct reader r = { change, a, out, html, html + len };
	while (r.at < r.end) {
		const char *open = memchr(r.at, '<', (size_t)(r.end - r.at));
		if (open == NULL) open = r.end;
		buf_add(out, r.at, (size_t)(open - r.at));
		r.at = open;
		if (open < r.end) read_tag(&r);
	}
}

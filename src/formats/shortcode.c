#include "formats/shortcode.h"

#include <string.h>

#include "base/buf.h"
#include "base/macros.h"

enum { NAME = 40, CODE = 2000, REACH = 20000 /* bytes */ };

/* Those of WordPress itself; others are known by an attribute or by their end. */
static bool is_known(const char *name)
{
	static const char *const names[] = { "audio",   "video",      "gallery", "playlist", "embed",
		                             "caption", "wp_caption", "youtube", "vimeo" };
	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(names[i], name) == 0) return true;
	return false;
}

static size_t name_length(const char *at, const char *end)
{
	size_t n = 0;
	while (at + n < end && n < NAME &&
	       ((at[n] >= 'a' && at[n] <= 'z') ||
	        (n && ((at[n] >= '0' && at[n] <= '9') || at[n] == '_' || at[n] == '-'))))
		n++;
	return n;
}

static bool has_end(const char *at, const char *end, const char *name)
{
	size_t len = strlen(name);
	if (end - at > REACH) end = at + REACH;
	for (; at + len + 3 <= end; at++)
		if (at[0] == '[' && at[1] == '/' && memcmp(at + 2, name, len) == 0 && at[2 + len] == ']') return true;
	return false;
}

static void lose(struct arena *a, struct html_markdown *ret, const char *name)
{
	const char *what = arena_printf(a, "[%s]", name);
	if (strstr(name, "caption")) return;
	for (int i = 0; i < ret->nlost; i++)
		if (strcmp(ret->lost[i], what) == 0) return;
	if (ret->nlost < HTML_MARKDOWN_LOST) ret->lost[ret->nlost++] = what;
}

static bool was_lost(const struct html_markdown *ret, struct arena *a, const char *name)
{
	const char *what = arena_printf(a, "[%s]", name);
	for (int i = 0; i < ret->nlost; i++)
		if (strcmp(ret->lost[i], what) == 0) return true;
	return is_known(name);
}

/* The length of the code that begins at "[", or 0: it is none. */
static size_t code_length(struct arena *a, const char *at, const char *end, struct html_markdown *ret)
{
	bool closes = at + 1 < end && at[1] == '/';
	const char *word = at + 1 + closes;
	size_t n = name_length(word, end), room = MIN((size_t)(end - at), (size_t)CODE);
	const char *close = n ? memchr(at, ']', room) : NULL;
	if (close == NULL) return 0;
	const char *name = arena_strndup(a, word, n), next = word[n];
	if (next != ']' && next != ' ' && next != '/' && next != '\n') return 0;
	if (memchr(at, '<', (size_t)(close - at))) return 0;
	bool attributes = memchr(word, '=', (size_t)(close - word)) != NULL;
	if (closes ? !was_lost(ret, a, name) : !is_known(name) && !attributes && !has_end(close, end, name)) return 0;
	if (!closes) lose(a, ret, name);
	return (size_t)(close - at) + 1;
}

const char *shortcodes_removed(struct arena *a, const char *html, size_t len, struct html_markdown *ret)
{
	const char *end = html + len;
	struct buf out;
	buf_init(&out, a, 0);
	for (const char *at = html; at < end;) {
		const char *open = memchr(at, '[', (size_t)(end - at));
		if (open == NULL) open = end;
		buf_add(&out, at, (size_t)(open - at));
		at = open;
		if (at == end) break;
		size_t code = code_length(a, at, end, ret);
		if (code == 0) buf_putc(&out, *at);
		at += code ? code : 1;
	}
	return buf_str(&out);
}

/* Elements and attributes are a list of what may stay. */
#include <string.h>

#include "base/html_change.h"
#include "base/macros.h"
#include "formats/feed.h"

struct place {
	const char *base_url, *page;
};

static bool among(const char *const *names, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(names[i], name) == 0) return true;
	return false;
}

static enum html_keep element(void *context, const char *name)
{
	static const char *const kept[] = {
		"p",       "h2",     "h3",         "h4",    "h5",    "h6",    "ul",    "ol",   "li",     "dl",
		"dt",      "dd",     "blockquote", "pre",   "code",  "hr",    "br",    "em",   "strong", "s",
		"sup",     "sub",    "a",          "img",   "table", "thead", "tbody", "tr",   "th",     "td",
		"caption", "figure", "figcaption", "audio", "video", "small", "abbr",  "time", "cite",   "q",
	};
	static const char *const dropped[] = {
		"script", "style",  "svg",   "form", "button", "input", "select", "textarea", "nav",      "template",
		"iframe", "object", "embed", "math", "link",   "meta",  "base",   "title",    "noscript",
	};
	(void)context;
	if (among(kept, COUNT(kept), name)) return HTML_KEEP;
	return among(dropped, COUNT(dropped), name) ? HTML_DROP : HTML_OPEN;
}

static const char *whole(const struct place *place, struct arena *a, const char *value)
{
	if (value[0] == '/' && value[1] != '/') return arena_printf(a, "%s%s", place->base_url, value);
	return *value == '#' ? arena_printf(a, "%s%s", place->page, value) : value;
}

static const char *attribute(void *context, struct arena *a, const char *name, const char *value)
{
	static const char *const addresses[] = { "href", "src", "poster" };
	static const char *const kept[] = { "alt",     "width",   "height", "title", "controls", "datetime",
		                            "colspan", "rowspan", "scope",  "lang",  "preload",  "start" };
	if (among(addresses, COUNT(addresses), name)) return whole(context, a, value);
	return among(kept, COUNT(kept), name) ? value : NULL;
}

void feed_html(struct buf *out, struct arena *a, const char *base_url, const char *page, const char *html, size_t len)
{
	struct place place = { base_url, page };
	const struct html_change change = { &place, element, attribute };
	html_change(out, a, &change, html, len);
}

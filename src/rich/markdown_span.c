/* Emphasis, code, links and pictures of a text. */
#include <string.h>

#include "base/html.h"
#include "rich/scan.h"
#include "rich/writer.h"

/* The address as html_url writes it, or NULL when it is one that a text may not lead to. */
static const char *safe_url(struct html *h, const char *url)
{
	struct buf safe;
	buf_init(&safe, h->a, 0);
	html_url_str(&safe, url);
	return safe.len == 0 || (strcmp(buf_str(&safe), "#") == 0 && strcmp(url, "#") != 0) ? NULL : buf_str(&safe);
}

static bool is_outside(const char *url)
{
	return strncmp(url, "//", 2) == 0 || strncasecmp(url, "http:", 5) == 0 || strncasecmp(url, "https:", 6) == 0;
}

/* False, and nothing written, when the address is none or not safe. */
static bool open_link(struct html *h, const char *url, const char *class)
{
	const char *safe = url ? safe_url(h, url) : NULL;
	if (safe == NULL) return false;
	if (!opens(h, 1, "</a>")) return true;
	buf_lit(h->out, "<a");
	if (class) buf_printf(h->out, " class=\"%s\"", class);
	buf_lit(h->out, " href=\"");
	buf_puts(h->out, safe);
	buf_puts(h->out, is_outside(url) ? "\" rel=\"noopener\">" : "\">");
	return true;
}

/* A link in a link is only its words: HTML allows no other. */
static bool enters_link(struct html *h, struct span *span)
{
	span->mute = h->links > 0;
	if (span->mute) return false;
	h->links++;
	h->link_said = false;
	buf_reset(&h->link_words);
	return true;
}

static void enter_wiki(struct html *h, struct span *span, const MD_SPAN_WIKILINK_DETAIL *link)
{
	const char *words;
	if (!enters_link(h, span)) return;
	h->wiki_target = scan_wiki(h->a, link, &words);
	h->wiki = (struct rich_link){ 0 };
	if (h->page->wiki) h->wiki = h->page->wiki(h->page->context, h->wiki_target);
	h->wiki_words = words ? words : h->wiki.title;
	span->element = open_link(h, h->wiki.url, h->wiki.missing ? "missing" : NULL);
	h->wiki_start = h->out->len;
}

static void leave_wiki(struct html *h, const struct span *span)
{
	const char *written = text_trim(h->a, buf_str(&h->link_words)), *words = h->wiki_words;
	bool unsaid = strcmp(written, h->wiki_target) == 0 || strstr(written, "\\|");
	if (unsaid && words) {
		/* No element is open since then. */
		h->out->data[h->out->len = h->wiki_start] = '\0';
		put_words(h, words, strlen(words));
	} else if (!h->link_said) {
		put_words(h, h->wiki_target, strlen(h->wiki_target));
	}
	h->links--;
	if (!span->element || !h->wiki.missing) return;
	buf_lit(h->out, " <span>(");
	html_text_str(h->out, tr(h->page->lang, N_("to be written")));
	buf_lit(h->out, ")</span>");
}

static void enter_link(struct html *h, struct span *span, const MD_SPAN_A_DETAIL *link)
{
	if (!enters_link(h, span)) return;
	span->url = scan_attribute(h->a, &link->href);
	span->element = open_link(h, span->url, NULL);
}

static void leave_link(struct html *h, const struct span *span)
{
	if (!h->link_said) html_text_str(h->out, span->url);
	h->links--;
}

static void put_image(struct html *h, const char *url)
{
	const char *safe = safe_url(h, url), *alt = buf_str(&h->alt);
	if (safe && *url == '/' && !is_outside(url)) {
		buf_lit(h->out, "<img src=\"");
		buf_puts(h->out, safe);
		buf_lit(h->out, "\" alt=\"");
		html_text_str(h->out, alt);
		buf_lit(h->out, "\" loading=\"lazy\">");
		h->link_said = h->link_said || !text_is_blank(alt);
		return;
	}
	const char *words = text_is_blank(alt) ? url : alt;
	bool link = h->links == 0 && open_link(h, url, NULL);
	put_words(h, words, strlen(words));
	if (link) close_element(h);
}

static void leave_top(struct html *h)
{
	struct span *span = &h->spans[--h->nspans];
	if (span->mute) return;
	if (span->type == MD_SPAN_A) leave_link(h, span);
	if (span->type == MD_SPAN_WIKILINK) leave_wiki(h, span);
	if (span->element) close_element(h);
	if (span->type != MD_SPAN_IMG) return;
	h->in_image = false;
	put_image(h, span->url);
}

void leave_spans(struct html *h)
{
	while (h->nspans) leave_top(h);
	h->more_spans = 0;
}

static void enter_element(struct html *h, struct span *span)
{
	static const struct {
		const char *opener, *closer;
	} elements[] = {
		[MD_SPAN_EM] = { "<em>", "</em>" },
		[MD_SPAN_STRONG] = { "<strong>", "</strong>" },
		[MD_SPAN_DEL] = { "<s>", "</s>" },
		[MD_SPAN_CODE] = { "<code>", "</code>" },
	};
	if ((size_t)span->type >= COUNT(elements) || elements[span->type].opener == NULL) return;
	open_element(h, 1, elements[span->type].opener, elements[span->type].closer);
	span->element = true;
}

int enter_span(MD_SPANTYPE type, void *detail, void *data)
{
	struct html *h = data;
	if (writer_is_full(h)) return STOP;
	settle(h, false);
	begin_words(h);
	if (h->nspans == SPANS_MAX) {
		h->more_spans++;
		return 0;
	}
	struct span *span = &h->spans[h->nspans++];
	*span = (struct span){ .type = type, .mute = h->in_image };
	if (span->mute) return 0;
	if (type == MD_SPAN_A) {
		enter_link(h, span, detail);
	} else if (type == MD_SPAN_WIKILINK) {
		enter_wiki(h, span, detail);
	} else if (type == MD_SPAN_IMG) {
		span->url = scan_attribute(h->a, &((MD_SPAN_IMG_DETAIL *)detail)->src);
		h->in_image = true;
		buf_reset(&h->alt);
	} else {
		enter_element(h, span);
	}
	return 0;
}

int leave_span(MD_SPANTYPE type, void *detail, void *data)
{
	struct html *h = data;
	(void)detail;
	if (writer_is_full(h)) return STOP;
	if (h->more_spans) {
		h->more_spans--;
		return 0;
	}
	int at = h->nspans - 1;
	while (at >= 0 && h->spans[at].type != type) at--;
	while (at >= 0 && h->nspans > at) leave_top(h);
	return 0;
}

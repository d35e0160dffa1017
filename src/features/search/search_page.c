#include "features/search/search_page.h"

#include "core/field_type.h"
#include "net/uri.h"

struct cutting {
	const struct page *p;
	const char *text;
	size_t done;
	struct piece *pieces;
	int n, room;
};

static void add_piece(struct cutting *c, size_t start, size_t end, bool match)
{
	if (end <= start || c->n == c->room) return;
	c->pieces[c->n++] = (struct piece){ arena_strndup(c->p->arena, c->text + start, end - start), match };
}

static void mark(void *arg, size_t start, size_t len)
{
	struct cutting *c = arg;
	if (start < c->done || c->n + 3 > c->room) return;
	add_piece(c, c->done, start, false);
	add_piece(c, start, start + len, true);
	c->done = start + len;
}

int search_pieces(const struct page *p, const struct search_page *search, const char *text, struct piece **ret)
{
	size_t len = strlen(text);
	struct cutting c = { .p = p, .text = text, .room = (int)MIN(len, 200) + 1 };
	c.pieces = arena_array(p->arena, struct piece, (size_t)c.room);
	search_marks(p->arena, search->result.corrected ? search->result.corrected : search->text, text, mark, &c);
	add_piece(&c, c.done, len, false);
	*ret = c.pieces;
	return c.n;
}

const char *search_below(const struct page *p, const struct record *comment)
{
	struct record *about;
	struct err err;
	if (record_load_num(p->db, p->arena, p->model, p->actor, comment->about, &about, &err) != OK) return "";
	return page_printf(p, _("about “%s”"), about->title);
}

const char *search_count(const struct page *p, const struct search_page *search)
{
	int64_t total = search->result.total;
	if (total > SEARCH_TOTAL_MAX)
		return page_printf(p, _("more than %s results"), page_number(p, SEARCH_TOTAL_MAX));
	return page_printf(p, _n("%s result", "%s results", total), page_number(p, total));
}

const char *search_kind_count(const struct page *p, const struct search_kind *kind)
{
	return kind->count < 0 ? "" : page_number(p, kind->count);
}

const char *search_url(const struct page *p, const struct search_page *search, const struct form *form, int number)
{
	struct buf url;
	buf_init(&url, p->arena, 0);
	buf_puts(&url, "/-/search");
	uri_query_add(&url, "q", search->text);
	if (form) uri_query_add(&url, "form", form->key);
	if (search->open) uri_query_add(&url, "ouvert", "1");
	if (number > 1) uri_query_add(&url, "page", arena_printf(p->arena, "%d", number));
	return buf_str(&url);
}

const char *search_feed_url(const struct page *p, const struct search_page *search, const char *name)
{
	struct search_page first = *search;
	first.open = false;
	return arena_printf(p->arena, "/-/search.%s%s", name,
	                    search_url(p, &first, search->form, 1) + sizeof("/-/search") - 1);
}

void search_feeds(struct page *p, const struct search_page *search)
{
	struct page_feed *feeds = arena_array(p->arena, struct page_feed, 2);
	feeds[0] = (struct page_feed){ "application/atom+xml", search_feed_url(p, search, "atom") };
	feeds[1] = (struct page_feed){ "application/feed+json", search_feed_url(p, search, "json") };
	p->feeds = feeds;
	p->nfeeds = 2;
}

static bool says_when(const struct form *form)
{
	for (int i = 0; i < form->nfields; i++)
		if (form->fields[i].type->now) return true;
	return false;
}

const char *search_open_url(const struct page *p, const struct search_page *search)
{
	struct search_page other = *search;
	bool any = search->open;
	for (int i = 0; i < search->result.nkinds; i++) any |= says_when(search->result.kinds[i].form);
	other.open = !search->open;
	return any ? search_url(p, &other, search->form, 1) : NULL;
}

bool search_has_next(const struct search_page *search)
{
	int64_t seen = (int64_t)search->number * SEARCH_SIZE;
	return search->result.n == SEARCH_SIZE && seen < search->result.total && seen < SEARCH_TOTAL_MAX;
}

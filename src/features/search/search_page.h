/* What the template of the search page asks of C. */
#ifndef PARVIS_SEARCH_PAGE_H
#define PARVIS_SEARCH_PAGE_H

#include "core/search.h"
#include "page/page.h"

enum { SEARCH_SIZE = 20 };

struct search_page {
	const char *text; /* as typed */
	const struct form *form;
	bool open;  /* only what is open now */
	int number; /* of this page of results, from 1 */
	struct search_result result;
};

/* A piece of a text, a match or what stands between two. */
struct piece {
	const char *text;
	bool match;
};
int search_pieces(const struct page *p, const struct search_page *search, const char *text, struct piece **ret);

/* Below which page a comment was found: "about “Le moulin”". */
const char *search_below(const struct page *p, const struct record *comment);

/* "12 results", "more than 1,000 results" */
const char *search_count(const struct page *p, const struct search_page *search);
/* "12"; "" where it was not counted. */
const char *search_kind_count(const struct page *p, const struct search_kind *kind);
/* The same search for one kind (NULL: all) at a page. */
const char *search_url(const struct page *p, const struct search_page *search, const struct form *form, int number);
/* Its feed, "atom" or "json"; the feeds, for the head of the page. */
const char *search_feed_url(const struct page *p, const struct search_page *search, const char *name);
void search_feeds(struct page *p, const struct search_page *search);
/* The same search with or without what is closed now; NULL where nothing found says when it is open. */
const char *search_open_url(const struct page *p, const struct search_page *search);
/* How many results the other pages hold: is there a next one? */
bool search_has_next(const struct search_page *search);

#endif

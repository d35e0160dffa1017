/* A form made in the browser, and what lets people find it: its list, the menu, the page Contribute. */
#ifndef PARVIS_FORM_MAKE_H
#define PARVIS_FORM_MAKE_H

#include "page/page.h"

struct form_making {
	json_t *definition; /* of the form, without its key */
	bool menu;          /* its list gets a word in the menu */
	bool offered;       /* on the page Contribute */
	const json_t *text; /* that it stands there with, or NULL */
	/* results */
	const char *key, *slug;
};

/* In one write: the form, then its list, with the facets and the layouts that its questions allow. The definition is
 * sound (form_parse). */
enum code form_make(struct tx *tx, const struct page *p, struct form_making *making, struct err *err) MUST;

/* Takes a form away, with its lists, its templates, its words in the menu and on Contribute. E_INPUT: pages are made
 * with it, or another form names it. */
enum code form_unmake(struct tx *tx, const struct page *p, const struct form *form, struct err *err) MUST;

/* A form that asks for a name only. */
json_t *form_blank(const struct page *p);

/* The list that shows a form first: not one that somebody kept, nor one that chooses among its pages; NULL: none. */
const struct view *form_list(const struct page *p, const struct form *form);

/* Is it on the page Contribute? Puts it there (at the end, or with another text), or takes it away. */
bool form_offered(const struct page *p, const char *key, const json_t **text);
enum code form_offer(struct tx *tx, const struct page *p, const char *key, const char *icon, bool offered,
                     const json_t *text, struct err *err) MUST;

#endif

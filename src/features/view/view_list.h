/* A view as somebody reads it: its query with the choices made in the address, and the records. */
#ifndef PARVIS_VIEW_LIST_H
#define PARVIS_VIEW_LIST_H

#include "core/query.h"
#include "net/form_data.h"
#include "page/page.h"
#include "views/view_type.h"

struct view_list {
	const struct view *view;
	const struct view_type *type;
	struct query query;
	struct result result;
	struct record **records;
	int n;
	const char *sort;   /* name of the chosen sort */
	const char *base;   /* address of the view, without query */
	const char *kept;   /* the query of the address, as received */
};

/* What may change a view: `choices` are the pairs of an address or of an embed (facets by field key,
 * "tri", "vue", "suite", "taille", "q"); unknown names are ignored. */
enum code view_list_load(const struct page *p, const struct view *view, const char *base, const char *kept,
                         const struct form_data *choices, struct view_list *ret, struct err *err) MUST;

/* Draws only the records, for embeds and the home page. */
void view_list_render(struct buf *out, const struct page *p, const struct view_list *list);

/* For struct page's embed: "vue" and "view". */
void view_embed(struct buf *out, const struct page *p, const char *name, const char *args);

/* "30 structures", "plus de 10 000 structures", "1 structure" */
const char *view_list_count(const struct page *p, const struct view_list *list);
const char *view_list_next(const struct page *p, const struct view_list *list);
/* The address with another layout. */
const char *view_list_with(const struct page *p, const struct view_list *list, const char *name, const char *value);

struct sort_option {
	const char *name, *label;
	bool chosen;
};
int view_list_sorts(const struct page *p, const struct view_list *list, struct sort_option **ret);
const char *facet_label(const struct page *p, const struct facet *facet, const struct facet_value *value);
const struct choice *facet_choice_of(const struct facet *facet, const struct facet_value *value);

#endif

/* A view as somebody reads it (views/view_type.h): the choices made in the address, then what is shown. */
#ifndef PARVIS_VIEW_LIST_H
#define PARVIS_VIEW_LIST_H

#include "net/form_data.h"
#include "page/page.h"
#include "views/view_type.h"

/* What may change a view: `choices` are the pairs of an address or of an embed (facets by field key, "tri",
 * "grouper", "vue", "suite", "taille", "q"); unknown names are ignored. Reads nothing of the database. */
void view_list_read(const struct page *p, const struct view *view, const char *base, const char *kept,
                    const struct form_data *choices, struct view_list *ret);
/* The names that view_list_read knows, for request_share; ends with NULL. */
const char *const *view_list_names(const struct page *p, const struct form *form);

/* Says until when what it shows is true, where it is about what is open now. view_list_load does; what reads the
 * query otherwise calls it. */
enum code view_list_until(const struct page *p, const struct view_list *list, struct err *err) MUST;
/* Then reads what its layout shows. */
enum code view_list_load(const struct page *p, struct view_list *list, struct err *err) MUST;

/* Draws only the records, for embeds and the home page. */
void view_list_render(struct buf *out, const struct page *p, const struct view_list *list);

/* Inside a text: "annuaire taille=3 presentation=liste" (features/embed/embed.h). */
void view_embed(struct buf *out, const struct page *p, const char *args);

/* "30 structures", "plus de 10 000 structures", "1 structure" */
const char *view_list_count(const struct page *p, const struct view_list *list);
/* The address of the whole list, with the choices made in it. */
const char *view_list_address(const struct page *p, const struct view_list *list);
/* The code of that address, for paper. */
struct html_safe view_list_qr(const struct page *p, const struct view_list *list);
const char *view_list_next(const struct page *p, const struct view_list *list);
/* Is there anything to narrow it by? */
bool view_list_narrows(const struct view_list *list);
/* With all choices undone, even those that the browser keeps; where it is asked to keep those made. */
const char *view_list_everything(const struct page *p, const struct view_list *list);
const char *view_list_keep(const struct page *p, const struct view_list *list);
/* The address with another layout. */
const char *view_list_with(const struct page *p, const struct view_list *list, const char *name, const char *value);

/* Where several of its records are changed together, with the same choices. */
const char *view_list_bulk(const struct page *p, const struct view_list *list);

struct list_option {
	const char *name, *label;
	bool chosen;
};
int view_list_sorts(const struct page *p, const struct view_list *list, struct list_option **ret);
/* What the records may stand under headings by; 0 when the layout has none. */
int view_list_groups(const struct page *p, const struct view_list *list, struct list_option **ret);
const char *facet_label(const struct page *p, const struct facet *facet, const struct facet_value *value);
/* " under-2" for what stands under two others in a tree, or "". */
const char *facet_depth(const struct page *p, const struct facet *facet, const struct facet_value *value);
const struct choice *facet_choice_of(const struct facet *facet, const struct facet_value *value);

/* What its definition's "below" adds under it: blocks as on a home page. */
void view_below(struct buf *out, const struct page *p, const struct view *view);

#endif

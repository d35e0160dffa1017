/* Lists that people keep: a view with their choices in it, under a name and an address. Hers alone: whoever has
 * its address may open it, nobody finds it otherwise. Or a space's, by those who look after it: shown beside the
 * view. */
#ifndef PARVIS_SAVED_H
#define PARVIS_SAVED_H

#include "net/form_data.h"
#include "page/page.h"
#include "views/view_type.h"

enum { SAVED_EACH = 40 /* by one person */, SAVED_ALL = 1000, SAVED_NAME = 100 /* characters */ };

/* The view's definition, with what the reader chose in it. */
json_t *saved_definition(const struct page *p, const struct view_list *list, const struct form_data *choices);
/* The definition of what `list` shows (its `choices` as written in the address), for this space or, NULL, for the
 * reader alone. E_INPUT: a name is missing or too long, with the issue "name"; E_LIMIT: too many are kept. */
enum code saved_define(const struct page *p, const struct view_list *list, const struct form_data *choices,
                       const char *name, const struct space *space, struct issues *issues, json_t **ret,
                       struct err *err) MUST;
/* The same definition under another name. E_INPUT as above. */
enum code saved_rename(const struct page *p, const struct view *view, const char *name, struct issues *issues,
                       json_t **ret, struct err *err) MUST;

/* May the reader rename and delete it? May she keep lists for this space? */
bool saved_mine(const struct page *p, const struct view *view);
bool saved_for(const struct page *p, const struct space *space);
/* Those of spaces that the reader may see, made from this view's form, in the order of their names. */
int saved_beside(const struct page *p, const struct view *view, const struct view ***ret);
/* Where what the list shows is kept; where it becomes a view of the site (features/view_edit). */
const char *saved_view_address(const struct page *p, const struct view_list *list);
const char *saved_new_address(const struct page *p, const struct view_list *list);

#endif

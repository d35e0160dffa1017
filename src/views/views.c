#include <string.h>

#include "views/layouts.html.h"
#include "views/view_type.h"

static const struct view_type cards = { "cards", N_("Cards"), "layout-grid", view_cards };
static const struct view_type list = { "list", N_("List"), "list", view_rows };
static const struct view_type table = { "table", N_("Table"), "table", view_table };

const struct view_type *const view_types[] = { &cards, &list, &table, NULL };

const struct view_type *view_type_find(const char *name)
{
	for (const struct view_type *const *type = view_types; *type; type++)
		if (strcmp((*type)->name, name) == 0) return *type;
	return strcmp(name, "rows") == 0 ? &list : &cards;
}

/* From what a reader chose in a list to a view of the site. */
#include <string.h>

#include "features/saved/saved.h"
#include "features/view/view_list.h"

/* The choices join the conditions of the view. */
static void join_choices(const struct view_list *list, const struct form_data *choices, json_t *definition)
{
	json_t *where = json_object_get(definition, "where");
	if (where == NULL) json_object_set_new(definition, "where", where = json_array());
	for (int i = 0; i < list->query.nchosen; i++) {
		const char *key = list->query.chosen[i].field->key, *text;
		json_t *values = json_array();
		for (int j = 0; (text = form_data_nth(choices, key, j)) != NULL; j++)
			if (*text) json_array_append_new(values, json_string(text));
		json_array_append_new(where, json_pack("[s,s,o]", key, "in", values));
	}
}

json_t *saved_definition(const struct page *p, const struct view_list *list, const struct form_data *choices)
{
	json_t *definition = json_keep(p->arena, json_deep_copy(list->view->definition));
	json_object_set_new(definition, "layout", json_string(list->type->name));
	json_object_del(definition, "group");
	json_object_del(definition, "former"); /* they lead to the view */
	if (list->group) json_object_set_new(definition, "group", json_string(list->group->key));
	if (*list->sort) json_object_set_new(definition, "sort", json_pack("[s]", list->sort));
	if (list->query.search) json_object_set_new(definition, "search", json_string(list->query.search));
	join_choices(list, choices, definition);
	return definition;
}

const char *saved_view_address(const struct page *p, const struct view_list *list)
{
	const char *address = view_list_address(p, list), *query = strchr(address, '?');
	return arena_printf(p->arena, "/-/views/new?depuis=%s%s%s", list->view->key, query ? "&" : "",
	                    query ? query + 1 : "");
}

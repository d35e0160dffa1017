#include "features/spreadsheet/proposal.h"

#include <string.h>

#include "core/field_type.h"
#include "core/form.h"

const char *column_control(const struct page *p, const char *prefix, int i)
{
	return arena_printf(p->arena, "%s-%d", prefix, i);
}

const char *column_kind_words(const struct page *p, const struct column_kind *kind)
{
	return tr(p->lang, kind->label ? kind->label : field_type_find(kind->name)->label);
}

int proposal_spaces(const struct page *p, const struct space *const **ret)
{
	const struct space **spaces = arena_array(p->arena, const struct space *, (size_t)p->model->nspaces + 1);
	int n = 0;
	for (int i = 0; i < p->model->nspaces; i++) {
		struct thing thing = { .kind = KIND_RECORD, .state = STATE_PUBLISHED, .space = &p->model->spaces[i] };
		if (allowed(p->actor, ACTION_CREATE, &thing)) spaces[n++] = thing.space;
	}
	*ret = spaces;
	return n;
}

/* ---- The form ---- */

/* What the cards show: the first questions with few different answers. */
static json_t *summary_of(const json_t *fields, const char *title)
{
	json_t *summary = json_array(), *field;
	size_t i;
	json_array_foreach ((json_t *)fields, i, field) {
		const struct field_type *type = field_type_find(json_str_or(field, "type", ""));
		if (json_array_size(summary) < 3 && type && (type->facet || type->cell == CELL_DATE) &&
		    strcmp(json_str_or(field, "key", ""), title) != 0)
			json_array_append_new(summary, json_string(json_str_or(field, "key", "")));
	}
	return summary;
}

static json_t *definition_of(const struct page *p, const struct sheet_proposal *proposal, const char **keys)
{
	struct arena *a = p->arena;
	json_t *definition = json_keep(a, json_copy(proposal->typed));
	json_t *fields = columns_fields(a, p->lang, &proposal->grid, proposal->columns, proposal->title, keys);
	const char *title = keys[proposal->title];
	struct label label = label_from_json(a, json_object_get(proposal->typed, "label"));
	json_object_set(definition, "fields", fields);
	json_object_set_new(definition, "title", json_string(title));
	json_object_set_new(definition, "icon", json_string("file-text"));
	json_object_set_new(definition, "summary", summary_of(fields, title));
	json_object_set_new(definition, "add",
	                    json_pack("{s:s,s:s}", "fr",
	                              arena_printf(a, tr(LANG_FR, N_("Add: %s")), label_text(&label, LANG_FR)), "en",
	                              arena_printf(a, tr(LANG_EN, N_("Add: %s")), label_text(&label, LANG_EN))));
	return definition;
}

/* ---- What was decided, as the import carries it ---- */

static json_t *columns_json(const struct sheet_proposal *proposal, const char *const *keys)
{
	json_t *columns = json_array();
	for (int i = 0; i < proposal->grid.ncolumns; i++) {
		const struct column *column = &proposal->columns[i];
		json_array_append_new(columns, json_pack("{s:s, s:s, s:s*}", "name", column->name, "kind", column->kind,
		                                         "key", keys[i]));
	}
	return columns;
}

enum code proposal_choices(const struct page *p, const struct sheet_proposal *proposal, json_t **ret,
                           struct issues *issues, struct err *err)
{
	struct form form;
	const char **keys = arena_array(p->arena, const char *, (size_t)proposal->grid.ncolumns + 1);
	json_t *definition = definition_of(p, proposal, keys), *named = json_keep(p->arena, json_copy(definition));
	json_object_set_new(named, "key", json_string("new"));
	TRY(form_parse(p->arena, named, NULL, 0, &form, issues, err));
	*ret = json_keep(p->arena,
	                 json_pack("{s:s, s:s, s:b, s:O, s:o, s:i, s:b, s:b, s:s}", "file", proposal->hash, "lang",
	                           lang_tag(p->lang), "straight", 1, "definition", definition, "columns",
	                           columns_json(proposal, keys), "title", proposal->title, "menu", proposal->menu,
	                           "offered", proposal->offered, "space", proposal->space->slug));
	return OK;
}

bool columns_recall(const json_t *choices, const struct grid *grid, struct column *columns, const char **keys)
{
	const json_t *kept = json_object_get(choices, "columns");
	if ((int)json_array_size(kept) != grid->ncolumns) return false;
	for (int i = 0; i < grid->ncolumns; i++) {
		const json_t *one = json_array_get(kept, (size_t)i);
		const struct column_kind *kind = column_kind_find(json_str_or(one, "kind", ""));
		columns[i].name = json_str_or(one, "name", "");
		columns[i].kind = kind ? kind->name : "";
		if (keys) keys[i] = json_str(one, "key");
	}
	return true;
}

void proposal_recall(const struct page *p, const json_t *choices, struct sheet_proposal *proposal)
{
	static const char *const words[] = { "label", "plural" };
	const struct space *const *spaces;
	if (!columns_recall(choices, &proposal->grid, proposal->columns, NULL)) return;
	for (size_t i = 0; i < COUNT(words); i++)
		json_object_set(proposal->typed, words[i],
		                json_object_get(json_object_get(choices, "definition"), words[i]));
	proposal->title = (int)json_int(choices, "title", -1);
	proposal->menu = json_bool(choices, "menu", false);
	proposal->offered = json_bool(choices, "offered", false);
	int n = proposal_spaces(p, &spaces);
	for (int i = 0; i < n; i++)
		if (strcmp(spaces[i]->slug, json_str_or(choices, "space", "")) == 0) proposal->space = spaces[i];
}

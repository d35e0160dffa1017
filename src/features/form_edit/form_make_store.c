#include <string.h>

#include "base/text.h"
#include "core/address.h"
#include "core/definition.h"
#include "core/field_type.h"
#include "core/form_change.h"
#include "features/form_edit/form_make.h"
#include "features/view/view_uses.h"

enum { FACETS = 4, COLUMNS = 5, SIZE = 24, SLUG = 60 };

json_t *form_blank(const struct page *p)
{
	return json_keep(p->arena,
	                 json_pack("{s:s,s:[],s:[{s:s,s:s,s:{s:s,s:s},s:b}]}", "title", "nom", "summary", "fields",
	                           "key", "nom", "type", "text", "label", "fr", "Nom", "en", "Name", "required", 1));
}

const struct view *form_list(const struct page *p, const struct form *form)
{
	for (int i = 0; i < p->model->nviews; i++) {
		const struct view *view = &p->model->views[i];
		if (view->form == form && !view->saved && view->nwhere == 0 && view->search == NULL) return view;
	}
	return NULL;
}

/* ---- Its list ---- */

static enum code choose_slug(struct tx *tx, const struct page *p, struct form_making *m, struct err *err)
{
	struct label plural = label_from_json(p->arena, json_object_get(m->definition, "plural"));
	const char *base = text_slug(p->arena, label_text(&plural, LANG_FR), SLUG);
	bool is = false;
	if (*base == '\0') base = m->key;
	m->slug = base;
	for (int i = 2; !is; i++) {
		TRY(address_free_for_view(tx_db(tx), p->model, m->slug, NULL, &is, err));
		if (!is) m->slug = arena_printf(p->arena, "%s-%d", base, i);
	}
	return OK;
}

static const struct field_type *type_of(const json_t *field)
{
	return field_type_find(json_str_or(field, "type", ""));
}

/* The first fields that `takes` likes, `max` at most. */
static json_t *keys_of(const json_t *form, bool (*takes)(const json_t *field), size_t max)
{
	json_t *keys = json_array(), *field;
	size_t i;
	json_array_foreach (json_object_get(form, "fields"), i, field)
		if (json_array_size(keys) < max && takes(field))
			json_array_append_new(keys, json_string(json_str_or(field, "key", "")));
	return keys;
}

static bool is_facet(const json_t *field)
{
	return type_of(field) && type_of(field)->facet &&
	       strcmp(json_str_or(field, "audience", "public"), "public") == 0;
}

static bool is_column(const json_t *field)
{
	const struct field_type *type = type_of(field);
	return type && !type->long_text && type->takes == FILES_NONE;
}

static bool is_place(const json_t *field)
{
	return strcmp(json_str_or(field, "type", ""), "place") == 0;
}

static bool is_picture(const json_t *field)
{
	return type_of(field) && type_of(field)->takes == FILES_PICTURES;
}

static json_t *view_of(struct arena *a, const struct form_making *m, const char *key)
{
	json_t *layouts = json_pack("[s,s,s]", "cards", "list", "table");
	json_t *view = json_keep(a, json_pack("{s:s,s:s,s:s,s:O,s:[s],s:s,s:i}", "key", key, "slug", m->slug, "form",
	                                      m->key, "title", json_object_get(m->definition, "plural"), "sort",
	                                      "title", "layout", "cards", "size", SIZE));
	json_object_set_new(view, "facets", keys_of(m->definition, is_facet, FACETS));
	json_object_set_new(view, "columns", keys_of(m->definition, is_column, COLUMNS));
	json_t *places = json_keep(a, keys_of(m->definition, is_place, 1)),
	       *pictures = json_keep(a, keys_of(m->definition, is_picture, 1));
	if (json_array_size(places)) {
		json_array_append_new(layouts, json_string("map"));
		json_object_set_new(view, "map", json_pack("{s:O}", "place", json_array_get(places, 0)));
	}
	if (json_array_size(pictures)) json_array_append_new(layouts, json_string("gallery"));
	json_object_set_new(view, "layouts", layouts);
	return view;
}

static enum code save_view(struct tx *tx, const struct page *p, const struct form_making *m, struct err *err)
{
	json_t *taken;
	TRY(definition_keys(tx_db(tx), p->arena, DEFINITION_VIEW, &taken, err));
	const char *key = key_from_words(p->arena, m->key, taken);
	return definition_save(tx, p->arena, DEFINITION_VIEW, key, view_of(p->arena, m, key), p->actor, NULL, err);
}

/* ---- The menu, Contribute ---- */

static json_t *setting_array(const struct page *p, const char *name)
{
	const json_t *setting = model_setting(p->model, name);
	return json_keep(p->arena, setting ? json_copy((json_t *)setting) : json_array());
}

static enum code add_to_menu(struct tx *tx, const struct page *p, const struct form_making *m, struct err *err)
{
	json_t *menu = setting_array(p, "menu");
	json_array_append_new(menu, json_pack("{s:O,s:s}", "label", json_object_get(m->definition, "plural"), "to",
	                                      arena_printf(p->arena, "/%s", m->slug)));
	return definition_save(tx, p->arena, DEFINITION_SETTING, "menu", menu, p->actor, NULL, err);
}

bool form_offered(const struct page *p, const char *key, const json_t **text)
{
	const json_t *setting = model_setting(p->model, "contribute");
	size_t i;
	json_t *item;
	json_array_foreach ((json_t *)setting, i, item) {
		if (strcmp(json_str_or(item, "form", ""), key) != 0) continue;
		if (text) *text = json_object_get(item, "text");
		return true;
	}
	return setting == NULL; /* then all are */
}

enum code form_offer(struct tx *tx, const struct page *p, const char *key, const char *icon, bool offered,
                     const json_t *text, struct err *err)
{
	json_t *offers = setting_array(p, "contribute"), *item, *kept = json_keep(p->arena, json_array());
	bool known = false;
	size_t i;
	if (model_setting(p->model, "contribute") == NULL && offered && text == NULL) return OK;
	if (model_setting(p->model, "contribute") == NULL)
		for (int f = 0; f < p->model->nforms; f++)
			json_array_append_new(offers, json_pack("{s:s}", "form", p->model->forms[f].key));
	json_array_foreach (offers, i, item) {
		bool it = strcmp(json_str_or(item, "form", ""), key) == 0;
		if (it && !offered) continue;
		known |= it;
		item = json_keep(p->arena, json_copy(item));
		if (it && text) json_object_set(item, "text", (json_t *)text);
		else if (it) json_object_del(item, "text");
		json_array_append(kept, item);
	}
	if (offered && !known) {
		item = json_pack("{s:s}", "form", key);
		if (icon) json_object_set_new(item, "icon", json_string(icon));
		if (text) json_object_set(item, "text", (json_t *)text);
		json_array_append_new(kept, item);
	}
	return definition_save(tx, p->arena, DEFINITION_SETTING, "contribute", kept, p->actor, NULL, err);
}

enum code form_make(struct tx *tx, const struct page *p, struct form_making *m, struct err *err)
{
	json_t *taken;
	struct label label = label_from_json(p->arena, json_object_get(m->definition, "label"));
	TRY(definition_keys(tx_db(tx), p->arena, DEFINITION_FORM, &taken, err));
	m->key = key_from_words(p->arena, label_text(&label, LANG_FR), taken);
	m->definition = json_keep(p->arena, json_copy(m->definition));
	json_object_set_new(m->definition, "key", json_string(m->key));
	TRY(choose_slug(tx, p, m, err));
	TRY(definition_save(tx, p->arena, DEFINITION_FORM, m->key, m->definition, p->actor, NULL, err));
	TRY(save_view(tx, p, m, err));
	if (m->menu) TRY(add_to_menu(tx, p, m, err));
	return form_offer(tx, p, m->key, json_str(m->definition, "icon"), m->offered, m->text, err);
}

/* ---- Taking it away ---- */

enum code form_unmake(struct tx *tx, const struct page *p, const struct form *form, struct err *err)
{
	const struct model *model = p->model;
	if (model_setting(model, "contribute")) TRY(form_offer(tx, p, form->key, NULL, false, NULL, err));
	for (int i = 0; i < model->nviews; i++) {
		if (model->views[i].form != form) continue;
		TRY(view_uses_follow(tx, p, &model->views[i], NULL, err));
		TRY(definition_delete(tx, DEFINITION_VIEW, model->views[i].key, p->actor, err));
	}
	for (int i = 0; i < model->ntemplates; i++)
		if (model->templates[i].form == form)
			TRY(definition_delete(tx, DEFINITION_TEMPLATE, model->templates[i].key, p->actor, err));
	return definition_delete(tx, DEFINITION_FORM, form->key, p->actor, err);
}

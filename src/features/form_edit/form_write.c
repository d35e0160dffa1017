#include "features/form_edit/form_write.h"

#include <string.h>

#include "core/definition.h"
#include "core/form_answers.h"
#include "core/form_change.h"
#include "features/form_edit/effect.h"
#include "features/form_edit/form_settings.h"

/* ---- What uses a question ---- */

static const char *const needed_by[] = { "where", "group", "map", "timeline", "agenda", "charts" };
static const char *const shown_by[] = { "columns", "facets", "sort" };

static bool is_key(const json_t *json, const char *key)
{
	const char *text = json_string_value(json);
	return text && strcmp(text + (*text == '-'), key) == 0;
}

static bool mentions(const json_t *json, const char *key)
{
	const char *name;
	size_t i;
	json_t *inner;
	if (is_key(json, key)) return true;
	json_array_foreach ((json_t *)json, i, inner)
		if (mentions(inner, key)) return true;
	json_object_foreach ((json_t *)json, name, inner)
		if (mentions(inner, key)) return true;
	return false;
}

static bool any_mentions(const json_t *definition, const char *const *names, size_t n, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (mentions(json_object_get(definition, names[i]), key)) return true;
	return false;
}

void question_uses(const struct page *p, const struct form *form, const char *key, struct question_uses *ret)
{
	const struct model *model = p->model;
	*ret = (struct question_uses){ .kept = arena_array(p->arena, const struct view *, (size_t)model->nviews + 1),
		                       .shorter = arena_array(p->arena, const struct view *, (size_t)model->nviews + 1),
		                       .conditions = arena_array(p->arena, const struct field *,
		                                                 (size_t)form->nfields + 1) };
	for (int i = 0; i < model->nviews; i++) {
		const struct view *view = &model->views[i];
		if (view->form != form) continue;
		if (any_mentions(view->definition, needed_by, COUNT(needed_by), key)) ret->kept[ret->nkept++] = view;
		else if (any_mentions(view->definition, shown_by, COUNT(shown_by), key))
			ret->shorter[ret->nshorter++] = view;
	}
	for (int i = 0; i < form->nfields; i++)
		if (strcmp(form->fields[i].key, key) != 0 && field_looks_at(&form->fields[i], key))
			ret->conditions[ret->nconditions++] = &form->fields[i];
	for (int i = 0; i < model->ntemplates; i++)
		ret->templates += model->templates[i].form == form && json_object_get(model->templates[i].values, key);
}

static json_t *without(const json_t *array, const char *key)
{
	json_t *kept = json_array();
	for (size_t i = 0; i < json_array_size(array); i++)
		if (!is_key(json_array_get(array, i), key)) json_array_append(kept, json_array_get(array, i));
	return kept;
}

static enum code shorten_view(struct tx *tx, struct request *r, const struct view *view, const char *key,
                              struct err *err)
{
	json_t *copy = json_keep(r->arena, json_copy((json_t *)view->definition));
	for (size_t i = 0; i < COUNT(shown_by); i++) {
		const json_t *array = json_object_get(copy, shown_by[i]);
		if (array) json_object_set_new(copy, shown_by[i], without(array, key));
	}
	return definition_save(tx, r->arena, DEFINITION_VIEW, view->key, copy, &r->actor, NULL, err);
}

static enum code shorten_templates(struct tx *tx, struct request *r, const struct form *form, const char *key,
                                   struct err *err)
{
	const struct model *model = r->page.model;
	for (int i = 0; i < model->ntemplates; i++) {
		const struct template *template = &model->templates[i];
		if (template->form != form || !json_object_get(template->values, key)) continue;
		json_t *copy = json_keep(r->arena, json_copy((json_t *)template->definition));
		json_t *values = json_copy((json_t *)template->values);
		json_object_del(values, key);
		json_object_set_new(copy, "values", values);
		TRY(definition_save(tx, r->arena, DEFINITION_TEMPLATE, template->key, copy, &r->actor, NULL, err));
	}
	return OK;
}

/* What only shows the question goes on without it. */
static enum code let_go(struct tx *tx, const struct form_write *w, struct err *err)
{
	struct question_uses uses;
	const struct form *form = model_form(w->r->page.model, w->form);
	if (form == NULL) return OK;
	question_uses(&w->r->page, form, w->question, &uses);
	for (int i = 0; i < uses.nshorter; i++) TRY(shorten_view(tx, w->r, uses.shorter[i], w->question, err));
	return shorten_templates(tx, w->r, form, w->question, err);
}

/* ---- The usual changes ---- */

enum code form_apply_named(const struct form_write *w, const json_t *definition, const json_t *keys, json_t **ret,
                           struct err *err)
{
	json_t *next = json_keep(w->r->arena, json_copy((json_t *)definition));
	(void)keys;
	(void)err;
	for (const char *const *name = w->names; *name; name++) {
		json_t *value = json_object_get(w->field, *name);
		if (value) json_object_set(next, *name, value);
		else json_object_del(next, *name);
	}
	*ret = next;
	return OK;
}

enum code form_apply_field(const struct form_write *w, const json_t *definition, const json_t *keys, json_t **ret,
                           struct err *err)
{
	struct arena *a = w->r->arena;
	json_t *field = (json_t *)w->field;
	(void)err;
	if (json_str(field, "key") == NULL) {
		struct label label = label_from_json(a, json_object_get(field, "label"));
		field = json_keep(a, json_copy(field));
		json_object_set_new(field, "key", json_string(key_from_words(a, label_text(&label, LANG_FR), keys)));
	}
	*ret = form_with_field(a, definition, field);
	return OK;
}

enum code form_apply_move(const struct form_write *w, const json_t *definition, const json_t *keys, json_t **ret,
                          struct err *err)
{
	(void)keys;
	(void)err;
	*ret = form_with_moved(w->r->arena, definition, w->question, w->by);
	return OK;
}

enum code form_apply_retire(const struct form_write *w, const json_t *definition, const json_t *keys, json_t **ret,
                            struct err *err)
{
	(void)keys;
	if (strcmp(json_str_or(definition, "title", ""), w->question) == 0)
		FAIL(err, E_INPUT, N_("This question names the pages: it is always asked."));
	*ret = form_with_retired(w->r->arena, definition, w->question);
	return OK;
}

enum code form_apply_return(const struct form_write *w, const json_t *definition, const json_t *keys, json_t **ret,
                            struct err *err)
{
	(void)keys;
	(void)err;
	*ret = form_with_brought_back(w->r->arena, definition, w->question);
	return OK;
}

/* ---- Writing ---- */

struct writing {
	struct form_write *w;
	struct issues *issues;
};

/* "fields.3.min" is under the control "min". */
static const char *control_of(const char *path)
{
	const char *dot = strncmp(path, "fields.", 7) == 0 ? strchr(path + 7, '.') : NULL;
	return dot ? dot + 1 : path;
}

static enum code check_form(struct writing *x, const json_t *definition, struct err *err)
{
	struct request *r = x->w->r;
	struct issues own;
	struct form form;
	issues_init(&own, r->arena);
	enum code code = form_parse(r->arena, definition, r->page.model->lists, r->page.model->nlists, &form, &own,
	                            err);
	for (const struct issue *i = own.first; i; i = i->next)
		issues_add_err(x->issues, control_of(i->field), &i->err);
	return code;
}

static enum code check_seen(struct form_write *w, const json_t *definition, struct err *err)
{
	const json_t *now = w->question ? form_definition_field(definition, w->question)
	                                : form_settings_part(w->r->arena, definition);
	if (w->mark == NULL || strcmp(definition_mark(w->r->arena, now), w->mark) == 0) return OK;
	w->meanwhile = now;
	FAIL(err, E_CONFLICT, N_("Somebody has just changed this question: look at both, then save again."));
}

/* The whole site with the change: what it breaks elsewhere refuses it. */
static enum code replace_choices(struct tx *tx, struct form_write *w, struct err *err)
{
	struct model *model;
	TRY(model_load(tx_db(tx), &model, err));
	const struct form *form = model_form(model, w->form);
	const struct field *field = form && w->question ? form_field(form, w->question) : NULL;
	enum code code = OK;
	w->batch = id_new();
	if (field && json_object_size(w->instead))
		code = effect_replace(tx, w->r->arena, model, &w->r->actor, form, field, w->instead, w->batch,
		                      &w->replaced, err);
	model_release(model);
	return code;
}

static enum code write_change(struct tx *tx, void *arg, struct err *err)
{
	struct writing *x = arg;
	struct form_write *w = x->w;
	struct arena *a = w->r->arena;
	json_t *before, *keys, *after;
	issues_init(x->issues, a); /* it may run again */
	w->tx = tx;
	TRY(definition_load(tx_db(tx), a, DEFINITION_FORM, w->form, &before, err));
	TRY(definition_field_keys(tx_db(tx), a, w->form, &keys, err));
	TRY(check_seen(w, before, err));
	TRY(w->apply(w, before, keys, &after, err));
	TRY(check_form(x, after, err));
	if (w->apply == form_apply_retire) TRY(let_go(tx, w, err));
	TRY(definition_save(tx, a, DEFINITION_FORM, w->form, after, &w->r->actor, NULL, err));
	TRY(replace_choices(tx, w, err));
	return w->also ? w->also(tx, w, err) : OK;
}

enum code form_write(struct form_write *w, struct issues *issues, struct err *err)
{
	struct writing x = { w, issues };
	return request_write_model(w->r, write_change, &x, err);
}

enum code form_write_settings(struct form_write *w, struct issues *issues, const char **mark, int *status,
                              struct err *err)
{
	enum code code = form_write(w, issues, err);
	*status = 0;
	if (code == E_CONFLICT) {
		*mark = definition_mark(w->r->arena, w->meanwhile);
		issues_add(issues, "",
		           N_("Somebody has just changed what this form says of itself. Look, then save again to "
		              "put yours in its place."));
		*status = 409;
		return OK;
	}
	if (code != E_INPUT) return code;
	if (issues->count == 0) issues_add_err(issues, "", err);
	*status = 422;
	return OK;
}

#include "features/form_edit/list_edit.h"

#include <string.h>

#include "core/definition.h"
#include "core/form.h"
#include "core/form_change.h"
#include "features/form_edit/choice_fate.h"
#include "features/form_edit/list_edit.html.h"
#include "web/web.h"

enum { LABEL_CHARS = 100 };

struct writing {
	struct request *r;
	struct list_edit e;
	struct issues issues;
	const char *key; /* of what was written */
	struct id batch;
	int replaced;
};

int list_uses(const struct page *p, const char *key, struct list_use **ret)
{
	const struct model *model = p->model;
	int n = 0, room = 0;
	for (int f = 0; f < model->nforms; f++) room += model->forms[f].nfields;
	struct list_use *uses = arena_array(p->arena, struct list_use, (size_t)room + 1);
	for (int f = 0; f < model->nforms; f++)
		for (int i = 0; i < model->forms[f].nfields; i++) {
			const struct field *field = &model->forms[f].fields[i];
			if (strcmp(json_str_or(field->definition, "list", ""), key) == 0)
				uses[n++] = (struct list_use){ &model->forms[f], field };
		}
	*ret = uses;
	return n;
}

const char *list_url(const struct page *p, const struct list *list)
{
	return arena_printf(p->arena, "/-/list/%s", list->key);
}

/* ---- Pages ---- */

static enum code begin(struct request *r, struct writing *w, bool new, struct err *err)
{
	TRY(form_edit_may(r, err));
	*w = (struct writing){ .r = r, .e = { .mark = "", .lines = "", .action = "/-/lists/new" } };
	issues_init(&w->issues, r->arena);
	w->e.typed = json_keep(r->arena, json_object());
	if (new) return OK;
	w->e.list = model_list(r->page.model, r->params[0]);
	if (w->e.list == NULL) FAIL(err, E_NOT_FOUND, N_("There is no list at this address."));
	TRY(definition_load(r->db, r->arena, DEFINITION_LIST, w->e.list->key, &w->e.typed, err));
	w->e.typed = json_keep(r->arena, json_copy(w->e.typed));
	w->e.mark = definition_mark(r->arena, w->e.typed);
	w->e.lines = choice_lines_text(r->arena, json_object_get(w->e.typed, "choices"), question_english(&r->page));
	w->e.action = list_url(&r->page, w->e.list);
	w->e.nuses = list_uses(&r->page, w->e.list->key, &w->e.uses);
	return OK;
}

static enum code show(struct writing *w, int status)
{
	struct page *p = &w->r->page;
	p->title = w->e.list ? page_printf(p, _("List “%s”"), t(p, &w->e.list->label)) : _("New shared list");
	p->hidden = true;
	if (w->issues.count) p->issues = &w->issues;
	w->r->response->status = status;
	list_page(request_out(w->r), p, &w->e);
	return OK;
}

enum code list_show(struct request *r, struct err *err)
{
	struct writing w;
	TRY(begin(r, &w, false, err));
	return show(&w, 200);
}

enum code list_new_show(struct request *r, struct err *err)
{
	struct writing w;
	TRY(begin(r, &w, true, err));
	return show(&w, 200);
}

/* ---- Reading, counting ---- */

static void read_list(struct writing *w)
{
	struct request *r = w->r;
	const json_t *before = w->e.list ? json_object_get(w->e.typed, "choices") : NULL;
	w->e.lines = request_form(r, "choices");
	question_read_label(r, w->e.typed, "label", LABEL_CHARS, true, &w->issues);
	choice_lines_read(r->arena, w->e.lines, before, CHOICES_DEPTH, "choices", &w->e.choices, &w->issues);
	json_object_set(w->e.typed, "choices", w->e.choices.choices);
}

/* What all the questions that use it hold, together. */
static enum code count(struct writing *w, struct err *err)
{
	w->e.used = json_keep(w->r->arena, json_object());
	for (int i = 0; i < w->e.nuses; i++) {
		struct effect effect;
		const char *key;
		json_t *n;
		TRY(effect_count(w->r->db, w->r->arena, w->e.uses[i].form, NULL, w->e.uses[i].field->key, &effect,
		                 err));
		json_object_foreach (effect.used, key, n)
			json_object_set_new(w->e.used, key,
			                    json_integer(json_int(w->e.used, key, 0) + json_integer_value(n)));
	}
	return OK;
}

static enum code ask(struct writing *w)
{
	struct page *p = &w->r->page;
	w->e.sent = &w->r->form;
	w->e.confirmed = definition_mark(w->r->arena, w->e.used);
	p->title = _("Before this changes");
	p->hidden = true;
	list_change_page(request_out(w->r), p, &w->e);
	return OK;
}

/* ---- Writing ---- */

static enum code replace_all(struct tx *tx, struct writing *w, struct err *err)
{
	struct model *model;
	enum code code = OK;
	TRY(model_load(tx_db(tx), &model, err));
	w->batch = id_new();
	w->replaced = 0;
	for (int i = 0; i < w->e.nuses && code == OK && json_object_size(w->e.instead); i++) {
		const struct form *form = model_form(model, w->e.uses[i].form->key);
		const struct field *field = form ? form_field(form, w->e.uses[i].field->key) : NULL;
		int n = 0;
		if (field)
			code = effect_replace(tx, w->r->arena, model, &w->r->actor, form, field, w->e.instead, w->batch,
			                      &n, err);
		w->replaced += n;
	}
	model_release(model);
	return code;
}

static enum code check_seen(struct tx *tx, struct writing *w, struct err *err)
{
	json_t *now;
	TRY(definition_load(tx_db(tx), w->r->arena, DEFINITION_LIST, w->key, &now, err));
	if (strcmp(definition_mark(w->r->arena, now), w->e.mark) == 0) return OK;
	w->e.meanwhile = now;
	FAIL(err, E_CONFLICT, N_("Somebody has just changed this list: look at both, then save again."));
}

static enum code write_list(struct tx *tx, void *arg, struct err *err)
{
	struct writing *w = arg;
	struct arena *a = w->r->arena;
	struct issues issues;
	struct list parsed;
	json_t *taken;
	struct label label = label_from_json(a, json_object_get(w->e.typed, "label"));
	TRY(definition_keys(tx_db(tx), a, DEFINITION_LIST, &taken, err));
	w->key = w->e.list ? w->e.list->key : key_from_words(a, label_text(&label, LANG_FR), taken);
	if (w->e.list) TRY(check_seen(tx, w, err));
	json_object_set_new(w->e.typed, "key", json_string(w->key));
	issues_init(&issues, a);
	TRY(list_parse(a, w->e.typed, &parsed, &issues, err));
	TRY(definition_save(tx, a, DEFINITION_LIST, w->key, w->e.typed, &w->r->actor, NULL, err));
	return replace_all(tx, w, err);
}

static enum code save(struct writing *w, struct err *err)
{
	struct request *r = w->r;
	enum code code = request_write_model(r, write_list, w, err);
	if (code == E_CONFLICT && w->e.meanwhile) w->e.mark = definition_mark(r->arena, w->e.meanwhile);
	if (code == E_CONFLICT || code == E_INPUT || code == E_LIMIT) {
		issues_add_err(&w->issues, "", err);
		return show(w, code == E_CONFLICT ? 409 : 422);
	}
	TRY(code);
	if (w->replaced) return request_redirect_about(r, "/-/forms", "liste-remplacee", w->batch);
	return request_redirect(r, "/-/forms", "liste-partagee");
}

static enum code post(struct writing *w, struct err *err)
{
	struct request *r = w->r;
	TRY(form_edit_limit(r, err));
	if (w->e.list) w->e.mark = request_form(r, "_mark");
	read_list(w);
	if (w->issues.count) return show(w, 422);
	if (*request_form(r, "_back")) return show(w, 200);
	TRY(count(w, err));
	if (choice_fates(r, &w->e.choices, w->e.used, &w->e.instead)) return ask(w);
	return save(w, err);
}

enum code list_post(struct request *r, struct err *err)
{
	struct writing w;
	TRY(begin(r, &w, false, err));
	return post(&w, err);
}

enum code list_new_post(struct request *r, struct err *err)
{
	struct writing w;
	TRY(begin(r, &w, true, err));
	return post(&w, err);
}

/* ---- Taking one away ---- */

struct deleting {
	struct request *r;
	const char *key;
};

static enum code delete_list(struct tx *tx, void *arg, struct err *err)
{
	const struct deleting *d = arg;
	return definition_delete(tx, DEFINITION_LIST, d->key, &d->r->actor, err);
}

enum code list_delete_post(struct request *r, struct err *err)
{
	struct writing w;
	TRY(begin(r, &w, false, err));
	TRY(form_edit_limit(r, err));
	enum code code = request_write_model(r, delete_list,
	                                     &(struct deleting){ r, arena_strdup(r->arena, w.e.list->key) }, err);
	if (code == E_INPUT) {
		issues_add_err(&w.issues, "", err);
		return show(&w, 422);
	}
	TRY(code);
	return request_redirect(r, "/-/forms", "liste-otee");
}

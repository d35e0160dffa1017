#include "features/template/template_web.h"

#include <string.h>

#include "base/text.h"
#include "core/definition.h"
#include "core/field_type.h"
#include "features/template/template.html.h"
#include "features/template/template_list.h"
#include "web/web.h"

enum { BODY_MAX = 1 << 20 };

static enum code may_manage(struct request *r, struct err *err)
{
	const struct model *model = r->page.model;
	if (model->nspaces == 0) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	return may(&r->actor, ACTION_MANAGE, &(struct thing){ .kind = KIND_MODEL, .space = &model->spaces[0] }, err);
}

static enum code find_template(struct request *r, const struct template **ret, struct err *err)
{
	TRY(may_manage(r, err));
	*ret = model_template(r->page.model, r->params[0]);
	if (*ret == NULL) FAIL(err, E_NOT_FOUND, N_("There is no template at this address."));
	return OK;
}

static enum code templates_show(struct request *r, struct err *err)
{
	TRY(may_manage(r, err));
	r->page.title = tr(r->page.lang, N_("Templates"));
	r->page.hidden = true;
	templates_page(request_out(r), &r->page);
	return OK;
}

/* ---- Writing one ---- */

/* A template being written: a new one has no `template`. */
struct writing {
	struct request *r;
	const struct form *form;
	const struct template *template;
	json_t *definition;
};

static void show_form(const struct writing *w)
{
	struct request *r = w->r;
	struct page *p = &r->page;
	struct label title = label_from_json(r->arena, json_object_get(w->definition, "title"));
	struct label description = label_from_json(r->arena, json_object_get(w->definition, "description"));
	const char *action = w->template ? arena_printf(r->arena, "/-/templates/edit/%s", w->template->key)
	                                 : arena_printf(r->arena, "/-/templates/new/%s", w->form->key);
	p->title = w->template ? page_printf(p, _("Correct the template “%s”"), t(p, &w->template->title))
	                       : _("Write a template");
	p->hidden = true;
	template_page(request_out(r), p, w->form, action, t(p, &title), t(p, &description),
	              json_object_get(w->definition, "values"));
}

/* The text as it was in both languages when it is still what was shown. */
static void set_text(const struct writing *w, const char *member, const char *control, const struct label *before)
{
	const struct page *p = &w->r->page;
	const char *typed = text_trim(w->r->arena, request_form(w->r, control));
	json_t *kept = w->template ? json_object_get(w->template->definition, member) : NULL;
	if (kept && strcmp(t(p, before), typed) == 0) json_object_set(w->definition, member, kept);
	else json_object_set_new(w->definition, member, json_string(typed));
}

static void read_values(struct writing *w, struct issues *issues)
{
	struct request *r = w->r;
	struct field_post post = request_post(r);
	const struct field *const *fields;
	json_t *values = json_keep(r->arena, json_object());
	int n = template_fields(&r->page, w->form, &fields);
	post.db = r->db;
	post.model = r->page.model;
	post.actor = &r->actor;
	for (int i = 0; i < n; i++) {
		json_t *value = fields[i]->type->read(fields[i], &post, issues);
		if (value) json_object_set(values, fields[i]->key, value);
	}
	json_object_set(w->definition, "values", values);
}

static void read_definition(struct writing *w, struct issues *issues)
{
	static const struct label none;
	struct arena *a = w->r->arena;
	char id[ID_TEXT + 1];
	w->definition = json_keep(a, json_object());
	const char *key = w->template ? w->template->key : arena_printf(a, "m%s", id_format(id_random(), id));
	json_object_set_new(w->definition, "key", json_string(key));
	json_object_set_new(w->definition, "form", json_string(w->form->key));
	set_text(w, "title", "_title", w->template ? &w->template->title : &none);
	set_text(w, "description", "_description", w->template ? &w->template->description : &none);
	read_values(w, issues);
}

static enum code write_template(struct tx *tx, void *arg, struct err *err)
{
	struct writing *w = arg;
	const char *key = json_str_or(w->definition, "key", "");
	return definition_save(tx, w->r->arena, DEFINITION_TEMPLATE, key, w->definition, &w->r->actor, NULL, err);
}

static enum code limit(struct request *r, struct err *err)
{
	return web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err);
}

static enum code save(struct writing *w, struct err *err)
{
	struct request *r = w->r;
	struct template parsed;
	struct issues issues;
	issues_init(&issues, r->arena);
	TRY(limit(r, err));
	read_definition(w, &issues);
	enum code code = issues_code(&issues, err);
	if (code == OK)
		code = template_parse(r->arena, w->definition, r->page.model->forms, r->page.model->nforms, &parsed,
		                      &issues, err);
	if (code == E_INPUT) {
		r->response->status = 422;
		r->page.issues = &issues;
		show_form(w);
		return OK;
	}
	TRY(code);
	TRY(request_write_model(r, write_template, w, err));
	return request_redirect(r, "/-/templates", "modele");
}

static enum code find_form(struct request *r, const struct form **ret, struct err *err)
{
	TRY(may_manage(r, err));
	*ret = model_form(r->page.model, r->params[0]);
	if (*ret == NULL) FAIL(err, E_NOT_FOUND, N_("There is no form at this address."));
	if (r->page.model->ntemplates >= TEMPLATES_MAX)
		FAIL(err, E_LIMIT, N_("There are %d templates: delete some first."), TEMPLATES_MAX);
	return OK;
}

/* What everybody reads of a record, to make a template of it. */
static void begin_with_record(const struct writing *w)
{
	struct request *r = w->r;
	struct record *record;
	struct err err;
	struct id id;
	if (!id_parse(request_query(r, "depuis"), &id) ||
	    record_load(r->db, r->arena, r->page.model, &r->actor, id, &record, &err) != OK || record->form != w->form)
		return;
	json_t *values = json_object_get(w->definition, "values");
	for (int i = 0; i < w->form->nfields; i++) {
		const struct field *field = &w->form->fields[i];
		const json_t *value = record_value(record, field);
		if (value && template_holds(w->form, field)) json_object_set(values, field->key, (json_t *)value);
	}
	json_object_set_new(w->definition, "title", json_string(record->title));
}

static enum code new_show(struct request *r, struct err *err)
{
	struct writing w = { .r = r };
	TRY(find_form(r, &w.form, err));
	w.definition = json_keep(r->arena, json_pack("{s:{}}", "values"));
	begin_with_record(&w);
	show_form(&w);
	return OK;
}

static enum code new_post(struct request *r, struct err *err)
{
	struct writing w = { .r = r };
	TRY(find_form(r, &w.form, err));
	return save(&w, err);
}

static enum code edit_show(struct request *r, struct err *err)
{
	struct writing w = { .r = r };
	TRY(find_template(r, &w.template, err));
	w.form = w.template->form;
	w.definition = (json_t *)w.template->definition;
	show_form(&w);
	return OK;
}

static enum code edit_post(struct request *r, struct err *err)
{
	struct writing w = { .r = r };
	TRY(find_template(r, &w.template, err));
	w.form = w.template->form;
	return save(&w, err);
}

/* ---- Taking one away ---- */

struct deleting {
	struct request *r;
	const char *key;
};

static enum code delete_template(struct tx *tx, void *arg, struct err *err)
{
	const struct deleting *d = arg;
	return definition_delete(tx, DEFINITION_TEMPLATE, d->key, &d->r->actor, err);
}

static enum code delete_post(struct request *r, struct err *err)
{
	const struct template *template;
	TRY(find_template(r, &template, err));
	TRY(limit(r, err));
	TRY(request_write_model(r, delete_template, &(struct deleting){ r, arena_strdup(r->arena, template->key) },
	                        err));
	return request_redirect(r, "/-/templates", "modele-efface");
}

const struct feature template_feature = {
	.name = "template",
	.routes = ROUTES({ HTTP_GET, "/-/templates", templates_show, ACTION_MANAGE, KIND_MODEL,
	                   N_("What new pages may begin with"), 0, false },
	                 { HTTP_GET, "/-/templates/new/:form", new_show, ACTION_MANAGE, KIND_MODEL,
	                   N_("Form to write a template"), 0, false },
	                 { HTTP_POST, "/-/templates/new/:form", new_post, ACTION_MANAGE, KIND_MODEL,
	                   N_("Write a template"), BODY_MAX, false },
	                 { HTTP_GET, "/-/templates/edit/:template", edit_show, ACTION_MANAGE, KIND_MODEL,
	                   N_("Form to correct a template"), 0, false },
	                 { HTTP_POST, "/-/templates/edit/:template", edit_post, ACTION_MANAGE, KIND_MODEL,
	                   N_("Correct a template"), BODY_MAX, false },
	                 { HTTP_POST, "/-/templates/delete/:template", delete_post, ACTION_MANAGE, KIND_MODEL,
	                   N_("Delete a template"), 0, false }),
};

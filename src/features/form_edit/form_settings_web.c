#include <string.h>

#include "base/text.h"
#include "core/form.h"
#include "core/form_change.h"
#include "features/form_edit/form_settings.h"
#include "features/form_edit/form_settings.html.h"
#include "web/web.h"

enum { NAME_MAX_CHARS = 100, TEXT_MAX_CHARS = 300 };

struct writing {
	struct request *r;
	struct form_settings s;
	struct issues issues;
	struct form_making making;
};

json_t *form_settings_part(struct arena *a, const json_t *definition)
{
	static const char *const apart[] = { "fields", "retired", "version" };
	json_t *part = json_keep(a, json_copy((json_t *)definition));
	for (size_t i = 0; i < COUNT(apart); i++) json_object_del(part, apart[i]);
	return part;
}

const struct field *form_icon_control(const struct page *p)
{
	return question_alone(p, json_keep(p->arena, json_pack("{s:s,s:s}", "type", "icon", "label", _("Icon"))),
	                      "icon");
}

bool form_may_name(const struct field *field)
{
	return strcmp(field->type->name, "text") == 0 && field->audience == AUDIENCE_PUBLIC && field->show_if == NULL;
}

bool form_in_summary(const struct form_settings *s, const struct field *field)
{
	const json_t *summary = json_object_get(s->typed, "summary");
	for (size_t i = 0; i < json_array_size(summary); i++)
		if (strcmp(json_string_value(json_array_get(summary, i)), field->key) == 0) return true;
	return false;
}

/* ---- Reading ---- */

static void read_icon(struct writing *w)
{
	const struct field *control = form_icon_control(&w->r->page);
	struct field_post post = request_post(w->r);
	json_t *icon = control ? control->type->read(control, &post, &w->issues) : NULL;
	if (icon) json_object_set(w->s.typed, "icon", icon);
	else json_object_del(w->s.typed, "icon");
}

static void read_title(struct writing *w)
{
	const struct field *title = form_field(w->s.form, request_form(w->r, "title"));
	if (title && form_may_name(title)) json_object_set_new(w->s.typed, "title", json_string(title->key));
	else
		issues_add(&w->issues, "title",
		           N_("Choose a line of text that everybody reads and that is always asked."));
}

static void read_category(struct writing *w)
{
	const char *key = request_form(w->r, "category");
	const struct field *field = form_field(w->s.form, key);
	if (*key == '\0') json_object_del(w->s.typed, "category");
	else if (field && field->nchoices) json_object_set_new(w->s.typed, "category", json_string(key));
	else issues_add(&w->issues, "category", N_("Choose one in the list."));
}

/* In the order of the form. */
static void read_summary(struct writing *w)
{
	json_t *summary = json_keep(w->r->arena, json_array());
	const char *key;
	for (int f = 0; f < w->s.form->nfields; f++)
		for (int i = 0; (key = form_data_nth(&w->r->form, "summary", i)) != NULL; i++)
			if (strcmp(key, w->s.form->fields[f].key) == 0)
				json_array_append_new(summary, json_string(key));
	json_object_set(w->s.typed, "summary", summary);
}

static void read_settings(struct writing *w)
{
	struct form_settings *s = &w->s;
	question_read_label(w->r, s->typed, "label", NAME_MAX_CHARS, true, &w->issues);
	question_read_label(w->r, s->typed, "plural", NAME_MAX_CHARS, true, &w->issues);
	question_read_label(w->r, s->typed, "add", NAME_MAX_CHARS, true, &w->issues);
	question_read_label(w->r, s->typed, "text", TEXT_MAX_CHARS, false, &w->issues);
	read_icon(w);
	s->menu = *request_form(w->r, "menu");
	s->offered = *request_form(w->r, "offered");
	s->copy = request_form(w->r, "copy");
	if (s->form == NULL) return;
	read_title(w);
	read_category(w);
	read_summary(w);
	if (*request_form(w->r, "comments")) json_object_del(s->typed, "comments");
	else json_object_set_new(s->typed, "comments", json_string("closed"));
}

/* ---- Pages ---- */

static enum code show(struct writing *w, int status)
{
	struct page *p = &w->r->page;
	const struct form *form = w->s.form;
	p->title = form ? page_printf(p, _("About the form “%s”"), t(p, &form->label)) : _("New form");
	p->hidden = true;
	if (w->issues.count) p->issues = &w->issues;
	w->r->response->status = status;
	settings_page(request_out(w->r), p, &w->s, form ? form_edit_url(p, form, "/settings") : "/-/forms/new");
	return OK;
}

static void begin(struct request *r, const struct form *form, struct writing *w)
{
	*w = (struct writing){ .r = r, .s = { .form = form, .copy = "", .mark = "", .offered = true } };
	issues_init(&w->issues, r->arena);
	w->s.typed = json_keep(r->arena, json_object());
	if (form == NULL) return;
	const json_t *text = NULL;
	w->s.typed = form_settings_part(r->arena, form->definition);
	w->s.mark = definition_mark(r->arena, w->s.typed);
	w->s.offered = form_offered(&r->page, form->key, &text);
	if (text) json_object_set(w->s.typed, "text", (json_t *)text);
}

/* ---- Settings of a form that exists ---- */

static const char *const settings[] = { "label",    "plural",  "add",      "icon", "title",
	                                "category", "summary", "comments", NULL };

static enum code offer_too(struct tx *tx, const struct form_write *write, struct err *err)
{
	const struct writing *w = write->context;
	const json_t *text = json_object_get(w->s.typed, "text"), *before = NULL;
	bool offered = form_offered(&w->r->page, w->s.form->key, &before);
	bool same = offered == w->s.offered && (text == NULL ? before == NULL : json_equal(text, before));
	if (same) return OK;
	return form_offer(tx, &w->r->page, w->s.form->key, json_str(w->s.typed, "icon"), w->s.offered, text, err);
}

static enum code save_settings(struct writing *w, struct err *err)
{
	struct request *r = w->r;
	struct form_write write = { .r = r,
		                    .form = w->s.form->key,
		                    .mark = request_form(r, "_mark"),
		                    .apply = form_apply_named,
		                    .names = settings,
		                    .field = w->s.typed,
		                    .also = offer_too,
		                    .context = w };
	int status;
	TRY(form_write_settings(&write, &w->issues, &w->s.mark, &status, err));
	w->s.meanwhile = status == 409;
	if (status) return show(w, status);
	return request_redirect(r, form_edit_url(&r->page, w->s.form, ""), "formulaire");
}

enum code form_settings_show(struct request *r, struct err *err)
{
	struct writing w;
	const struct form *form;
	TRY(form_edit_find(r, &form, err));
	if (form->survey) return request_redirect(r, arena_printf(r->arena, "/-/survey/%s/settings", form->key), NULL);
	begin(r, form, &w);
	return show(&w, 200);
}

enum code form_settings_post(struct request *r, struct err *err)
{
	struct writing w;
	const struct form *form;
	TRY(form_edit_find(r, &form, err));
	if (form->survey) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(form_edit_limit(r, err));
	begin(r, form, &w);
	w.s.mark = request_form(r, "_mark");
	read_settings(&w);
	if (w.issues.count) return show(&w, 422);
	return save_settings(&w, err);
}

/* ---- A new form ---- */

/* With the questions of another: they have keys of their own from now on. */
static json_t *new_definition(const struct writing *w)
{
	static const char *const ours[] = { "label", "plural", "add", "icon" };
	struct arena *a = w->r->arena;
	const struct form *source = model_form(w->r->page.model, w->s.copy);
	json_t *definition = source ? json_keep(a, json_copy((json_t *)source->definition)) : form_blank(&w->r->page);
	json_object_del(definition, "retired");
	json_object_del(definition, "asleep");
	json_object_del(definition, "icon");
	json_object_set_new(definition, "version", json_integer(1));
	for (size_t i = 0; i < COUNT(ours); i++) {
		json_t *value = json_object_get(w->s.typed, ours[i]);
		if (value) json_object_set(definition, ours[i], value);
	}
	return definition;
}

static enum code make(struct tx *tx, void *arg, struct err *err)
{
	struct writing *w = arg;
	w->making = (struct form_making){ .definition = new_definition(w),
		                          .menu = w->s.menu,
		                          .offered = w->s.offered,
		                          .text = json_object_get(w->s.typed, "text") };
	return form_make(tx, &w->r->page, &w->making, err);
}

enum code form_new_show(struct request *r, struct err *err)
{
	struct writing w;
	TRY(form_edit_may(r, err));
	begin(r, NULL, &w);
	w.s.copy = request_query(r, "copie");
	return show(&w, 200);
}

enum code form_new_post(struct request *r, struct err *err)
{
	struct writing w;
	TRY(form_edit_may(r, err));
	TRY(form_edit_limit(r, err));
	begin(r, NULL, &w);
	read_settings(&w);
	if (*w.s.copy && model_form(r->page.model, w.s.copy) == NULL)
		issues_add(&w.issues, "copy", N_("Choose one in the list."));
	if (w.issues.count) return show(&w, 422);
	TRY(request_write_model(r, make, &w, err));
	return request_redirect(r, arena_printf(r->arena, "/-/form/%s", w.making.key), "formulaire-cree");
}

/* ---- Taking one away ---- */

struct unmaking {
	struct request *r;
	const struct form *form;
};

static enum code unmake(struct tx *tx, void *arg, struct err *err)
{
	struct unmaking *u = arg;
	return form_unmake(tx, &u->r->page, u->form, err);
}

enum code form_delete_post(struct request *r, struct err *err)
{
	struct unmaking u = { .r = r };
	TRY(form_edit_find(r, &u.form, err));
	TRY(form_edit_limit(r, err));
	enum code code = request_write_model(r, unmake, &u, err);
	if (code == E_INPUT) {
		struct writing w;
		begin(r, model_form(r->page.model, r->params[0]), &w);
		issues_add_err(&w.issues, "", err);
		return show(&w, 422);
	}
	TRY(code);
	return request_redirect(r, "/-/forms", "formulaire-ote");
}

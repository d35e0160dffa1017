#include "features/form_edit/form_edit_web.h"

#include <string.h>

#include "core/form.h"
#include "core/form_change.h"
#include "features/form_edit/form_edit.h"
#include "features/form_edit/form_edit.html.h"
#include "features/form_edit/form_history.h"
#include "features/form_edit/form_map.h"
#include "features/form_edit/form_map.html.h"
#include "features/form_edit/form_settings.h"
#include "features/form_edit/form_uses.h"
#include "features/form_edit/list_edit.h"
#include "features/form_edit/retention_page.h"
#include "web/web.h"

enum { BODY_MAX = 1 << 20 };

enum code form_edit_may(struct request *r, struct err *err)
{
	const struct model *model = r->page.model;
	if (model->nspaces == 0) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	return may(&r->actor, ACTION_MANAGE, &(struct thing){ .kind = KIND_MODEL, .space = &model->spaces[0] }, err);
}

enum code form_edit_find(struct request *r, const struct form **ret, struct err *err)
{
	TRY(form_edit_may(r, err));
	*ret = model_form(r->page.model, r->params[0]);
	if (*ret == NULL) FAIL(err, E_NOT_FOUND, N_("There is no form at this address."));
	return OK;
}

enum code form_edit_limit(struct request *r, struct err *err)
{
	return web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err);
}

const char *form_edit_url(const struct page *p, const struct form *form, const char *rest)
{
	return arena_printf(p->arena, "/-/form/%s%s", form->key, rest);
}

const char *question_url(const struct page *p, const struct form *form, const struct field *field, const char *what)
{
	return arena_printf(p->arena, "/-/form/%s/%s/%s", form->key, what, field->key);
}

static enum code forms_show(struct request *r, struct err *err)
{
	int64_t *counts;
	TRY(form_edit_may(r, err));
	TRY(effect_records(r->db, r->arena, r->page.model, &counts, err));
	r->page.title = tr(r->page.lang, N_("Forms"));
	r->page.hidden = true;
	forms_page(request_out(r), &r->page, counts);
	return OK;
}

static enum code form_show(struct request *r, struct err *err)
{
	const struct form *form;
	int64_t *counts;
	TRY(form_edit_find(r, &form, err));
	TRY(effect_records(r->db, r->arena, r->page.model, &counts, err));
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("Form “%s”")), t(&r->page, &form->label));
	r->page.hidden = true;
	form_page(request_out(r), &r->page, form, counts[form - r->page.model->forms]);
	return OK;
}

static enum code map_show(struct request *r, struct err *err)
{
	const struct form *form;
	const struct map_row *rows;
	TRY(form_edit_find(r, &form, err));
	int n = form_map(&r->page, form, &rows);
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("Map of “%s”")), t(&r->page, &form->label));
	r->page.hidden = true;
	map_page(request_out(r), &r->page, form, rows, n);
	return OK;
}

static enum code preview_show(struct request *r, struct err *err)
{
	const struct form *form;
	TRY(form_edit_find(r, &form, err));
	json_t *values = json_keep(r->arena, json_object());
	for (int i = 0; i < form->nfields; i++) {
		json_t *value = json_object_get(form->fields[i].definition, "default");
		if (value) json_object_set(values, form->fields[i].key, value);
	}
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("Preview: %s")), t(&r->page, &form->add));
	r->page.hidden = true;
	preview_page(request_out(r), &r->page, form, values);
	return OK;
}

/* ---- Moving, retiring, bringing back ---- */

/* What needs nothing asked: written, then the form's page again. */
static enum code write_and_return(struct request *r, const struct form *form, struct form_write *write,
                                  const char *notice, const char *anchor, struct err *err)
{
	struct issues issues;
	issues_init(&issues, r->arena);
	TRY(form_edit_limit(r, err));
	TRY(form_write(write, &issues, err));
	return request_redirect(r, form_edit_url(&r->page, form, anchor), notice);
}

static enum code move_post(struct request *r, struct err *err)
{
	const struct form *form;
	TRY(form_edit_find(r, &form, err));
	if (form_field(form, r->params[1]) == NULL)
		FAIL(err, E_NOT_FOUND, N_("There is no such question in this form."));
	struct form_write write = { .r = r,
		                    .form = form->key,
		                    .question = r->params[1],
		                    .apply = form_apply_move,
		                    .by = strcmp(request_form(r, "to"), "up") == 0 ? -1 : 1 };
	return write_and_return(r, form, &write, NULL, arena_printf(r->arena, "#q-%s", r->params[1]), err);
}

static enum code show_retire(struct request *r, const struct form *form, const struct field *field, struct err *err)
{
	struct effect effect;
	struct question_uses uses;
	TRY(effect_count(r->db, r->arena, form, NULL, field->key, &effect, err));
	question_uses(&r->page, form, field->key, &uses);
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("Retire “%s”")), t(&r->page, &field->label));
	r->page.hidden = true;
	retire_page(request_out(r), &r->page, form, field, &effect, &uses);
	return OK;
}

static enum code find_question(struct request *r, const struct form **form, const struct field **field, struct err *err)
{
	TRY(form_edit_find(r, form, err));
	*field = form_field(*form, r->params[1]);
	if (*field == NULL) FAIL(err, E_NOT_FOUND, N_("There is no such question in this form."));
	return OK;
}

static enum code retire_form(struct request *r, struct err *err)
{
	const struct form *form;
	const struct field *field;
	TRY(find_question(r, &form, &field, err));
	return show_retire(r, form, field, err);
}

bool question_needed(const struct form *form, const struct field *field, const struct question_uses *uses)
{
	return field == form->title || uses->nkept > 0 || uses->nconditions > 0;
}

static enum code retire_post(struct request *r, struct err *err)
{
	const struct form *form;
	const struct field *field;
	struct question_uses uses;
	TRY(find_question(r, &form, &field, err));
	question_uses(&r->page, form, field->key, &uses);
	if (question_needed(form, field, &uses)) {
		r->response->status = 422;
		return show_retire(r, form, field, err);
	}
	struct form_write write = { .r = r, .form = form->key, .question = field->key, .apply = form_apply_retire };
	return write_and_return(r, form, &write, "question-retiree", "", err);
}

static enum code return_post(struct request *r, struct err *err)
{
	const struct form *form;
	TRY(form_edit_find(r, &form, err));
	const struct field *field = form_field_ever(form, r->params[1]);
	if (field == NULL) FAIL(err, E_NOT_FOUND, N_("There is no such question in this form."));
	struct form_write write = { .r = r, .form = form->key, .question = field->key, .apply = form_apply_return };
	return write_and_return(r, form, &write, "question-remise", "", err);
}

#define MANAGE ACTION_MANAGE, KIND_MODEL

const struct feature form_edit_feature = {
	.name = "form_edit",
	.routes = ROUTES(
	        { HTTP_GET, "/-/forms", forms_show, MANAGE, N_("The forms, to shape them"), 0, false },
	        { HTTP_GET, "/-/forms/new", form_new_show, MANAGE, N_("Begin a form"), 0, false },
	        { HTTP_POST, "/-/forms/new", form_new_post, MANAGE, N_("Make a form"), 0, false },
	        { HTTP_GET, "/-/lists/new", list_new_show, MANAGE, N_("Begin a shared list of choices"), 0, false },
	        { HTTP_POST, "/-/lists/new", list_new_post, MANAGE, N_("Make a shared list of choices"), BODY_MAX,
	          false },
	        { HTTP_GET, "/-/list/:list", list_show, MANAGE, N_("A shared list of choices"), 0, false },
	        { HTTP_POST, "/-/list/:list", list_post, MANAGE, N_("Change a shared list of choices"), BODY_MAX,
	          false },
	        { HTTP_POST, "/-/list/:list/delete", list_delete_post, MANAGE, N_("Take a shared list away"), 0,
	          false },
	        { HTTP_GET, "/-/form/:form/settings", form_settings_show, MANAGE, N_("What a form says of itself"), 0,
	          false },
	        { HTTP_POST, "/-/form/:form/settings", form_settings_post, MANAGE,
	          N_("Change what a form says of itself"), 0, false },
	        { HTTP_GET, "/-/form/:form/privacy", form_privacy_show, MANAGE,
	          N_("Personal data of a form: why, and for how long"), 0, false },
	        { HTTP_POST, "/-/form/:form/privacy", form_privacy_post, MANAGE,
	          N_("Say why a form gathers personal data, and for how long"), 0, false },
	        { HTTP_GET, "/-/form/:form/uses", form_uses_show, MANAGE, N_("What one does on the pages of a form"), 0,
	          false },
	        { HTTP_POST, "/-/form/:form/uses", form_uses_post, MANAGE,
	          N_("Change what one does on the pages of a form"), 0, false },
	        { HTTP_GET, "/-/form/:form", form_show, MANAGE, N_("The questions of a form"), 0, false },
	        { HTTP_GET, "/-/form/:form/preview", preview_show, MANAGE, N_("A form as contributors see it"), 0,
	          false },
	        { HTTP_GET, "/-/form/:form/map", map_show, MANAGE, N_("What leads where in a form"), 0, false },
	        { HTTP_POST, "/-/form/:form/delete", form_delete_post, MANAGE, N_("Take a form without pages away"), 0,
	          false },
	        { HTTP_GET, "/-/form/:form/history", form_history_show, MANAGE, N_("What became of a form"), 0, false },
	        { HTTP_POST, "/-/form/:form/history/:version", form_history_post, MANAGE,
	          N_("Bring a form back to how it was"), 0, false },
	        { HTTP_GET, "/-/form/:form/add", question_kinds, MANAGE, N_("The kinds of questions"), 0, false },
	        { HTTP_GET, "/-/form/:form/add/:type", question_new, MANAGE, N_("Write a new question of a form"), 0,
	          false },
	        { HTTP_POST, "/-/form/:form/add/:type", question_new_post, MANAGE, N_("Add a question to a form"),
	          BODY_MAX, false },
	        { HTTP_GET, "/-/form/:form/question/:field", question_edit, MANAGE, N_("Correct a question of a form"),
	          0, false },
	        { HTTP_POST, "/-/form/:form/question/:field", question_edit_post, MANAGE,
	          N_("Change a question of a form"), BODY_MAX, false },
	        { HTTP_POST, "/-/form/:form/move/:field", move_post, MANAGE, N_("Move a question of a form up or down"),
	          0, false },
	        { HTTP_GET, "/-/form/:form/retire/:field", retire_form, MANAGE, N_("Ask before retiring a question"), 0,
	          false },
	        { HTTP_POST, "/-/form/:form/retire/:field", retire_post, MANAGE,
	          N_("Retire a question: its answers stay, unseen"), 0, false },
	        { HTTP_POST, "/-/form/:form/return/:field", return_post, MANAGE, N_("Ask a retired question again"), 0,
	          false }),
};

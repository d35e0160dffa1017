/* Adding and correcting one question of a form. */
#include <string.h>

#include "core/erasure.h"
#include "core/form.h"
#include "core/form_change.h"
#include "features/form_edit/choice_fate.h"
#include "features/form_edit/form_edit.h"
#include "features/form_edit/question.html.h"
#include "features/form_edit/question_option.h"
#include "web/web.h"

/* One question being written. */
struct writing {
	struct request *r;
	struct question q;
	struct issues issues;
	struct change_question change;
	json_t *instead; /* choices that pages have → those that replace them */
};

static const char *action_of(const struct writing *w)
{
	const struct question *q = &w->q;
	const struct page *p = &w->r->page;
	if (q->field) return question_url(p, q->form, q->field, "question");
	return form_edit_url(p, q->form, arena_printf(p->arena, "/add/%s", q->type->name));
}

static enum code show(struct writing *w, int status)
{
	struct request *r = w->r;
	struct page *p = &r->page;
	p->title = w->q.field ? page_printf(p, _("Question “%s”"), t(p, &w->q.field->label)) : _("New question");
	p->hidden = true;
	if (w->issues.count) p->issues = &w->issues;
	r->response->status = status;
	question_page(request_out(r), p, &w->q, action_of(w));
	return OK;
}

/* ---- What the change would do ---- */

bool sent_again(const struct form_field *field)
{
	static const char *const ours[] = { "_form", "_confirmed", "_back", "_preview" };
	for (size_t i = 0; i < COUNT(ours); i++)
		if (strcmp(field->name, ours[i]) == 0) return false;
	return !field->is_file && strncmp(field->name, "fate-", 5) != 0;
}

/* The form as it would be; mistakes are those of the question. */
static enum code form_after(struct writing *w, struct form *ret, struct err *err)
{
	struct request *r = w->r;
	struct issues own;
	json_t *field = json_keep(r->arena, json_copy(w->q.typed));
	issues_init(&own, r->arena);
	if (w->q.field == NULL) json_object_set_new(field, "key", json_string("a_new_question"));
	json_t *definition = form_with_field(r->arena, w->q.form->definition, field);
	enum code code = form_parse(r->arena, definition, r->page.model->lists, r->page.model->nlists, ret, &own, err);
	for (const struct issue *i = own.first; i; i = i->next) {
		const char *dot = strncmp(i->field, "fields.", 7) == 0 ? strchr(i->field + 7, '.') : NULL;
		issues_add_err(&w->issues, dot ? dot + 1 : i->field, &i->err);
	}
	return code;
}

/* Choices that pages have, which the shared list chosen instead has not. */
static void check_list(struct writing *w, const struct field *after)
{
	const char *key;
	json_t *n;
	if (w->q.has_lines || after->nchoices == 0 || after->type->choices) return;
	json_object_foreach (w->change.effect.used, key, n)
		if (field_choice(after, key) == NULL)
			issues_add(&w->issues, "list",
			           N_("Pages have “%s”, which this list has not: add it to the list first."),
			           choice_name(&w->r->page, json_object_get(w->q.field->definition, "choices"), key));
}

static void check_audience(struct writing *w, enum audience after)
{
	enum audience before = w->q.field->audience;
	w->change.narrowed = after > before && w->change.effect.filled;
	w->change.widened = after < before && w->change.effect.filled;
	w->change.audience = after;
}

static bool asks(const struct writing *w)
{
	const struct change_question *c = &w->change;
	return c->needed || c->narrowed || c->widened || c->gone || c->effect.refused > 0;
}

/* Differs as soon as more pages than were told would be touched. */
static const char *confirmation(const struct writing *w)
{
	const struct effect *e = &w->change.effect;
	json_t *told = json_keep(w->r->arena,
	                         json_pack("[I,I,i,I,O,O]", (json_int_t)e->missing, (json_int_t)e->refused,
	                                   (int)w->change.audience, w->change.narrowed ? (json_int_t)e->filled : 0,
	                                   e->used, e->rows));
	return definition_mark(w->r->arena, told);
}

/* Counts, and finds what must be asked first. */
static enum code weigh(struct writing *w, struct err *err)
{
	struct form *after = arena_new(w->r->arena, struct form);
	if (form_after(w, after, err) != OK || w->q.field == NULL) return issues_code(&w->issues, err);
	const struct field *field = form_field(after, w->q.field->key);
	TRY(effect_count(w->r->db, w->r->arena, w->q.form, after, field->key, &w->change.effect, err));
	w->change.needed = field->required && !w->q.field->required && w->change.effect.missing > 0;
	check_audience(w, field->audience);
	check_list(w, field);
	w->change.gone = choice_fates(w->r, &w->q.choices, w->change.effect.used, &w->instead);
	for (int i = 0; i < QUESTION_TABLES; i++)
		if (w->q.rows[i].sent)
			w->change.gone |= line_fates(w->r, &w->q.rows[i].read, question_rows_prefix(&w->q.rows[i]),
			                             w->change.effect.rows);
	return issues_code(&w->issues, err);
}

static enum code show_change(struct writing *w)
{
	struct request *r = w->r;
	struct page *p = &r->page;
	w->change.q = &w->q;
	w->change.typed = &r->form;
	w->change.action = action_of(w);
	w->change.confirmed = confirmation(w);
	p->title = _("Before this changes");
	p->hidden = true;
	change_page(request_out(r), p, &w->change);
	return OK;
}

/* ---- Writing ---- */

/* Is something computed in another way than it was? */
static bool computes_anew(const struct writing *w)
{
	const json_t *before = w->q.field ? w->q.field->definition : NULL;
	if (!w->q.type->computes) return false;
	return strcmp(json_str_or(before, "value", ""), json_str_or(w->q.typed, "value", "")) != 0;
}

/* Answers go with the question to fewer readers, and out of the history that the others read (core/erasure.h); what is
 * computed is worked out again. */
static enum code move_answers(struct tx *tx, const struct form_write *write, struct err *err)
{
	struct writing *w = write->context;
	struct model *model;
	int64_t records;
	if (!w->change.narrowed && !w->change.widened && !computes_anew(w)) return OK;
	TRY(model_load(tx_db(tx), &model, err));
	const struct form *form = model_form(model, write->form);
	enum code code = OK;
	if (form && w->change.narrowed)
		code = erasure_narrow(tx, w->r->arena, model, form, write->question, &records, err);
	else if (form && w->change.widened) code = erasure_note_audience(tx, w->r->arena, form, write->question, err);
	if (code == OK && form && computes_anew(w))
		code = effect_recompute(tx, w->r->arena, model, &w->r->actor, form, err);
	model_release(model);
	return code;
}

static enum code after_conflict(struct writing *w, const struct form_write *write, const struct err *why)
{
	w->q.meanwhile = write->meanwhile;
	if (write->meanwhile) w->q.mark = definition_mark(w->r->arena, write->meanwhile);
	if (write->meanwhile) issues_add_err(&w->issues, "", why);
	else
		issues_add(&w->issues, "",
		           N_("Somebody has just retired this question. Bring it back on the page of the form, "
		              "then save again."));
	return show(w, 409);
}

static enum code write_question(struct writing *w, struct err *err)
{
	struct request *r = w->r;
	struct form_write write = { .r = r,
		                    .form = w->q.form->key,
		                    .question = w->q.field ? w->q.field->key : NULL,
		                    .mark = w->q.field ? w->q.mark : NULL,
		                    .apply = form_apply_field,
		                    .field = w->q.typed,
		                    .instead = w->instead,
		                    .also = move_answers,
		                    .context = w };
	const char *url = form_edit_url(&r->page, w->q.form, "");
	enum code code = form_write(&write, &w->issues, err);
	if (code == E_CONFLICT) return after_conflict(w, &write, err);
	if (code == E_INPUT || code == E_LIMIT) {
		if (w->issues.count == 0) issues_add_err(&w->issues, "", err);
		return show(w, 422);
	}
	TRY(code);
	if (write.replaced) return request_redirect_about(r, url, "choix-remplaces", write.batch);
	return request_redirect(r, url, w->q.field ? "question" : "question-ajoutee");
}

static enum code post(struct writing *w, struct err *err)
{
	struct request *r = w->r;
	TRY(form_edit_limit(r, err));
	if (w->q.field) w->q.mark = request_form(r, "_mark");
	question_read(r, &w->q, &w->issues);
	enum code code = issues_code(&w->issues, err);
	bool writes = *request_form(r, "_back") == '\0' && *request_form(r, "_preview") == '\0';
	if (code == OK && writes) code = weigh(w, err);
	if (code == E_INPUT) return show(w, 422);
	TRY(code);
	if (*request_form(r, "_preview")) w->q.preview = question_alone(&r->page, w->q.typed, "apercu");
	if (!writes) return show(w, 200);
	if (w->change.gone || (asks(w) && strcmp(request_form(r, "_confirmed"), confirmation(w)) != 0))
		return show_change(w);
	return write_question(w, err);
}

/* ---- Handlers ---- */

static enum code begin_new(struct request *r, struct writing *w, struct err *err)
{
	const struct form *form;
	TRY(form_edit_find(r, &form, err));
	const struct field_type *type = field_type_find(r->params[1]);
	if (type == NULL || type->label == NULL) FAIL(err, E_NOT_FOUND, N_("There is no such kind of question."));
	*w = (struct writing){ .r = r };
	issues_init(&w->issues, r->arena);
	question_begin(&r->page, form, NULL, type, &w->q);
	return OK;
}

static enum code begin_edit(struct request *r, struct writing *w, struct err *err)
{
	const struct form *form;
	TRY(form_edit_find(r, &form, err));
	const struct field *field = form_field(form, r->params[1]);
	if (field == NULL) FAIL(err, E_NOT_FOUND, N_("There is no such question in this form."));
	*w = (struct writing){ .r = r };
	issues_init(&w->issues, r->arena);
	question_begin(&r->page, form, field, NULL, &w->q);
	return OK;
}

enum code question_kinds(struct request *r, struct err *err)
{
	const struct form *form;
	TRY(form_edit_find(r, &form, err));
	r->page.title = tr(r->page.lang, N_("Add a question"));
	r->page.hidden = true;
	kinds_page(request_out(r), &r->page, form);
	return OK;
}

enum code question_new(struct request *r, struct err *err)
{
	struct writing w;
	TRY(begin_new(r, &w, err));
	return show(&w, 200);
}

enum code question_new_post(struct request *r, struct err *err)
{
	struct writing w;
	TRY(begin_new(r, &w, err));
	return post(&w, err);
}

enum code question_edit(struct request *r, struct err *err)
{
	struct writing w;
	TRY(begin_edit(r, &w, err));
	return show(&w, 200);
}

enum code question_edit_post(struct request *r, struct err *err)
{
	struct writing w;
	TRY(begin_edit(r, &w, err));
	return post(&w, err);
}

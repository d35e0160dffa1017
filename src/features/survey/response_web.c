/* Responses one by one. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "core/audit.h"
#include "core/form_part.h"
#include "core/paper.h"
#include "features/survey/answer.h"
#include "features/survey/manage.h"
#include "features/survey/manage.html.h"
#include "features/survey/survey_web.h"
#include "web/web.h"

enum { SHOWN = 100, JOURNAL = 100 };

const char *response_url(const struct page *p, const struct response *response, const char *rest)
{
	char id[ID_TEXT + 1];
	return arena_printf(p->arena, "/-/response/%s%s", id_format(response->id, id), rest);
}

/* "postes,qui": the questions' own words. */
const char *response_change_words(const struct page *p, const struct form *form, const char *fields)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	while (*fields) {
		size_t len = strcspn(fields, ",");
		const char *key = arena_strndup(p->arena, fields, len);
		const struct field *field = form_field_ever(form, key);
		buf_printf(&out, "%s%s", out.len ? ", " : "", field ? t(p, &field->label) : key);
		fields += len + (fields[len] == ',');
	}
	return buf_str(&out);
}

/* ---- The list ---- */

enum code responses_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct managed m = { 0 };
	struct response *rows;
	int n;
	TRY(survey_managed(r, ACTION_READ, &m.form, err));
	m.stand = survey_stands(p, m.form);
	TRY(response_count(r->db, m.form, m.stand, &m.counts, err));
	int64_t before = strtoll(request_query(r, "avant"), NULL, 10);
	TRY(response_list(r->db, r->arena, p->model, &r->actor, m.form, MAX(before, 0), SHOWN + 1, &rows, &n, err));
	p->title = page_printf(p, _("Answers to “%s”"), t(p, &m.form->label));
	p->section = "/-/surveys";
	p->hidden = true;
	survey_responses_page(request_out(r), p, &m, rows, MIN(n, SHOWN), n > SHOWN ? rows[SHOWN - 1].num : 0);
	return OK;
}

/* ---- One ---- */

static enum code load(struct request *r, struct response *ret, struct err *err)
{
	struct id id;
	if (!id_parse(r->params[0], &id)) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(response_load(r->db, r->arena, r->page.model, &r->actor, id, ret, err));
	r->page.space = survey_space(r->page.model, ret->form);
	r->page.section = "/-/surveys";
	r->page.hidden = true;
	http_set(r->response, "Cache-Control", "no-store");
	return OK;
}

enum code response_show(struct request *r, struct err *err)
{
	struct response response;
	struct response_change *changes;
	struct response_typed x = { 0 };
	TRY(load(r, &response, err));
	const json_t *notes;
	TRY(response_changes(r->db, r->arena, &response, JOURNAL, &changes, &x.nchanges, err));
	TRY(paper_notes(r->db, r->arena, response.num, &notes, err));
	x = (struct response_typed){ .response = &response,
		                     .form = response.form,
		                     .values = response.values,
		                     .hers = !survey_manages(&r->page, response.form),
		                     .notes = notes,
		                     .changes = changes,
		                     .nchanges = x.nchanges };
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("Answer %s")), survey_receipt(&r->page, &response));
	survey_response_page(request_out(r), &r->page, &x);
	return OK;
}

static enum code show_edit(struct request *r, const struct response *response, const json_t *values,
                           struct issues *issues)
{
	const struct response_typed x = { .response = response, .form = response->form, .values = values };
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("Correct answer %s")),
	                            survey_receipt(&r->page, response));
	if (issues && issues->count) {
		r->page.issues = issues;
		r->response->status = 422;
	}
	survey_response_edit_page(request_out(r), &r->page, &x);
	return OK;
}

enum code response_edit(struct request *r, struct err *err)
{
	struct response response;
	TRY(load(r, &response, err));
	return show_edit(r, &response, response.values, NULL);
}

struct correcting {
	struct request *r;
	struct response response;
	const json_t *values;
};

static enum code correct(struct tx *tx, void *arg, struct err *err)
{
	const struct correcting *c = arg;
	return response_correct(tx, c->r->arena, c->r->page.model, &c->r->actor, &c->response, c->values, err);
}

static json_t *read_all(struct request *r, const struct form *form, const json_t *before, struct issues *issues)
{
	struct field_post post = request_post(r);
	json_t *typed = json_keep(r->arena, json_copy((json_t *)before));
	post.db = r->db;
	post.model = r->page.model;
	post.actor = &r->actor;
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		if (field->hidden) continue;
		json_t *value = field->type->read(field, &post, issues);
		if (value && issues_of(issues, field->key) == NULL) field->type->check(field, value, issues);
		if (value) json_object_set(typed, field->key, value);
		else json_object_del(typed, field->key);
	}
	return typed;
}

enum code response_edit_post(struct request *r, struct err *err)
{
	struct correcting c = { .r = r };
	struct issues issues;
	TRY(load(r, &c.response, err));
	request_issues(r, &issues);
	const json_t *typed = read_all(r, c.response.form, c.response.values, &issues);
	if (issues.count) return show_edit(r, &c.response, typed, &issues);
	/* Questions that are asked no more keep what was answered to them. */
	json_t *asked = survey_values_asked(r->arena, c.response.form, typed);
	for (int i = 0; i < c.response.form->nretired; i++) {
		json_t *value = json_object_get(c.response.values, c.response.form->retired[i].key);
		if (value) json_object_set(asked, c.response.form->retired[i].key, value);
	}
	answer_check(c.response.form, asked, &issues);
	if (issues.count) return show_edit(r, &c.response, typed, &issues);
	c.values = asked;
	TRY(request_write(r, correct, &c, err));
	return request_redirect(r, response_url(&r->page, &c.response, ""), "reponse-corrigee");
}

static enum code drop(struct tx *tx, void *arg, struct err *err)
{
	const struct correcting *c = arg;
	TRY(response_delete(tx, c->r->arena, c->r->page.model, &c->r->actor, &c->response, err));
	return audit_note(tx, &c->r->actor, "response.delete", c->response.id,
	                  json_pack("{s:s}", "key", c->response.form->key), err);
}

enum code response_delete_post(struct request *r, struct err *err)
{
	struct correcting c = { .r = r };
	TRY(load(r, &c.response, err));
	TRY(request_write(r, drop, &c, err));
	bool manages = survey_manages(&r->page, c.response.form);
	return request_redirect(r, manages ? survey_url(&r->page, c.response.form, "/responses") : "/-/surveys",
	                        "reponse-supprimee");
}

/* Questionnaires listed, opened, closed; answers entered for somebody. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/audit.h"
#include "core/definition.h"
#include "core/survey_target.h"
#include "features/form_edit/form_edit.h"
#include "features/people/code.h"
#include "features/people/people_web.h"
#include "features/survey/campaign_web.h"
#include "features/survey/manage.h"
#include "features/survey/manage.html.h"
#include "features/survey/survey_web.h"
#include "page/qr.h"
#include "web/web.h"

enum { CHANGES_TOLD = 20 };

enum code survey_managed(struct request *r, enum action action, const struct form **ret, struct err *err)
{
	TRY(survey_of_route(r, ret, err));
	return responses_may(r->page.model, &r->actor, action, *ret, err);
}

bool models_of(const struct survey_row *rows, int n)
{
	for (int i = 0; i < n; i++)
		if (rows[i].manages && rows[i].form->survey->kind != SURVEY_ASKED) return true;
	return false;
}

enum code survey_list(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	const struct model *model = p->model;
	struct survey_row *rows = arena_array(r->arena, struct survey_row, (size_t)model->nforms + 1);
	int n = 0, open = 0;
	bool manages = false;
	for (int i = 0; i < model->nforms; i++) {
		const struct form *form = &model->forms[i];
		if (form->survey == NULL) continue;
		struct thing thing = { .kind = KIND_SPACE, .space = survey_space(model, form) };
		bool hers = survey_manages(p, form);
		enum survey_stand stand = survey_stands(p, form);
		if (!allowed(&r->actor, ACTION_READ, &thing) || (stand != STAND_OPEN && !hers)) continue;
		rows[n] = (struct survey_row){ .form = form, .manages = hers };
		if (hers) TRY(response_count(r->db, form, stand, &rows[n].counts, err));
		n++;
		manages |= hers;
		open += stand == STAND_OPEN;
	}
	p->title = _("Questionnaires");
	p->section = "/-/surveys";
	survey_list_page(request_out(r), p, rows, n, open, manages);
	return OK;
}

/* The days on which its questions were corrected since the first answer, the latest first. */
static enum code days_changed(struct request *r, const struct managed *m, const char **ret, struct err *err)
{
	struct definition_version *versions;
	struct buf out;
	int n;
	const char *before = "";
	buf_init(&out, r->arena, 0);
	TRY(definition_versions(r->db, r->arena, DEFINITION_FORM, m->form->key, CHANGES_TOLD, &versions, &n, err));
	for (int i = 0; i < n && m->counts.first; i++) {
		const char *day = page_date(&r->page, versions[i].at);
		if (versions[i].at <= m->counts.first || strcmp(day, before) == 0) continue;
		buf_printf(&out, "%s%s", out.len ? ", " : "", day);
		before = day;
	}
	*ret = out.len ? buf_str(&out) : NULL;
	return OK;
}

enum code survey_manage(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct managed m = { 0 };
	TRY(survey_managed(r, ACTION_MANAGE, &m.form, err));
	m.stand = survey_stands(p, m.form);
	m.url = arena_printf(r->arena, "%s%s", p->base_url, survey_url(p, m.form, ""));
	m.shapes = page_shapes(p);
	TRY(response_count(r->db, m.form, m.stand, &m.counts, err));
	TRY(days_changed(r, &m, &m.changed, err));
	TRY(qr_svg(r->arena, m.url, _("QR code of the questionnaire"), &m.qr, err));
	p->title = t(p, &m.form->label);
	p->section = "/-/surveys";
	p->hidden = true;
	survey_manage_page(request_out(r), p, &m);
	return OK;
}

/* ---- Open, closed ---- */

struct opening {
	enum survey_stand before;
	const char *to;
	const char *today;  /* "2026-11-30" */
	const char *closes; /* its last day, "": none; NULL: as it is */
};

/* The day when it is closed by hand is kept: from then on the names of its targets are counted down. */
static void set_state(json_t *survey, const struct opening *o)
{
	json_object_set_new(survey, "state", json_string(o->to));
	if (strcmp(o->to, "closed") == 0) json_object_set_new(survey, "closed", json_string(o->today));
	else json_object_del(survey, "closed");
}

static enum code with_state(const struct form_write *w, const json_t *definition, const json_t *keys, json_t **ret,
                            struct err *err)
{
	const struct opening *o = w->context;
	json_t *next = json_keep(w->r->arena, json_copy((json_t *)definition));
	json_t *survey = json_copy(json_object_get(definition, "survey"));
	(void)keys;
	(void)err;
	if (o->closes == NULL) set_state(survey, o);
	else if (*o->closes) json_object_set_new(survey, "closes", json_string(o->closes));
	else json_object_del(survey, "closes");
	/* Opened by hand after its last day, it has none any more. */
	if (o->before == STAND_OVER && strcmp(o->to, "open") == 0) json_object_del(survey, "closes");
	json_object_set_new(next, "survey", survey);
	*ret = next;
	return OK;
}

/* People saw it whole while it was closed: what was behind is no secret any more. */
static enum code release(struct tx *tx, const struct form_write *w, struct err *err)
{
	const struct opening *o = w->context;
	const struct form *form = model_form(w->r->page.model, w->form);
	if (o->before != STAND_OVER || form == NULL) return OK;
	return response_release(tx, form, err);
}

enum code survey_state_post(struct request *r, struct err *err)
{
	const struct form *form;
	struct issues issues;
	char today[DATE_ISO_SIZE];
	struct opening o = { .to = request_form(r, "to"), .today = date_iso(survey_today(&r->page), today) };
	TRY(survey_managed(r, ACTION_MANAGE, &form, err));
	o.before = survey_stands(&r->page, form);
	if (form->survey->kind != SURVEY_ASKED)
		FAIL(err, E_INPUT, N_("This is a model: begin a questionnaire with it, and open that one."));
	if (strcmp(o.to, "open") != 0 && strcmp(o.to, "closed") != 0)
		FAIL(err, E_INPUT, N_("Say whether it is to be opened or closed."));
	struct form_write write = { .r = r, .form = form->key, .apply = with_state, .also = release, .context = &o };
	const char *url = survey_url(&r->page, form, "/manage");
	issues_init(&issues, r->arena);
	TRY(form_write(&write, &issues, err));
	return request_redirect(r, url, strcmp(o.to, "open") == 0 ? "enquete-ouverte" : "enquete-fermee");
}

/* Another last day, which is still to come; none where nothing is typed. */
enum code survey_until_post(struct request *r, struct err *err)
{
	const struct form *form;
	struct issues issues;
	struct date day;
	char iso[DATE_ISO_SIZE];
	const char *typed = request_form(r, "closes");
	struct opening o = { .to = "", .closes = "" };
	TRY(survey_managed(r, ACTION_MANAGE, &form, err));
	o.before = survey_stands(&r->page, form);
	if (form->survey->kind != SURVEY_ASKED)
		FAIL(err, E_INPUT, N_("This is a model: begin a questionnaire with it, and open that one."));
	issues_init(&issues, r->arena);
	if (!text_is_blank(typed)) {
		struct err why;
		if (date_parse(typed, r->page.lang, &day, NULL, &why) != OK) issues_add_err(&issues, "closes", &why);
		else if (date_compare(day, survey_today(&r->page)) < 0)
			issues_add(&issues, "closes", N_("This day is over: close the questionnaire instead."));
		if (issues.count) return campaign_show_mistakes(r, form, &issues, err);
		o.closes = date_iso(day, iso);
	}
	struct form_write write = { .r = r, .form = form->key, .apply = with_state, .also = release, .context = &o };
	const char *url = survey_url(&r->page, form, "/campaign");
	TRY(form_write(&write, &issues, err));
	return request_redirect(r, url, "enquete-jusquau");
}

/* ---- Afterwards ---- */

struct ending {
	struct request *r;
	const struct form *form;
	bool erases, over;
};

static enum code end(struct tx *tx, void *arg, struct err *err)
{
	const struct ending *e = arg;
	int64_t n, targets = 0;
	if (e->erases) TRY(response_erase(tx, e->form, 0, &n, err));
	else TRY(response_anonymise(tx, e->form, 0, &n, err));
	/* Who has not answered yet is still to be reached while it is open. */
	if (!e->erases) TRY(survey_target_forget(tx, e->form, e->over, &targets, err));
	return audit_note(tx, &e->r->actor, e->erases ? "survey.empty" : "survey.anonymise", ID_NONE,
	                  json_pack("{s:s, s:I}", "key", e->form->key, "responses", (json_int_t)n), err);
}

static enum code end_post(struct request *r, bool erases, struct err *err)
{
	struct ending e = { .r = r, .erases = erases };
	TRY(survey_managed(r, ACTION_ERASE, &e.form, err));
	e.over = survey_stands(&r->page, e.form) == STAND_OVER;
	TRY(web_limit(r, LIMIT_ERASE, NULL, err));
	TRY(request_write(r, end, &e, err));
	return request_redirect(r, survey_url(&r->page, e.form, "/manage"),
	                        erases ? "enquete-videe" : "reponses-anonymes");
}

enum code survey_identities_post(struct request *r, struct err *err)
{
	return end_post(r, false, err);
}

enum code survey_empty_post(struct request *r, struct err *err)
{
	return end_post(r, true, err);
}

/* ---- For somebody else ---- */

static enum code show_enter(struct request *r, const struct form *form, const struct entering_typed *typed,
                            struct issues *issues)
{
	r->page.title = tr(r->page.lang, N_("Enter an answer for somebody"));
	r->page.hidden = true;
	if (issues && issues->count) {
		r->page.issues = issues;
		r->response->status = 422;
	}
	survey_enter_page(request_out(r), &r->page, form, typed);
	return OK;
}

enum code survey_enter(struct request *r, struct err *err)
{
	const struct form *form;
	const struct entering_typed typed = { CHANNEL_PAPER, "" };
	TRY(survey_managed(r, ACTION_MANAGE, &form, err));
	return show_enter(r, form, &typed, NULL);
}

static enum code begin(struct tx *tx, void *arg, struct err *err)
{
	return response_begin(tx, arg, err);
}

enum code survey_enter_post(struct request *r, struct err *err)
{
	const struct form *form;
	struct issues issues;
	struct entering_typed typed = { -1, "" };
	char code[CODE_TEXT + 1];
	TRY(survey_managed(r, ACTION_MANAGE, &form, err));
	TRY(people_typed(r, "name", &typed.name, err));
	issues_init(&issues, r->arena);
	for (int c = CHANNEL_PAPER; c <= CHANNEL_VISIT; c++)
		if (strtol(request_form(r, "channel"), NULL, 10) == c) typed.channel = c;
	if (typed.channel < 0) issues_add(&issues, "channel", N_("Say how it was answered."));
	if (text_length(typed.name) > RESPONSE_NAME_MAX)
		issues_add(&issues, "name", N_("This is too long: %d letters at most."), RESPONSE_NAME_MAX);
	if (issues.count) return show_enter(r, form, &typed, &issues);
	code_format(id_random(), code);
	struct response_new new = { .form = form,
		                    .lang = r->page.lang,
		                    .channel = (enum channel)typed.channel,
		                    .code = code,
		                    .name = typed.name,
		                    .entered_by = r->actor.person };
	TRY(request_write(r, begin, &new, err));
	return request_redirect(r, arena_printf(r->arena, "/-/s/%s", code), NULL);
}

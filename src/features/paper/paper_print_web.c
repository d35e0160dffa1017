/* Questionnaires printed: the page, the file, its definition. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/audit.h"
#include "core/survey_target.h"
#include "features/form_edit/form_edit.h"
#include "features/moderation/moderation_web.h"
#include "features/paper/paper.html.h"
#include "features/paper/paper_ask.h"
#include "features/paper/paper_web.h"
#include "features/people/people_web.h"
#include "features/survey/campaign.h"
#include "features/survey/survey_web.h"
#include "page/theme.h"
#include "web/web.h"

enum { EDITIONS_SHOWN = 50, BACK_MAX = 1000 };

int paper_lots(const struct paper_printing *x)
{
	return (x->copies + PAPER_LOT - 1) / PAPER_LOT;
}

/* ---- For whom ---- */

static bool is_waited_for(const struct survey_target *target)
{
	return target->state <= TARGET_STARTED;
}

/* Those who have not answered. */
static enum code waited_for(struct request *r, const struct form *form, struct survey_target **ret, int *n,
                            struct err *err)
{
	struct survey_target *all;
	int found, kept = 0;
	TRY(survey_target_list(r->db, r->arena, form, TARGET_STATES, TARGETS_MAX, &all, &found, err));
	for (int i = 0; i < found; i++)
		if (is_waited_for(&all[i])) all[kept++] = all[i];
	*ret = all;
	*n = kept;
	return OK;
}

/* ---- The file ---- */

struct printing {
	struct request *r;
	const struct form *form;
	struct page page; /* in the language of the paper */
	struct questionnaire q;
	struct questionnaire_made made;
	int64_t version;
	int edition;
	json_t *definition;
};

static const char *code_of(struct arena *a, void *context, int page, const struct questionnaire_copy *copy)
{
	const struct printing *x = context;
	return arena_printf(a, "%s/-/paper/%s/%lld.%d/%d%s%s", x->r->page.base_url, x->form->key, (long long)x->version,
	                    x->edition, page, copy && copy->code ? "/" : "", copy && copy->code ? copy->code : "");
}

static enum code prepare(struct request *r, const struct form *form, enum lang lang, struct printing *x,
                         struct err *err)
{
	static const struct questionnaire_copy blank = { NULL, "" };
	const struct space *space = survey_space(r->page.model, form);
	const char *own = space ? space->colour : NULL;
	char *tint = arena_alloc(r->arena, THEME_COLOUR);
	*x = (struct printing){ .r = r, .form = form, .page = r->page };
	x->page.lang = lang;
	paper_questionnaire(&x->page, form, &x->q);
	theme_tint(own ? own : json_string_value(model_setting(r->page.model, "colour")), "accent", false, tint);
	x->q.paper.colour = tint;
	x->q.copies = &blank;
	x->q.ncopies = 1;
	x->q.code = code_of;
	x->q.context = x;
	TRY(paper_version(r->db, form, &x->version, err));
	TRY(questionnaire_plan(r->arena, &x->q, &x->made, err));
	x->definition = paper_definition(r->arena, form, x->version, lang_tag(lang), &x->q, &x->made);
	return OK;
}

static enum code keep(struct tx *tx, void *arg, struct err *err)
{
	struct printing *x = arg;
	TRY(paper_edition_keep(tx, x->r->arena, x->form, x->version, lang_tag(x->page.lang), x->definition, &x->edition,
	                       err));
	if (x->q.ncopies == 1 && x->q.copies->code == NULL) return OK;
	return audit_note(tx, &x->r->actor, "survey.copies", ID_NONE,
	                  json_pack("{s:s, s:i}", "key", x->form->key, "copies", x->q.ncopies), err);
}

static enum code copies(struct printing *x, long lot, struct err *err)
{
	struct request *r = x->r;
	struct survey_target *targets;
	int n;
	TRY(waited_for(r, x->form, &targets, &n, err));
	int from = (int)MIN(lot - 1, TARGETS_MAX) * PAPER_LOT, until = MIN(n, from + PAPER_LOT);
	if (lot < 1 || from >= n) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	struct questionnaire_copy *all = arena_array(r->arena, struct questionnaire_copy, (size_t)(until - from));
	for (int i = from; i < until; i++) {
		char code[CODE_TEXT + 1];
		target_code(r->site, targets[i].id, code);
		all[i - from] = (struct questionnaire_copy){ arena_strdup(r->arena, code), targets[i].name };
	}
	x->q.copies = all;
	x->q.ncopies = until - from;
	return OK;
}

enum code paper_pdf(struct request *r, struct err *err)
{
	const struct form *form;
	struct printing x;
	struct questionnaire_made made;
	const char *lot = request_query(r, "lot"), *lang = request_query(r, "langue");
	TRY(survey_managed(r, ACTION_MANAGE, &form, err));
	TRY(web_limit(r, LIMIT_EXPORT, NULL, err));
	TRY(prepare(r, form, lang_parse(lang, r->page.lang), &x, err));
	if (*lot) TRY(copies(&x, strtol(lot, NULL, 10), err));
	TRY(request_write(r, keep, &x, err));
	x.q.name = arena_printf(r->arena, "%s %lld.%d", form->key, (long long)x.version, x.edition);
	TRY(questionnaire_make(r->arena, &x.q, request_out(r), &made, err));
	http_set(r->response, "Content-Type", "application/pdf");
	http_set(r->response, "Cache-Control", "no-store");
	http_set(r->response, "Content-Disposition",
	         arena_printf(r->arena, "inline; filename=\"%s%s%s.pdf\"", form->key, *lot ? "-" : "",
	                      *lot ? arena_printf(r->arena, "%ld", strtol(lot, NULL, 10)) : ""));
	return OK;
}

enum code paper_json(struct request *r, struct err *err)
{
	const struct form *form;
	struct paper_edition edition;
	char *end;
	TRY(survey_managed(r, ACTION_MANAGE, &form, err));
	long number = strtol(r->params[1], &end, 10);
	if (*end != '\0' || number < 1 || number > INT32_MAX)
		FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(paper_edition_find(r->db, r->arena, form, (int)number, &edition, err));
	char *text = json_dumps(edition.body, JSON_INDENT(1));
	buf_puts(request_out(r), text ? text : "");
	free(text);
	http_set(r->response, "Content-Type", "application/json");
	http_set(r->response, "Content-Disposition",
	         arena_printf(r->arena, "attachment; filename=\"%s-%ld.json\"", form->key, number));
	return OK;
}

/* Who answers goes on with a screen; who looks after the questionnaire enters the sheet. */
enum code paper_scanned(struct request *r, struct err *err)
{
	const struct form *form;
	char code[CODE_TEXT + 1];
	TRY(survey_of_route(r, &form, err));
	bool coded = r->params[3] && code_read(r->params[3], code);
	if (!survey_manages(&r->page, form))
		return request_redirect(
		        r, coded ? arena_printf(r->arena, "/-/s/%s", code) : survey_url(&r->page, form, ""), NULL);
	const char *point = strchr(r->params[1], '.');
	long edition = point ? strtol(point + 1, NULL, 10) : 0;
	return request_redirect(r,
	                        survey_url(&r->page, form,
	                                   arena_printf(r->arena, "/sheets?edition=%ld%s%s", MAX(edition, 0),
	                                                coded ? "&feuille=" : "", coded ? code : "")),
	                        NULL);
}

/* ---- The page ---- */

static enum code show(struct request *r, struct paper_printing *x, struct issues *issues, struct err *err)
{
	struct page *p = &r->page;
	struct paper_edition *editions;
	struct survey_target *targets;
	struct printing printing;
	TRY(paper_edition_list(r->db, r->arena, x->form, EDITIONS_SHOWN, &editions, &x->neditions, err));
	TRY(paper_count(r->db, x->form, &x->counts, err));
	TRY(waited_for(r, x->form, &targets, &x->copies, err));
	TRY(prepare(r, x->form, p->lang, &printing, err));
	x->editions = editions;
	x->pages = printing.made.pages;
	p->title = page_printf(p, _("“%s” on paper"), t(p, &x->form->label));
	p->section = "/-/surveys";
	p->hidden = true;
	if (issues && issues->count) {
		p->issues = issues;
		r->response->status = 422;
	}
	paper_printing_page(request_out(r), p, x);
	return OK;
}

enum code paper_show(struct request *r, struct err *err)
{
	struct paper_printing x = { 0 };
	TRY(survey_managed(r, ACTION_MANAGE, &x.form, err));
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		const char *text = x.form->survey->paper_back.text[lang];
		x.back[lang] = text ? text : "";
	}
	x.twice = arena_printf(r->arena, "%d", x.form->survey->paper_twice);
	return show(r, &x, NULL, err);
}

/* ---- Settings ---- */

static enum code with_paper(const struct form_write *w, const json_t *definition, const json_t *keys, json_t **ret,
                            struct err *err)
{
	const struct paper_printing *x = w->context;
	json_t *next = json_keep(w->r->arena, json_copy((json_t *)definition));
	json_t *survey = json_copy(json_object_get(definition, "survey")), *paper = json_object(),
	       *back = json_object();
	(void)keys;
	(void)err;
	for (int lang = 0; lang < LANG_COUNT; lang++)
		if (*x->back[lang]) json_object_set_new(back, lang_tag((enum lang)lang), json_string(x->back[lang]));
	if (json_object_size(back)) json_object_set(paper, "back", back);
	json_decref(back);
	json_object_set_new(paper, "twice", json_integer(strtol(x->twice, NULL, 10)));
	json_object_set_new(survey, "paper", paper);
	json_object_set_new(next, "survey", survey);
	*ret = next;
	return OK;
}

enum code paper_settings_post(struct request *r, struct err *err)
{
	struct paper_printing x = { 0 };
	struct issues issues;
	char *end;
	TRY(survey_managed(r, ACTION_MANAGE, &x.form, err));
	issues_init(&issues, r->arena);
	for (int lang = 0; lang < LANG_COUNT; lang++)
		TRY(moderation_text(r, arena_printf(r->arena, "back-%s", lang_tag((enum lang)lang)), BACK_MAX, false,
		                    &issues, &x.back[lang], err));
	TRY(people_typed(r, "twice", &x.twice, err));
	long twice = strtol(x.twice, &end, 10);
	if (*x.twice == '\0' || *end != '\0' || twice < 0 || twice > 100)
		issues_add(&issues, "twice",
		           N_("Write a whole number from 0 to 100: 0 for none, 100 for all of them."));
	if (issues.count) return show(r, &x, &issues, err);
	const char *url = survey_url(&r->page, x.form, "/paper");
	struct form_write write = { .r = r, .form = x.form->key, .apply = with_paper, .context = &x };
	TRY(form_write(&write, &issues, err));
	return request_redirect(r, url, "papier-regle");
}

/* Answering a questionnaire, page by page, with nothing but forms. */
#include <string.h>

#include "features/survey/answer.h"
#include "features/survey/answer.html.h"
#include "features/survey/survey_web.h"
#include "web/web.h"

/* What mixes choices: the same whenever this response is opened. */
static uint64_t seed_of(const struct response *response)
{
	uint64_t seed = 0;
	for (int i = 0; i < 8; i++) seed = seed << 8 | response->id.b[8 + i];
	return seed | 1;
}

static enum code show_step(struct request *r, const struct answering *x, int place, const json_t *typed,
                           struct issues *issues)
{
	struct page *p = &r->page;
	struct survey_step step;
	p->seed = seed_of(&x->response);
	p->asked = x->form;
	p->asked_whole = x->form->survey->one_page;
	survey_step(p, &x->response, x->base, place, typed, &step);
	const char *title = step.nblocks && *step.blocks[0].title && !x->form->survey->one_page ? step.blocks[0].title
	                                                                                        : t(p, &x->form->label);
	answering_prepare(r, title);
	if (issues && issues->count) {
		p->issues = issues;
		r->response->status = 422;
	}
	if (x->kiosk) kiosk_times_out(r, x->form, KIOSK_IDLE);
	survey_step_page(request_out(r), p, &step);
	return OK;
}

static enum code to_review(struct request *r, const struct answering *x)
{
	return request_redirect(r, arena_printf(r->arena, "%s/review", x->base), NULL);
}

enum code survey_step_show(struct request *r, struct err *err)
{
	struct answering x;
	bool done;
	TRY(answering_find(r, &x, &done, err));
	if (done) return OK;
	const json_t *asked = survey_values_asked(r->arena, x.form, x.response.values);
	const char *named = request_query(r, "page");
	int place = survey_place(&x.response, *named ? named : x.response.page);
	if (*named == '\0' && strcmp(x.response.page, "review") == 0) return to_review(r, &x);
	place = survey_next(&x.response, asked, MAX(place, 0), 1);
	if (place < 0) return to_review(r, &x);
	return show_step(r, &x, place, NULL, NULL);
}

struct step_kept {
	struct request *r;
	const struct response *response;
	const char *page;
	const json_t *values;
};

static enum code keep(struct tx *tx, void *arg, struct err *err)
{
	const struct step_kept *k = arg;
	return response_keep(tx, k->r->arena, k->response, k->page, k->r->page.lang, k->values, err);
}

/* Where to, once the page is kept. */
static const char *next_page(const struct answering *x, const json_t *asked, int place, int by)
{
	int to = x->form->survey->one_page && by > 0 ? -1 : survey_next(&x->response, asked, place + by, by);
	if (to < 0) return by > 0 ? "review" : x->form->survey->pages[survey_page_at(x, place)].key;
	return x->form->survey->pages[survey_page_at(x, to)].key;
}

enum code survey_step_post(struct request *r, struct err *err)
{
	struct answering x;
	struct survey_step step;
	struct issues issues;
	const struct survey_quota *quota;
	const char *go = request_form(r, "_go[]");
	bool done, forward = strcmp(go, "back") != 0 && strcmp(go, "pause") != 0;
	TRY(web_limit(r, LIMIT_ANSWER, NULL, err));
	TRY(answering_find(r, &x, &done, err));
	if (done) return OK;
	if (x.kiosk && strcmp(go, "drop") == 0)
		return answering_drop(r, &x, arena_printf(r->arena, "/-/kiosk/%s", x.form->key), err);
	int place = MAX(survey_place(&x.response, request_form(r, "_page")), 0);
	r->page.asked_whole = x.form->survey->one_page;
	survey_step(&r->page, &x.response, x.base, place, NULL, &step);
	request_issues(r, &issues);
	const json_t *typed = answer_read(r, &step, &issues), *kept = answer_sound(r->arena, typed, &issues);
	const json_t *asked = survey_values_asked(r->arena, x.form, kept);
	if (forward) answer_check_step(&step, asked, &issues);
	x.response.values = kept;
	if (forward && issues.count) return show_step(r, &x, place, typed, &issues);
	TRY(response_quota(r->db, x.form, asked, &quota, err));
	if (forward && quota && x.response.channel != CHANNEL_TRIAL)
		return answering_drop(r, &x, answering_thanks(r, &x, "?plein=1"), err);
	int by = strcmp(go, "back") == 0 ? -1 : 1;
	bool pauses = strcmp(go, "pause") == 0;
	struct step_kept k = { .r = r,
		               .response = &x.response,
		               .page = pauses ? step.page : next_page(&x, asked, place, by),
		               .values = kept };
	enum code code = request_write(r, keep, &k, err);
	if (code == E_CONFLICT) return request_redirect(r, answering_thanks(r, &x, ""), NULL);
	TRY(code);
	if (pauses) return request_redirect(r, arena_printf(r->arena, "%s/pause", x.base), NULL);
	if (strcmp(k.page, "review") == 0) return to_review(r, &x);
	return request_redirect(r, survey_step_url(&r->page, &step, arena_printf(r->arena, "?page=%s", k.page)), NULL);
}

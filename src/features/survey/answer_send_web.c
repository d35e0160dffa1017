/* The end: looked over, sent, thanked. */
#include <string.h>

#include "features/survey/answer.h"
#include "features/survey/answer.html.h"
#include "features/survey/survey_web.h"
#include "net/cookie.h"
#include "web/web.h"

enum { RECEIPT = 9 };

static enum code show_review(struct request *r, const struct answering *x, const json_t *asked, struct issues *issues)
{
	struct page *p = &r->page;
	answering_prepare(r, _("Look over your answers"));
	if (issues && issues->count) {
		p->issues = issues;
		r->response->status = 422;
	}
	if (x->kiosk) kiosk_times_out(r, x->form, KIOSK_IDLE);
	const char *consent =
	        x->form->survey->anonymity == ANONYMITY_ANONYMOUS
	                ? _("Once they are sent, nobody can link them to you, correct them or take them back.")
	                : _("You can have them corrected or taken back later.");
	survey_review_page(request_out(r), p, x, asked, consent);
	return OK;
}

enum code survey_review(struct request *r, struct err *err)
{
	struct answering x;
	bool done;
	TRY(answering_find(r, &x, &done, err));
	if (done) return OK;
	return show_review(r, &x, survey_values_asked(r->arena, x.form, x.response.values), NULL);
}

struct sending {
	struct request *r;
	const struct response *response;
	const json_t *values;
	int64_t person;
	bool full;
};

static enum code complete(struct tx *tx, void *arg, struct err *err)
{
	struct sending *k = arg;
	return response_complete(tx, k->r->arena, k->response, k->values, k->person, &k->full, err);
}

enum code survey_send(struct request *r, struct err *err)
{
	struct answering x;
	struct issues issues;
	bool done;
	TRY(answering_find(r, &x, &done, err));
	if (done) return OK;
	const json_t *asked = survey_values_asked(r->arena, x.form, x.response.values);
	request_issues(r, &issues);
	answer_check(x.form, asked, &issues);
	if (issues.count) return show_review(r, &x, asked, &issues);
	if (x.response.channel == CHANNEL_TRIAL) return answering_drop(r, &x, answering_thanks(r, &x, "?essai=1"), err);
	struct sending k = { .r = r,
		             .response = &x.response,
		             .values = asked,
		             .person = x.response.channel == CHANNEL_WEB ? r->actor.person : 0 };
	enum code code = request_write(r, complete, &k, err);
	if (code == E_FORBIDDEN) return answering_gone(r, t(&r->page, &x.form->label), page_error(&r->page, err));
	TRY(code);
	if (k.full) return answering_drop(r, &x, answering_thanks(r, &x, "?plein=1"), err);
	if (x.kiosk) cookie_clear(r->http, r->response, KIOSK_COOKIE);
	bool anonymous = x.form->survey->anonymity == ANONYMITY_ANONYMOUS;
	return request_redirect(
	        r,
	        answering_thanks(r, &x,
	                         anonymous ? ""
	                                   : arena_printf(r->arena, "?recu=%s", survey_receipt(&r->page, &x.response))),
	        NULL);
}

static bool is_receipt(const char *text)
{
	return strlen(text) == RECEIPT && text[strspn(text, "0123456789abcdefghjkmnpqrstvwxyz-")] == '\0';
}

enum code survey_thanks(struct request *r, struct err *err)
{
	const struct form *form;
	struct page *p = &r->page;
	const char *receipt = request_query(r, "recu");
	bool kiosk = answering_kiosk(r);
	TRY(survey_of_route(r, &form, err));
	answering_prepare(r, _("Thank you!"));
	if (kiosk) kiosk_times_out(r, form, KIOSK_THANKS);
	survey_thanks_page(request_out(r), p, form, is_receipt(receipt) ? receipt : NULL, *request_query(r, "essai"),
	                   *request_query(r, "plein"), kiosk);
	return OK;
}

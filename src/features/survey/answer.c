#include "features/survey/answer.h"

#include <string.h>

#include "core/survey_target.h"
#include "features/survey/answer.html.h"
#include "features/survey/survey_web.h"
#include "net/cookie.h"
#include "web/web.h"

/* ---- Which one ---- */

enum code survey_of_route(struct request *r, const struct form **ret, struct err *err)
{
	const struct form *form = model_form(r->page.model, r->params[0]);
	if (form == NULL || form->survey == NULL)
		FAIL(err, E_NOT_FOUND, N_("There is no questionnaire at this address."));
	const struct space *space = survey_space(r->page.model, form);
	TRY(may(&r->actor, ACTION_READ, &(struct thing){ .kind = KIND_SPACE, .space = space }, err));
	if (survey_stands(&r->page, form) == STAND_DRAFT && !survey_manages(&r->page, form))
		FAIL(err, E_NOT_FOUND, N_("There is no questionnaire at this address."));
	r->page.space = space;
	*ret = form;
	return OK;
}

bool answering_kiosk(const struct request *r)
{
	return strncmp(r->route->pattern, "/-/kiosk/", 9) == 0;
}

void answering_prepare(struct request *r, const char *title)
{
	http_set(r->response, "Cache-Control", "no-store");
	r->page.title = title;
	r->page.hidden = true;
}

void kiosk_times_out(struct request *r, const struct form *form, int seconds)
{
	http_set(r->response, "Refresh", arena_printf(r->arena, "%d; url=/-/kiosk/%s", seconds, form->key));
}

enum code answering_gone(struct request *r, const char *title, const char *words)
{
	answering_prepare(r, title);
	survey_gone_page(request_out(r), &r->page, words, answering_kiosk(r));
	return OK;
}

enum code answering_find(struct request *r, struct answering *x, bool *done, struct err *err)
{
	struct page *p = &r->page;
	char code[CODE_TEXT + 1];
	const char *text = NULL;
	*done = false;
	*x = (struct answering){ .kiosk = answering_kiosk(r) };
	if (x->kiosk) TRY(survey_of_route(r, &x->form, err));
	if (x->kiosk) text = cookie_get(r->http, KIOSK_COOKIE);
	else if (code_read(r->params[0], code)) text = code;
	enum code found = E_NOT_FOUND;
	if (text) found = response_find(r->db, r->arena, p->model, text, &x->response, err);
	/* The tablet went from one questionnaire to another: the one begun is not this one's. */
	if (found == OK && x->kiosk && x->response.form != x->form) found = E_NOT_FOUND;
	if (found == E_NOT_FOUND && x->kiosk) {
		*done = true;
		return request_redirect(r, arena_printf(r->arena, "/-/kiosk/%s", r->params[0]), NULL);
	}
	struct survey_target target;
	if (found == E_NOT_FOUND && text &&
	    survey_target_by_code(r->db, r->arena, p->model, text, &target, err) == OK) {
		*done = true;
		return answering_invited(r, &target, arena_strdup(r->arena, text), err);
	}
	if (found == E_GONE || (found == OK && x->response.state == RESPONSE_COMPLETE)) {
		*done = true;
		return answering_gone(r, _("These answers are sent"),
		                      _("These answers have been sent already: they count once. Thank you!"));
	}
	if (text == NULL) FAIL(err, E_NOT_FOUND, N_("There is nothing to go on with under this code."));
	TRY(found);
	x->form = x->response.form;
	x->base = x->kiosk ? arena_printf(r->arena, "/-/kiosk/%s", x->form->key)
	                   : arena_printf(r->arena, "/-/s/%s", x->response.code);
	p->space = survey_space(p->model, x->form);
	const char *refusal = survey_refusal(p, x->form, true);
	if (refusal == NULL || survey_manages(p, x->form)) return OK;
	*done = true;
	return answering_gone(r, t(p, &x->form->label), refusal);
}

int survey_page_at(const struct answering *x, int place)
{
	int order[SURVEY_PAGES_MAX];
	survey_order(x->form, x->response.id, order);
	return order[place];
}

const char *survey_step_url(const struct page *p, const struct survey_step *step, const char *rest)
{
	return arena_printf(p->arena, "%s%s%s", step->base, step->kiosk ? "/page" : "", rest);
}

/* ---- Giving up ---- */

const char *answering_thanks(struct request *r, const struct answering *x, const char *query)
{
	return x->kiosk ? arena_printf(r->arena, "/-/kiosk/%s/thanks%s", x->form->key, query)
	                : survey_url(&r->page, x->form, arena_printf(r->arena, "/thanks%s", query));
}

static enum code drop(struct tx *tx, void *arg, struct err *err)
{
	return response_drop(tx, arg, err);
}

enum code answering_drop(struct request *r, struct answering *x, const char *url, struct err *err)
{
	TRY(request_write(r, drop, &x->response, err));
	if (x->kiosk) cookie_clear(r->http, r->response, KIOSK_COOKIE);
	return request_redirect(r, url, NULL);
}

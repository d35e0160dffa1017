/* Beginning to answer: the first page of a questionnaire, its button, an invitation. */
#include <string.h>

#include "core/survey_target.h"
#include "features/survey/answer.h"
#include "features/survey/answer.html.h"
#include "features/survey/survey_web.h"
#include "net/cookie.h"
#include "web/barrier.h"
#include "web/web.h"

struct beginning {
	struct response_new new;
	struct request *r;
	const json_t *given;    /* what the address says; empty: nothing */
	struct response former; /* of the tablet */
	bool drops;
};

static enum code begin(struct tx *tx, void *arg, struct err *err)
{
	const struct beginning *b = arg;
	struct response begun;
	if (b->drops) TRY(response_drop(tx, &b->former, err));
	TRY(response_begin(tx, &b->new, err));
	if (json_object_size(b->given) == 0 || b->new.code == NULL) return OK;
	struct arena *a = b->r->arena;
	TRY(response_find(tx_db(tx), a, b->r->page.model, b->new.code, &begun, err));
	return response_keep(tx, a, &begun, "", b->new.lang, b->given, err);
}

/* Only what the questionnaire declares as coming with its address (ROLE_GIVEN), as its type takes it; anything else that stands
 * there is not looked at, nor is what is too long. */
static json_t *given_values(struct request *r, const struct form *form,
                            const char *(*said)(const struct request *r, const char *name))
{
	json_t *given = json_keep(r->arena, json_object());
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		const char *text = field->type->role == ROLE_GIVEN ? said(r, field->key) : "";
		struct issues issues;
		issues_init(&issues, r->arena);
		json_t *value = *text && field->type->import ? field->type->import(field, text, &issues) : NULL;
		if (value) field->type->check(field, value, &issues);
		if (value && issues.count == 0) json_object_set(given, field->key, value);
	}
	return given;
}

enum code answering_invited(struct request *r, const struct survey_target *target, const char *code, struct err *err)
{
	struct page *p = &r->page;
	const char *url = arena_printf(r->arena, "/-/s/%s", code), *refusal = survey_refusal(p, target->form, true);
	if (target->state == TARGET_ANSWERED) refusal = _("You have answered this questionnaire. Thank you!");
	p->space = survey_space(p->model, target->form);
	struct beginning b = { .r = r,
		               .given = given_values(r, target->form, request_form),
		               .new = { .form = target->form,
		                        .lang = p->lang,
		                        .channel = CHANNEL_WEB,
		                        .code = code,
		                        .target = target->num } };
	if (r->http->method == HTTP_POST && refusal == NULL) {
		TRY(request_write(r, begin, &b, err));
		return request_redirect(r, url, NULL);
	}
	answering_prepare(r, t(p, &target->form->label));
	survey_welcome_page(request_out(r), p, target->form, url, refusal, barrier_stamp(r), NULL, false,
	                    given_values(r, target->form, request_query));
	return OK;
}

/* The code of an account, the same each time, so that she goes on from any device by signing in. Not of an anonymous
 * questionnaire: there, the code is nowhere. */
static void account_code(struct request *r, const struct form *form, char code[static CODE_TEXT + 1])
{
	struct {
		struct id person;
		int64_t form;
	} whose = { r->actor.id, form->num };
	struct hash hash = hash_blake2b("rper", site_secret(r->site), &whose, sizeof(whose));
	struct id id;
	memcpy(id.b, hash.b, sizeof(id.b));
	code_format(id, code);
}

static bool goes_by_account(const struct request *r, const struct form *form)
{
	return r->actor.person && !answering_kiosk(r) && form->survey->anonymity != ANONYMITY_ANONYMOUS;
}

static enum code show_welcome(struct request *r, const struct form *form, bool kiosk, struct err *err)
{
	struct page *p = &r->page;
	struct response begun;
	const char *resume = NULL, *refusal = survey_refusal(p, form, false);
	bool done = false;
	char code[CODE_TEXT + 1];
	if (goes_by_account(r, form)) {
		account_code(r, form, code);
		enum code found = response_find(r->db, r->arena, p->model, code, &begun, err);
		if (found == OK && begun.state == RESPONSE_STARTED) resume = arena_printf(r->arena, "/-/s/%s", code);
	}
	if (r->actor.person && !kiosk) TRY(response_done(r->db, form, r->actor.person, 0, &done, err));
	if (done) refusal = _("You have answered this questionnaire. Thank you!");
	answering_prepare(r, t(p, &form->label));
	p->section = "/-/surveys";
	survey_welcome_page(request_out(r), p, form,
	                    kiosk ? arena_printf(r->arena, "/-/kiosk/%s", form->key) : survey_url(p, form, ""), refusal,
	                    barrier_stamp(r), resume, kiosk, given_values(r, form, request_query));
	return OK;
}

enum code survey_welcome(struct request *r, struct err *err)
{
	const struct form *form;
	TRY(survey_of_route(r, &form, err));
	return show_welcome(r, form, false, err);
}

enum code survey_kiosk(struct request *r, struct err *err)
{
	const struct form *form;
	TRY(survey_of_route(r, &form, err));
	cookie_clear(r->http, r->response, KIOSK_COOKIE); /* whoever was here before is gone */
	return show_welcome(r, form, true, err);
}

static enum code start(struct request *r, const struct form *form, enum channel channel, struct err *err)
{
	char code[CODE_TEXT + 1];
	bool kiosk = channel == CHANNEL_KIOSK;
	TRY(web_limit(r, LIMIT_ANSWER, NULL, err));
	if (channel == CHANNEL_WEB && goes_by_account(r, form)) account_code(r, form, code);
	else code_format(id_random(), code);
	struct beginning b = { .r = r,
		               .given = given_values(r, form, request_form),
		               .new = { .form = form,
		                        .lang = r->page.lang,
		                        .channel = channel,
		                        .code = code,
		                        .person = channel == CHANNEL_WEB ? r->actor.person : 0 } };
	struct err none;
	const char *former = kiosk ? cookie_get(r->http, KIOSK_COOKIE) : NULL;
	b.drops = former && response_find(r->db, r->arena, r->page.model, former, &b.former, &none) == OK;
	TRY(request_write(r, begin, &b, err));
	if (!kiosk) return request_redirect(r, arena_printf(r->arena, "/-/s/%s", code), NULL);
	cookie_set(r->http, r->response, KIOSK_COOKIE, code, COOKIE_SESSION);
	return request_redirect(r, arena_printf(r->arena, "/-/kiosk/%s/page", form->key), NULL);
}

enum code survey_start(struct request *r, struct err *err)
{
	const struct form *form;
	TRY(survey_of_route(r, &form, err));
	if (survey_refusal(&r->page, form, false)) return show_welcome(r, form, false, err);
	if (barrier_check(r) == BARRIER_TRAPPED)
		return request_redirect(r, survey_url(&r->page, form, "/thanks"), NULL);
	struct response begun;
	char code[CODE_TEXT + 1];
	if (goes_by_account(r, form)) {
		account_code(r, form, code);
		if (response_find(r->db, r->arena, r->page.model, code, &begun, err) == OK)
			return request_redirect(r, arena_printf(r->arena, "/-/s/%s", code), NULL);
	}
	return start(r, form, CHANNEL_WEB, err);
}

enum code survey_kiosk_start(struct request *r, struct err *err)
{
	const struct form *form;
	TRY(survey_of_route(r, &form, err));
	if (survey_refusal(&r->page, form, false)) return show_welcome(r, form, true, err);
	return start(r, form, CHANNEL_KIOSK, err);
}

enum code survey_trial(struct request *r, struct err *err)
{
	const struct form *form;
	TRY(survey_managed(r, ACTION_MANAGE, &form, err));
	return start(r, form, CHANNEL_TRIAL, err);
}

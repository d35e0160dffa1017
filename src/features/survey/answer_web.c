/* Answering a questionnaire, page by page, with nothing but forms. */
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "core/form_answers.h"
#include "core/index_key.h"
#include "core/letter.h"
#include "core/person.h"
#include "core/survey_target.h"
#include "features/joining/joining_web.h"
#include "features/people/people_web.h"
#include "features/survey/answer.h"
#include "features/survey/answer.html.h"
#include "features/survey/survey_web.h"
#include "net/cookie.h"
#include "page/qr.h"
#include "web/barrier.h"
#include "web/web.h"

enum { RECEIPT = 9 };

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

static bool is_kiosk(const struct request *r)
{
	return strncmp(r->route->pattern, "/-/kiosk/", 9) == 0;
}

/* What is answered is shown again from the site, never from what a browser kept. */
static void prepare(struct request *r, const char *title)
{
	http_set(r->response, "Cache-Control", "no-store");
	r->page.title = title;
	r->page.hidden = true;
}

void kiosk_times_out(struct request *r, const struct form *form, int seconds)
{
	http_set(r->response, "Refresh", arena_printf(r->arena, "%d; url=/-/kiosk/%s", seconds, form->key));
}

static enum code gone(struct request *r, const char *title, const char *words)
{
	prepare(r, title);
	survey_gone_page(request_out(r), &r->page, words, is_kiosk(r));
	return OK;
}

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

/* Somebody with the code of an invitation, who has not begun. */
static enum code welcome_invited(struct request *r, const struct survey_target *target, const char *code,
                                 struct err *err)
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
	prepare(r, t(p, &target->form->label));
	survey_welcome_page(request_out(r), p, target->form, url, refusal, barrier_stamp(r), NULL, false,
	                    given_values(r, target->form, request_query));
	return OK;
}

/* *done: an answer has been written, there is nothing to go on with. */
static enum code find(struct request *r, struct answering *x, bool *done, struct err *err)
{
	struct page *p = &r->page;
	char code[CODE_TEXT + 1];
	const char *text = NULL;
	*done = false;
	*x = (struct answering){ .kiosk = is_kiosk(r) };
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
		return welcome_invited(r, &target, arena_strdup(r->arena, text), err);
	}
	if (found == E_GONE || (found == OK && x->response.state == RESPONSE_COMPLETE)) {
		*done = true;
		return gone(r, _("These answers are sent"),
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
	return gone(r, t(p, &x->form->label), refusal);
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

/* ---- Beginning ---- */

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
	return r->actor.person && !is_kiosk(r) && form->survey->anonymity != ANONYMITY_ANONYMOUS;
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
	prepare(r, t(p, &form->label));
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

/* ---- A page ---- */

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
	survey_step(p, &x->response, x->base, place, typed, &step);
	const char *title = step.nblocks && *step.blocks[0].title && !x->form->survey->one_page ? step.blocks[0].title
	                                                                                        : t(p, &x->form->label);
	prepare(r, title);
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
	TRY(find(r, &x, &done, err));
	if (done) return OK;
	const json_t *asked = survey_values_asked(r->arena, x.form, x.response.values);
	const char *named = request_query(r, "page");
	int place = survey_place(&x.response, *named ? named : x.response.page);
	if (*named == '\0' && strcmp(x.response.page, "review") == 0) return to_review(r, &x);
	place = survey_next(&x.response, asked, MAX(place, 0), 1);
	if (place < 0) return to_review(r, &x);
	return show_step(r, &x, place, NULL, NULL);
}

json_t *answer_read(struct request *r, const struct survey_step *step, struct issues *issues)
{
	struct field_post post = request_post(r);
	json_t *typed = json_keep(r->arena, json_copy((json_t *)step->response->values));
	post.db = r->db;
	post.model = r->page.model;
	post.actor = &r->actor;
	for (int b = 0; b < step->nblocks; b++)
		for (int i = 0; i < step->blocks[b].n; i++) {
			const struct field *field = form_field(step->form, step->blocks[b].questions[i].field->key);
			json_t *value = field->type->read(field, &post, issues);
			if (value && issues_of(issues, field->key) == NULL) field->type->check(field, value, issues);
			if (value) json_object_set(typed, field->key, value);
			else json_object_del(typed, field->key);
		}
	return typed;
}

/* Conditions only look at values that are sound. */
static json_t *sound(struct arena *a, const json_t *typed, const struct issues *issues)
{
	json_t *ret = json_keep(a, json_copy((json_t *)typed));
	for (const struct issue *i = issues->first; i; i = i->next) json_object_del(ret, i->field);
	return ret;
}

static void check_one(struct form_answers *answers, const struct field *field, struct issues *issues)
{
	const json_t *value = json_object_get(answers->values, field->key);
	if (issues_of(issues, field->key) || field->type->computes) return;
	if (!index_value_is_blank(value)) field->type->check(field, value, issues);
	if (issues_of(issues, field->key) == NULL) form_check_answer(answers, field, issues);
}

static struct form_answers *answers_of(const struct form *form, const json_t *asked, struct issues *issues)
{
	struct form_answers *answers = arena_new(issues->arena, struct form_answers);
	form_answers_init(answers, issues->arena, form, asked, date_from_days(clock_now() / 86400000));
	return answers;
}

void answer_check(const struct form *form, const json_t *asked, struct issues *issues)
{
	struct form_answers *answers = answers_of(form, asked, issues);
	for (int i = 0; i < form->nfields; i++)
		if (survey_asks(form, &form->fields[i], asked)) check_one(answers, &form->fields[i], issues);
}

static void check_step(const struct survey_step *step, const json_t *asked, struct issues *issues)
{
	struct form_answers *answers = answers_of(step->form, asked, issues);
	for (int b = 0; b < step->nblocks; b++)
		for (int i = 0; i < step->blocks[b].n; i++) {
			const struct field *field = form_field(step->form, step->blocks[b].questions[i].field->key);
			if (survey_asks(step->form, field, asked)) check_one(answers, field, issues);
		}
}

struct sending {
	struct request *r;
	const struct response *response;
	const char *page;
	const json_t *values;
	int64_t person;
	bool full, drops;
};

static enum code keep(struct tx *tx, void *arg, struct err *err)
{
	const struct sending *k = arg;
	if (k->drops) return response_drop(tx, k->response, err);
	return response_keep(tx, k->r->arena, k->response, k->page, k->r->page.lang, k->values, err);
}

static const char *thanks_url(struct request *r, const struct answering *x, const char *query)
{
	return x->kiosk ? arena_printf(r->arena, "/-/kiosk/%s/thanks%s", x->form->key, query)
	                : survey_url(&r->page, x->form, arena_printf(r->arena, "/thanks%s", query));
}

/* Gives up: a tablet that starts over, or somebody who is one too many. */
static enum code drop(struct request *r, const struct answering *x, const char *url, struct err *err)
{
	struct sending k = { .r = r, .response = &x->response, .drops = true };
	TRY(request_write(r, keep, &k, err));
	if (x->kiosk) cookie_clear(r->http, r->response, KIOSK_COOKIE);
	return request_redirect(r, url, NULL);
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
	TRY(find(r, &x, &done, err));
	if (done) return OK;
	if (x.kiosk && strcmp(go, "drop") == 0)
		return drop(r, &x, arena_printf(r->arena, "/-/kiosk/%s", x.form->key), err);
	int place = MAX(survey_place(&x.response, request_form(r, "_page")), 0);
	survey_step(&r->page, &x.response, x.base, place, NULL, &step);
	issues_init(&issues, r->arena);
	const json_t *typed = answer_read(r, &step, &issues), *kept = sound(r->arena, typed, &issues);
	const json_t *asked = survey_values_asked(r->arena, x.form, kept);
	if (forward) check_step(&step, asked, &issues);
	x.response.values = kept;
	if (forward && issues.count) return show_step(r, &x, place, typed, &issues);
	TRY(response_quota(r->db, x.form, asked, &quota, err));
	if (forward && quota && x.response.channel != CHANNEL_TRIAL)
		return drop(r, &x, thanks_url(r, &x, "?plein=1"), err);
	int by = strcmp(go, "back") == 0 ? -1 : 1;
	bool pauses = strcmp(go, "pause") == 0;
	struct sending k = { .r = r,
		             .response = &x.response,
		             .page = pauses ? step.page : next_page(&x, asked, place, by),
		             .values = kept };
	enum code code = request_write(r, keep, &k, err);
	if (code == E_CONFLICT) return request_redirect(r, thanks_url(r, &x, ""), NULL);
	TRY(code);
	if (pauses) return request_redirect(r, arena_printf(r->arena, "%s/pause", x.base), NULL);
	if (strcmp(k.page, "review") == 0) return to_review(r, &x);
	return request_redirect(r, survey_step_url(&r->page, &step, arena_printf(r->arena, "?page=%s", k.page)), NULL);
}

/* ---- The end ---- */

static enum code show_review(struct request *r, const struct answering *x, const json_t *asked, struct issues *issues)
{
	struct page *p = &r->page;
	prepare(r, _("Look over your answers"));
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
	TRY(find(r, &x, &done, err));
	if (done) return OK;
	return show_review(r, &x, survey_values_asked(r->arena, x.form, x.response.values), NULL);
}

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
	TRY(find(r, &x, &done, err));
	if (done) return OK;
	const json_t *asked = survey_values_asked(r->arena, x.form, x.response.values);
	issues_init(&issues, r->arena);
	answer_check(x.form, asked, &issues);
	if (issues.count) return show_review(r, &x, asked, &issues);
	if (x.response.channel == CHANNEL_TRIAL) return drop(r, &x, thanks_url(r, &x, "?essai=1"), err);
	struct sending k = { .r = r,
		             .response = &x.response,
		             .values = asked,
		             .person = x.response.channel == CHANNEL_WEB ? r->actor.person : 0 };
	enum code code = request_write(r, complete, &k, err);
	if (code == E_FORBIDDEN) return gone(r, t(&r->page, &x.form->label), page_error(&r->page, err));
	TRY(code);
	if (k.full) return drop(r, &x, thanks_url(r, &x, "?plein=1"), err);
	if (x.kiosk) cookie_clear(r->http, r->response, KIOSK_COOKIE);
	bool anonymous = x.form->survey->anonymity == ANONYMITY_ANONYMOUS;
	return request_redirect(
	        r,
	        thanks_url(r, &x,
	                   anonymous ? "" : arena_printf(r->arena, "?recu=%s", survey_receipt(&r->page, &x.response))),
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
	bool kiosk = is_kiosk(r);
	TRY(survey_of_route(r, &form, err));
	prepare(r, _("Thank you!"));
	if (kiosk) kiosk_times_out(r, form, KIOSK_THANKS);
	survey_thanks_page(request_out(r), p, form, is_receipt(receipt) ? receipt : NULL, *request_query(r, "essai"),
	                   *request_query(r, "plein"), kiosk);
	return OK;
}

/* ---- Stopping and going on ---- */

static enum code show_pause(struct request *r, const struct answering *x, const char *email, struct issues *issues,
                            struct err *err)
{
	struct page *p = &r->page;
	struct html_safe qr;
	const char *url = arena_printf(r->arena, "%s%s", p->base_url, x->base);
	TRY(qr_svg(r->arena, url, _("QR code of your code"), &qr, err));
	prepare(r, _("To go on later"));
	if (issues && issues->count) {
		p->issues = issues;
		r->response->status = 422;
	}
	survey_pause_page(request_out(r), p, x, url, qr, email);
	return OK;
}

enum code survey_pause(struct request *r, struct err *err)
{
	struct answering x;
	bool done;
	TRY(find(r, &x, &done, err));
	return done ? OK : show_pause(r, &x, "", NULL, err);
}

struct writing_home {
	const char *to, *subject, *body;
};

static enum code write_home(struct tx *tx, void *arg, struct err *err)
{
	const struct writing_home *w = arg;
	return letter_send(tx, w->to, w->subject, w->body, err);
}

enum code survey_pause_post(struct request *r, struct err *err)
{
	struct answering x;
	struct page *p = &r->page;
	struct issues issues;
	const char *email;
	bool done;
	TRY(find(r, &x, &done, err));
	if (done) return OK;
	if (x.form->survey->anonymity == ANONYMITY_ANONYMOUS) return show_pause(r, &x, "", NULL, err);
	TRY(people_typed(r, "email", &email, err));
	issues_init(&issues, r->arena);
	person_check("-", email, NULL, &issues);
	if (*email == '\0') issues_add(&issues, "email", N_("Write the address that the link goes to."));
	if (issues.count) return show_pause(r, &x, email, &issues, err);
	TRY(web_limit(r, LIMIT_LETTER, NULL, err));
	struct writing_home w = {
		.to = email,
		.subject = page_printf(p, _("To go on with “%s”"), t(p, &x.form->label)),
		.body = arena_printf(r->arena, "%s\n\n%s%s\n\n%s\n%s\n",
		                     _("This link brings you back to where you stopped, on any device:"), p->base_url,
		                     x.base, _("Or with this code:"), x.response.code),
	};
	TRY(request_write(r, write_home, &w, err));
	return request_redirect(r, arena_printf(r->arena, "%s/pause", x.base), "lien-parti");
}

static enum code show_resume(struct request *r, const char *typed, struct issues *issues)
{
	prepare(r, tr(r->page.lang, N_("Go on where I stopped")));
	if (issues && issues->count) {
		r->page.issues = issues;
		r->response->status = 422;
	}
	survey_resume_page(request_out(r), &r->page, typed);
	return OK;
}

enum code survey_resume(struct request *r, struct err *err)
{
	(void)err;
	return show_resume(r, "", NULL);
}

enum code survey_resume_post(struct request *r, struct err *err)
{
	char code[CODE_TEXT + 1];
	const char *typed;
	struct response response;
	struct issues issues;
	TRY(web_limit(r, LIMIT_SIGN_IN_ADDRESS, NULL, err)); /* guessed as seldom as a password */
	TRY(people_typed(r, "code", &typed, err));
	issues_init(&issues, r->arena);
	if (!code_read(typed, code)) {
		issues_add(&issues, "code", N_("This is no code: it has sixteen letters and digits, in four groups."));
		return show_resume(r, typed, &issues);
	}
	enum code found = response_find(r->db, r->arena, r->page.model, code, &response, err);
	struct survey_target target;
	if (found == E_NOT_FOUND) issues_add_err(&issues, "code", err);
	if (found == E_NOT_FOUND && survey_target_by_code(r->db, r->arena, r->page.model, code, &target, err) != OK) {
		return show_resume(r, typed, &issues);
	}
	if (found != OK && found != E_GONE && found != E_NOT_FOUND) return found;
	return request_redirect(r, arena_printf(r->arena, "/-/s/%s", code), NULL);
}

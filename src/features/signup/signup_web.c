#include "features/signup/signup_web.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "core/moment.h"
#include "core/person.h"
#include "core/token.h"
#include "features/call/call_web.h"
#include "features/guest/guest.h"
#include "features/guest/guest_web.h"
#include "features/people/people_web.h"
#include "features/record/life_web.h"
#include "features/record/record_page.h"
#include "features/signup/signup.html.h"
#include "features/signup/signup_tell.h"
#include "net/rate.h"
#include "web/barrier.h"
#include "web/web.h"

enum code signup_of_route(struct request *r, enum action action, const struct signup_shown **ret, struct err *err)
{
	struct record *about;
	TRY(record_of_route(r, action, &about, err));
	*ret = signup_shown_of(&r->page, about);
	if (*ret == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	return OK;
}

/* The day that is asked for, else the next one. */
static enum code find(struct request *r, const char *day, const struct signup_shown **ret,
                      const struct signup_slot **slot, struct err *err)
{
	TRY(signup_of_route(r, ACTION_READ, ret, err));
	const struct signup_shown *d = *ret;
	*slot = *day || d->n == 0 ? signup_slot_of(&r->page, d, day) : &d->slots[0];
	if (*slot == NULL) FAIL(err, E_NOT_FOUND, N_("It does not take place on that day."));
	return OK;
}

/* ---- The form ---- */

static enum code show(struct request *r, const struct signup_shown *d, const struct signup_slot *slot,
                      const struct signup_typed *typed, struct issues *issues)
{
	const struct guest_typed guest = { .visitor = r->actor.person == 0,
		                           .name = request_form(r, "guest-name"),
		                           .for_name = "",
		                           .stamp = barrier_stamp(r) };
	if (issues && issues->count) {
		r->response->status = 422;
		r->page.issues = issues;
	}
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("Sign up: %s")), d->about->title);
	r->page.hidden = true;
	signup_page(request_out(r), &r->page, d, slot, typed, &guest);
	return OK;
}

static const char *number_typed(const struct request *r, int n)
{
	return arena_printf(r->arena, "%d", n);
}

/* What she said before. */
static void fill(const struct request *r, const struct signup_shown *d, const struct signup *mine,
                 struct signup_typed *typed)
{
	*typed = (struct signup_typed){ .day = "", .adults = "1", .children = "0", .email = "" };
	for (int i = 0; i < SIGNUP_QUESTIONS; i++) typed->answers[i] = "";
	if (mine->num == 0) return;
	typed->adults = number_typed(r, mine->adults);
	typed->children = number_typed(r, mine->children);
	typed->email = mine->guest ? mine->email : "";
	typed->named = mine->named;
	for (int i = 0; i < d->offer.nquestions; i++)
		for (size_t k = 0; k < json_array_size(mine->answers); k++) {
			const json_t *pair = json_array_get(mine->answers, k);
			const char *question = json_string_value(json_array_get(pair, 0)),
			           *answer = json_string_value(json_array_get(pair, 1));
			if (question && answer && strcmp(question, d->offer.questions[i].text) == 0)
				typed->answers[i] = answer;
		}
}

static enum code attend_show(struct request *r, struct err *err)
{
	const struct signup_shown *d;
	const struct signup_slot *slot;
	struct signup_typed typed;
	TRY(find(r, request_query(r, "jour"), &d, &slot, err));
	fill(r, d, &slot->mine, &typed);
	typed.day = slot->date.day;
	return show(r, d, slot, &typed, NULL);
}

/* ---- Signing up ---- */

bool signup_read_count(const char *typed, int *ret)
{
	char *end;
	long n = strtol(typed, &end, 10);
	*ret = (int)n;
	return *end == '\0' && n >= 0 && n <= SIGNUP_COMPANIONS_MAX + 1;
}

void signup_check_party(const struct signup_offer *offer, const char *adults, const char *children, int *na, int *nc,
                        struct issues *issues)
{
	int most = offer->companions + 1;
	const char *first = offer->companions ? "adults" : "";
	*na = 1;
	*nc = 0;
	if (offer->companions && *adults && !signup_read_count(adults, na))
		issues_add(issues, "adults", N_("“%s” is not a number of people. Example: 2"), adults);
	if (offer->children && *children && !signup_read_count(children, nc))
		issues_add(issues, "children", N_("“%s” is not a number of children. Example: 1"), children);
	if (offer->children && !offer->companions && *nc > 0) *na = 0; /* alone: an adult, or a child */
	if (issues->count) return;
	if (*na + *nc < 1) issues_add(issues, first, N_("Say how many people come: one at least."));
	if (*na + *nc > most)
		issues_add(issues, first, N_("One may sign up for %d people at most here, oneself among them."), most);
}

/* Guests may leave an address; whoever has an account has hers there. */
static enum code read_email(struct request *r, struct signup_typed *typed, struct issues *issues, struct err *err)
{
	struct issues found;
	typed->email = "";
	if (r->actor.person && !guest_is(&r->actor)) return OK;
	TRY(people_typed(r, "email", &typed->email, err));
	if (*typed->email == '\0') return OK;
	issues_init(&found, r->arena);
	person_check(NULL, typed->email, NULL, &found);
	if (found.count) issues_add_err(issues, "email", &found.first->err);
	return OK;
}

static enum code read_answers(struct request *r, const struct signup_offer *offer, struct signup_typed *typed,
                              json_t **ret, struct issues *issues, struct err *err)
{
	json_t *answers = json_keep(r->arena, json_array());
	for (int i = 0; i < SIGNUP_QUESTIONS; i++) typed->answers[i] = "";
	for (int i = 0; i < offer->nquestions; i++) {
		const struct signup_question *question = &offer->questions[i];
		const char *name = signup_answer_name(&r->page, i);
		TRY(people_typed(r, name, &typed->answers[i], err));
		if (*typed->answers[i] == '\0' && question->required)
			issues_add(issues, name, N_("Answer this question: “%s”"), question->text);
		if (text_length(typed->answers[i]) > SIGNUP_ANSWER_CHARS)
			issues_add(issues, name, N_("This answer is too long: %d letters at most."),
			           SIGNUP_ANSWER_CHARS);
		if (*typed->answers[i])
			json_array_append_new(answers, json_pack("[s,s]", question->text, typed->answers[i]));
	}
	*ret = answers;
	return OK;
}

struct signing {
	struct request *r;
	const struct signup_shown *d;
	const struct signup_slot *slot;
	struct signup_new new;
};

static enum code sign(struct tx *tx, void *arg, struct err *err)
{
	struct signing *x = arg;
	struct signup_moves moves;
	const struct page *p = &x->r->page;
	TRY(signup_add(tx, x->r->arena, &x->d->offer, &x->new, &moves, err));
	TRY(signup_tell(tx, p, x->d->about, x->new.num, &x->slot->date,
	                x->new.state == SIGNUP_IN ? TOLD_IN : TOLD_WAITING, err));
	return signup_tell_moves(tx, p, x->d->about, &x->slot->date, &moves, err);
}

static enum code limit(struct request *r, const struct signup_typed *typed, struct err *err)
{
	if (*typed->email) TRY(call_limit_address(r, typed->email, err));
	return web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err);
}

static enum code attend_post(struct request *r, struct err *err)
{
	const struct signup_shown *d;
	const struct signup_slot *slot;
	struct signup_typed typed = { .adults = request_form(r, "adults"), .children = request_form(r, "children") };
	struct issues issues;
	json_t *answers;
	bool trapped = false;
	int adults, children;
	TRY(find(r, request_form(r, "jour"), &d, &slot, err));
	typed.day = slot->date.day;
	typed.named = strcmp(request_form(r, "named"), "1") == 0;
	const char *url = signup_url(&r->page, d->about, "attend", slot->date.day);
	issues_init(&issues, r->arena);
	if (d->barred) FAIL(err, E_SIGN_IN, N_("Sign in to sign up: the people who organise it ask for an account."));
	signup_check_party(&d->offer, typed.adults, typed.children, &adults, &children, &issues);
	TRY(read_email(r, &typed, &issues, err));
	TRY(read_answers(r, &d->offer, &typed, &answers, &issues, err));
	const char *closed = slot->mine.num && slot->time == SIGNUP_OPEN ? NULL : signup_closed(&r->page, d, slot);
	if (closed) issues_add(&issues, "", N_("It is full, or one can no longer sign up on that day."));
	if (r->actor.person == 0) TRY(guest_let_in(r, &issues, &trapped, err));
	if (trapped) return request_redirect(r, url, "inscrit");
	if (issues.count) return show(r, d, slot, &typed, &issues);
	TRY(limit(r, &typed, err));
	struct signing x = { .r = r,
		             .d = d,
		             .slot = slot,
		             .new = { .record = d->about->num,
		                      .person = r->actor.person,
		                      .day = slot->date.day,
		                      .name = "",
		                      .email = typed.email,
		                      .adults = adults,
		                      .children = children,
		                      .answers = answers,
		                      .named = typed.named && !r->actor.minor,
		                      .begins = slot->date.begins } };
	enum code code = request_write(r, sign, &x, err);
	if (code == E_LIMIT) {
		issues_add_err(&issues, d->offer.companions ? "adults" : "", err);
		return show(r, d, slot, &typed, &issues);
	}
	TRY(code);
	return request_redirect(r, url, x.new.state == SIGNUP_IN ? "inscrit" : "inscrit-attend");
}

/* ---- Giving one's places back ---- */

struct leaving {
	struct request *r;
	const struct record *about;
	struct signup_offer offer;
	struct signup_date date;
	struct signup signup;
};

static enum code leave(struct tx *tx, void *arg, struct err *err)
{
	struct leaving *x = arg;
	struct signup_moves moves;
	TRY(signup_cancel(tx, x->r->arena, &x->offer, &x->signup, &moves, err));
	return signup_tell_moves(tx, &x->r->page, x->about, &x->date, &moves, err);
}

static enum code attend_cancel(struct request *r, struct err *err)
{
	const struct signup_shown *d;
	const struct signup_slot *slot;
	TRY(find(r, request_form(r, "jour"), &d, &slot, err));
	if (slot->mine.num == 0) FAIL(err, E_NOT_FOUND, N_("This sign-up is not here any more."));
	if (slot->time == SIGNUP_LATE && slot->date.dated && slot->date.begins <= clock_now())
		FAIL(err, E_INPUT, N_("It has begun: ask the people who organise it."));
	struct leaving x = { r, d->about, d->offer, slot->date, slot->mine };
	TRY(request_write(r, leave, &x, err));
	return request_redirect(r, signup_url(&r->page, d->about, "attend", slot->date.day), "desinscrit");
}

/* By the link of a letter, without a session: the token alone is the right. *found false: it is gone, or over. */
static enum code find_leaving(struct request *r, struct leaving *ret, bool *found, struct err *err)
{
	struct token token;
	struct record *about;
	const struct field *field;
	*found = false;
	*ret = (struct leaving){ .r = r };
	TRY(token_find(r->db, r->arena, TOKEN_SIGNUP, request_query(r, "c"), &token, err));
	enum code code = signup_load(r->db, r->arena, json_int(token.body, "signup", 0), &ret->signup, err);
	if (code == OK)
		code = record_load_num(r->db, r->arena, r->page.model, &actor_program, ret->signup.record, &about, err);
	if (code == E_NOT_FOUND) return OK;
	TRY(code);
	if (about->state == STATE_TRASH || !signup_find(about, &ret->offer, &field) ||
	    !signup_date(r->arena, about, model_zone(r->page.model), ret->signup.day, &ret->date))
		return OK;
	ret->about = about;
	*found = ret->signup.state <= SIGNUP_WAITING && (!ret->date.dated || ret->date.begins > clock_now());
	return OK;
}

static enum code show_leaving(struct request *r, const struct leaving *x, bool found, bool done)
{
	struct page *p = &r->page;
	http_set(r->response, "Cache-Control", "no-store");
	http_set(r->response, "Referrer-Policy", "no-referrer");
	p->title = done ? tr(p->lang, N_("Your places are given back")) : tr(p->lang, N_("Give your places back?"));
	p->hidden = true;
	attend_leave_page(request_out(r), p, x->about, &x->date, &x->signup, request_query(r, "c"), found, done);
	return OK;
}

static enum code leave_show(struct request *r, struct err *err)
{
	struct leaving x;
	bool found;
	TRY(find_leaving(r, &x, &found, err));
	return show_leaving(r, &x, found, false);
}

static enum code leave_post(struct request *r, struct err *err)
{
	struct leaving x;
	bool found;
	TRY(find_leaving(r, &x, &found, err));
	if (!found) return show_leaving(r, &x, false, false);
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "signup %lld", (long long)x.signup.num), err));
	TRY(request_write(r, leave, &x, err));
	return show_leaving(r, &x, true, true);
}

const struct feature signup_feature = {
	.name = "signup",
	.routes = ROUTES({ HTTP_GET, "/-/attend/:id", attend_show, ACTION_READ, KIND_RECORD,
	                   N_("Form to sign up to an event"), 0, false },
	                 { HTTP_POST, "/-/attend/:id", attend_post, ACTION_READ, KIND_RECORD, N_("Sign up to an event"),
	                   0, true },
	                 { HTTP_POST, "/-/attend-cancel/:id", attend_cancel, ACTION_READ, KIND_RECORD,
	                   N_("Give one’s places at an event back"), 0, false },
	                 { HTTP_GET, "/-/attend-leave", leave_show, ACTION_READ, KIND_SITE,
	                   N_("From a letter: give one’s places at an event back?"), 0, false },
	                 { HTTP_POST, "/-/attend-leave", leave_post, ACTION_READ, KIND_SITE,
	                   N_("From a letter: give one’s places at an event back"), 0, true },
	                 { HTTP_GET, "/-/attendance/:id", signups_show, ACTION_EDIT, KIND_RECORD,
	                   N_("Who signed up to an event, and who came"), 0, false },
	                 { HTTP_POST, "/-/attendance/:id", signups_post, ACTION_EDIT, KIND_RECORD,
	                   N_("Sign somebody up to an event, by hand"), 0, false },
	                 { HTTP_POST, "/-/attendance-came/:id", signup_came_post, ACTION_EDIT, KIND_RECORD,
	                   N_("Note who came to an event"), 0, false },
	                 { HTTP_POST, "/-/attendance-admit/:id", signup_admit_post, ACTION_EDIT, KIND_RECORD,
	                   N_("Give a place to somebody who waits"), 0, false },
	                 { HTTP_POST, "/-/attendance-remove/:id", signup_remove_post, ACTION_EDIT, KIND_RECORD,
	                   N_("Cancel somebody’s sign-up"), 0, false },
	                 { HTTP_GET, "/-/attendance-file/:id", signups_file, ACTION_EDIT, KIND_RECORD,
	                   N_("Who signed up to an event, as a spreadsheet or a sheet to sign (PDF)"), 0, false }),
};

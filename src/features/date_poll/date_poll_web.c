#include "features/date_poll/date_poll_web.h"

#include <string.h>

#include "base/clock.h"
#include "base/hash.h"
#include "core/follow.h"
#include "core/news.h"
#include "core/person.h"
#include "features/date_poll/date_poll.h"
#include "features/date_poll/date_poll.html.h"
#include "features/guest/guest.h"
#include "features/guest/guest_web.h"
#include "features/people/people_web.h"
#include "formats/csv.h"
#include "page/when.h"
#include "web/web.h"

/* Whoever may talk about a record may answer it. */
static enum code may_answer(struct request *r, const struct record *about, struct err *err)
{
	return may(&r->actor, ACTION_CREATE,
	           &(struct thing){ .kind = KIND_COMMENT, .space = about->space, .state = STATE_PUBLISHED }, err);
}

enum code dates_of_route(struct request *r, enum action action, const struct dates_shown **ret, struct err *err)
{
	struct record *about;
	TRY(record_of_route(r, action, &about, err));
	*ret = dates_shown_of(&r->page, about);
	if (*ret == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	return OK;
}

static void read_zone(struct dates_typed *typed, const char *name)
{
	struct err err;
	typed->zone_name = name;
	if (*name == '\0' || zone_find(name, &typed->zone, &err) != OK) typed->zone = NULL;
}

static enum code show(struct request *r, const struct dates_shown *d, const struct dates_typed *typed,
                      struct issues *issues)
{
	const struct guest_typed guest = guest_typed_of(r);
	if (issues && issues->count) {
		r->response->status = 422;
		r->page.issues = issues;
	}
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("Dates – %s")), d->about->title);
	r->page.hidden = true;
	dates_page(request_out(r), &r->page, d, typed, &guest, guest_is(&r->actor) && d->mine >= 0);
	return OK;
}

static enum code dates_show(struct request *r, struct err *err)
{
	const struct dates_shown *d;
	struct dates_typed typed = { .for_name = "" };
	TRY(dates_of_route(r, ACTION_READ, &d, err));
	TRY(may_answer(r, d->about, err));
	memset(typed.answers, ANSWER_NONE, sizeof(typed.answers));
	if (d->mine >= 0) memcpy(typed.answers, d->result.people[d->mine].answers, sizeof(typed.answers));
	read_zone(&typed, request_query(r, "fuseau"));
	return show(r, d, &typed, NULL);
}

/* ---- Answering ---- */

static void read_answers(struct request *r, const struct dates_shown *d, struct dates_typed *typed)
{
	memset(typed->answers, ANSWER_NONE, sizeof(typed->answers));
	for (int s = 0; s < d->poll.n; s++) {
		const char *said = request_form(r, slot_name(&r->page, &d->poll.slots[s]));
		if (said[0] >= '0' && said[0] < '0' + ANSWERS && said[1] == '\0')
			typed->answers[s] = (signed char)(said[0] - '0');
	}
}

static bool says_something(const struct dates_shown *d, const struct dates_typed *typed)
{
	for (int s = 0; s < d->poll.n; s++)
		if (typed->answers[s] != ANSWER_NONE) return true;
	return false;
}

struct answering {
	struct request *r;
	const struct dates_shown *d;
	const struct dates_typed *typed;
	int full;
};

static enum code answer(struct tx *tx, void *arg, struct err *err)
{
	struct answering *x = arg;
	int64_t person = x->r->actor.person;
	bool other = *x->typed->for_name != '\0';
	if (other) TRY(guest_make(tx, x->r, x->typed->for_name, &person, err));
	TRY(date_poll_answer(tx, x->d->about, &x->d->poll, person, x->typed->answers, &x->full, err));
	return other ? OK : follow_begin(tx, person, x->d->about->num, err);
}

static enum code read_other(struct request *r, const struct dates_shown *d, struct dates_typed *typed,
                            struct issues *issues, struct err *err)
{
	struct issues found;
	typed->for_name = "";
	if (!d->managed) return OK;
	TRY(people_typed(r, "for-name", &typed->for_name, err));
	if (*typed->for_name == '\0') return OK;
	issues_init(&found, r->arena);
	person_check(typed->for_name, NULL, NULL, &found);
	if (found.count) issues_add_err(issues, "for-name", &found.first->err);
	return OK;
}

static enum code dates_post(struct request *r, struct err *err)
{
	const struct dates_shown *d;
	struct dates_typed typed = { .for_name = "" };
	struct issues issues;
	bool trapped = false;
	TRY(dates_of_route(r, ACTION_READ, &d, err));
	TRY(may_answer(r, d->about, err));
	issues_init(&issues, r->arena);
	read_answers(r, d, &typed);
	read_zone(&typed, request_form(r, "fuseau"));
	TRY(read_other(r, d, &typed, &issues, err));
	if (!d->open) issues_add(&issues, "", N_("One can no longer answer here."));
	else if (!says_something(d, &typed))
		issues_add(&issues, slot_name(&r->page, &d->poll.slots[0]),
		           N_("Say of one date at least whether it suits you."));
	if (r->actor.person == 0) TRY(guest_let_in(r, &issues, &trapped, err));
	if (trapped) return request_redirect(r, record_url(&r->page, d->about), "dates-notees");
	if (issues.count) return show(r, d, &typed, &issues);
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	struct answering x = { .r = r, .d = d, .typed = &typed, .full = -1 };
	enum code code = request_write(r, answer, &x, err);
	if (code == E_LIMIT && x.full >= 0) {
		issues_add_err(&issues, slot_name(&r->page, &d->poll.slots[x.full]), err);
		return show(r, d, &typed, &issues);
	}
	TRY(code);
	const char *url = guest_is(&r->actor) ? record_action_url(&r->page, d->about, "dates")
	                                      : arena_printf(r->arena, "%s#dates", record_url(&r->page, d->about));
	return request_redirect(r, url, "dates-notees");
}

/* ---- Taking an answer back: one's own; who chooses the date, anybody's ---- */

struct withdrawing {
	int64_t record, person;
};

static enum code withdraw(struct tx *tx, void *arg, struct err *err)
{
	const struct withdrawing *w = arg;
	return date_poll_withdraw(tx, w->record, w->person, err);
}

static enum code withdraw_post(struct request *r, struct err *err)
{
	const struct dates_shown *d;
	struct id id;
	TRY(dates_of_route(r, ACTION_READ, &d, err));
	struct withdrawing w = { d->about->num, r->actor.person };
	if (*request_form(r, "person")) {
		struct thing thing = record_thing(d->about);
		TRY(may(&r->actor, ACTION_EDIT, &thing, err));
		w.person = 0;
		for (int i = 0; i < d->result.n && id_parse(request_form(r, "person"), &id); i++)
			if (id_equal(d->result.people[i].id, id)) w.person = d->result.people[i].person;
	}
	if (w.person == 0) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(request_write(r, withdraw, &w, err));
	return request_redirect(r, record_action_url(&r->page, d->about, "dates"), "dates-retirees");
}

/* ---- As a table, for whoever sees names ---- */

static enum code table_show(struct request *r, struct err *err)
{
	const struct dates_shown *d;
	struct buf *out = request_out(r);
	TRY(dates_of_route(r, ACTION_READ, &d, err));
	if (!d->named) FAIL(err, E_SIGN_IN, N_("Sign in to see who answered."));
	http_set(r->response, "Content-Type", "text/csv; charset=utf-8");
	http_set(r->response, "Content-Disposition", "attachment; filename=\"dates.csv\"");
	csv_write(out, tr(r->page.lang, N_("Name")));
	for (int s = 0; s < d->poll.n; s++) {
		buf_putc(out, ',');
		csv_write(out, slot_words(r->arena, &d->poll.slots[s], r->page.lang));
	}
	buf_puts(out, "\r\n");
	for (int i = 0; i < d->result.n; i++) {
		csv_write(out, d->result.people[i].name);
		for (int s = 0; s < d->poll.n; s++) {
			int said = d->result.people[i].answers[s];
			buf_putc(out, ',');
			csv_write(out, said < 0 ? "" : tr(r->page.lang, answer_words((enum answer)said)));
		}
		buf_puts(out, "\r\n");
	}
	return OK;
}

/* ---- Asking again those who have not answered, once a day ---- */

static enum code remind(struct tx *tx, void *arg, struct err *err)
{
	const struct answering *x = arg;
	const struct record *about = x->d->about;
	int64_t day = date_to_days(page_local(&x->r->page).date);
	struct happening happening = { .kind = NEWS_DATES, .item = about->num, .actor = x->r->actor.person };
	struct hash hash = hash_blake2b("dates", NULL, &(int64_t[2]){ about->num, day }, 2 * sizeof(int64_t));
	memcpy(happening.source.b, hash.b, sizeof(happening.source.b));
	return news_ask(tx, &happening, 0, err);
}

static enum code remind_post(struct request *r, struct err *err)
{
	struct answering x = { .r = r };
	TRY(dates_of_route(r, ACTION_EDIT, &x.d, err));
	if (!x.d->open) FAIL(err, E_INPUT, N_("One can no longer answer here."));
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	TRY(request_write(r, remind, &x, err));
	return request_redirect(r, record_action_url(&r->page, x.d->about, "dates"), "dates-rappel");
}

const struct feature date_poll_feature = {
	.name = "date_poll",
	.routes = ROUTES({ HTTP_GET, "/-/dates/:id", dates_show, ACTION_READ, KIND_RECORD,
	                   N_("Form to say which of the dates of a record suit"), 0, false },
	                 { HTTP_POST, "/-/dates/:id", dates_post, ACTION_CREATE, KIND_COMMENT,
	                   N_("Say which of the dates of a record suit"), 0, true },
	                 { HTTP_POST, "/-/dates-withdraw/:id", withdraw_post, ACTION_READ, KIND_RECORD,
	                   N_("Take an answer about dates back"), 0, false },
	                 { HTTP_GET, "/-/dates-table/:id", table_show, ACTION_READ, KIND_RECORD,
	                   N_("Who said which dates suit, as CSV"), 0, false },
	                 { HTTP_POST, "/-/choose-date/:id", choose_date_post, ACTION_EDIT, KIND_RECORD,
	                   N_("Choose one of the dates of a record, or go back on it"), 0, false },
	                 { HTTP_POST, "/-/remind-dates/:id", remind_post, ACTION_EDIT, KIND_RECORD,
	                   N_("Ask the members who have not said which dates suit"), 0, false }),
};

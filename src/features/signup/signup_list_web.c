/* Who organises it: who comes, who waits, who came; on a telephone at the door, one tap each. */
#include <string.h>

#include "base/text.h"
#include "core/moment.h"
#include "core/person.h"
#include "features/call/call_web.h"
#include "features/people/people_web.h"
#include "features/signup/signup.html.h"
#include "features/signup/signup_tell.h"
#include "features/signup/signup_web.h"
#include "web/web.h"

enum { DATES = 60 };

/* For who looks after the event; its author among them. */
static enum code find(struct request *r, const char *day, struct signup_board *b, struct err *err)
{
	TRY(signup_of_route(r, ACTION_EDIT, &b->shown, err));
	const struct signup_shown *d = b->shown;
	if (!d->managed)
		FAIL(err, E_FORBIDDEN,
		     N_("Who announced the event, or a facilitator, sees who comes. Everybody else sees numbers."));
	const struct signup_slot *slot = *day || d->n == 0 ? signup_slot_of(&r->page, d, day) : &d->slots[0];
	if (slot == NULL) FAIL(err, E_NOT_FOUND, N_("It does not take place on that day."));
	b->slot = *slot;
	b->kept = (int)json_int(d->field->definition, "kept", SIGNUP_KEPT_DAYS);
	return signup_read(r->db, r->arena, d->about->num, slot->date.day, false, &b->list, err);
}

enum code signup_board_of(struct request *r, struct signup_board *ret, struct err *err)
{
	struct signup_board b = { .name = "", .adults = "1", .children = "0", .email = "" };
	TRY(find(r, request_query(r, "jour"), &b, err));
	*ret = b;
	return OK;
}

/* Days to come, and those of which there are sign-ups. */
static enum code list_dates(struct request *r, struct signup_board *b, struct err *err)
{
	const struct signup_shown *d = b->shown;
	const char **days;
	int n;
	if (!d->repeats) return OK;
	TRY(signup_days(r->db, r->arena, d->about->num, &days, &n, err));
	b->dates = arena_array(r->arena, struct signup_date, (size_t)(d->n + n) + 1);
	for (int i = n - 1; i >= 0; i--) {
		bool coming = false;
		for (int k = 0; k < d->n; k++) coming |= strcmp(d->slots[k].date.day, days[i]) == 0;
		if (!coming && b->ndates < DATES &&
		    signup_date(r->arena, d->about, model_zone(r->page.model), days[i], &b->dates[b->ndates]))
			b->ndates++;
	}
	for (int k = 0; k < d->n; k++) b->dates[b->ndates++] = d->slots[k].date;
	return OK;
}

static enum code show(struct request *r, struct signup_board *b, struct issues *issues, struct err *err)
{
	TRY(list_dates(r, b, err));
	if (issues && issues->count) {
		r->response->status = 422;
		r->page.issues = issues;
	}
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("Who comes: %s")), b->shown->about->title);
	r->page.hidden = true;
	http_set(r->response, "Cache-Control", "no-store");
	signups_page(request_out(r), &r->page, b);
	return OK;
}

enum code signups_show(struct request *r, struct err *err)
{
	struct signup_board b;
	TRY(signup_board_of(r, &b, err));
	return show(r, &b, NULL, err);
}

/* ---- By hand ---- */

struct entering {
	struct request *r;
	const struct signup_board *b;
	struct signup_new new;
};

static enum code enter(struct tx *tx, void *arg, struct err *err)
{
	struct entering *x = arg;
	struct signup_moves moves;
	struct signup_offer offer = x->b->shown->offer;
	const struct record *about = x->b->shown->about;
	offer.waiting = true; /* full: she waits, and the organiser may give her a place all the same */
	TRY(signup_add(tx, x->r->arena, &offer, &x->new, &moves, err));
	TRY(signup_tell(tx, &x->r->page, about, x->new.num, &x->b->slot.date,
	                x->new.state == SIGNUP_IN ? TOLD_IN : TOLD_WAITING, err));
	return signup_tell_moves(tx, &x->r->page, about, &x->b->slot.date, &moves, err);
}

/* The organiser brings whom she wants. */
static void check_party(struct signup_board *b, int *adults, int *children, struct issues *issues)
{
	struct signup_offer offer = b->shown->offer;
	offer.companions = SIGNUP_COMPANIONS_MAX;
	signup_check_party(&offer, b->adults, b->children, adults, children, issues);
}

static enum code check_person(struct request *r, struct signup_board *b, struct issues *issues, struct err *err)
{
	struct issues found;
	TRY(people_typed(r, "name", &b->name, err));
	TRY(people_typed(r, "email", &b->email, err));
	issues_init(&found, r->arena);
	if (r->actor.minor) b->email = ""; /* no letter leaves to others from the account of a minor */
	person_check(b->name, *b->email ? b->email : NULL, NULL, &found);
	for (const struct issue *i = found.first; i; i = i->next) issues_add_err(issues, i->field, &i->err);
	return OK;
}

enum code signups_post(struct request *r, struct err *err)
{
	struct signup_board b = { .adults = request_form(r, "adults"), .children = request_form(r, "children") };
	struct issues issues;
	int adults, children;
	TRY(find(r, request_form(r, "jour"), &b, err));
	issues_init(&issues, r->arena);
	check_party(&b, &adults, &children, &issues);
	TRY(check_person(r, &b, &issues, err));
	if (issues.count) return show(r, &b, &issues, err);
	if (*b.email) TRY(call_limit_address(r, b.email, err));
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	struct entering x = { .r = r,
		              .b = &b,
		              .new = { .record = b.shown->about->num,
		                       .entered_by = r->actor.person,
		                       .day = b.slot.date.day,
		                       .name = b.name,
		                       .email = b.email,
		                       .adults = adults,
		                       .children = children,
		                       .begins = b.slot.date.begins } };
	enum code code = request_write(r, enter, &x, err);
	if (code == E_LIMIT) {
		issues_add_err(&issues, "name", err);
		return show(r, &b, &issues, err);
	}
	TRY(code);
	return request_redirect(r, signup_url(&r->page, b.shown->about, "attendance", b.slot.date.day),
	                        x.new.state == SIGNUP_IN ? "inscrit-main" : "inscrit-main-attend");
}

/* ---- One of the list ---- */

struct acting {
	struct request *r;
	const struct signup_board *b;
	const struct signup *signup;
	int came;
};

static const struct signup *named(const struct request *r, const struct signup_board *b)
{
	int64_t num = strtoll(request_form(r, "signup"), NULL, 10);
	for (int i = 0; i < b->list.n; i++)
		if (b->list.rows[i].num == num) return &b->list.rows[i];
	return NULL;
}

static enum code act(struct request *r, store_fn *fn, const char *notice, struct err *err)
{
	struct signup_board b = { .name = "" };
	TRY(find(r, request_form(r, "jour"), &b, err));
	struct acting x = { r, &b, named(r, &b), -1 };
	if (x.signup == NULL) FAIL(err, E_NOT_FOUND, N_("This sign-up is not here any more."));
	if (*request_form(r, "came[]") && !signup_read_count(request_form(r, "came[]"), &x.came)) x.came = -1;
	TRY(request_write(r, fn, &x, err));
	return request_redirect(r,
	                        arena_printf(r->arena, "%s#s-%lld",
	                                     signup_url(&r->page, b.shown->about, "attendance", b.slot.date.day),
	                                     (long long)x.signup->num),
	                        notice);
}

static enum code note_came(struct tx *tx, void *arg, struct err *err)
{
	const struct acting *x = arg;
	return signup_note_came(tx, x->signup->num, x->came, err);
}

enum code signup_came_post(struct request *r, struct err *err)
{
	return act(r, note_came, NULL, err);
}

static enum code admit(struct tx *tx, void *arg, struct err *err)
{
	const struct acting *x = arg;
	const struct signup_moves moves = { (int64_t[]){ x->signup->num }, 1 };
	TRY(signup_admit(tx, x->signup->num, err));
	return signup_tell_moves(tx, &x->r->page, x->b->shown->about, &x->b->slot.date, &moves, err);
}

enum code signup_admit_post(struct request *r, struct err *err)
{
	return act(r, admit, "inscrit-place", err);
}

static enum code remove_one(struct tx *tx, void *arg, struct err *err)
{
	const struct acting *x = arg;
	struct signup_moves moves;
	const struct signup_shown *d = x->b->shown;
	TRY(signup_cancel(tx, x->r->arena, &d->offer, x->signup, &moves, err));
	if (!x->b->slot.over)
		TRY(signup_tell(tx, &x->r->page, d->about, x->signup->num, &x->b->slot.date, TOLD_CANCELLED, err));
	return signup_tell_moves(tx, &x->r->page, d->about, &x->b->slot.date, &moves, err);
}

enum code signup_remove_post(struct request *r, struct err *err)
{
	return act(r, remove_one, "inscrit-ote", err);
}

/* A person's own calendar: what she follows and signed up to, or all that she may read, at a secret address. */
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "core/field_type.h"
#include "core/follow.h"
#include "core/moment.h"
#include "core/person.h"
#include "core/signup.h"
#include "core/token.h"
#include "features/calendar/calendar.h"
#include "features/calendar/calendar.html.h"
#include "features/calendar/calendar_web.h"
#include "web/web.h"

enum { FOLLOWS = 1000 };
#define LIFE (INT64_C(10) * 366 * 24 * 3600 * 1000) /* ms: ten years; it is meant to be forgotten in a telephone */

/* ---- Her page ---- */

static enum code show(struct request *r, const char *token, bool all, struct err *err)
{
	struct page *p = &r->page;
	struct own_calendar own = { .all = all };
	TRY(token_made(r->db, TOKEN_CALENDAR, r->actor.person, &own.made, err));
	if (token) own.url = arena_printf(r->arena, "%s/-/calendar/own/%s.ics", p->base_url, token);
	p->title = _("My calendar");
	p->hidden = true;
	p->narrow = true;
	if (token) http_set(r->response, "Cache-Control", "no-store");
	own_calendar_page(request_out(r), p, &own);
	return OK;
}

enum code own_calendar_show(struct request *r, struct err *err)
{
	return show(r, NULL, false, err);
}

struct renewing {
	struct request *r;
	bool all;
	char token[TOKEN_TEXT + 1];
};

static enum code end_token(struct tx *tx, void *arg, struct err *err)
{
	const struct request *r = arg;
	return token_end_person(tx, TOKEN_CALENDAR, r->actor.person, err);
}

static enum code renew(struct tx *tx, void *arg, struct err *err)
{
	struct renewing *n = arg;
	const struct token token = { .kind = TOKEN_CALENDAR,
		                     .person = n->r->actor.person,
		                     .creator = n->r->actor.person,
		                     .body = json_keep(n->r->arena, json_pack("{s:b}", "all", n->all)),
		                     .uses = TOKEN_NO_END,
		                     .expires = clock_now() + LIFE };
	TRY(end_token(tx, n->r, err));
	return token_create(tx, n->r->arena, n->token, &token, err);
}

enum code own_calendar_post(struct request *r, struct err *err)
{
	struct renewing n = { .r = r, .all = strcmp(request_form(r, "what"), "all") == 0 };
	token_draw(n.token);
	TRY(request_write(r, renew, &n, err));
	return show(r, n.token, n.all, err);
}

enum code own_calendar_end(struct request *r, struct err *err)
{
	TRY(request_write(r, end_token, r, err));
	return request_redirect(r, "/-/account/calendar", "calendrier-fini");
}

/* ---- The file ---- */

struct wanted {
	const struct actor *actor;
	struct follow *follows;
	int n;
	struct signup *signups;
	int nsignups;
	const struct zone *zone;
	struct arena *a;
};

static bool has_word(const struct wanted *w, const struct record *record, const char *word)
{
	for (int i = 0; i < record->form->nfields; i++) {
		const struct field *field = &record->form->fields[i];
		const json_t *value = strcmp(field->type->name, "tags") == 0 ? record_value(record, field) : NULL;
		for (size_t j = 0; j < json_array_size(value); j++) {
			const char *tag = json_string_value(json_array_get(value, j));
			if (tag && strcmp(text_fold(w->a, tag), word) == 0) return true;
		}
	}
	return false;
}

/* Her own pages too. */
static bool is_followed(const struct wanted *w, const struct record *record)
{
	if (record->author == w->actor->person) return true;
	for (int i = 0; i < w->n; i++) {
		const struct follow *f = &w->follows[i];
		if ((f->kind == FOLLOW_RECORD && f->target == record->num) ||
		    (f->kind == FOLLOW_FORM && f->target == record->form->num) ||
		    (f->kind == FOLLOW_SPACE && f->target == record->space->num) ||
		    (f->kind == FOLLOW_TAG && has_word(w, record, f->word)))
			return true;
	}
	return false;
}

static bool is_signed_up(const struct wanted *w, const struct record *record)
{
	for (int i = 0; i < w->nsignups; i++)
		if (w->signups[i].record == record->num) return true;
	return false;
}

static bool is_wanted(void *context, const struct record *record)
{
	const struct wanted *w = context;
	return is_followed(w, record) || is_signed_up(w, record);
}

static void take_day(const struct schedule *all, struct date day, struct schedule *days)
{
	if (days->nalso < 0) {
		days->span = span_on(&all->span, day);
		days->nalso = 0;
	} else if (days->nalso < SCHEDULE_DAYS) {
		days->also[days->nalso++] = day;
	}
	for (int i = 0; i < all->nmoved; i++)
		if (date_compare(all->moved[i].day, day) == 0) days->moved[days->nmoved++] = all->moved[i];
}

/* Of what comes back, the days that she signed up to alone, unless she follows all of it. */
static void narrow(void *context, const struct record *record, struct arena *a, struct schedule *schedule)
{
	const struct wanted *w = context;
	struct schedule days = { .nalso = -1 };
	struct signup_date found;
	struct date day;
	if (!(schedule->repeats || schedule->nalso) || !is_signed_up(w, record) || is_followed(w, record)) return;
	days.also = arena_array(a, struct date, SCHEDULE_DAYS);
	days.moved = arena_array(a, struct schedule_move, SCHEDULE_DAYS);
	for (int i = w->nsignups - 1; i >= 0; i--) /* the earliest first */
		if (w->signups[i].record == record->num && date_from_iso(w->signups[i].day, &day) &&
		    signup_date(a, record, w->zone, w->signups[i].day, &found))
			take_day(schedule, day, &days);
	if (days.nalso >= 0) *schedule = days;
}

/* The lists that she follows, as they are; then, of all that has a date, what she follows. */
static enum code take_followed(struct calendar *c, struct wanted *w, struct err *err)
{
	const struct page *p = c->page;
	for (int i = 0; i < p->model->nviews; i++) {
		const struct view *view = &p->model->views[i];
		const struct query query = { .form = view->form,
			                     .where = view->where,
			                     .nwhere = view->nwhere,
			                     .search = view->search,
			                     .size = QUERY_SIZE_MAX };
		const struct view_agenda *agenda = calendar_agenda(p, view->form);
		bool followed = false;
		for (int j = 0; j < w->n; j++)
			followed |= w->follows[j].kind == FOLLOW_VIEW && w->follows[j].target == view->num;
		if (followed && agenda && page_sees(p, view)) TRY(calendar_take(c, &query, agenda, err));
	}
	c->takes = is_wanted;
	c->narrows = narrow;
	c->context = w;
	return OK;
}

static enum code take_all(struct calendar *c, struct err *err)
{
	const struct page *p = c->page;
	for (int i = 0; i < p->model->nforms; i++) {
		const struct query query = { .form = &p->model->forms[i], .size = QUERY_SIZE_MAX };
		const struct view_agenda *agenda = calendar_agenda(p, query.form);
		if (agenda) TRY(calendar_take(c, &query, agenda, err));
	}
	return OK;
}

static enum code take_own(struct calendar *c, struct wanted *w, bool all, struct err *err)
{
	if (!all) TRY(take_followed(c, w, err));
	return take_all(c, err);
}

enum code own_calendar_file(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct token token;
	struct actor reader;
	struct calendar c;
	const char *text;
	TRY(calendar_name(r, r->params[0], &text, err));
	TRY(token_find(r->db, r->arena, TOKEN_CALENDAR, text, &token, err));
	TRY(actor_load(r->db, r->arena, token.person, &reader, err));
	TRY(web_limit(r, LIMIT_EXPORT, arena_printf(r->arena, "calendar %lld", (long long)token.person), err));
	struct wanted wanted = { .actor = &reader, .zone = model_zone(p->model), .a = &c.batch };
	TRY(follow_list(r->db, r->arena, reader.person, FOLLOWS, &wanted.follows, &wanted.n, err));
	TRY(signup_list_person(r->db, r->arena, reader.person, &wanted.signups, &wanted.nsignups, err));
	bool all = json_bool(token.body, "all", false);
	char id[ID_TEXT + 1];
	p->actor = &reader;
	const struct ical_head head = {
		.uid = id_format(reader.id, id),
		.name = arena_printf(r->arena, "%s – %s", _("My calendar"), page_site_name(p)),
		.page = arena_printf(r->arena, "%s/-/account/calendar", p->base_url),
		.zone = model_zone(p->model),
	};
	calendar_answer(r, &head);
	http_set(r->response, "Referrer-Policy", "no-referrer");
	calendar_begin(&c, p, request_out(r));
	c.once = true;
	c.renew = calendar_renew;
	c.request = r;
	enum code code = take_own(&c, &wanted, all, err);
	calendar_end(&c);
	TRY(code);
	ical_end(request_out(r));
	return OK;
}

#include "features/meeting/meeting_web.h"

#include <string.h>

#include "base/text.h"
#include "core/field_type.h"
#include "features/meeting/meeting.html.h"
#include "features/people/people_web.h"
#include "features/record/life_web.h"
#include "features/record/record_page.h"
#include "web/web.h"

enum code meeting_of_route(struct request *r, const struct meeting_shown **ret, struct err *err)
{
	struct record *about;
	TRY(record_of_route(r, ACTION_EDIT, &about, err));
	const struct meeting_shown *d = meeting_shown_of(&r->page, about);
	if (d == NULL || !d->edits) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	*ret = d;
	return OK;
}

enum code meeting_limit(struct request *r, struct err *err)
{
	return web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err);
}

/* ---- Items of the agenda ---- */

struct acting {
	struct request *r;
	const struct meeting_shown *d;
	struct id item;
	const char *act;
};

static enum code act(struct tx *tx, void *arg, struct err *err)
{
	const struct acting *x = arg;
	const struct model *model = x->r->page.model;
	const struct record *about = x->d->about;
	if (strcmp(x->act, "up") == 0 || strcmp(x->act, "down") == 0)
		return meeting_move(tx, x->r->arena, model, &x->r->actor, about, x->item,
		                    strcmp(x->act, "up") == 0 ? -1 : 1, err);
	return meeting_settle(tx, x->r->arena, model, &x->r->actor, about, x->item, strcmp(x->act, "done") == 0, err);
}

static enum code item_post(struct request *r, struct err *err)
{
	static const char *const moves[] = { "up", "down" }, *const states[] = { "done", "open" };
	struct acting x = { .r = r, .act = request_form(r, "act") };
	bool moves_it = false, known = false;
	TRY(meeting_of_route(r, &x.d, err));
	for (size_t i = 0; i < COUNT(moves); i++) {
		moves_it |= strcmp(x.act, moves[i]) == 0;
		known |= strcmp(x.act, states[i]) == 0;
	}
	if ((!known && !moves_it) || !id_parse(request_form(r, "item"), &x.item))
		FAIL(err, E_INPUT, N_("Choose one of the buttons of the page."));
	if (moves_it && !x.d->organises)
		FAIL(err, E_FORBIDDEN, N_("Who announced the meeting, or a facilitator, changes the order."));
	TRY(meeting_limit(r, err));
	TRY(request_write(r, act, &x, err));
	return request_redirect(r, arena_printf(r->arena, "%s#meeting", record_url(&r->page, x.d->about)), NULL);
}

/* ---- The next meeting ---- */

struct going_on {
	struct request *r;
	struct meeting_next next;
	struct issues *issues;
};

static enum code go_on(struct tx *tx, void *arg, struct err *err)
{
	struct going_on *x = arg;
	return meeting_go_on(tx, x->r->arena, x->r->page.model, &x->next, x->issues, err);
}

static enum code find_next(struct request *r, const struct meeting_shown **ret, struct err *err)
{
	TRY(meeting_of_route(r, ret, err));
	struct thing another = { .kind = KIND_RECORD, .space = (*ret)->about->space, .state = STATE_PUBLISHED };
	TRY(may(&r->actor, ACTION_CREATE, &another, err));
	return OK;
}

static enum code next_show_form(struct request *r, const struct meeting_shown *d, const json_t *day, const char *title,
                                struct issues *issues)
{
	if (issues) {
		r->response->status = 422;
		r->page.issues = issues;
	}
	r->page.title = tr(r->page.lang, N_("The next meeting"));
	r->page.hidden = true;
	meeting_next_page(request_out(r), &r->page, d, day, title);
	return OK;
}

static enum code next_show(struct request *r, struct err *err)
{
	const struct meeting_shown *d;
	const char *words;
	TRY(find_next(r, &d, err));
	if (d->following) return request_redirect(r, record_url(&r->page, d->following), NULL);
	const char *day = meeting_next_day(&r->page, d, &words);
	return next_show_form(r, d, day ? json_keep(r->arena, json_string(day)) : NULL, "", NULL);
}

static enum code next_post(struct request *r, struct err *err)
{
	const struct meeting_shown *d;
	struct issues issues;
	struct record *made;
	const char *title;
	struct field_post post = request_post(r);
	TRY(find_next(r, &d, err));
	if (d->following) return request_redirect(r, record_url(&r->page, d->following), "reunion-deja");
	if (!d->goes_on)
		FAIL(err, E_FORBIDDEN, N_("What you add here waits for a yes: ask who looks after this place."));
	request_issues(r, &issues);
	TRY(people_typed(r, "title", &title, err));
	const json_t *day = d->meeting.day->type->read(d->meeting.day, &post, &issues);
	if (issues.count == 0 && day == NULL)
		issues_add(&issues, d->meeting.day->key, N_("Say on which day the next meeting takes place."));
	if (issues.count) return next_show_form(r, d, day, title, &issues);
	TRY(meeting_limit(r, err));
	struct going_on x = { .r = r,
		              .issues = &issues,
		              .next = { .actor = &r->actor,
		                        .from = d->about,
		                        .title = text_is_blank(title) ? meeting_next_title(&r->page, d, day) : title,
		                        .day = day } };
	enum code code = request_write(r, go_on, &x, err);
	if (code == E_INPUT) {
		if (issues.count == 0) issues_add_err(&issues, "", err);
		return next_show_form(r, d, day, title, &issues);
	}
	TRY(code);
	TRY(record_load(r->db, r->arena, r->page.model, &r->actor, x.next.save.saved, &made, err));
	return request_redirect(r, record_url(&r->page, made),
	                        x.next.carried ? "reunion-reportee" : "reunion-suivante");
}

const struct feature meeting_feature = {
	.name = "meeting",
	.routes = ROUTES({ HTTP_POST, "/-/meeting-item/:id", item_post, ACTION_EDIT, KIND_RECORD,
	                   N_("Move an item of a meeting’s agenda, say that it is dealt with"), 0, false },
	                 { HTTP_GET, "/-/meeting-next/:id", next_show, ACTION_EDIT, KIND_RECORD,
	                   N_("Form to make the next meeting from this one"), 0, false },
	                 { HTTP_POST, "/-/meeting-next/:id", next_post, ACTION_EDIT, KIND_RECORD,
	                   N_("Make the next meeting; what was not dealt with goes on to it"), 0, false },
	                 { HTTP_POST, "/-/minutes-begin/:id", minutes_begin_post, ACTION_EDIT, KIND_RECORD,
	                   N_("Begin the minutes of a meeting from the template and the agenda"), 0, false },
	                 { HTTP_GET, "/-/minutes/:id", minutes_show, ACTION_EDIT, KIND_RECORD,
	                   N_("The lines of the minutes, to make decisions and tasks of them"), 0, false },
	                 { HTTP_POST, "/-/minutes/:id", minutes_post, ACTION_EDIT, KIND_RECORD,
	                   N_("Make a decision or a task of a line of the minutes"), 0, false },
	                 { HTTP_GET, "/-/meeting-attendance/:id", attendance_show, ACTION_EDIT, KIND_RECORD,
	                   N_("Form to say who was there, who is excused"), 0, false },
	                 { HTTP_POST, "/-/meeting-attendance/:id", attendance_post, ACTION_EDIT, KIND_RECORD,
	                   N_("Say who was there, who is excused"), 0, false }),
};

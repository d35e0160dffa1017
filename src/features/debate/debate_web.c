#include "features/debate/debate_web.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "core/follow.h"
#include "core/news.h"
#include "core/right.h"
#include "features/debate/debate.html.h"
#include "features/guest/guest.h"
#include "features/guest/guest_web.h"
#include "features/moderation/moderation_web.h"
#include "features/record/life_web.h"
#include "features/record/record_page.h"
#include "formats/csv.h"
#include "web/web.h"

enum code debate_of_route(struct request *r, enum action action, const struct debate_shown **ret, struct err *err)
{
	struct record *about;
	TRY(record_of_route(r, action, &about, err));
	*ret = debate_shown_of(&r->page, about);
	if (*ret == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	return OK;
}

/* Whoever may talk about a page may take position on it. */
static enum code find(struct request *r, const struct debate_shown **ret, struct err *err)
{
	TRY(debate_of_route(r, ACTION_READ, ret, err));
	return may(&r->actor, ACTION_CREATE,
	           &(struct thing){ .kind = KIND_COMMENT, .space = (*ret)->about->space, .state = STATE_PUBLISHED },
	           err);
}

/* ---- One's own position ---- */

static enum code show(struct request *r, const struct debate_shown *d, const struct position_typed *typed,
                      struct issues *issues)
{
	const struct guest_typed guest = guest_typed_of(r);
	if (issues && issues->count) {
		r->response->status = 422;
		r->page.issues = issues;
	}
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("Take position: %s")), d->about->title);
	r->page.hidden = true;
	position_page(request_out(r), &r->page, d, typed, &guest);
	return OK;
}

static enum code position_show(struct request *r, struct err *err)
{
	const struct debate_shown *d;
	TRY(find(r, &d, err));
	const struct position_typed typed = { d->mine ? (int)d->mine->stance : -1, d->mine ? d->mine->reason : "" };
	return show(r, d, &typed, NULL);
}

struct answering {
	struct request *r;
	struct position_new position;
};

/* Those who follow the debate hear of it, but for what waits. */
static enum code tell(struct tx *tx, const struct position_new *position, struct err *err)
{
	struct happening happening = { .kind = NEWS_POSITION, .item = position->record, .actor = position->person };
	int64_t which[3] = { position->record, position->saved, (int64_t)position->stance };
	struct hash hash = hash_blake2b("posi", NULL, which, sizeof(which));
	memcpy(happening.source.b, hash.b, sizeof(happening.source.b));
	return news_ask(tx, &happening, 0, err);
}

static enum code answer(struct tx *tx, void *arg, struct err *err)
{
	struct answering *x = arg;
	struct position_new *position = &x->position;
	TRY(position_set(tx, position, err));
	TRY(follow_begin(tx, position->person, position->record, err));
	return position->waits ? OK : tell(tx, position, err);
}

static int read_stance(const char *typed)
{
	return typed[0] >= '0' && typed[0] < '0' + STANCES && typed[1] == '\0' ? typed[0] - '0' : -1;
}

static enum code position_post(struct request *r, struct err *err)
{
	const struct debate_shown *d;
	struct issues issues;
	struct position_typed typed = { .stance = read_stance(request_form(r, "stance")) };
	bool trapped = false;
	TRY(find(r, &d, err));
	issues_init(&issues, r->arena);
	TRY(moderation_text(r, "reason", POSITION_REASON_MAX, true, &issues, &typed.reason, err));
	if (typed.stance < 0) issues_add(&issues, "stance", N_("Choose what you think of it."));
	if (!d->open) issues_add(&issues, "", N_("The debate is closed."));
	if (r->actor.person == 0) TRY(guest_let_in(r, &issues, &trapped, err));
	const char *back = arena_printf(r->arena, "%s#positions", record_url(&r->page, d->about));
	if (trapped) return request_redirect(r, back, "position");
	if (issues.count) return show(r, d, &typed, &issues);
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	struct answering x = { .r = r,
		               .position = { .record = d->about->num,
		                             .person = r->actor.person,
		                             .name = "",
		                             .stance = (enum stance)typed.stance,
		                             .reason = typed.reason,
		                             .waits = right_waits(&r->actor, d->about->space) } };
	enum code code = request_write(r, answer, &x, err);
	if (code == E_LIMIT) {
		issues_add_err(&issues, "", err);
		return show(r, d, &typed, &issues);
	}
	TRY(code);
	return request_redirect(r, back, x.position.waits ? "position-attend" : "position");
}

/* ---- Taking away, saying yes ---- */

struct judging {
	int64_t record, num;
	bool accepts;
};

static enum code judge(struct tx *tx, void *arg, struct err *err)
{
	const struct judging *x = arg;
	return x->accepts ? position_accept(tx, x->record, x->num, err) : position_remove(tx, x->record, x->num, err);
}

static const struct position *named(const struct request *r, const struct debate_shown *d)
{
	int64_t num = strtoll(request_form(r, "position"), NULL, 10);
	for (int i = 0; i < d->debate.n; i++)
		if (d->debate.positions[i].num == num) return &d->debate.positions[i];
	return NULL;
}

static enum code judge_post(struct request *r, bool accepts, struct err *err)
{
	const struct debate_shown *d;
	TRY(debate_of_route(r, ACTION_READ, &d, err));
	const struct position *position = named(r, d);
	if (position == NULL) FAIL(err, E_NOT_FOUND, N_("This answer is not here any more."));
	bool own = r->actor.person && position->person == r->actor.person;
	struct thing thing = record_thing(d->about);
	if (accepts || !own) TRY(may(&r->actor, ACTION_MANAGE, &thing, err));
	struct judging x = { d->about->num, position->num, accepts };
	TRY(request_write(r, judge, &x, err));
	return request_redirect(r, arena_printf(r->arena, "%s#positions", record_url(&r->page, d->about)),
	                        accepts ? "positions" : "position-otee");
}

static enum code remove_post(struct request *r, struct err *err)
{
	return judge_post(r, false, err);
}

static enum code accept_post(struct request *r, struct err *err)
{
	return judge_post(r, true, err);
}

/* ---- As a table ---- */

static enum code table_show(struct request *r, struct err *err)
{
	const struct debate_shown *d;
	struct buf *out = request_out(r);
	const char *const heads[] = { tr(r->page.lang, N_("Name")), tr(r->page.lang, N_("Position")),
		                      tr(r->page.lang, N_("Reason")), tr(r->page.lang, N_("Before")) };
	TRY(debate_of_route(r, ACTION_READ, &d, err));
	if (!page_signed_in(&r->page)) FAIL(err, E_SIGN_IN, N_("Sign in to see who answered."));
	http_set(r->response, "Content-Type", "text/csv; charset=utf-8");
	http_set(r->response, "Content-Disposition", "attachment; filename=\"positions.csv\"");
	for (size_t i = 0; i < COUNT(heads); i++) {
		if (i) buf_putc(out, ',');
		csv_write(out, heads[i]);
	}
	buf_puts(out, "\r\n");
	for (int i = 0; i < d->debate.n; i++) {
		const struct position *o = &d->debate.positions[i];
		if (!position_seen(&r->page, d, o)) continue;
		csv_write(out, o->name);
		buf_putc(out, ',');
		csv_write(out, tr(r->page.lang, stance_words(o->stance)));
		buf_putc(out, ',');
		csv_write(out, o->reason);
		buf_putc(out, ',');
		csv_write(out, position_moves(&r->page, o));
		buf_puts(out, "\r\n");
	}
	return OK;
}

const struct feature debate_feature = {
	.name = "debate",
	.routes = ROUTES({ HTTP_GET, "/-/position/:id", position_show, ACTION_READ, KIND_RECORD,
	                   N_("Form to take position in a debate"), 0, false },
	                 { HTTP_POST, "/-/position/:id", position_post, ACTION_CREATE, KIND_COMMENT,
	                   N_("Take position in a debate"), 0, true },
	                 { HTTP_POST, "/-/position-remove/:id", remove_post, ACTION_READ, KIND_RECORD,
	                   N_("Take a position away: one’s own, or whoever looks after the debate"), 0, false },
	                 { HTTP_POST, "/-/position-accept/:id", accept_post, ACTION_MANAGE, KIND_RECORD,
	                   N_("Say yes to a position that waits"), 0, false },
	                 { HTTP_GET, "/-/positions/:id", table_show, ACTION_READ, KIND_RECORD,
	                   N_("The positions of a debate, as CSV"), 0, false },
	                 { HTTP_GET, "/-/debate-group/:id", group_show, ACTION_EDIT, KIND_RECORD,
	                   N_("Form to enter the positions of a class or a group, on one screen"), 0, false },
	                 { HTTP_POST, "/-/debate-group/:id", group_post, ACTION_EDIT, KIND_RECORD,
	                   N_("Enter the positions of a class or a group"), 0, false }),
};

/* Joining a space, leaving it, answering who asks, handing it over. */
#include <string.h>

#include "base/text.h"
#include "features/moderation/moderation_web.h"
#include "features/people/people_change.h"
#include "features/people/people_web.h"
#include "features/space/space_join.h"
#include "features/space/space_join.html.h"
#include "features/space/space_web.h"
#include "web/web.h"

struct doing {
	struct request *r;
	const struct space *space;
	struct join_request request;
	struct person person;
	enum level level;
	const char *word;
};

/* ---- Joining ---- */

static enum level asked_level(const char *role)
{
	return strcmp(role, "facilitator") == 0 ? LEVEL_FACILITATOR : LEVEL_MEMBER;
}

static enum code show_join(struct doing *d, struct issues *issues, struct err *err)
{
	struct request *r = d->r;
	struct page *p = &r->page;
	struct space_row row;
	TRY(space_row_load(p, d->space, &row, err));
	p->title = d->level == LEVEL_FACILITATOR ? page_printf(p, _("Look after “%s”"), t(p, &d->space->name))
	                                         : page_printf(p, _("Join “%s”"), t(p, &d->space->name));
	p->hidden = true;
	p->issues = issues;
	if (issues) r->response->status = 422;
	join_page(request_out(r), p, &row, d->level, d->word);
	return OK;
}

enum code space_join_show(struct request *r, struct err *err)
{
	struct doing d = { .r = r, .level = asked_level(request_query(r, "role")), .word = "" };
	TRY(space_of_route(r, ACTION_READ, &d.space, err));
	return show_join(&d, NULL, err);
}

static enum code join(struct tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	struct people_change c = { tx, d->r->arena, &d->r->actor };
	const struct person self = { .num = d->r->actor.person, .id = d->r->actor.id };
	return people_set_member(&c, &self, d->space, LEVEL_MEMBER, err);
}

static enum code ask(struct tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	struct joining j = { tx, &d->r->page };
	return space_ask(&j, d->space, d->level, d->word, err);
}

/* Who may ask for that here? An invitation is another way in. */
static enum code check_asking(struct doing *d, struct err *err)
{
	struct space_row row;
	TRY(space_row_load(&d->r->page, d->space, &row, err));
	if (row.mine >= d->level && row.member) FAIL(err, E_INPUT, N_("You belong to this space already."));
	if (d->level == LEVEL_FACILITATOR && space_may_offer(&d->r->page, &row)) return OK;
	if (d->level == LEVEL_FACILITATOR) FAIL(err, E_INPUT, N_("This space does not look for facilitators."));
	if (d->space->admission == ADMISSION_INVITED || d->space->visibility == VISIBILITY_MEMBERS)
		FAIL(err, E_INPUT, N_("One joins this space by an invitation of the people who look after it."));
	return OK;
}

enum code space_join_post(struct request *r, struct err *err)
{
	struct doing d = { .r = r, .level = asked_level(request_form(r, "role")) };
	struct issues issues;
	issues_init(&issues, r->arena);
	TRY(space_of_route(r, ACTION_READ, &d.space, err));
	TRY(check_asking(&d, err));
	TRY(space_limit(r, err));
	TRY(moderation_text(r, "word", JOIN_WORD_MAX, false, &issues, &d.word, err));
	if (issues.count) return show_join(&d, &issues, err);
	if (d.level == LEVEL_MEMBER && d.space->admission == ADMISSION_OPEN) {
		TRY(request_write(r, join, &d, err));
		return request_redirect(r, space_url(&r->page, d.space), "rejoint");
	}
	TRY(request_write(r, ask, &d, err));
	return request_redirect(r, space_url(&r->page, d.space), "demande-envoyee");
}

static enum code withdraw(struct tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	return join_request_end(tx, d->r->actor.person, d->space->num, err);
}

enum code space_withdraw_post(struct request *r, struct err *err)
{
	struct doing d = { .r = r };
	TRY(space_of_route(r, ACTION_READ, &d.space, err));
	TRY(request_write(r, withdraw, &d, err));
	return request_redirect(r, space_url(&r->page, d.space), "demande-retiree");
}

/* ---- Leaving ---- */

static enum code find_mine(struct request *r, struct space_row *row, struct err *err)
{
	const struct space *space;
	TRY(space_of_route(r, ACTION_READ, &space, err));
	TRY(space_row_load(&r->page, space, row, err));
	if (!row->member) FAIL(err, E_NOT_FOUND, N_("You do not belong to this space."));
	return OK;
}

enum code space_leave_show(struct request *r, struct err *err)
{
	struct space_row row;
	TRY(find_mine(r, &row, err));
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("Leave “%s”")), t(&r->page, &row.space->name));
	r->page.hidden = true;
	leave_page(request_out(r), &r->page, &row);
	return OK;
}

static enum code leave(struct tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	struct people_change c = { tx, d->r->arena, &d->r->actor };
	const struct person self = { .num = d->r->actor.person, .id = d->r->actor.id };
	return people_set_member(&c, &self, d->space, LEVEL_VISITOR, err);
}

enum code space_leave_post(struct request *r, struct err *err)
{
	struct space_row row;
	struct doing d = { .r = r };
	TRY(find_mine(r, &row, err));
	d.space = row.space;
	enum code code = request_write(r, leave, &d, err);
	if (code == E_CONFLICT) return space_leave_show(r, err); /* which says what to do first */
	TRY(code);
	return request_redirect(r, "/-/spaces", "parti");
}

/* ---- Answering ---- */

static enum code accept(struct tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	struct joining j = { tx, &d->r->page };
	return space_accept(&j, &d->request, err);
}

static enum code refuse(struct tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	struct joining j = { tx, &d->r->page };
	return space_refuse(&j, &d->request, d->word, err);
}

static enum code find_request(struct doing *d, struct err *err)
{
	struct request *r = d->r;
	struct id id;
	TRY(space_of_route(r, ACTION_MANAGE, &d->space, err));
	if (!id_parse(r->params[1], &id)) FAIL(err, E_NOT_FOUND, N_("Nobody asks for this."));
	TRY(person_by_id(r->db, r->arena, id, &d->person, err));
	TRY(join_request_find(r->db, r->arena, d->person.num, d->space, &d->request, err));
	if (d->request.refused) FAIL(err, E_NOT_FOUND, N_("Nobody asks for this."));
	return OK;
}

enum code space_answer_post(struct request *r, struct err *err)
{
	struct doing d = { .r = r };
	bool yes = strcmp(request_form(r, "answer"), "no") != 0;
	TRY(find_request(&d, err));
	TRY(people_typed(r, "reason", &d.word, err));
	if (!yes && (text_is_blank(d.word) || text_length(d.word) > JOIN_WORD_MAX)) {
		struct issues issues;
		issues_init(&issues, r->arena);
		if (text_is_blank(d.word))
			issues_add(&issues, "reason", N_("Say why, in one sentence: the person reads it."));
		else issues_add(&issues, "reason", N_("%d characters at most."), JOIN_WORD_MAX);
		r->page.issues = &issues;
		r->response->status = 422;
		r->page.title = page_printf(&r->page, tr(r->page.lang, N_("Refuse the request of %s")), d.person.name);
		r->page.hidden = true;
		request_answer_page(request_out(r), &r->page,
		                    &(struct request_row){ d.request, d.person.name, d.person.id }, d.word);
		return OK;
	}
	TRY(request_write(r, yes ? accept : refuse, &d, err));
	return request_redirect(r, members_url(&r->page, d.space, NULL), yes ? "demande-acceptee" : "demande-refusee");
}

/* ---- Handing over ---- */

static enum code show_hand(struct doing *d, struct issues *issues, struct err *err)
{
	struct request *r = d->r;
	struct page *p = &r->page;
	struct membership *all;
	int n, found = 0;
	TRY(membership_of_space(r->db, r->arena, d->space->num, &all, &n, err));
	struct member_row *rows = arena_array(r->arena, struct member_row, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		struct person person;
		TRY(person_load(r->db, r->arena, all[i].person, &person, err));
		if (person.num == r->actor.person || person.state != PERSON_ACTIVE) continue;
		rows[found++] = (struct member_row){ .person = person, .level = all[i].level };
	}
	p->title = page_printf(p, _("Hand over “%s”"), t(p, &d->space->name));
	p->hidden = true;
	p->issues = issues;
	if (issues) r->response->status = 422;
	struct space_row row;
	TRY(space_row_load(p, d->space, &row, err));
	hand_page(request_out(r), p, &row, rows, found);
	return OK;
}

enum code space_hand_show(struct request *r, struct err *err)
{
	struct doing d = { .r = r };
	TRY(space_of_route(r, ACTION_MANAGE, &d.space, err));
	return show_hand(&d, NULL, err);
}

static enum code hand(struct tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	struct joining j = { tx, &d->r->page };
	return space_hand(&j, d->space, &d->person, d->level, err);
}

/* A member of the space, by her id. */
static enum code find_member(struct doing *d, struct issues *issues, struct err *err)
{
	struct request *r = d->r;
	struct membership *all;
	struct id id;
	int n;
	TRY(membership_of_space(r->db, r->arena, d->space->num, &all, &n, err));
	for (int i = 0; id_parse(request_form(r, "to"), &id) && i < n; i++) {
		TRY(person_load(r->db, r->arena, all[i].person, &d->person, err));
		if (id_equal(d->person.id, id) && d->person.state == PERSON_ACTIVE && d->person.num != r->actor.person)
			return OK;
	}
	issues_add(issues, "to", N_("Choose who will look after the space."));
	return OK;
}

enum code space_hand_post(struct request *r, struct err *err)
{
	struct doing d = { .r = r, .level = people_level(r, "mine", LEVEL_FACILITATOR) };
	struct issues issues;
	struct space_row row;
	issues_init(&issues, r->arena);
	TRY(space_of_route(r, ACTION_MANAGE, &d.space, err));
	TRY(space_limit(r, err));
	TRY(space_row_load(&r->page, d.space, &row, err));
	if (!row.member || (d.level != LEVEL_MEMBER && d.level != LEVEL_VISITOR)) d.level = LEVEL_FACILITATOR;
	TRY(find_member(&d, &issues, err));
	if (issues.count) return show_hand(&d, &issues, err);
	TRY(request_write(r, hand, &d, err));
	return request_redirect(r, d.level == LEVEL_VISITOR ? "/-/spaces" : space_url(&r->page, d.space), "transmis");
}

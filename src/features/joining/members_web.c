/* Members of a space, for those who look after it. */

#include "base/text.h"
#include "features/joining/joining_web.h"
#include "features/joining/members.html.h"
#include "features/people/people_change.h"
#include "features/people/people_page.h"
#include "features/people/people_web.h"
#include "features/space/space.h"
#include "web/web.h"

/* Has she a card, and may the reader give her one? */
static enum code note_card(struct request *r, struct member_row *row, struct err *err)
{
	struct membership *all;
	int n;
	TRY(membership_list(r->db, r->arena, row->person.num, &all, &n, err));
	row->may_card = joining_may_card(&r->actor, r->page.model, &row->person, all, n);
	return token_made(r->db, TOKEN_CARD, row->person.num, &row->card, err);
}

enum code members_again(struct request *r, const struct space *space, const struct members_typed *typed,
                        struct issues *issues, struct err *err)
{
	const struct members_typed shown = { .email = typed->email ? typed->email : "",
		                             .invited = typed->invited ? typed->invited : "",
		                             .name = typed->name ? typed->name : "",
		                             .level = typed->level ? typed->level : LEVEL_MEMBER };
	struct membership *all;
	struct token *invitations;
	struct request_row *requests;
	struct page *p = &r->page;
	int n, ninvitations, nrequests;
	TRY(membership_of_space(r->db, r->arena, space->num, &all, &n, err));
	struct member_row *rows = arena_array(r->arena, struct member_row, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		rows[i] = (struct member_row){ .level = all[i].level, .since = all[i].created };
		TRY(person_load(r->db, r->arena, all[i].person, &rows[i].person, err));
		TRY(note_card(r, &rows[i], err));
	}
	TRY(space_requests(&r->page, space, &requests, &nrequests, err));
	TRY(token_list_space(r->db, r->arena, TOKEN_INVITATION, space->num, &invitations, &ninvitations, err));
	p->title = page_printf(p, _("Members of “%s”"), t(p, &space->name));
	p->hidden = true;
	p->issues = issues;
	if (issues) r->response->status = 422;
	members_page(request_out(r), p, space, rows, n, &shown, invitations, ninvitations, requests, nrequests);
	return OK;
}

enum code members_show(struct request *r, struct err *err)
{
	const struct space *space;
	TRY(joining_space(r, &space, err));
	return members_again(r, space, &(struct members_typed){ 0 }, NULL, err);
}

struct change {
	struct request *r;
	struct person person;
	const struct space *space;
	enum level level;
};

static enum code set_member(struct tx *tx, void *arg, struct err *err)
{
	struct change *j = arg;
	struct people_change c = { tx, j->r->arena, &j->r->actor };
	return people_set_member(&c, &j->person, j->space, j->level, err);
}

enum code members_post(struct request *r, struct err *err)
{
	struct change j = { .r = r, .level = people_level(r, "level", LEVEL_MEMBER) };
	const char *email;
	struct issues issues;
	TRY(joining_space(r, &j.space, err));
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	TRY(people_typed(r, "email", &email, err));
	if (j.level != LEVEL_FACILITATOR) j.level = LEVEL_MEMBER;
	enum code code = person_by_email(r->db, r->arena, email, &j.person, err);
	if (code == OK) code = request_write(r, set_member, &j, err);
	if (code == OK) return request_redirect(r, members_url(&r->page, j.space, NULL), "membre");
	if (code != E_NOT_FOUND) return code;
	issues_init(&issues, r->arena);
	if (text_is_blank(email)) issues_add(&issues, "email", N_("Write the e-mail address of the person’s account."));
	else
		issues_add(&issues, "email",
		           N_("Nobody here has an account with this address. Check it; an administrator opens new "
		              "accounts."));
	return members_again(r, j.space, &(struct members_typed){ .email = email, .level = j.level }, &issues, err);
}

/* Changes a role, or ends the membership (level 0). */
enum code member_post(struct request *r, struct err *err)
{
	struct change j = { .r = r };
	struct id id;
	TRY(joining_space(r, &j.space, err));
	if (!id_parse(r->params[1], &id)) FAIL(err, E_NOT_FOUND, N_("There is no such person."));
	TRY(person_by_id(r->db, r->arena, id, &j.person, err));
	j.level = people_level(r, "level", LEVEL_COUNT);
	TRY(request_write(r, set_member, &j, err));
	/* Who gave up her own role no longer sees the list. */
	bool left = j.person.num == r->actor.person && j.level < LEVEL_FACILITATOR &&
	            r->actor.site != LEVEL_ADMINISTRATOR;
	return request_redirect(r, left ? "/-/account" : members_url(&r->page, j.space, NULL), "membre");
}

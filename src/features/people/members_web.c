/* Members of a space, for those who look after it. */

#include "base/text.h"
#include "features/people/people.html.h"
#include "features/people/people_change.h"
#include "features/people/people_page.h"
#include "features/people/people_web.h"
#include "web/web.h"

/* The space named in the address, if the reader may look after it. */
static enum code find_space(struct request *r, const struct space **ret, struct err *err)
{
	const struct space *space = model_space_by_slug(r->page.model, r->params[0]);
	if (space == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(may(&r->actor, ACTION_MANAGE, &(struct thing){ .kind = KIND_SPACE, .space = space }, err));
	*ret = space;
	return OK;
}

static enum code show(struct request *r, const struct space *space, const char *email, enum level level,
                      struct err *err)
{
	struct membership *all;
	struct page *p = &r->page;
	int n;
	TRY(membership_of_space(r->db, r->arena, space->num, &all, &n, err));
	struct member_row *rows = arena_array(r->arena, struct member_row, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		rows[i] = (struct member_row){ .level = all[i].level, .since = all[i].created };
		TRY(person_load(r->db, r->arena, all[i].person, &rows[i].person, err));
	}
	p->title = page_printf(p, _("Members of “%s”"), t(p, &space->name));
	p->hidden = true;
	members_page(request_out(r), p, space, rows, n, email, level);
	return OK;
}

enum code members_show(struct request *r, struct err *err)
{
	const struct space *space;
	TRY(find_space(r, &space, err));
	return show(r, space, "", LEVEL_MEMBER, err);
}

struct joining {
	struct request *r;
	struct person person;
	const struct space *space;
	enum level level;
};

static enum code set_member(struct tx *tx, void *arg, struct err *err)
{
	struct joining *j = arg;
	struct people_change c = { tx, j->r->arena, &j->r->actor };
	return people_set_member(&c, &j->person, j->space, j->level, err);
}

enum code members_post(struct request *r, struct err *err)
{
	struct joining j = { .r = r, .level = people_level(r, "level", LEVEL_MEMBER) };
	const char *email;
	struct issues issues;
	TRY(find_space(r, &j.space, err));
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	TRY(people_typed(r, "email", &email, err));
	if (j.level != LEVEL_FACILITATOR) j.level = LEVEL_MEMBER;
	enum code code = person_by_email(r->db, r->arena, email, &j.person, err);
	if (code == OK) code = request_write(r, set_member, &j, err);
	if (code == OK) return request_redirect(r, members_url(&r->page, j.space, NULL), "membre");
	if (code != E_NOT_FOUND) return code;
	issues_init(&issues, r->arena);
	if (text_is_blank(email))
		issues_add(&issues, "email", N_("Write the e-mail address of the person’s account."));
	else
		issues_add(&issues, "email", N_("Nobody here has an account with this address. Check it; an administrator opens new accounts."));
	r->response->status = 422;
	r->page.issues = &issues;
	return show(r, j.space, email, j.level, err);
}

/* Changes a role, or ends the membership (level 0). */
enum code member_post(struct request *r, struct err *err)
{
	struct joining j = { .r = r };
	struct id id;
	TRY(find_space(r, &j.space, err));
	if (!id_parse(r->params[1], &id)) FAIL(err, E_NOT_FOUND, N_("There is no such person."));
	TRY(person_by_id(r->db, r->arena, id, &j.person, err));
	j.level = people_level(r, "level", LEVEL_COUNT);
	TRY(request_write(r, set_member, &j, err));
	/* Who gave up her own role no longer sees the list. */
	bool left = j.person.num == r->actor.person && j.level < LEVEL_FACILITATOR && r->actor.site != LEVEL_ADMINISTRATOR;
	return request_redirect(r, left ? "/-/account" : members_url(&r->page, j.space, NULL), "membre");
}

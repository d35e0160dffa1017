#include "features/account/confirm.h"

#include "base/clock.h"
#include "core/audit.h"
#include "core/person.h"
#include "features/account/confirm.html.h"
#include "features/account/entry.h"
#include "features/account/second_step.h"
#include "features/account/sign_in.h"
#include "net/uri.h"
#include "web/web.h"

enum code confirm_is_fresh(struct request *r, bool *ret, struct err *err)
{
	struct session session;
	TRY(session_find(r->db, r->arena, r->token, &session, err));
	int64_t age = clock_now() - session.created;
	*ret = age >= 0 && age < CONFIRM_MS;
	return OK;
}

enum code confirm_ask(struct request *r, const char *next)
{
	struct buf url;
	buf_init(&url, r->arena, 0);
	buf_lit(&url, "/-/confirm");
	uri_query_add(&url, "next", next);
	return request_redirect(r, buf_str(&url), NULL);
}

/* What she can show. */
struct confirming {
	struct request *r;
	struct person person;
	bool password, code; /* asked for */
	const char *next;
	struct issues issues;
	struct entry entry;
	bool right;
};

static enum code begin(struct request *r, struct confirming *c, const char *next, struct err *err)
{
	*c = (struct confirming){ .r = r, .next = local_path(next, "/-/account") };
	issues_init(&c->issues, r->arena);
	c->entry = (struct entry){ .r = r, .person = r->actor.person, .stay = true, .by = "again" };
	TRY(person_load(r->db, r->arena, r->actor.person, &c->person, err));
	TRY(second_step_due(r->db, r->actor.person, &c->code, err));
	return person_has_password(r->db, r->actor.person, &c->password, err);
}

static enum code show(struct confirming *c)
{
	struct page *p = &c->r->page;
	if (c->issues.count) {
		c->r->response->status = 422;
		p->issues = &c->issues;
	}
	p->title = _("Is it really you?");
	p->hidden = true;
	confirm_page(request_out(c->r), p, c->next, c->password, c->code);
	return OK;
}

enum code confirm_show(struct request *r, struct err *err)
{
	struct confirming c;
	TRY(begin(r, &c, request_query(r, "next"), err));
	return show(&c);
}

static enum code check_password(struct confirming *c, struct err *err)
{
	int64_t num;
	bool right;
	TRY(sign_in_match(c->r, c->person.email, "password", &num, &right, err));
	if (!right || num != c->person.num)
		issues_add(&c->issues, "password", N_("This is not your present password."));
	return OK;
}

static enum code write(struct tx *tx, void *arg, struct err *err)
{
	struct confirming *c = arg;
	c->right = true;
	if (c->code) TRY(second_step_take(tx, c->r->arena, c->person.num, request_form(c->r, "code"), &c->right, err));
	return c->right ? entry_open(tx, &c->entry, err) : OK;
}

enum code confirm_post(struct request *r, struct err *err)
{
	struct confirming c;
	TRY(begin(r, &c, request_form(r, "next"), err));
	TRY(sign_in_limit(r, c.person.email, err));
	if (!c.password && !c.code) return show(&c);
	if (c.password) TRY(check_password(&c, err));
	if (c.issues.count == 0) {
		TRY(request_write(r, write, &c, err));
		if (!c.right)
			issues_add(&c.issues, "code",
			           N_("This is not the code of this moment. Look again: it changes every thirty "
			              "seconds, and serves once."));
	}
	if (c.issues.count) {
		TRY(entry_refused(r, c.person.num, "sign-in.fail", err));
		return show(&c);
	}
	sign_in_forget(r, c.person.email);
	entry_give(&c.entry);
	return request_redirect(r, c.next, "confirme-soi");
}

#include "features/minor/minor_web.h"

#include <string.h>

#include "core/audit.h"
#include "features/joining/joining.h"
#include "features/joining/joining_web.h"
#include "features/minor/minor.html.h"
#include "web/web.h"

enum { SHOWN = 200 };

struct minor minor_reader(const struct page *p)
{
	struct minor minor = { 0 };
	struct err err;
	if (minor_find(p->db, p->actor->person, &minor, &err) != OK) minor = (struct minor){ 0 };
	return minor;
}

const char *minor_url(const struct page *p, const struct person *person)
{
	char id[ID_TEXT + 1];
	return arena_printf(p->arena, "/-/minors/%s", id_format(person->id, id));
}

/* ---- Answering, by letter or at a desk ---- */

struct answering {
	struct request *r;
	struct person child;
	const struct token *token; /* of the letter; NULL: at a desk */
	bool yes;
};

static enum code write_answer(struct tx *tx, void *arg, struct err *err)
{
	struct answering *x = arg;
	struct request *r = x->r;
	struct joining j = { tx, &r->page };
	enum minor_way way = x->token ? MINOR_BY_LETTER : MINOR_AT_DESK;
	if (x->token) TRY(token_spend(tx, x->token, err));
	TRY(audit_note(tx, &r->actor, x->yes ? "minor.agree" : "minor.refuse", x->child.id,
	               json_pack("{s:s}", "way", x->token ? "letter" : "desk"), err));
	if (!x->yes) return joining_parent_refused(&j, &x->child, err);
	TRY(minor_agree(tx, x->child.num, way, x->token ? 0 : r->actor.person, err));
	TRY(token_end_person(tx, TOKEN_PARENT, x->child.num, err));
	return joining_parent_agreed(&j, &x->child, err);
}

/* "yes" or "no"; anything else is a mistake. */
static bool read_answer(struct request *r, bool *yes)
{
	const char *answer = request_form(r, "answer");
	*yes = strcmp(answer, "yes") == 0;
	return *yes || strcmp(answer, "no") == 0;
}

/* ---- A parent ---- */

static enum code find_child(struct request *r, const char *text, struct token *token, struct person *child,
                            struct err *err)
{
	struct minor minor;
	TRY(token_find(r->db, r->arena, TOKEN_PARENT, text, token, err));
	TRY(person_load(r->db, r->arena, token->person, child, err));
	TRY(minor_find(r->db, child->num, &minor, err));
	if (minor.agreed) FAIL(err, E_NOT_FOUND, N_("This link has been used already, or is too old."));
	return OK;
}

static enum code show_done(struct request *r, int status, const char *title, const char *lead)
{
	joining_secret(r, title);
	r->response->status = status;
	parent_done_page(request_out(r), &r->page, lead);
	return OK;
}

static enum code show_spent(struct request *r)
{
	const struct page *p = &r->page;
	return show_done(
	        r, 410, _("This link no longer serves"),
	        _("It has been used, or is too old. Your child can ask again, or you come to a desk together."));
}

static enum code show_parent(struct request *r, const struct person *child, const char *text, struct issues *issues)
{
	joining_secret(r, page_printf(&r->page, tr(r->page.lang, N_("An account for %s")), child->name));
	if (issues) {
		r->response->status = 422;
		r->page.issues = issues;
	}
	parent_page(request_out(r), &r->page, child, text);
	return OK;
}

static enum code parent_show(struct request *r, struct err *err)
{
	struct token token;
	struct person child;
	const char *text = request_query(r, "c");
	enum code code = find_child(r, text, &token, &child, err);
	if (code == E_NOT_FOUND) return show_spent(r);
	TRY(code);
	return show_parent(r, &child, text, NULL);
}

static enum code parent_post(struct request *r, struct err *err)
{
	struct token token;
	struct issues issues;
	struct answering x = { .r = r, .token = &token };
	const struct page *p = &r->page;
	const char *text = request_form(r, "c");
	issues_init(&issues, r->arena);
	enum code code = find_child(r, text, &token, &x.child, err);
	if (code == OK && !read_answer(r, &x.yes)) {
		issues_add(&issues, "answer", N_("Say yes or no."));
		return show_parent(r, &x.child, text, &issues);
	}
	if (code == OK) code = request_write(r, write_answer, &x, err);
	if (code == E_NOT_FOUND) return show_spent(r);
	TRY(code);
	if (x.yes)
		return show_done(r, 200, _("Thank you"), _("Your agreement is noted. Your child is told by a letter."));
	return show_done(r, 200, _("It is noted"),
	                 _("No account is opened: the request and all that it said are deleted."));
}

/* ---- At a desk ---- */

static enum code minors_show(struct request *r, struct err *err)
{
	struct person *waiting;
	int n;
	TRY(minor_waiting(r->db, r->arena, SHOWN, &waiting, &n, err));
	r->page.title = tr(r->page.lang, N_("Accounts that wait for a parent"));
	r->page.hidden = true;
	minors_page(request_out(r), &r->page, waiting, n);
	return OK;
}

static enum code minor_post(struct request *r, struct err *err)
{
	struct id id;
	struct minor minor;
	struct answering x = { .r = r };
	if (!id_parse(r->params[0], &id)) FAIL(err, E_NOT_FOUND, N_("There is no such person."));
	TRY(person_by_id(r->db, r->arena, id, &x.child, err));
	TRY(minor_find(r->db, x.child.num, &minor, err));
	if (minor.agreed || x.child.state != PERSON_WAITING) FAIL(err, E_NOT_FOUND, N_("There is no such person."));
	if (!read_answer(r, &x.yes)) FAIL(err, E_INPUT, N_("Say yes or no."));
	TRY(request_write(r, write_answer, &x, err));
	return request_redirect(r, "/-/minors", x.yes ? "parent-oui" : "parent-non");
}

/* ---- Growing up ---- */

static enum code grow(struct tx *tx, void *arg, struct err *err)
{
	const struct request *r = arg;
	return minor_end(tx, r->actor.person, err);
}

static enum code age_post(struct request *r, struct err *err)
{
	TRY(request_write(r, grow, r, err));
	return request_redirect(r, "/-/account", "grandi");
}

const struct feature minor_feature = {
	.name = "minor",
	.routes = ROUTES({ HTTP_GET, "/-/parent", parent_show, ACTION_READ, KIND_SITE,
	                   N_("A letter to a parent: form to agree to a child’s account"), 0, false },
	                 { HTTP_POST, "/-/parent", parent_post, ACTION_READ, KIND_SITE,
	                   N_("Agree to a child’s account, or not"), 0, true },
	                 { HTTP_GET, "/-/minors", minors_show, ACTION_MANAGE, KIND_SPACE,
	                   N_("Accounts that wait for a parent"), 0, false },
	                 { HTTP_POST, "/-/minors/:id", minor_post, ACTION_MANAGE, KIND_SPACE,
	                   N_("Note a parent’s answer at a desk"), 0, false },
	                 { HTTP_POST, "/-/kept/:id", kept_post, ACTION_EDIT, KIND_RECORD,
	                   N_("Say whether everybody reads what a child says about a person"), 0, false },
	                 { HTTP_POST, "/-/account/age", age_post, ACTION_EDIT, KIND_PERSON,
	                   N_("Say that one is old enough now"), 0, false }),
};

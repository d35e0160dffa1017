#include "features/account/sign_in.h"

#include "core/person.h"
#include "features/account/account.html.h"
#include "features/account/entry.h"
#include "features/account/second_step.h"
#include "features/joining/joining.h"
#include "net/rate.h"
#include "web/error_page.h"
#include "web/web.h"

static const char *account_key(struct request *r, const char *email)
{
	char address[RATE_KEY];
	return arena_printf(r->arena, "%s %s", rate_address_key(r->http->peer, address), email_key(r->arena, email));
}

enum code sign_in_limit(struct request *r, const char *email, struct err *err)
{
	TRY(web_limit(r, LIMIT_SIGN_IN_ADDRESS, NULL, err));
	return web_limit(r, LIMIT_SIGN_IN_ACCOUNT, account_key(r, email), err);
}

void sign_in_forget(struct request *r, const char *email)
{
	web_limit_forget(r, LIMIT_SIGN_IN_ACCOUNT, account_key(r, email));
}

static enum code show(struct request *r, const char *email, const char *next, bool stay, const char *mistake,
                      struct err *err)
{
	struct page *p = &r->page;
	bool any = true;
	TRY(person_any_administrator(r->db, &any, err));
	p->title = _("Sign in");
	p->hidden = true;
	sign_in_page(request_out(r), p, email, local_path(next, ""), stay, mistake, !any,
	             joining_sign_up(p->model) != SIGN_UP_CLOSED);
	return OK;
}

enum code sign_in_show(struct request *r, struct err *err)
{
	const char *next = request_query(r, "next");
	if (r->actor.person) return request_redirect(r, local_path(next, "/-/account"), NULL);
	return show(r, "", next, false, NULL, err);
}

enum code sign_in_match(struct request *r, const char *email, const char *field, int64_t *num, bool *right,
                        struct err *err)
{
	int64_t account;
	const char *hash;
	TRY(person_credential(r->db, r->arena, email, &account, &hash, err));
	request_pause(r);
	bool matches = password_matches(hash, request_form(r, field));
	TRY(request_resume(r, err));
	*num = account;
	*right = matches && account != 0;
	return OK;
}

/* Whose address and password are these? E_INPUT for any that do not go together: unknown, blocked and
 * wrong are answered alike and take as long. */
static enum code recognise(struct request *r, const char *email, struct person *ret, struct err *err)
{
	int64_t num;
	bool right;
	TRY(sign_in_limit(r, email, err));
	TRY(sign_in_match(r, email, "password", &num, &right, err));
	if (!right) {
		TRY(entry_refused(r, num, "sign-in.fail", err));
		FAIL(err, E_INPUT,
		     N_("This address and this password do not go together. Check both, then try again."));
	}
	sign_in_forget(r, email);
	return person_load(r->db, r->arena, num, ret, err);
}

static enum code open_session(struct tx *tx, void *arg, struct err *err)
{
	return entry_open(tx, arg, err);
}

enum code sign_in_post(struct request *r, struct err *err)
{
	const char *email = request_form(r, "email"), *next = request_form(r, "next");
	bool stay = *request_form(r, "stay") != '\0';
	struct person person;
	enum code code = recognise(r, email, &person, err);
	if (code == E_INPUT || code == E_LIMIT) {
		r->response->status = code == E_INPUT ? 422 : code_status(code);
		return show(r, email, next, stay, page_error(&r->page, err), err);
	}
	if (code != OK) return code;
	bool asked;
	TRY(second_step_due(r->db, person.num, &asked, err));
	if (asked) return second_step_ask(r, person.num, next, stay);
	struct entry entry = { .r = r, .person = person.num, .stay = stay };
	TRY(request_write(r, open_session, &entry, err));
	entry_give(&entry);
	if (person.locale) entry_language(r, person.locale);
	return request_redirect(r, local_path(next, "/"), "bienvenue");
}

static enum code close_session(struct tx *tx, void *arg, struct err *err)
{
	return session_end(tx, arg, err);
}

enum code sign_out_post(struct request *r, struct err *err)
{
	if (r->token) {
		struct hash hash = session_hash(r->token);
		TRY(request_write(r, close_session, &hash, err));
	}
	request_sign_out(r);
	return request_redirect(r, "/", "au-revoir");
}

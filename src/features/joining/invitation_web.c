/* Invitations: making them, ending them, taking them up; accounts that wait for an answer. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "features/joining/joining.html.h"
#include "features/joining/joining_web.h"
#include "features/minor/minor_ask.h"
#include "features/people/people_change.h"
#include "features/people/people_web.h"
#include "features/terms/terms_ask.h"
#include "page/qr.h"
#include "web/web.h"

/* ---- Taking one up ---- */

static enum code find(struct request *r, const char *text, struct token *token, struct joining_offer *offer,
                      struct err *err)
{
	struct person by;
	TRY(token_find(r->db, r->arena, TOKEN_INVITATION, text, token, err));
	*offer = (struct joining_offer){ .space = model_space(r->page.model, token->space),
		                         .level = token->level,
		                         .email = json_str(token->body, "email") };
	if (offer->space == NULL) FAIL(err, E_NOT_FOUND, N_("This link has been used already, or is too old."));
	if (token->creator && person_load(r->db, r->arena, token->creator, &by, NULL) == OK) offer->by = by.name;
	return OK;
}

static enum code show_spent(struct request *r)
{
	joining_secret(r, tr(r->page.lang, N_("This invitation no longer serves")));
	r->response->status = 410;
	invitation_spent_page(request_out(r), &r->page);
	return OK;
}

static enum code show(struct request *r, const struct joining_offer *offer, const char *text,
                      const struct account_asked *asked, const struct age_typed *age)
{
	joining_secret(
	        r, page_printf(&r->page, tr(r->page.lang, N_("Invitation to “%s”")), t(&r->page, &offer->space->name)));
	invitation_page(request_out(r), &r->page, offer, text, asked->name, asked->email, age);
	return OK;
}

enum code invitation_show(struct request *r, struct err *err)
{
	struct token token;
	struct joining_offer offer;
	const char *text = request_query(r, "c");
	enum code code = find(r, text, &token, &offer, err);
	if (code == E_NOT_FOUND) return show_spent(r);
	if (code != OK) return code;
	return show(r, &offer, text, &(struct account_asked){ .name = "", .email = offer.email ? offer.email : "" },
	            &(struct age_typed){ .age = "", .parent = "" });
}

struct taking {
	struct request *r;
	const struct token *token;
	struct account_asked account;
};

static enum code join(struct tx *tx, void *arg, struct err *err)
{
	const struct taking *taking = arg;
	struct joining j = { tx, &taking->r->page };
	struct person person;
	TRY(person_load(tx_db(tx), taking->r->arena, taking->r->actor.person, &person, err));
	return joining_join(&j, taking->token, &person, err);
}

static enum code ask_account(struct tx *tx, void *arg, struct err *err)
{
	const struct taking *taking = arg;
	struct joining j = { tx, &taking->r->page };
	return joining_ask_account(&j, &taking->account, err);
}

/* With an address, a letter confirms it first; without, the account is there at once. */
static enum code take_up(struct request *r, struct taking *taking, struct err *err)
{
	const char *email = taking->account.email;
	if (*email) {
		TRY(web_limit(r, LIMIT_LETTER, arena_printf(r->arena, "to %s", email_key(r->arena, email)), err));
		TRY(request_write(r, ask_account, taking, err));
		r->page.title = tr(r->page.lang, N_("Look at your letters"));
		r->page.hidden = true;
		letter_sent_page(request_out(r), &r->page, email);
		return OK;
	}
	struct arrival arrival = { .r = r,
		                   .token = taking->token,
		                   .name = taking->account.name,
		                   .stay = true,
		                   .accepted = taking->account.accepted };
	TRY(request_write(r, arrival_write, &arrival, err));
	arrival_give(&arrival);
	return request_redirect(r, "/-/welcome", NULL);
}

enum code invitation_post(struct request *r, struct err *err)
{
	struct token token;
	struct joining_offer offer;
	struct issues issues;
	const char *text = request_form(r, "c");
	struct taking taking = { .r = r, .token = &token, .account = { .invitation = &token } };
	struct account_asked *account = &taking.account;
	struct age_typed age;
	enum code code = find(r, text, &token, &offer, err);
	if (code == E_NOT_FOUND) return show_spent(r);
	if (code != OK) return code;
	if (r->actor.person) {
		code = request_write(r, join, &taking, err);
		if (code == E_NOT_FOUND) return show_spent(r);
		if (code != OK) return code;
		return request_redirect(r, "/-/account#spaces", "rejoint");
	}
	TRY(people_typed(r, "name", &account->name, err));
	TRY(people_typed(r, "email", &account->email, err));
	issues_init(&issues, r->arena);
	person_check(account->name, *account->email ? account->email : NULL, NULL, &issues);
	TRY(age_read(r, account->email, &age, &issues, err));
	account->minor = age.minor;
	account->parent = age.parent;
	if (age.minor && *account->email == '\0')
		issues_add(&issues, "age",
		           N_("Without an e-mail address, come to a desk with a parent: you get a card there."));
	TRY(terms_read_for(r, TERMS_ACCOUNTS, &issues, &account->accepted, err));
	if (issues.count) {
		r->response->status = 422;
		r->page.issues = &issues;
		return show(r, &offer, text, account, &age);
	}
	code = take_up(r, &taking, err);
	return code == E_NOT_FOUND ? show_spent(r) : code;
}

/* ---- Making one ---- */

static int number_in(struct request *r, const char *name, int least, int most, int fallback)
{
	char *end;
	const char *typed = request_form(r, name);
	long n = strtol(typed, &end, 10);
	return *typed && *end == '\0' && n >= least && n <= most ? (int)n : fallback;
}

struct inviting {
	struct request *r;
	struct invitation invitation;
	char text[TOKEN_TEXT + 1];
};

static enum code invite(struct tx *tx, void *arg, struct err *err)
{
	struct inviting *inviting = arg;
	struct joining j = { tx, &inviting->r->page };
	return joining_invite(&j, &inviting->invitation, inviting->text, err);
}

static enum code show_gift(struct request *r, const struct inviting *made, struct err *err)
{
	struct page *p = &r->page;
	struct joining_gift gift = { .url = joining_link(p, "/-/join", made->text),
		                     .back = members_url(p, made->invitation.space, NULL) };
	TRY(qr_svg(r->arena, gift.url, tr(p->lang, N_("QR code of the invitation")), &gift.qr, err));
	joining_secret(r, page_printf(p, tr(p->lang, N_("Invitation to “%s”")), t(p, &made->invitation.space->name)));
	invited_page(request_out(r), p, &gift, made->invitation.email);
	return OK;
}

enum code invite_post(struct request *r, struct err *err)
{
	struct inviting made = { .r = r };
	struct issues issues, found;
	const char *email;
	issues_init(&issues, r->arena);
	issues_init(&found, r->arena);
	TRY(joining_space(r, &made.invitation.space, err));
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	TRY(people_typed(r, "invited", &email, err));
	made.invitation.level = people_level(r, "level", LEVEL_MEMBER) == LEVEL_FACILITATOR ? LEVEL_FACILITATOR
	                                                                                    : LEVEL_MEMBER;
	made.invitation.days = number_in(r, "days", 1, JOINING_DAYS_MAX, 7);
	made.invitation.uses = *email ? 1 : number_in(r, "uses", 1, JOINING_USES_MAX, 1);
	made.invitation.email = *email ? email : NULL;
	if (*email) {
		person_check(NULL, email, NULL, &found);
		if (found.count) issues_add_err(&issues, "invited", &found.first->err);
		else if (r->actor.minor)
			issues_add(
			        &issues, "invited",
			        N_("No letter leaves to others from your account: make the invitation without an address, and show it."));
		if (issues.count)
			return members_again(r, made.invitation.space, &(struct members_typed){ .invited = email },
			                     &issues, err);
	}
	TRY(request_write(r, invite, &made, err));
	return show_gift(r, &made, err);
}

struct ending {
	struct request *r;
	const struct space *space;
	int64_t num;
};

static enum code end_it(struct tx *tx, void *arg, struct err *err)
{
	const struct ending *ending = arg;
	struct people_change c = { tx, ending->r->arena, &ending->r->actor };
	TRY(token_end(tx, TOKEN_INVITATION, ending->space->num, ending->num, err));
	return people_note(&c, "space.invite-end", ending->space->id, json_pack("{s:s}", "space", ending->space->slug),
	                   err);
}

enum code invite_end_post(struct request *r, struct err *err)
{
	struct ending ending = { .r = r, .num = strtoll(r->params[1], NULL, 10) };
	TRY(joining_space(r, &ending.space, err));
	TRY(request_write(r, end_it, &ending, err));
	return request_redirect(r, members_url(&r->page, ending.space, NULL), "invitation-finie");
}

/* ---- Accounts that wait ---- */

struct answering {
	struct request *r;
	struct person person;
	enum code (*answer)(struct joining *j, const struct person *person, struct err *err);
};

static enum code answer(struct tx *tx, void *arg, struct err *err)
{
	const struct answering *answering = arg;
	struct joining j = { tx, &answering->r->page };
	return answering->answer(&j, &answering->person, err);
}

static enum code answer_post(struct request *r, struct answering *answering, const char *notice, struct err *err)
{
	struct id id;
	if (!id_parse(r->params[0], &id)) FAIL(err, E_NOT_FOUND, N_("There is no such person."));
	TRY(person_by_id(r->db, r->arena, id, &answering->person, err));
	TRY(request_write(r, answer, answering, err));
	return request_redirect(r, "/-/people", notice);
}

enum code accept_post(struct request *r, struct err *err)
{
	return answer_post(r, &(struct answering){ .r = r, .answer = joining_accept }, "accepte", err);
}

enum code refuse_post(struct request *r, struct err *err)
{
	return answer_post(r, &(struct answering){ .r = r, .answer = joining_refuse }, "refuse", err);
}

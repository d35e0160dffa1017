#include "features/joining/joining_web.h"

#include <string.h>

#include "base/clock.h"
#include "features/account/entry.h"
#include "features/account/second_step.h"
#include "features/joining/joining.html.h"
#include "features/people/people_web.h"
#include "net/rate.h"
#include "web/barrier.h"
#include "web/web.h"

void joining_secret(struct request *r, const char *title)
{
	http_set(r->response, "Cache-Control", "no-store");
	r->page.title = title;
	r->page.hidden = true;
}

enum code joining_space(struct request *r, const struct space **ret, struct err *err)
{
	const struct space *space = model_space_by_slug(r->page.model, r->params[0]);
	if (space == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(may(&r->actor, ACTION_MANAGE, &(struct thing){ .kind = KIND_SPACE, .space = space }, err));
	r->page.space = space;
	*ret = space;
	return OK;
}

/* ---- Arriving ---- */

/* Told to the audit. */
static const char *const arrival_ways[TOKEN_APPEAL + 1] = { [TOKEN_SIGN_IN] = "letter",
	                                                    [TOKEN_SIGN_UP] = "letter",
	                                                    [TOKEN_EMAIL] = "letter",
	                                                    [TOKEN_INVITATION] = "invitation",
	                                                    [TOKEN_CARD] = "card" };

enum code arrival_write(struct tx *tx, void *arg, struct err *err)
{
	struct arrival *arrival = arg;
	struct request *r = arrival->r;
	struct joining j = { tx, &r->page };
	struct entry entry = {
		.r = r, .life = arrival->life, .stay = arrival->stay, .by = arrival_ways[arrival->token->kind]
	};
	if (arrival->name) TRY(joining_join_new(&j, arrival->token, arrival->name, &arrival->person, err));
	else TRY(joining_redeem(&j, arrival->token, &arrival->person, err));
	if (arrival->person.state != PERSON_ACTIVE) return OK;
	TRY(second_step_due(tx_db(tx), arrival->person.num, &arrival->second_step, err));
	if (arrival->second_step) return OK;
	entry.person = arrival->person.num;
	TRY(entry_open(tx, &entry, err));
	memcpy(arrival->session, entry.token, sizeof(entry.token));
	return OK;
}

void arrival_give(const struct arrival *arrival)
{
	if (*arrival->session) request_sign_in(arrival->r, arrival->session, arrival->stay);
	if (arrival->person.locale) entry_language(arrival->r, arrival->person.locale);
}

/* ---- A link by letter ---- */

/* For each address, and for each person who asks: nobody's box is filled, nobody guesses addresses. */
static enum code limit_letters(struct request *r, const char *email, struct err *err)
{
	char address[RATE_KEY];
	TRY(web_limit(r, LIMIT_LETTER, rate_address_key(r->http->peer, address), err));
	return web_limit(r, LIMIT_LETTER, arena_printf(r->arena, "to %s", email_key(r->arena, email)), err);
}

static enum code show_link(struct request *r, const char *email, const char *next)
{
	r->page.title = tr(r->page.lang, N_("Sign in by e-mail"));
	r->page.hidden = true;
	letter_link_page(request_out(r), &r->page, email, local_path(next, ""));
	return OK;
}

static enum code link_show(struct request *r, struct err *err)
{
	(void)err;
	return show_link(r, "", request_query(r, "next"));
}

struct asking {
	struct request *r;
	const char *name, *email, *next;
	const struct token *invitation;
};

static enum code send_link(struct tx *tx, void *arg, struct err *err)
{
	const struct asking *asking = arg;
	struct joining j = { tx, &asking->r->page };
	TRY(token_purge(tx, err)); /* a write in any case: an address that is known takes no longer */
	return joining_send_link(&j, asking->email, asking->next, err);
}

static enum code show_sent(struct request *r, const char *email)
{
	r->page.title = tr(r->page.lang, N_("Look at your letters"));
	r->page.hidden = true;
	letter_sent_page(request_out(r), &r->page, email);
	return OK;
}

/* The answer is the same whether there is such an account or not. */
static enum code link_post(struct request *r, struct err *err)
{
	struct asking asking = { .r = r, .next = local_path(request_form(r, "next"), "") };
	struct issues issues;
	issues_init(&issues, r->arena);
	TRY(people_typed(r, "email", &asking.email, err));
	person_check(NULL, asking.email, NULL, &issues);
	if (issues.count) {
		r->response->status = 422;
		r->page.issues = &issues;
		return show_link(r, asking.email, asking.next);
	}
	TRY(limit_letters(r, asking.email, err));
	TRY(request_write(r, send_link, &asking, err));
	return show_sent(r, asking.email);
}

/* ---- Opening a link: a page with a button, since programs that look at letters open links too ---- */

/* The link in any of the kinds that letters hold. Tries are not counted: nobody guesses 32 random bytes. */
static enum code find_link(struct request *r, const char *text, struct token *ret, struct err *err)
{
	static const enum token_kind kinds[] = { TOKEN_SIGN_IN, TOKEN_SIGN_UP, TOKEN_EMAIL };
	enum code code = E_NOT_FOUND;
	for (size_t i = 0; i < COUNT(kinds) && code == E_NOT_FOUND; i++)
		code = token_find(r->db, r->arena, kinds[i], text, ret, err);
	return code;
}

static struct joining_step step(const struct page *p, enum token_kind kind)
{
	switch (kind) {
	case TOKEN_SIGN_UP:
		return (struct joining_step){ _("Open my account"), _("Your address is right. One step more:"),
			                      _("Open my account") };
	case TOKEN_EMAIL:
		return (struct joining_step){
			_("Use this address"),
			_("Letters of this site will come to this address, and you can sign in with it."),
			_("Use this address")
		};
	default: return (struct joining_step){ _("Sign in"), _("One step more:"), _("Sign in on this device") };
	}
}

/* A link that no longer serves: a page that says how to get another, not an error to stop at. */
static enum code show_spent(struct request *r)
{
	joining_secret(r, tr(r->page.lang, N_("This link no longer serves")));
	r->response->status = 410;
	link_spent_page(request_out(r), &r->page);
	return OK;
}

static enum code in_show(struct request *r, struct err *err)
{
	struct token token;
	const char *text = request_query(r, "c");
	enum code code = find_link(r, text, &token, err);
	if (code == E_NOT_FOUND) return show_spent(r);
	if (code != OK) return code;
	struct joining_step words = step(&r->page, token.kind);
	joining_secret(r, words.title);
	link_page(request_out(r), &r->page, &words, text, json_str_or(token.body, "email", NULL));
	return OK;
}

static enum code after(struct request *r, const struct arrival *arrival)
{
	static const char *const where[] = { [TOKEN_SIGN_UP] = "/-/welcome", [TOKEN_EMAIL] = "/-/account" };
	enum token_kind kind = arrival->token->kind;
	if (arrival->person.state == PERSON_WAITING) return request_redirect(r, "/-/waiting", NULL);
	if (kind == TOKEN_SIGN_IN)
		return request_redirect(r, local_path(json_str(arrival->token->body, "next"), "/"), "bienvenue");
	return request_redirect(r, where[kind], kind == TOKEN_EMAIL ? "compte" : NULL);
}

static enum code in_post(struct request *r, struct err *err)
{
	struct token token;
	struct arrival arrival = { .r = r, .token = &token, .stay = *request_form(r, "stay") != '\0' };
	enum code code = find_link(r, request_form(r, "c"), &token, err);
	if (code == OK) code = request_write(r, arrival_write, &arrival, err);
	if (code == E_NOT_FOUND) return show_spent(r);
	if (code == E_CONFLICT) return show_spent(r); /* the address has got an account meanwhile */
	if (code != OK) return code;
	if (arrival.second_step)
		return second_step_ask(r, arrival.person.num, json_str_or(token.body, "next", ""), arrival.stay);
	arrival_give(&arrival);
	return after(r, &arrival);
}

/* ---- Signing up ---- */

static enum code check_open(struct request *r, struct err *err)
{
	if (joining_sign_up(r->page.model) == SIGN_UP_CLOSED)
		FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	return OK;
}

static enum code show_sign_up(struct request *r, const char *name, const char *email)
{
	r->page.title = tr(r->page.lang, N_("Open an account"));
	r->page.hidden = true;
	sign_up_page(request_out(r), &r->page, name, email, barrier_stamp(r),
	             joining_sign_up(r->page.model) == SIGN_UP_APPROVED);
	return OK;
}

static enum code sign_up_show(struct request *r, struct err *err)
{
	TRY(check_open(r, err));
	return show_sign_up(r, "", "");
}

static enum code ask_account(struct tx *tx, void *arg, struct err *err)
{
	const struct asking *asking = arg;
	struct joining j = { tx, &asking->r->page };
	TRY(token_purge(tx, err));
	return joining_ask_account(&j, asking->name, asking->email, asking->invitation, err);
}

static enum code sign_up_post(struct request *r, struct err *err)
{
	struct asking asking = { .r = r };
	struct issues issues;
	enum barrier barrier = barrier_check(r);
	TRY(check_open(r, err));
	issues_init(&issues, r->arena);
	TRY(people_typed(r, "name", &asking.name, err));
	TRY(people_typed(r, "email", &asking.email, err));
	person_check(asking.name, asking.email, NULL, &issues);
	if (barrier == BARRIER_EARLY || barrier == BARRIER_OLD)
		issues_add(&issues, "",
		           N_("This came faster than people write, or very late. Look at it once more and send it "
		              "again."));
	if (issues.count) {
		r->response->status = 422;
		r->page.issues = &issues;
		return show_sign_up(r, asking.name, asking.email);
	}
	if (barrier == BARRIER_TRAPPED) return show_sent(r, asking.email);
	TRY(limit_letters(r, asking.email, err));
	TRY(request_write(r, ask_account, &asking, err));
	return show_sent(r, asking.email);
}

static enum code welcome_show(struct request *r, struct err *err)
{
	struct person person;
	TRY(person_load(r->db, r->arena, r->actor.person, &person, err));
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("Welcome, %s")), person.name);
	r->page.hidden = true;
	welcome_page(request_out(r), &r->page, *person.email != '\0');
	return OK;
}

static enum code waiting_show(struct request *r, struct err *err)
{
	(void)err;
	r->page.title = tr(r->page.lang, N_("One step is not yours"));
	r->page.hidden = true;
	waiting_page(request_out(r), &r->page);
	return OK;
}

const struct feature joining_feature = {
	.name = "joining",
	.routes = ROUTES(
	        { HTTP_GET, "/-/sign-in/letter", link_show, ACTION_READ, KIND_SITE, N_("Form to get a link by e-mail"),
	          0, false },
	        { HTTP_POST, "/-/sign-in/letter", link_post, ACTION_READ, KIND_SITE,
	          N_("Get a link by e-mail to sign in"), 0, true },
	        { HTTP_GET, "/-/in", in_show, ACTION_READ, KIND_SITE, N_("A link that came by e-mail"), 0, false },
	        { HTTP_POST, "/-/in", in_post, ACTION_READ, KIND_SITE, N_("Use a link that came by e-mail"), 0, true },
	        { HTTP_GET, "/-/sign-up", sign_up_show, ACTION_READ, KIND_SITE, N_("Form to open an account"), 0,
	          false },
	        { HTTP_POST, "/-/sign-up", sign_up_post, ACTION_READ, KIND_SITE, N_("Ask for an account"), 0, true },
	        { HTTP_GET, "/-/welcome", welcome_show, ACTION_READ, KIND_PERSON, N_("First page of a new account"), 0,
	          false },
	        { HTTP_GET, "/-/waiting", waiting_show, ACTION_READ, KIND_SITE,
	          N_("What an account that waits waits for"), 0, false },
	        { HTTP_GET, "/-/join", invitation_show, ACTION_READ, KIND_SITE, N_("An invitation"), 0, false },
	        { HTTP_POST, "/-/join", invitation_post, ACTION_READ, KIND_SITE, N_("Take up an invitation"), 0, true },
	        { HTTP_GET, "/-/card", card_show, ACTION_READ, KIND_SITE, N_("Form to come in with a card"), 0, false },
	        { HTTP_POST, "/-/card", card_post, ACTION_READ, KIND_SITE, N_("Come in with a card"), 0, true },
	        { HTTP_GET, "/-/space/:slug/members", members_show, ACTION_MANAGE, KIND_SPACE, N_("Members of a space"),
	          0, false },
	        { HTTP_POST, "/-/space/:slug/members", members_post, ACTION_MANAGE, KIND_SPACE,
	          N_("Add a member to a space"), 0, false },
	        { HTTP_POST, "/-/space/:slug/members/:id", member_post, ACTION_MANAGE, KIND_SPACE,
	          N_("Change a member’s role, or end the membership"), 0, false },
	        { HTTP_POST, "/-/space/:slug/invite", invite_post, ACTION_MANAGE, KIND_SPACE,
	          N_("Invite somebody to a space"), 0, false },
	        { HTTP_POST, "/-/space/:slug/invite/:num/end", invite_end_post, ACTION_MANAGE, KIND_SPACE,
	          N_("End an invitation"), 0, false },
	        { HTTP_POST, "/-/space/:slug/card", card_new_post, ACTION_MANAGE, KIND_SPACE,
	          N_("Add somebody without e-mail, with a card"), 0, false },
	        { HTTP_POST, "/-/space/:slug/members/:id/card", card_give_post, ACTION_MANAGE, KIND_SPACE,
	          N_("Give a member a new card"), 0, false },
	        { HTTP_POST, "/-/space/:slug/members/:id/card/end", card_end_post, ACTION_MANAGE, KIND_SPACE,
	          N_("Cancel a member’s card"), 0, false },
	        { HTTP_POST, "/-/people/:id/accept", accept_post, ACTION_ADMINISTER, KIND_PERSON,
	          N_("Accept an account that waits"), 0, false },
	        { HTTP_POST, "/-/people/:id/refuse", refuse_post, ACTION_ADMINISTER, KIND_PERSON,
	          N_("Refuse an account that waits"), 0, false }),
};

#include "features/joining/joining.h"

#include <string.h>

#include "base/clock.h"
#include "features/joining/joining_letter.h"
#include "features/people/people_change.h"
#include "features/terms/terms_ask.h"

enum sign_up joining_sign_up(const struct model *model)
{
	const char *words = json_string_value(model_setting(model, "sign_up"));
	if (words == NULL) return SIGN_UP_CLOSED;
	return strcmp(words, "open") == 0       ? SIGN_UP_OPEN
	       : strcmp(words, "approved") == 0 ? SIGN_UP_APPROVED
	                                        : SIGN_UP_CLOSED;
}

const char *joining_link(const struct page *p, const char *path, const char *text)
{
	return arena_printf(p->arena, "%s%s?c=%s", p->base_url, path, text);
}

static struct people_change change(const struct joining *j)
{
	return (struct people_change){ j->tx, j->page->arena, j->page->actor };
}

static enum code note(const struct joining *j, const char *action, struct id thing, json_t *detail, struct err *err)
{
	struct people_change c = change(j);
	return people_note(&c, action, thing, detail, err);
}

/* ---- By letter ---- */

static enum code send_link(struct joining *j, const struct person *person, const char *next, struct err *err)
{
	char text[TOKEN_TEXT + 1];
	json_t *body = json_keep(j->page->arena, json_pack("{s:s}", "next", next));
	const struct token token = { .kind = TOKEN_SIGN_IN,
		                     .person = person->num,
		                     .body = body,
		                     .uses = 1,
		                     .expires = clock_now() + JOINING_SIGN_IN_MS };
	token_draw(text);
	/* The latest letter counts: earlier links need not serve. */
	TRY(token_end_person(j->tx, TOKEN_SIGN_IN, person->num, err));
	TRY(token_create(j->tx, j->page->arena, text, &token, err));
	return joining_letter(j, person, LETTER_LINK, joining_link(j->page, "/-/in", text), NULL, err);
}

enum code joining_send_link(struct joining *j, const char *email, const char *next, struct err *err)
{
	struct person person;
	enum code code = person_by_email(tx_db(j->tx), j->page->arena, email, &person, err);
	if (code == E_NOT_FOUND) return OK;
	TRY(code);
	return person.state == PERSON_ACTIVE ? send_link(j, &person, next, err) : OK;
}

/* What a new account is made from, once its address is known to be right. */
static json_t *account_body(const struct joining *j, const struct account_asked *asked)
{
	json_t *body = json_pack("{s:s, s:s, s:s}", "name", asked->name, "email", asked->email, "locale",
	                         lang_tag(j->page->lang));
	if (json_object_size(asked->accepted)) json_object_set_new(body, "accepted", json_deep_copy(asked->accepted));
	if (asked->minor) json_object_set_new(body, "parent", json_string(asked->parent ? asked->parent : ""));
	if (asked->invitation) json_object_set_new(body, "invitation", json_integer(asked->invitation->num));
	return json_keep(j->page->arena, body);
}

enum code joining_ask_account(struct joining *j, const struct account_asked *asked, struct err *err)
{
	const struct token *invitation = asked->invitation;
	struct person person = { .name = asked->name, .email = asked->email };
	char text[TOKEN_TEXT + 1];
	enum code code = person_by_email(tx_db(j->tx), j->page->arena, asked->email, &person, err);
	if (code == OK) return person.state == PERSON_ACTIVE ? send_link(j, &person, "", err) : OK;
	if (code != E_NOT_FOUND) return code;
	const struct token token = { .kind = TOKEN_SIGN_UP,
		                     .body = account_body(j, asked),
		                     .uses = 1,
		                     .space = invitation ? invitation->space : 0,
		                     .level = invitation ? invitation->level : LEVEL_VISITOR,
		                     .expires = clock_now() + JOINING_CONFIRM_MS };
	token_draw(text);
	TRY(token_create(j->tx, j->page->arena, text, &token, err));
	return joining_letter(j, &person, LETTER_CONFIRM, joining_link(j->page, "/-/in", text), NULL, err);
}

enum code joining_ask_address(struct joining *j, const struct person *person, const char *email, struct err *err)
{
	char text[TOKEN_TEXT + 1];
	struct person there = *person;
	json_t *body = json_keep(j->page->arena, json_pack("{s:s}", "email", email));
	const struct token token = { .kind = TOKEN_EMAIL,
		                     .person = person->num,
		                     .body = body,
		                     .uses = 1,
		                     .expires = clock_now() + JOINING_CONFIRM_MS };
	token_draw(text);
	there.email = email;
	TRY(token_end_person(j->tx, TOKEN_EMAIL, person->num, err));
	TRY(token_create(j->tx, j->page->arena, text, &token, err));
	return joining_letter(j, &there, LETTER_ADDRESS, joining_link(j->page, "/-/in", text), NULL, err);
}

/* ---- Redeeming ---- */

static enum code join_space(struct joining *j, const struct token *token, const struct person *person, struct err *err)
{
	struct people_change c = change(j);
	const struct space *space = token->space ? model_space(j->page->model, token->space) : NULL;
	struct membership *all;
	int n;
	if (space == NULL) return OK;
	TRY(membership_list(tx_db(j->tx), j->page->arena, person->num, &all, &n, err));
	for (int i = 0; i < n; i++)
		if (all[i].space == space->num && all[i].level >= token->level)
			return OK; /* an invitation takes nothing away */
	return people_set_member(&c, person, space, token->level, err);
}

static enum code open_account(struct joining *j, const char *name, const char *email, bool waits, struct person *ret,
                              struct err *err)
{
	struct people_change c = change(j);
	int64_t num;
	TRY(people_add(&c, name, email, NULL, LEVEL_CONTRIBUTOR, &num, err));
	if (waits) TRY(person_set_state(j->tx, num, PERSON_WAITING, err));
	return person_load(tx_db(j->tx), j->page->arena, num, ret, err);
}

/* Her account waits. A letter to the parent's address, which is kept in its link only; "": they come to a desk. */
static enum code ask_parent(struct joining *j, const struct person *child, const char *email, struct err *err)
{
	char text[TOKEN_TEXT + 1];
	struct person parent = { .name = "", .email = email, .locale = child->locale };
	TRY(minor_begin(j->tx, child->num, err));
	if (*email == '\0') return OK;
	const struct token token = { .kind = TOKEN_PARENT,
		                     .person = child->num,
		                     .body = json_keep(j->page->arena, json_pack("{s:s}", "email", email)),
		                     .uses = 1,
		                     .expires = clock_now() + JOINING_PARENT_MS };
	token_draw(text);
	TRY(token_create(j->tx, j->page->arena, text, &token, err));
	return joining_letter_about(j, &parent, LETTER_PARENT, joining_link(j->page, "/-/parent", text), child->name,
	                            err);
}

/* An invitation is spent when the account opens, not when the letter leaves. */
static enum code redeem_sign_up(struct joining *j, const struct token *token, struct person *ret, struct err *err)
{
	const char *locale = json_str(token->body, "locale");
	const struct token invitation = { .num = json_int(token->body, "invitation", 0) };
	const char *parent = json_str(token->body, "parent");
	bool waits = parent || (invitation.num == 0 && joining_sign_up(j->page->model) != SIGN_UP_OPEN);
	if (invitation.num) TRY(token_spend(j->tx, &invitation, err));
	TRY(open_account(j, json_str_or(token->body, "name", ""), json_str_or(token->body, "email", ""), waits, ret,
	                 err));
	if (locale) TRY(person_set_locale(j->tx, ret->num, locale, err));
	TRY(terms_keep(j->tx, ret->num, json_object_get(token->body, "accepted"), TERMS_SIGNING_UP, err));
	TRY(join_space(j, token, ret, err));
	return parent ? ask_parent(j, ret, parent, err) : OK;
}

static enum code redeem_address(struct joining *j, const struct token *token, struct person *ret, struct err *err)
{
	TRY(person_load(tx_db(j->tx), j->page->arena, token->person, ret, err));
	if (ret->state != PERSON_ACTIVE) FAIL(err, E_NOT_FOUND, N_("There is no such person."));
	TRY(person_set_email(j->tx, j->page->arena, ret->num, json_str_or(token->body, "email", ""), err));
	return note(j, "person.email", ret->id, NULL, err);
}

static enum code redeem_sign_in(struct joining *j, const struct token *token, struct person *ret, struct err *err)
{
	TRY(person_load(tx_db(j->tx), j->page->arena, token->person, ret, err));
	if (ret->state != PERSON_ACTIVE) FAIL(err, E_NOT_FOUND, N_("There is no such person."));
	return OK;
}

enum code joining_redeem(struct joining *j, const struct token *token, struct person *ret, struct err *err)
{
	static enum code (*const by_kind[])(struct joining *, const struct token *, struct person *, struct err *) = {
		[TOKEN_SIGN_IN] = redeem_sign_in,
		[TOKEN_CARD] = redeem_sign_in,
		[TOKEN_SIGN_UP] = redeem_sign_up,
		[TOKEN_EMAIL] = redeem_address,
	};
	TRY(token_spend(j->tx, token, err));
	return by_kind[token->kind](j, token, ret, err);
}

/* ---- Accounts that wait ---- */

enum code joining_accept(struct joining *j, const struct person *person, struct err *err)
{
	if (person->state != PERSON_WAITING) return OK;
	TRY(minor_check(tx_db(j->tx), person->num, err));
	TRY(person_set_state(j->tx, person->num, PERSON_ACTIVE, err));
	TRY(note(j, "person.accept", person->id, NULL, err));
	return joining_letter(j, person, LETTER_ACCEPTED,
	                      arena_printf(j->page->arena, "%s/-/sign-in", j->page->base_url), NULL, err);
}

enum code joining_refuse(struct joining *j, const struct person *person, struct err *err)
{
	if (person->state != PERSON_WAITING) return OK;
	TRY(note(j, "person.refuse", person->id, NULL, err));
	TRY(joining_letter(j, person, LETTER_REFUSED, NULL, NULL, err));
	return person_delete_waiting(j->tx, person->num, err);
}

enum code joining_parent_agreed(struct joining *j, const struct person *child, struct err *err)
{
	struct membership *all;
	int n;
	TRY(membership_list(tx_db(j->tx), j->page->arena, child->num, &all, &n, err));
	/* Invited, or where anybody may come: the parent's yes was the only one to wait for. */
	return n || joining_sign_up(j->page->model) == SIGN_UP_OPEN ? joining_accept(j, child, err) : OK;
}

enum code joining_parent_refused(struct joining *j, const struct person *child, struct err *err)
{
	TRY(joining_letter(j, child, LETTER_PARENT_NO, NULL, NULL, err));
	return person_delete_waiting(j->tx, child->num, err);
}

/* ---- Invitations ---- */

enum code joining_invite(struct joining *j, const struct invitation *invitation, char text[static TOKEN_TEXT + 1],
                         struct err *err)
{
	const struct page *p = j->page;
	const char *email = invitation->email;
	json_t *body = json_keep(p->arena, email ? json_pack("{s:s}", "email", email) : json_object());
	const struct token token = { .kind = TOKEN_INVITATION,
		                     .space = invitation->space->num,
		                     .level = invitation->level,
		                     .creator = p->actor->person,
		                     .body = body,
		                     .uses = invitation->uses,
		                     .expires = clock_now() + invitation->days * 24LL * 3600 * 1000 };
	token_draw(text);
	TRY(token_create(j->tx, p->arena, text, &token, err));
	TRY(note(j, "space.invite", invitation->space->id,
	         json_pack("{s:s, s:s}", "space", invitation->space->slug, "level", level_words(invitation->level)),
	         err));
	if (email == NULL) return OK;
	struct person there = { .name = "", .email = email };
	return joining_letter(j, &there, LETTER_INVITATION, joining_link(p, "/-/join", text), invitation->space, err);
}

enum code joining_join(struct joining *j, const struct token *token, const struct person *person, struct err *err)
{
	TRY(token_spend(j->tx, token, err));
	return join_space(j, token, person, err);
}

enum code joining_join_new(struct joining *j, const struct token *token, const char *name, struct person *ret,
                           struct err *err)
{
	TRY(token_spend(j->tx, token, err));
	TRY(open_account(j, name, NULL, false, ret, err));
	return join_space(j, token, ret, err);
}

/* ---- Cards ---- */

bool joining_may_card(const struct actor *actor, const struct model *model, const struct person *person,
                      const struct membership *memberships, int n)
{
	if (person->level == LEVEL_ADMINISTRATOR || person->state != PERSON_ACTIVE) return false;
	for (int i = 0; i < n; i++) {
		const struct space *space = model_space(model, memberships[i].space);
		struct thing thing = { .kind = KIND_SPACE, .space = space };
		if (memberships[i].level >= LEVEL_FACILITATOR && space && !allowed(actor, ACTION_MANAGE, &thing))
			return false;
	}
	return true;
}

enum code joining_card(struct joining *j, const struct person *person, const char *code, struct err *err)
{
	const struct token token = { .kind = TOKEN_CARD,
		                     .person = person->num,
		                     .creator = j->page->actor->person,
		                     .uses = TOKEN_NO_END,
		                     .expires = clock_now() + JOINING_CARD_MS };
	TRY(joining_card_end(j, person, err));
	TRY(token_create(j->tx, j->page->arena, code, &token, err));
	return note(j, "person.card", person->id, NULL, err);
}

enum code joining_card_end(struct joining *j, const struct person *person, struct err *err)
{
	int64_t made = 0;
	TRY(token_made(tx_db(j->tx), TOKEN_CARD, person->num, &made, err));
	if (made == 0) return OK;
	TRY(token_end_person(j->tx, TOKEN_CARD, person->num, err));
	TRY(session_end_all(j->tx, person->num, err));
	return note(j, "person.card-end", person->id, NULL, err);
}

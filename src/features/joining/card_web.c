/* Cards for people without e-mail: given at a desk, used on any device, cancelled when lost. */
#include <string.h>

#include "features/account/second_step.h"
#include "features/joining/joining.html.h"
#include "features/joining/joining_web.h"
#include "features/minor/minor_ask.h"
#include "features/people/code.h"
#include "features/people/people_change.h"
#include "features/people/people_web.h"
#include "page/qr.h"
#include "web/web.h"

/* ---- With a card in one's hand ---- */

static enum code show(struct request *r, const char *typed, const char *next, const char *mistake)
{
	joining_secret(r, tr(r->page.lang, N_("Come in with a card")));
	if (mistake) r->response->status = 422;
	card_form_page(request_out(r), &r->page, typed, local_path(next, ""), mistake);
	return OK;
}

enum code card_show(struct request *r, struct err *err)
{
	(void)err;
	return show(r, request_query(r, "c"), request_query(r, "next"), NULL);
}

enum code card_post(struct request *r, struct err *err)
{
	const char *typed, *next = request_form(r, "next");
	char code_text[CODE_TEXT + 1];
	struct token token;
	struct arrival arrival = { .r = r, .token = &token, .life = SESSION_SHORT_MS };
	TRY(web_limit(r, LIMIT_SIGN_IN_ADDRESS, NULL, err));
	TRY(people_typed(r, "c", &typed, err));
	enum code code = code_read(typed, code_text) ? token_find(r->db, r->arena, TOKEN_CARD, code_text, &token, err)
	                                             : E_NOT_FOUND;
	if (code == OK) code = request_write(r, arrival_write, &arrival, err);
	if (code == E_NOT_FOUND)
		return show(r, typed, next,
		            tr(r->page.lang, N_("No card has this code, or another has replaced it. Check the four "
		                                "groups of signs; who gave you the card can make a new one.")));
	if (code != OK) return code;
	if (arrival.second_step) return second_step_ask(r, arrival.person.num, next, false);
	arrival_give(&arrival);
	return request_redirect(r, local_path(next, "/"), "carte");
}

/* ---- At the desk ---- */

struct giving {
	struct request *r;
	const struct space *space;
	const char *name; /* of somebody new, or NULL */
	struct person person;
	char code[CODE_TEXT + 1];
};

static enum code give(struct tx *tx, void *arg, struct err *err)
{
	struct giving *g = arg;
	struct joining j = { tx, &g->r->page };
	if (g->name) {
		struct people_change c = { tx, g->r->arena, &g->r->actor };
		int64_t num;
		TRY(people_add(&c, g->name, NULL, NULL, LEVEL_CONTRIBUTOR, &num, err));
		TRY(person_load(tx_db(tx), g->r->arena, num, &g->person, err));
		TRY(minor_note_desk(tx, g->r, num, err));
		TRY(people_set_member(&c, &g->person, g->space, LEVEL_MEMBER, err));
	}
	code_format(id_random(), g->code);
	return joining_card(&j, &g->person, g->code, err);
}

/* The only page that shows the code, made to be printed. */
static enum code show_card(struct request *r, const struct giving *g, struct err *err)
{
	struct page *p = &r->page;
	struct joining_gift gift = { .url = joining_link(p, "/-/card", g->code),
		                     .code = g->code,
		                     .back = members_url(p, g->space, NULL),
		                     .back_words = tr(p->lang, N_("Back to the members")) };
	TRY(qr_svg(r->arena, gift.url, tr(p->lang, N_("QR code of the card")), &gift.qr, err));
	joining_secret(r, page_printf(p, tr(p->lang, N_("Card of %s")), g->person.name));
	entry_card_page(request_out(r), p, &gift, &g->person);
	return OK;
}

enum code card_new_post(struct request *r, struct err *err)
{
	struct giving g = { .r = r };
	struct issues issues;
	TRY(joining_space(r, &g.space, err));
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	TRY(people_typed(r, "name", &g.name, err));
	issues_init(&issues, r->arena);
	person_check(g.name, NULL, NULL, &issues);
	if (issues.count) return members_again(r, g.space, &(struct members_typed){ .name = g.name }, &issues, err);
	TRY(request_write(r, give, &g, err));
	return show_card(r, &g, err);
}

/* The member of the address, if the reader may give her a card. */
static enum code find_member(struct request *r, const struct space *space, struct person *ret, struct err *err)
{
	struct id id;
	struct membership *all;
	int n;
	bool member = false;
	if (!id_parse(r->params[1], &id)) FAIL(err, E_NOT_FOUND, N_("There is no such person."));
	TRY(person_by_id(r->db, r->arena, id, ret, err));
	TRY(membership_list(r->db, r->arena, ret->num, &all, &n, err));
	for (int i = 0; i < n; i++) member |= all[i].space == space->num;
	if (!member) FAIL(err, E_NOT_FOUND, N_("There is no such person."));
	if (!joining_may_card(&r->actor, r->page.model, ret, all, n))
		FAIL(err, E_FORBIDDEN,
		     N_("A card lets in whoever holds it: it is not given to somebody with more rights than "
		        "yours."));
	return OK;
}

enum code card_give_post(struct request *r, struct err *err)
{
	struct giving g = { .r = r };
	TRY(joining_space(r, &g.space, err));
	TRY(find_member(r, g.space, &g.person, err));
	TRY(request_write(r, give, &g, err));
	return show_card(r, &g, err);
}

static enum code cancel(struct tx *tx, void *arg, struct err *err)
{
	struct giving *g = arg;
	struct joining j = { tx, &g->r->page };
	return joining_card_end(&j, &g->person, err);
}

enum code card_end_post(struct request *r, struct err *err)
{
	struct giving g = { .r = r };
	TRY(joining_space(r, &g.space, err));
	TRY(find_member(r, g.space, &g.person, err));
	TRY(request_write(r, cancel, &g, err));
	return request_redirect(r, members_url(&r->page, g.space, NULL), "carte-annulee");
}

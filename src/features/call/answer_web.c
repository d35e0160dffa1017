/* Answering a call: below it, as a comment, or in private. */
#include <string.h>

#include "base/text.h"
#include "core/comment.h"
#include "core/person.h"
#include "features/call/call.html.h"
#include "features/call/call_tell.h"
#include "features/call/call_web.h"
#include "features/comment/comment_page.h"
#include "features/guest/guest.h"
#include "features/guest/guest_web.h"
#include "features/joining/joining.h"
#include "features/moderation/moderation_web.h"
#include "features/people/people_web.h"
#include "features/record/record_page.h"
#include "net/rate.h"
#include "web/web.h"

/* Whoever may talk about a call may answer it. */
static enum code find(struct request *r, const struct call_shown **ret, struct answer_typed *typed, struct err *err)
{
	enum comment_door door;
	struct actor author;
	struct err gone;
	TRY(call_of_route(r, ACTION_READ, ret, err));
	const struct record *about = (*ret)->about;
	TRY(may(&r->actor, ACTION_CREATE,
	        &(struct thing){ .kind = KIND_COMMENT, .space = about->space, .state = STATE_PUBLISHED }, err));
	TRY(comment_door(r->db, about, &door, err));
	*typed = (struct answer_typed){ .text = "", .email = "", .public_too = door == COMMENT_DOOR_OPEN };
	typed->private_too = about->author && actor_load(r->db, r->arena, about->author, &author, &gone) == OK;
	return OK;
}

static enum code show(struct request *r, const struct call_shown *d, const struct answer_typed *typed,
                      struct issues *issues)
{
	const struct guest_typed guest = guest_typed_of(r);
	if (issues && issues->count) {
		r->response->status = 422;
		r->page.issues = issues;
	}
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("Answer “%s”")), d->about->title);
	r->page.hidden = true;
	reply_page(request_out(r), &r->page, d, typed, &guest);
	return OK;
}

enum code reply_show(struct request *r, struct err *err)
{
	const struct call_shown *d;
	struct answer_typed typed;
	TRY(find(r, &d, &typed, err));
	if (r->actor.person && d->about->author == r->actor.person)
		return request_redirect(r, record_url(&r->page, d->about), NULL);
	return show(r, d, &typed, NULL);
}

/* ---- Sending ---- */

enum code call_limit_address(struct request *r, const char *email, struct err *err)
{
	char address[RATE_KEY];
	TRY(web_limit(r, LIMIT_LETTER, rate_address_key(r->http->peer, address), err));
	return web_limit(r, LIMIT_LETTER, arena_printf(r->arena, "to %s", email_key(r->arena, email)), err);
}

enum code call_ask_address(struct request *r, struct tx *tx, const char *email, struct err *err)
{
	struct joining j = { tx, &r->page };
	struct person person;
	TRY(person_load(tx_db(tx), r->arena, r->actor.person, &person, err));
	return joining_ask_address(&j, &person, email, err);
}

struct answering {
	struct request *r;
	const struct call_shown *d;
	const struct answer_typed *typed;
	bool private;
	struct id exchange;
	struct comment_new comment;
	struct issues *issues;
};

static enum code answer(struct tx *tx, void *arg, struct err *err)
{
	struct answering *x = arg;
	struct request *r = x->r;
	if (*x->typed->email) TRY(call_ask_address(r, tx, x->typed->email, err));
	if (!x->private) return comment_add(tx, r->arena, r->page.model, &x->comment, x->issues, err);
	TRY(exchange_begin(tx, x->d->about, r->actor.person, x->typed->text, &x->exchange, err));
	return exchange_tell(tx, &r->page, x->exchange, err);
}

static enum code after(struct answering *x, struct err *err)
{
	struct request *r = x->r;
	struct record *saved;
	const char *url;
	char id[ID_TEXT + 1];
	if (x->private)
		return request_redirect(r, arena_printf(r->arena, "/-/exchange/%s", id_format(x->exchange, id)),
		                        "repondu");
	if (guest_is(&r->actor))
		return request_redirect(r, arena_printf(r->arena, "/-/keep?de=%s", id_format(x->comment.saved, id)),
		                        NULL);
	TRY(record_load(r->db, r->arena, r->page.model, &r->actor, x->comment.saved, &saved, err));
	TRY(comment_url(&r->page, saved, &url, err));
	return request_redirect(r, url, x->comment.held ? "examine" : x->comment.waits ? "propose" : "commente");
}

static enum code read_typed(struct request *r, struct answer_typed *typed, struct issues *issues, struct err *err)
{
	struct issues found;
	TRY(moderation_text(r, "text", MESSAGE_MAX, true, issues, &typed->text, err));
	if (r->actor.person) return OK;
	TRY(people_typed(r, "email", &typed->email, err));
	if (*typed->email == '\0') return OK;
	issues_init(&found, r->arena);
	person_check(NULL, typed->email, NULL, &found);
	if (found.count) issues_add_err(issues, "email", &found.first->err);
	return OK;
}

enum code reply_post(struct request *r, struct err *err)
{
	const struct call_shown *d;
	struct answer_typed typed;
	struct issues issues;
	bool trapped = false, private = strcmp(request_form(r, "how[]"), "private") == 0;
	TRY(find(r, &d, &typed, err));
	issues_init(&issues, r->arena);
	TRY(read_typed(r, &typed, &issues, err));
	if (!d->open) issues_add(&issues, "", N_("It is over: one no longer answers it."));
	else if (private ? !typed.private_too : !typed.public_too)
		issues_add(&issues, "", N_("One cannot answer so here: choose the other way."));
	else if (d->about->author && d->about->author == r->actor.person)
		issues_add(&issues, "", N_("It is yours: answer below the page those who wrote to you."));
	if (*typed.email && issues.count == 0) TRY(call_limit_address(r, typed.email, err));
	if (r->actor.person == 0) TRY(guest_let_in(r, &issues, &trapped, err));
	if (trapped) return request_redirect(r, record_url(&r->page, d->about), "repondu");
	if (issues.count) return show(r, d, &typed, &issues);
	TRY(web_limit(r, private ? LIMIT_MESSAGE : LIMIT_WRITE,
	              arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	struct answering x = { .r = r, .d = d, .typed = &typed, .private = private, .issues = &issues };
	x.comment = (struct comment_new){ .actor = &r->actor, .about = d->about->id, .text = typed.text };
	enum code code = request_write(r, answer, &x, err);
	if (code == OK) return after(&x, err);
	if (code != E_INPUT && code != E_FULL && code != E_FORBIDDEN) return code;
	if (issues.count == 0) issues_add_err(&issues, "", err);
	return show(r, d, &typed, &issues);
}

#include "features/call/call_web.h"

#include <string.h>

#include "core/comment.h"
#include "core/letter.h"
#include "core/person.h"
#include "core/thanks.h"
#include "core/token.h"
#include "features/call/call.html.h"
#include "features/call/call_tell.h"
#include "features/record/life_web.h"
#include "features/record/record_page.h"
#include "page/when.h"
#include "web/web.h"

enum { HELPERS = 50 };

enum code call_of_route(struct request *r, enum action action, const struct call_shown **ret, struct err *err)
{
	struct record *about;
	TRY(record_of_route(r, action, &about, err));
	*ret = call_shown_of(&r->page, about);
	if (*ret == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	return OK;
}

/* ---- How it stands ---- */

struct changing {
	struct request *r;
	const struct actor *actor;
	const struct record *record;
	const char *state; /* NULL: it goes on for longer */
};

static enum code change(struct tx *tx, void *arg, struct err *err)
{
	const struct changing *c = arg;
	const struct page *p = &c->r->page;
	return call_change(tx, p->arena, p->model, c->actor, c->record, c->state, page_local(p).date,
	                   c->state ? _("how it stands") : _("it goes on"), err);
}

static const char *typed_state(const struct request *r)
{
	const char *state = request_form(r, "state[]");
	return strcmp(state, "prolonger") == 0 ? NULL : state;
}

/* Whom there is to thank: those that an exchange or a comment shows. */
static enum code how_post(struct request *r, struct err *err)
{
	const struct call_shown *d;
	struct helper *helpers;
	int n;
	TRY(call_of_route(r, ACTION_EDIT, &d, err));
	if (!d->mine) FAIL(err, E_FORBIDDEN, N_("Its author says how it stands."));
	struct changing c = { r, &r->actor, d->about, typed_state(r) };
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	TRY(request_write(r, change, &c, err));
	const char *url = record_url(&r->page, d->about);
	if (c.state == NULL) return request_redirect(r, url, "annonce-prolongee");
	TRY(call_helpers(r->db, r->arena, d->about, HELPERS, &helpers, &n, err));
	if (strcmp(c.state, d->call.open->key) == 0 || n == 0 || d->about->author != r->actor.person)
		return request_redirect(r, url, "annonce-etat");
	return request_redirect(r, record_action_url(&r->page, d->about, "call-thanks"), "annonce-etat");
}

/* ---- Thanks ---- */

static enum code thanks_show(struct request *r, struct err *err)
{
	const struct call_shown *d;
	struct helper *helpers;
	int n;
	TRY(call_of_route(r, ACTION_EDIT, &d, err));
	TRY(call_helpers(r->db, r->arena, d->about, HELPERS, &helpers, &n, err));
	if (n == 0 || d->about->author != r->actor.person)
		return request_redirect(r, record_url(&r->page, d->about), NULL);
	r->page.title = tr(r->page.lang, N_("Thank those who answered"));
	r->page.hidden = true;
	call_thanks_page(request_out(r), &r->page, d, helpers, n);
	return OK;
}

struct thanking {
	struct request *r;
	const struct helper *helpers;
	int n;
};

static bool is_ticked(const struct request *r, struct id id)
{
	char text[ID_TEXT + 1];
	id_format(id, text);
	for (int i = 0; form_data_nth(&r->form, "person[]", i); i++)
		if (strcmp(form_data_nth(&r->form, "person[]", i), text) == 0) return true;
	return false;
}

static enum code thank_one(struct tx *tx, struct request *r, const struct helper *helper, struct err *err)
{
	struct record *comment;
	struct exchange *all;
	int64_t message;
	int n;
	if (helper->comment) {
		TRY(record_load_num(tx_db(tx), r->arena, r->page.model, &r->actor, helper->comment, &comment, err));
		return thanks_set(tx, comment, r->actor.person, true, err);
	}
	TRY(exchange_list(tx_db(tx), r->arena, &r->actor, 0, &all, &n, err));
	for (int i = 0; i < n; i++)
		if (all[i].num == helper->exchange && all[i].ended_by == 0) {
			TRY(exchange_say(tx, &all[i], r->actor.person, MESSAGE_THANKS, "", &message, err));
			return exchange_tell(tx, &r->page, all[i].id, err);
		}
	return OK;
}

static enum code thank(struct tx *tx, void *arg, struct err *err)
{
	const struct thanking *t = arg;
	for (int i = 0; i < t->n; i++)
		if (is_ticked(t->r, t->helpers[i].id)) TRY(thank_one(tx, t->r, &t->helpers[i], err));
	return OK;
}

static enum code thanks_post(struct request *r, struct err *err)
{
	const struct call_shown *d;
	struct helper *helpers;
	struct thanking t = { .r = r };
	TRY(call_of_route(r, ACTION_EDIT, &d, err));
	if (d->about->author != r->actor.person) FAIL(err, E_FORBIDDEN, N_("Its author says how it stands."));
	TRY(call_helpers(r->db, r->arena, d->about, HELPERS, &helpers, &t.n, err));
	TRY(web_limit(r, LIMIT_MESSAGE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	t.helpers = helpers;
	TRY(request_write(r, thank, &t, err));
	return request_redirect(r, record_url(&r->page, d->about), "merci");
}

/* ---- From the letter, without a session: the token alone is the right ---- */

struct still {
	struct actor author;
	struct record *record;
	struct call call;
};

static enum code find_still(struct request *r, struct still *ret, struct err *err)
{
	struct token token;
	struct id id;
	TRY(token_find(r->db, r->arena, TOKEN_STILL, request_query(r, "c"), &token, err));
	TRY(actor_load(r->db, r->arena, token.person, &ret->author, err));
	if (!id_parse(json_str_or(token.body, "record", ""), &id)) FAIL(err, E_NOT_FOUND, N_("not found"));
	TRY(record_load(r->db, r->arena, r->page.model, &ret->author, id, &ret->record, err));
	if (ret->record->state != STATE_PUBLISHED || !call_of(ret->record, &ret->call))
		FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	return OK;
}

static enum code show_still(struct request *r, const struct still *still, bool done)
{
	struct page *p = &r->page;
	struct date end;
	const char *when = call_end(&still->call, still->record, &end) ? date_format(r->arena, end, DATE_FULL, p->lang)
	                                                               : NULL;
	const char *first = request_query(r, "dire");
	http_set(r->response, "Cache-Control", "no-store");
	http_set(r->response, "Referrer-Policy", "no-referrer");
	p->title = done ? tr(p->lang, N_("Thank you!")) : tr(p->lang, N_("Is it still true?"));
	p->hidden = true;
	still_page(request_out(r), p, still->record, &still->call, call_state(&still->call, still->record), when,
	           *first ? first : "prolonger", done);
	return OK;
}

static enum code still_show(struct request *r, struct err *err)
{
	struct still still;
	TRY(find_still(r, &still, err));
	return show_still(r, &still, false);
}

static enum code still_post(struct request *r, struct err *err)
{
	struct still still;
	TRY(find_still(r, &still, err));
	struct changing c = { r, &still.author, still.record, typed_state(r) };
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)still.author.person), err));
	TRY(request_write(r, change, &c, err));
	TRY(find_still(r, &still, err));
	return show_still(r, &still, true);
}

const struct feature call_feature = {
	.name = "call",
	.routes = ROUTES({ HTTP_GET, "/-/answer/:id", reply_show, ACTION_READ, KIND_RECORD,
	                   N_("Form to answer a call, in public or in private"), 0, false },
	                 { HTTP_POST, "/-/answer/:id", reply_post, ACTION_CREATE, KIND_COMMENT,
	                   N_("Answer a call, in public or in private"), 0, true },
	                 { HTTP_POST, "/-/call-state/:id", how_post, ACTION_EDIT, KIND_RECORD,
	                   N_("Say how one’s call stands: open, found, done, a while longer"), 0, false },
	                 { HTTP_GET, "/-/call-thanks/:id", thanks_show, ACTION_EDIT, KIND_RECORD,
	                   N_("Form to thank those who answered one’s call"), 0, false },
	                 { HTTP_POST, "/-/call-thanks/:id", thanks_post, ACTION_EDIT, KIND_RECORD,
	                   N_("Thank those who answered one’s call"), 0, false },
	                 { HTTP_GET, "/-/still", still_show, ACTION_READ, KIND_SITE,
	                   N_("From a letter: is one’s call still true?"), 0, false },
	                 { HTTP_POST, "/-/still", still_post, ACTION_READ, KIND_SITE,
	                   N_("From a letter: say how one’s call stands"), 0, true },
	                 { HTTP_GET, "/-/exchanges", exchanges_show, ACTION_READ, KIND_PERSON,
	                   N_("What one and others said in private about calls"), 0, false },
	                 { HTTP_POST, "/-/exchanges", exchanges_post, ACTION_READ, KIND_PERSON,
	                   N_("Give an address to be told of it by letter"), 0, false },
	                 { HTTP_GET, "/-/exchange/:id", exchange_show, ACTION_READ, KIND_PERSON,
	                   N_("One exchange in private"), 0, false },
	                 { HTTP_POST, "/-/exchange/:id", exchange_post, ACTION_READ, KIND_PERSON,
	                   N_("Say something more in an exchange"), 0, false },
	                 { HTTP_POST, "/-/exchange-act/:id", exchange_act_post, ACTION_READ, KIND_PERSON,
	                   N_("End an exchange, stop its letters, take a message back"), 0, false },
	                 { HTTP_GET, "/-/exchange-report/:id", exchange_report_show, ACTION_READ, KIND_PERSON,
	                   N_("Form to report what was written to one in private"), 0, false },
	                 { HTTP_POST, "/-/exchange-report/:id", exchange_report_post, ACTION_READ, KIND_PERSON,
	                   N_("Report what was written to one in private"), 0, false },
	                 { HTTP_GET, "/-/exchange-stop", exchange_stop_show, ACTION_READ, KIND_SITE,
	                   N_("From a letter: get no more of them about an exchange"), 0, false },
	                 { HTTP_POST, "/-/exchange-stop", exchange_stop_post, ACTION_READ, KIND_SITE,
	                   N_("Get no more letters about an exchange"), 0, true }),
};

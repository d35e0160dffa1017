/* Exchanges in private: each is read by two people and nobody else. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/letter.h"
#include "core/person.h"
#include "core/report.h"
#include "core/token.h"
#include "features/call/call_tell.h"
#include "features/call/call_web.h"
#include "features/call/exchange.html.h"
#include "features/guest/guest.h"
#include "features/moderation/moderation_web.h"
#include "features/people/people_web.h"
#include "web/web.h"

/* ---- All of them ---- */

static enum code show_all(struct request *r, const char *typed, struct issues *issues, struct err *err)
{
	struct page *p = &r->page;
	struct exchange *all;
	struct person person;
	int n;
	TRY(exchange_list(r->db, r->arena, &r->actor, 0, &all, &n, err));
	TRY(person_load(r->db, r->arena, r->actor.person, &person, err));
	struct exchange_row *rows = arena_array(r->arena, struct exchange_row, (size_t)n + 1);
	for (int i = 0; i < n; i++) rows[i] = exchange_row_of(p, &all[i]);
	if (issues && issues->count) {
		r->response->status = 422;
		p->issues = issues;
	}
	p->title = _("My exchanges");
	p->hidden = true;
	exchanges_page(request_out(r), p, rows, n, *person.email == '\0', typed);
	return OK;
}

enum code exchanges_show(struct request *r, struct err *err)
{
	return show_all(r, "", NULL, err);
}

struct giving {
	struct request *r;
	const char *email;
};

static enum code give(struct tx *tx, void *arg, struct err *err)
{
	const struct giving *g = arg;
	return call_ask_address(g->r, tx, g->email, err);
}

/* An address for who came without one. */
enum code exchanges_post(struct request *r, struct err *err)
{
	struct giving g = { .r = r };
	struct issues issues;
	TRY(people_typed(r, "email", &g.email, err));
	issues_init(&issues, r->arena);
	person_check(NULL, g.email, NULL, &issues);
	if (issues.count) return show_all(r, g.email, &issues, err);
	TRY(call_limit_address(r, g.email, err));
	TRY(request_write(r, give, &g, err));
	return request_redirect(r, "/-/exchanges", "adresse-demandee");
}

/* ---- One ---- */

static enum code find(struct request *r, struct exchange *ret, struct err *err)
{
	struct id id;
	if (!id_parse(r->params[0], &id)) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	return exchange_load(r->db, r->arena, &r->actor, id, ret, err);
}

static enum code show(struct request *r, const struct exchange *exchange, const char *typed, struct issues *issues,
                      struct err *err)
{
	struct page *p = &r->page;
	struct exchange_shown s = { .row = exchange_row_of(p, exchange), .typed = typed, .guest = guest_is(&r->actor) };
	TRY(exchange_messages(r->db, r->arena, exchange, &s.messages, &s.n, err));
	if (issues && issues->count) {
		r->response->status = 422;
		p->issues = issues;
	}
	p->title = page_printf(p, _("With %s"), exchange_other_name(exchange, r->actor.person));
	p->hidden = true;
	exchange_page(request_out(r), p, &s);
	return OK;
}

enum code exchange_show(struct request *r, struct err *err)
{
	struct exchange exchange;
	TRY(find(r, &exchange, err));
	return show(r, &exchange, "", NULL, err);
}

struct saying {
	struct request *r;
	const struct exchange *exchange;
	const char *text, *act;
};

static enum code say(struct tx *tx, void *arg, struct err *err)
{
	const struct saying *s = arg;
	int64_t num;
	TRY(exchange_say(tx, s->exchange, s->r->actor.person, MESSAGE_TEXT, s->text, &num, err));
	return exchange_tell(tx, &s->r->page, s->exchange->id, err);
}

enum code exchange_post(struct request *r, struct err *err)
{
	struct exchange exchange;
	struct issues issues;
	struct saying s = { .r = r, .exchange = &exchange };
	TRY(find(r, &exchange, err));
	issues_init(&issues, r->arena);
	TRY(moderation_text(r, "text", MESSAGE_MAX, true, &issues, &s.text, err));
	if (issues.count) return show(r, &exchange, s.text, &issues, err);
	TRY(web_limit(r, LIMIT_MESSAGE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	enum code code = request_write(r, say, &s, err);
	if (code == OK) return request_redirect(r, exchange_url(&r->page, &exchange, ""), "repondu");
	if (code != E_FORBIDDEN) return code;
	issues_add_err(&issues, "", err);
	TRY(find(r, &exchange, err));
	return show(r, &exchange, s.text, &issues, err);
}

static enum code act(struct tx *tx, void *arg, struct err *err)
{
	const struct saying *s = arg;
	const struct exchange *e = s->exchange;
	int64_t person = s->r->actor.person;
	if (strcmp(s->act, "take-back") == 0)
		return exchange_take_back(tx, e, person, strtoll(request_form(s->r, "message"), NULL, 10), err);
	if (strcmp(s->act, "end") == 0) return exchange_end(tx, e, person, true, err);
	if (strcmp(s->act, "open") == 0) return exchange_end(tx, e, person, false, err);
	if (strcmp(s->act, "quiet") == 0) return exchange_quiet(tx, e, person, true, err);
	if (strcmp(s->act, "loud") == 0) return exchange_quiet(tx, e, person, false, err);
	FAIL(err, E_INPUT, N_("Choose what to do."));
}

enum code exchange_act_post(struct request *r, struct err *err)
{
	struct exchange exchange;
	struct saying s = { .r = r, .exchange = &exchange, .act = request_form(r, "act") };
	TRY(find(r, &exchange, err));
	TRY(request_write(r, act, &s, err));
	return request_redirect(r, exchange_url(&r->page, &exchange, ""), "echange");
}

/* ---- Reporting ---- */

/* The latest that the other one wrote, or NULL. */
static const struct message *last_of_other(struct request *r, const struct exchange *exchange, struct err *err)
{
	struct message *messages;
	int n;
	if (exchange_messages(r->db, r->arena, exchange, &messages, &n, err) != OK) return NULL;
	while (n > 0 && message_is_mine(&r->page, &messages[n - 1])) n--;
	return n > 0 ? &messages[n - 1] : NULL;
}

static enum code show_report(struct request *r, const struct exchange *exchange, const char *text, int reason,
                             struct err *err)
{
	struct page *p = &r->page;
	const struct exchange_row row = exchange_row_of(p, exchange);
	p->title = page_printf(p, _("Report what %s wrote to you"), exchange_other_name(exchange, r->actor.person));
	p->hidden = true;
	exchange_report_page(request_out(r), p, &row, last_of_other(r, exchange, err), text, reason);
	return OK;
}

enum code exchange_report_show(struct request *r, struct err *err)
{
	struct exchange exchange;
	TRY(find(r, &exchange, err));
	return show_report(r, &exchange, "", -1, err);
}

static enum code report(struct tx *tx, void *arg, struct err *err)
{
	return report_add(tx, arg, err);
}

/* In the queue of the call's space: what was written, by whom, and what she says of it. */
static const char *report_text(struct request *r, const struct exchange *exchange, const struct message *last,
                               const char *text)
{
	const struct page *p = &r->page;
	const char *said = page_printf(p, _("Message in private from %1$s: “%2$s”"),
	                               exchange_other_name(exchange, r->actor.person),
	                               text_cut(r->arena, last->text, REPORT_TEXT_MAX / 4));
	return text_cut(r->arena, *text ? arena_printf(r->arena, "%s\n\n%s", said, text) : said, REPORT_TEXT_MAX / 2);
}

enum code exchange_report_post(struct request *r, struct err *err)
{
	struct exchange exchange;
	struct issues issues;
	const char *text, *typed = request_form(r, "reason");
	int reason = typed[0] >= '0' && typed[0] <= '9' && typed[1] == '\0' ? typed[0] - '0' : REPORT_REASONS;
	TRY(find(r, &exchange, err));
	const struct message *last = last_of_other(r, &exchange, err);
	issues_init(&issues, r->arena);
	if (reason >= REPORT_REASONS) issues_add(&issues, "reason", N_("Choose what is wrong with it."));
	if (last == NULL) issues_add(&issues, "", N_("Nothing was written to you here."));
	TRY(moderation_text(r, "text", REPORT_TEXT_MAX / 4, false, &issues, &text, err));
	if (issues.count) {
		r->response->status = 422;
		r->page.issues = &issues;
		return show_report(r, &exchange, text, reason < REPORT_REASONS ? reason : -1, err);
	}
	struct report made = { .record = exchange.record,
		               .person = r->actor.person,
		               .reason = (enum report_reason)reason,
		               .text = report_text(r, &exchange, last, text) };
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	TRY(request_write(r, report, &made, err));
	return request_redirect(r, exchange_url(&r->page, &exchange, ""), "signale");
}

/* ---- From a letter, without a session: the token alone is the right ---- */

struct stopping {
	struct exchange exchange;
	int64_t person;
};

static enum code find_stop(struct request *r, struct stopping *ret, struct err *err)
{
	struct token token;
	struct actor actor;
	struct id id;
	TRY(token_find(r->db, r->arena, TOKEN_EXCHANGE, request_query(r, "c"), &token, err));
	TRY(actor_load(r->db, r->arena, token.person, &actor, err));
	if (!id_parse(json_str_or(token.body, "exchange", ""), &id)) FAIL(err, E_NOT_FOUND, N_("not found"));
	ret->person = token.person;
	return exchange_load(r->db, r->arena, &actor, id, &ret->exchange, err);
}

static enum code show_stop(struct request *r, const struct stopping *s, bool done)
{
	http_set(r->response, "Cache-Control", "no-store");
	http_set(r->response, "Referrer-Policy", "no-referrer");
	r->page.title = done ? tr(r->page.lang, N_("No more letters")) : tr(r->page.lang, N_("No more letters?"));
	r->page.hidden = true;
	exchange_stop_page(request_out(r), &r->page, exchange_other_name(&s->exchange, s->person), done);
	return OK;
}

enum code exchange_stop_show(struct request *r, struct err *err)
{
	struct stopping s;
	TRY(find_stop(r, &s, err));
	return show_stop(r, &s, false);
}

static enum code stop(struct tx *tx, void *arg, struct err *err)
{
	const struct stopping *s = arg;
	return exchange_quiet(tx, &s->exchange, s->person, true, err);
}

/* Also by the reader's mail program (RFC 8058 §3.2). */
enum code exchange_stop_post(struct request *r, struct err *err)
{
	struct stopping s;
	TRY(find_stop(r, &s, err));
	TRY(request_write(r, stop, &s, err));
	return show_stop(r, &s, true);
}

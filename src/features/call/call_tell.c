#include "features/call/call_tell.h"

#include <string.h>

#include "base/clock.h"
#include "base/hash.h"
#include "core/letter.h"
#include "core/moment.h"
#include "core/news.h"
#include "core/person.h"
#include "core/token.h"

#define STOP_MS (60LL * 24 * 3600 * 1000)
#define STILL_MS (45LL * 24 * 3600 * 1000)

static struct id source_of(const char kind[static 4], int64_t num, int64_t which)
{
	struct id id;
	struct hash hash = hash_blake2b(kind, NULL, &(int64_t[2]){ num, which }, 2 * sizeof(int64_t));
	memcpy(id.b, hash.b, sizeof(id.b));
	return id;
}

static enum code make_token(struct tx *tx, struct arena *a, enum token_kind kind, int64_t person, const char *key,
                            struct id about, int64_t life, char text[static TOKEN_TEXT + 1], struct err *err)
{
	char id[ID_TEXT + 1];
	const struct token token = { .kind = kind,
		                     .person = person,
		                     .body = json_keep(a, json_pack("{s:s}", key, id_format(about, id))),
		                     .uses = TOKEN_NO_END,
		                     .expires = clock_now() + life };
	token_draw(text);
	return token_create(tx, a, text, &token, err);
}

/* ---- Exchanges ---- */

struct telling {
	struct tx *tx;
	const struct page *p; /* in the language of who is told */
	const struct exchange *exchange;
	const struct message *message;
	const char *title;
};

static enum code send(const struct telling *t, const struct person *to, const char *from, struct err *err)
{
	const struct page *p = t->p;
	char text[TOKEN_TEXT + 1], id[ID_TEXT + 1];
	TRY(make_token(t->tx, p->arena, TOKEN_EXCHANGE, to->num, "exchange", t->exchange->id, STOP_MS, text, err));
	const char *stop = arena_printf(p->arena, "%s/-/exchange-stop?c=%s", p->base_url, text);
	const char *said = t->message->kind == MESSAGE_THANKS
	                           ? page_printf(p, _("%1$s thanks you for your answer about “%2$s”."), from, t->title)
	                           : page_printf(p, _("%1$s writes to you about “%2$s”:"), from, t->title);
	const char *body = arena_printf(p->arena, "%s\n\n%s\n\n%s\n\n%s\n%s/-/exchange/%s\n\n%s\n\n-- \n%s\n%s\n%s\n",
	                                page_printf(p, _("Hello %s,"), to->name), said, t->message->text,
	                                _("To answer, without showing your address:"), p->base_url,
	                                id_format(t->exchange->id, id),
	                                _("Only the two of you read it. If it is not decent, report it there."),
	                                page_site_name(p), _("To get no letter about this exchange any more:"), stop);
	return letter_send_stoppable(t->tx, to->email, page_printf(p, _("%1$s – answer about “%2$s”"), from, t->title),
	                             body, stop, err);
}

static enum code add_news(struct tx *tx, const struct exchange *e, int64_t to, int64_t from, int64_t message,
                          struct err *err)
{
	const struct happening event = {
		.kind = NEWS_ANSWER, .item = e->record, .actor = from, .source = source_of("xchg", e->num, message)
	};
	const struct told told = { to, to == e->author ? NEWS_WHY_AUTHOR : NEWS_WHY_ANSWERED };
	bool added;
	return news_add(tx, &event, e->record, &told, false, &added, err);
}

enum code exchange_tell(struct tx *tx, const struct page *p, struct id id, struct err *err)
{
	struct db *db = tx_db(tx);
	struct page hers = *p;
	struct exchange own, e;
	struct message *messages;
	struct actor reader;
	struct person to;
	struct record *about;
	int n;
	TRY(exchange_load(db, p->arena, p->actor, id, &own, err));
	int64_t other = exchange_other(&own, p->actor->person);
	enum code code = actor_load(db, p->arena, other, &reader, err);
	if (code == E_NOT_FOUND) return OK; /* blocked */
	TRY(code);
	TRY(exchange_load(db, p->arena, &reader, id, &e, err));
	TRY(exchange_messages(db, p->arena, &e, &messages, &n, err));
	if (n == 0) return OK;
	TRY(add_news(tx, &e, other, p->actor->person, messages[n - 1].num, err));
	TRY(person_load(db, p->arena, other, &to, err));
	/* From a minor's account no letter leaves to others (core/minor.h): it is read here, where the news leads. */
	if (p->actor->minor || e.quiet || *to.email == '\0') return OK;
	if (to.locale) hers.lang = lang_parse(to.locale, hers.lang);
	code = record_load_num(db, p->arena, p->model, &reader, e.record, &about, err);
	struct telling t = { tx, &hers, &e, &messages[n - 1],
		             code == OK ? about->title : tr(hers.lang, N_("A page that is not here any more")) };
	return send(&t, &to, exchange_other_name(&e, other), err);
}

/* ---- Is it true still? ---- */

static enum code write_ask(struct tx *tx, const struct page *p, const struct record *record, const struct call *call,
                           const struct person *to, struct err *err)
{
	char text[TOKEN_TEXT + 1];
	struct date end;
	struct buf ways;
	buf_init(&ways, p->arena, 0);
	TRY(make_token(tx, p->arena, TOKEN_STILL, to->num, "record", record->id, STILL_MS, text, err));
	const char *link = arena_printf(p->arena, "%s/-/still?c=%s", p->base_url, text);
	buf_printf(&ways, "%s\n%s&dire=prolonger\n\n",
	           page_printf(p, _n("Yes, for %d day more:", "Yes, for %d days more:", call->days), call->days), link);
	for (int i = 0; i < call->state->nchoices; i++)
		if (&call->state->choices[i] != call->open && !call->state->choices[i].retired)
			buf_printf(&ways, "%s%s\n%s&dire=%s\n\n", t(p, &call->state->choices[i].label), _(": "), link,
			           call->state->choices[i].key);
	const char *when = call_end(call, record, &end) ? date_format(p->arena, end, DATE_FULL, p->lang) : "";
	const char *body = arena_printf(
	        p->arena, "%s\n\n%s\n\n%s%s\n%s\n\n-- \n%s\n%s%s\n", page_printf(p, _("Hello %s,"), to->name),
	        page_printf(p, _("“%1$s” ends on %2$s. Is it still true?"), record->title, when), buf_str(&ways),
	        _("If you do nothing, it leaves the list after its last day."),
	        _("These links need no password: keep this letter to yourself."), page_site_name(p), p->base_url,
	        record_short_url(p, record));
	return letter_send(tx, to->email, page_printf(p, _("Still true? “%s”"), record->title), body, err);
}

enum code call_ask(struct tx *tx, const struct page *p, const struct record *record, const struct call *call,
                   bool *later, struct err *err)
{
	struct db *db = tx_db(tx);
	struct page hers = *p;
	struct actor author;
	struct person to;
	struct news_choice choice;
	struct date end;
	bool added;
	*later = false;
	if (!call_end(call, record, &end)) return OK;
	enum code code = record->author ? actor_load(db, p->arena, record->author, &author, err) : E_NOT_FOUND;
	if (code == E_NOT_FOUND) return call_note_asked(tx, record->num, end, err); /* nobody to ask */
	TRY(code);
	TRY(person_load(db, p->arena, record->author, &to, err));
	TRY(news_choice_read(db, record->author, &choice, err));
	bool letter = *to.email && choice.pace != PACE_NEVER;
	*later = letter && news_is_quiet(&choice, model_zone(p->model), clock_now());
	if (*later) return OK;
	const struct happening event = { .kind = NEWS_STILL,
		                         .item = record->num,
		                         .source = source_of("stil", record->num, date_to_days(end)) };
	const struct told told = { record->author, NEWS_WHY_AUTHOR };
	TRY(news_add(tx, &event, record->num, &told, false, &added, err));
	if (to.locale) hers.lang = lang_parse(to.locale, hers.lang);
	if (letter) TRY(write_ask(tx, &hers, record, call, &to, err));
	return call_note_asked(tx, record->num, end, err);
}

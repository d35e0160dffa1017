#include "features/account/entry.h"

#include "core/audit.h"
#include "core/person.h"
#include "net/cookie.h"
#include "web/web.h"

enum { LANGUAGE_SECONDS = 365 * 24 * 3600 };

static enum code note(struct tx *tx, const struct entry *entry, struct err *err)
{
	struct person person;
	TRY(person_load(tx_db(tx), entry->r->arena, entry->person, &person, err));
	if (person.level == LEVEL_VISITOR) return OK;
	const struct actor who = { .person = person.num, .id = person.id };
	return audit_note(tx, &who, "sign-in", person.id, json_pack("{s:s}", "by", entry->by ? entry->by : "password"),
	                  err);
}

enum code entry_open(struct tx *tx, struct entry *entry, struct err *err)
{
	struct request *r = entry->r;
	if (r->token) {
		struct hash old = session_hash(r->token);
		TRY(session_end(tx, &old, err));
	}
	TRY(session_purge(tx, err));
	TRY(note(tx, entry, err));
	return session_create(tx, entry->person, http_header(r->http, "User-Agent"),
	                      entry->life ? entry->life : SESSION_LIFE_MS, entry->stay, entry->token, err);
}

struct refusal {
	struct request *r;
	int64_t person;
	const char *action;
};

static enum code note_refusal(struct tx *tx, void *arg, struct err *err)
{
	const struct refusal *refusal = arg;
	struct person person = { 0 };
	if (refusal->person) TRY(person_load(tx_db(tx), refusal->r->arena, refusal->person, &person, err));
	return audit_note(tx, &actor_visitor, refusal->action, person.id, NULL, err);
}

enum code entry_refused(struct request *r, int64_t person, const char *action, struct err *err)
{
	struct err ignored;
	struct refusal refusal = { r, person, action };
	if (web_limit(r, LIMIT_AUDIT, "refused", &ignored) != OK) return OK;
	return request_write(r, note_refusal, &refusal, err);
}

void entry_give(const struct entry *entry)
{
	struct request *r = entry->r;
	request_sign_in(r, entry->token, entry->stay);
	r->token = arena_strdup(r->arena, entry->token);
	r->page.form_token = session_form_token(r->arena, r->token);
}

void entry_language(struct request *r, const char *locale)
{
	if (locale) cookie_set(r->http, r->response, "lang", locale, LANGUAGE_SECONDS);
	else cookie_clear(r->http, r->response, "lang");
}

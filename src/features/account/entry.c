#include "features/account/entry.h"

#include "net/cookie.h"

enum { LANGUAGE_SECONDS = 365 * 24 * 3600 };

enum code entry_open(struct tx *tx, struct entry *entry, struct err *err)
{
	struct request *r = entry->r;
	if (r->token) {
		struct hash old = session_hash(r->token);
		TRY(session_end(tx, &old, err));
	}
	TRY(session_purge(tx, err));
	return session_create(tx, entry->person, http_header(r->http, "User-Agent"),
	                      entry->life ? entry->life : SESSION_LIFE_MS, entry->token, err);
}

void entry_give(const struct entry *entry)
{
	request_sign_in(entry->r, entry->token, entry->stay);
}

void entry_language(struct request *r, const char *locale)
{
	if (locale)
		cookie_set(r->http, r->response, "lang", locale, LANGUAGE_SECONDS);
	else
		cookie_clear(r->http, r->response, "lang");
}

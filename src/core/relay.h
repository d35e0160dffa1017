/*
 * Relays: where people made a page known outside the site, by hand: a social network, a list of letters, the local press.
 * Nothing is sent by the program. Who posted something may ask to be reminded to go and see what is answered there.
 */
#ifndef PARVIS_RELAY_H
#define PARVIS_RELAY_H

#include "core/record.h"

enum { RELAY_URL_MAX = 1000, RELAY_PLACE_MAX = 40, RELAY_PAGE = 200 };

struct relay {
	int64_t num, record, person; /* person 0: gone */
	const char *place;           /* key of a row of features/relay/relay.h */
	const char *url;             /* of what was posted, or "" */
	const char *name;            /* who did; NULL: gone */
	int64_t created, remind;     /* ms UTC; remind 0: she is not, or has looked */
};

/* `relay->num` is set, and created is now. With a time to remind, the job "relay" comes then. */
enum code relay_add(struct tx *tx, struct relay *relay, struct err *err) MUST;
enum code relay_delete(struct tx *tx, int64_t num, struct err *err) MUST;
/* She has looked: no reminder any more. */
enum code relay_looked(struct tx *tx, int64_t num, struct err *err) MUST;
/* E_NOT_FOUND. The caller asks whether the record is hers to see. */
enum code relay_find(struct db *db, struct arena *a, int64_t num, struct relay *ret, struct err *err) MUST;

/* Of a record (0: of all), the latest first, at most RELAY_PAGE; `due`: those alone whose time to remind has come. */
enum code relay_list(struct db *db, struct arena *a, int64_t record, bool due, struct relay **ret, int *n,
                     struct err *err) MUST;
/* Numbers of records published since, that nobody has made known anywhere, the latest first. */
enum code relay_missing(struct db *db, int64_t since, int64_t *ret, int max, int *n, struct err *err) MUST;

#endif

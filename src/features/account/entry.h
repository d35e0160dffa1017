/* Opening a session for somebody who has just shown who she is: at sign-in, at the first run, after a
 * new password. */
#ifndef PARVIS_ENTRY_H
#define PARVIS_ENTRY_H

#include "web/request.h"

struct entry {
	struct request *r;
	int64_t person;
	bool stay;      /* after the browser is closed */
	int64_t life;   /* ms; 0: SESSION_LIFE_MS */
	const char *by; /* how she showed who she is, for the audit: "letter"; NULL: a password */
	char token[SESSION_TOKEN + 1];
};

/* In a write under way: ends the session this browser had, opens another, clears old ones away. The audit says so,
 * but of guests, who are nobody's account. */
enum code entry_open(struct tx *tx, struct entry *entry, struct err *err) MUST;
/* Somebody did not come in: `person` 0 when nobody has the address. Not noted when there are too many, so that
 * nobody fills the audit. */
enum code entry_refused(struct request *r, int64_t person, const char *action, struct err *err) MUST;
/* After that write: hands the session to the browser; forms of the page that answers are of that session. */
void entry_give(const struct entry *entry);
/* The language of this browser from now on; NULL: as the browser itself asks. */
void entry_language(struct request *r, const char *locale);

#endif

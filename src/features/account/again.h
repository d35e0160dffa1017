/*
 * Who is signed in shows once more that it is she, before what would hurt in the hands of whoever finds a browser open:
 * by her password, and the code of her telephone when she has a second step; without a password, by coming in again, by a
 * link in a letter or with her card. It counts for a quarter of an hour, as does having just come in, and gives the session
 * another token (OWASP ASVS 5, 7.2.4 and 7.5).
 *
 * A form with fields of its own holds `again_fields` and calls `again_check`; an act that is a button alone calls
 * `again_pass`, which asks on a page of its own and does the act from there.
 */
#ifndef PARVIS_AGAIN_H
#define PARVIS_AGAIN_H

#include "core/person.h"
#include "web/request.h"

#define AGAIN_MS (15LL * 60 * 1000)

/* What one signs in with is changed only with the whole of it, however lately it was shown. */
enum again_when { AGAIN_LATELY, AGAIN_ALWAYS };

struct again {
	struct person person;
	bool due;         /* something is to be shown now */
	bool password;    /* she has one: it is asked */
	bool code;        /* and a code */
	const char *here; /* where to come back to */
};

/* What to ask of the actor. */
enum code again_load(struct request *r, enum again_when when, const char *here, struct again *ret,
                     struct err *err) MUST;
/* Looks at what was sent in `field`, and in `field`_code: mistakes go to `issues`. Without any there, it then counts.
 * Called last, since a code serves once. Ends the snapshot and begins another. */
enum code again_check(struct request *r, struct again *again, const char *field, struct issues *issues,
                      struct err *err) MUST;
/* For a button: may the act be done? If not, the page that asks is written, which sends all that was sent here again,
 * and the caller returns. `here`: as above. */
enum code again_pass(struct request *r, const char *here, bool *ret, struct err *err) MUST;

/* For the templates: is this field of the first form sent again with the answer; the page that asks; another way in, from
 * which one comes back. */
bool again_sends(const struct form_field *field);
const char *again_href(const struct page *p, const struct again *again);
const char *again_way(const struct page *p, const char *path, const struct again *again);

/* Handlers of account_web.c's table: for a page that is read (web.c sends here). */
enum code again_show(struct request *r, struct err *err);
enum code again_post(struct request *r, struct err *err);

#endif

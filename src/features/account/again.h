/* Who is signed in shows once more that it is she, before something grave: by her password; without one, by having
 * come in a moment ago, by a link in a letter or with her code. */
#ifndef PARVIS_AGAIN_H
#define PARVIS_AGAIN_H

#include "core/person.h"
#include "web/request.h"

#define AGAIN_FRESH_MS (15LL * 60 * 1000)

struct again {
	struct person person;
	bool password;    /* she has one: it is asked */
	bool fresh;       /* she has come in a moment ago */
	const char *here; /* where to come back to */
};

/* What to ask of the actor. */
enum code again_load(struct request *r, const char *here, struct again *ret, struct err *err) MUST;
/* Looks at what was sent in `field`: a mistake goes to `issues`. Ends the snapshot and begins another. */
enum code again_check(struct request *r, const struct again *again, const char *field, struct issues *issues,
                      struct err *err) MUST;
/* Is it the password of this person, who has one? The same, without the rest. */
enum code again_password(struct request *r, const struct person *person, const char *field, struct issues *issues,
                         struct err *err) MUST;

#endif

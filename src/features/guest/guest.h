/*
 * People who add something without an account. Each is a person of LEVEL_VISITOR, without an address: she may
 * correct what she added and nothing else, by the same rule as any author. Her code, as on a card
 * (features/joining), brings her back; it is made from the site's secret, so that it can be shown to her again
 * while she is here, and is kept nowhere.
 */
#ifndef PARVIS_GUEST_H
#define PARVIS_GUEST_H

#include "features/people/code.h"
#include "web/request.h"

/* Is it one? */
bool guest_is(const struct actor *actor);
/* May the reader, who has not signed in, add something in this space? */
bool guest_may_add(const struct request *r, const struct space *space);

/* A form that a visitor sent: through the barrier (web/barrier.h), she is from now on a guest of the name typed in
 * guest_fields (a word for nobody when blank): a person is made, a session opened and given to the browser. What is to
 * be mended goes to `issues`. *trapped: a robot, which is to believe that it succeeded. */
enum code guest_let_in(struct request *r, struct issues *issues, bool *trapped, struct err *err) MUST;

/* In a write under way: somebody for whom another enters something (a paper, a telephone call). */
enum code guest_make(struct tx *tx, struct request *r, const char *name, int64_t *ret, struct err *err) MUST;

/* Her code. */
void guest_code(const struct site *site, struct id person, char out[static CODE_TEXT + 1]);

#endif

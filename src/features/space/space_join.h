/* Joining a space, leaving it, handing it over: in a write under way, with the letters about it. Callers have
 * checked rights. */
#ifndef PARVIS_SPACE_JOIN_H
#define PARVIS_SPACE_JOIN_H

#include "features/joining/joining.h"
#include "features/space/space_page.h"

/* Asks to be a member, or to look after the space (`level`); those who answer get a letter. */
enum code space_ask(struct joining *j, const struct space *space, enum level level, const char *word,
                    struct err *err) MUST;
/* Answers a request, with a letter: yes; or no, and why. */
enum code space_accept(struct joining *j, const struct join_request *request, struct err *err) MUST;
enum code space_refuse(struct joining *j, const struct join_request *request, const char *reason, struct err *err) MUST;
/* Makes another person its facilitator, and the actor what `mine` says (LEVEL_FACILITATOR: she stays;
 * LEVEL_VISITOR: she leaves); in one write, so that the space is never without. The other gets a letter. */
enum code space_hand(struct joining *j, const struct space *space, const struct person *to, enum level mine,
                     struct err *err) MUST;

#endif

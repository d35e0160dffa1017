/* The texts to accept, inside a form that somebody fills in before she is anybody here: opening an account, adding something
 * without one. `terms_fields` (terms.html) writes a box for each. */
#ifndef PARVIS_TERMS_ASK_H
#define PARVIS_TERMS_ASK_H

#include "core/terms.h"
#include "web/request.h"

/* Looks at the boxes: mistakes go to `issues`, under the name of each box; *ret: text → version, for terms_keep, 0 where an
 * agreement that is not needed was refused. What was ticked is kept for the form shown again. */
enum code terms_read(struct request *r, const struct terms *list, int n, struct issues *issues,
                     const json_t **ret) MUST;
/* The same for all that is asked of these people. */
enum code terms_read_for(struct request *r, enum terms_whom whom, struct issues *issues, const json_t **ret,
                         struct err *err) MUST;
/* Notes them; what is no longer there is left out, and asked when she comes in. */
enum code terms_keep(struct tx *tx, int64_t person, const json_t *accepted, enum terms_way way, struct err *err) MUST;

#endif

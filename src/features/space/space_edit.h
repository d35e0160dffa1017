/* A space in words that people choose among, and what changing who reads it does. */
#ifndef PARVIS_SPACE_EDIT_H
#define PARVIS_SPACE_EDIT_H

#include "features/space/space_page.h"
#include "web/request.h"

enum { SPACE_NAME_CHARS = 100, SPACE_DESCRIPTION_CHARS = 300, SPACE_FOOTER_CHARS = 200, SPACE_CHARTER_MAX = 20000 };

/* From the space (NULL: a new one) to the form. */
enum code space_edit_begin(struct request *r, const struct space *space, struct space_edit *ret, struct err *err) MUST;
/* From what was posted, over e->typed; mistakes go to `issues`. */
enum code space_edit_read(struct request *r, struct space_edit *e, struct issues *issues, struct err *err) MUST;
/* An address that no other space has, from what was typed or from the name; mistakes go to `issues`. */
void space_edit_key(struct request *r, struct space_edit *e, struct issues *issues);

/* What giving the space this visibility does; *ret without `to` when it has it already. */
enum code visibility_effect(struct db *db, const struct space *space, const char *to, struct visibility_effect *ret,
                            struct err *err) MUST;

#endif

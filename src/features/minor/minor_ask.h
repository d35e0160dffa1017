/* The question of age, inside the form of an account that somebody asks for. `age_fields` (minor.html) writes it. */
#ifndef PARVIS_MINOR_ASK_H
#define PARVIS_MINOR_ASK_H

#include "core/minor.h"
#include "web/request.h"

struct age_typed {
	const char *age;    /* "older", "younger", or "" */
	const char *parent; /* a parent's address, or "": at a desk */
	bool minor;         /* she is one */
};

/* What was typed; mistakes go to `issues`, under "age" and "parent". `email`: her own. Where the site asks nothing: not a
 * minor. */
enum code age_read(struct request *r, const char *email, struct age_typed *ret, struct issues *issues,
                   struct err *err) MUST;
/* For an account made at a desk (`minor_desk_field`): did a parent agree there? In a write: then notes both. */
bool minor_at_desk(const struct request *r);
enum code minor_note_desk(struct tx *tx, const struct request *r, int64_t person, struct err *err) MUST;

#endif

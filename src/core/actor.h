/* Who acts: a person with her levels, or a visitor. A secret link or token is an actor too. */
#ifndef PARVIS_ACTOR_H
#define PARVIS_ACTOR_H

#include "core/model.h"

struct actor_space {
	int64_t space;
	enum level level;
};

struct actor {
	int64_t person; /* 0: visitor */
	struct id id;   /* zero: visitor */
	const char *name;
	enum level site; /* LEVEL_ADMINISTRATOR: administrator of everything; else CONTRIBUTOR or VISITOR */
	const struct actor_space *spaces; /* memberships, by space number */
	int nspaces;
};

extern const struct actor actor_visitor;
/* The program itself: imports, jobs. Administrator, without a person. */
extern const struct actor actor_program;

/* Level in a space: administrator everywhere; membership; else the site level where the space is
 * public; else visitor. */
enum level actor_level(const struct actor *actor, const struct space *space);

#endif

/* Who acts: a person with her levels, or a visitor. A secret link or token is an actor too. */
#ifndef PARVIS_ACTOR_H
#define PARVIS_ACTOR_H

#include "core/model.h"

struct actor_space {
	int64_t space;
	enum level level;
};

/* A circle of named readers that she belongs to now (core/reader.h). */
struct actor_circle {
	int64_t circle, form;
};

struct readings;

struct actor {
	int64_t person; /* 0: visitor */
	struct id id;   /* zero: visitor */
	const char *name;
	bool minor;      /* under the age at which one agrees alone (core/minor.h) */
	enum level site; /* LEVEL_ADMINISTRATOR: administrator of everything; else CONTRIBUTOR or VISITOR */
	const struct actor_space *spaces; /* memberships, by space number */
	int nspaces;
	const struct actor_circle *circles;
	int ncircles;
	struct readings *readings; /* core/reading.h: where what she reads of a circle is noted; NULL: through this
	                              door nothing confidential is read */
};

extern const struct actor actor_visitor;
/* The program itself: imports, jobs. Administrator, without a person. */
extern const struct actor actor_program;

/* Level in a space: administrator everywhere; membership; else the site level where the space is
 * public; else visitor. */
enum level actor_level(const struct actor *actor, const struct space *space);

/* Is it the program itself? */
bool actor_is_program(const struct actor *actor);
/* Is she named among these readers; does she read anything at all of this form, the program too? */
bool actor_in_circle(const struct actor *actor, int64_t circle);
bool actor_reads_form(const struct actor *actor, const struct form *form);

#endif

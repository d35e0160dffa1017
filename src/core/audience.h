/* Who a value is for, and how far a person is trusted in a space. */
#ifndef PARVIS_AUDIENCE_H
#define PARVIS_AUDIENCE_H

enum audience { AUDIENCE_PUBLIC, AUDIENCE_MEMBERS, AUDIENCE_FACILITATORS, AUDIENCE_COUNT };

enum level {
	LEVEL_VISITOR,     /* anybody, signed out */
	LEVEL_CONTRIBUTOR, /* signed in, in a space where everybody may take part */
	LEVEL_MEMBER,
	LEVEL_FACILITATOR,   /* animateur, animatrice */
	LEVEL_ADMINISTRATOR, /* of the whole site */
	LEVEL_COUNT
};

/* The level from which an audience's part can be read: 0, 2, 3. */
static inline enum level audience_level(enum audience audience)
{
	static const enum level levels[] = { LEVEL_VISITOR, LEVEL_MEMBER, LEVEL_FACILITATOR };
	return levels[audience];
}

/* "public", "members", "facilitators". */
const char *audience_name(enum audience audience);
/* -1 when unknown. */
int audience_parse(const char *name);

#endif

#include "core/actor.h"

const struct actor actor_visitor = { .site = LEVEL_VISITOR };
const struct actor actor_program = { .site = LEVEL_ADMINISTRATOR };

static enum level membership(const struct actor *actor, const struct space *space)
{
	for (int i = 0; i < actor->nspaces; i++)
		if (actor->spaces[i].space == space->num) return actor->spaces[i].level;
	return LEVEL_VISITOR;
}

enum level actor_level(const struct actor *actor, const struct space *space)
{
	if (actor->site == LEVEL_ADMINISTRATOR) return LEVEL_ADMINISTRATOR;
	enum level level = membership(actor, space);
	if (level == LEVEL_VISITOR && space->visibility == VISIBILITY_PUBLIC) return actor->site;
	return level;
}

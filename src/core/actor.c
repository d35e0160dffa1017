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

bool actor_is_program(const struct actor *actor)
{
	return actor->person == 0 && actor->site == LEVEL_ADMINISTRATOR;
}

bool actor_in_circle(const struct actor *actor, int64_t circle)
{
	for (int i = 0; i < actor->ncircles; i++)
		if (actor->circles[i].circle == circle) return true;
	return false;
}

bool actor_reads_form(const struct actor *actor, const struct form *form)
{
	if (form->confidential == 0 || actor_is_program(actor)) return true;
	for (int i = 0; i < actor->ncircles; i++)
		if (actor->circles[i].form == form->num) return true;
	return false;
}

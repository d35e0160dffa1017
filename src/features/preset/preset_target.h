/* The targets of a questionnaire that a demonstration brings, with how far each is: no letter leaves. */
#ifndef PARVIS_PRESET_TARGET_H
#define PARVIS_PRESET_TARGET_H

#include "core/site.h"
#include "core/survey_target.h"
#include "features/people/code.h"

struct preset_targets {
	struct site *site;
	struct arena *a;
	const struct model *model;
	const struct form *form;
	const char *path;
	struct id *answered; /* those whose answers are still to be written */
	int nanswered, at;
};

/* `list`: [{"name", "email", "phone", "place", "channel": "phone", "state": "refused", "note", "attributes"}, …]; NULL: none. */
enum code preset_targets_add(struct preset_targets *targets, struct tx *tx, const json_t *list, struct err *err) MUST;
/* The next one that has answered, and its code; none is left: another code, and the target's number is 0. */
enum code preset_target_next(struct preset_targets *targets, struct tx *tx, struct survey_target *ret,
                             char code[static CODE_TEXT + 1], struct err *err) MUST;

#endif

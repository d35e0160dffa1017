#include "features/preset/preset_target.h"

#include <string.h>

#include "features/survey/campaign.h"
#include "features/survey/target_file.h"

/* What stands for a state in the file; the others have had no call. */
static const struct {
	const char *name;
	enum call_outcome outcome;
} states[] = {
	{ "contacted", CALL_WILL_ANSWER }, { "again", CALL_AGAIN },       { "message", CALL_MESSAGE },
	{ "refused", CALL_REFUSED },       { "unreachable", CALL_WRONG }, { "twice", CALL_DUPLICATE },
};

static enum code note_state(struct preset_targets *x, struct tx *tx, const struct survey_target *target,
                            const json_t *item, struct err *err)
{
	const char *state = json_str_or(item, "state", "new");
	struct target_noted noted = { .note = json_str_or(item, "note", ""),
		                      .call_at = json_str_or(item, "call_at", "") };
	if (strcmp(state, "answered") == 0) x->answered[x->nanswered++] = target->id;
	for (size_t i = 0; i < COUNT(states); i++)
		if (strcmp(states[i].name, state) == 0) noted.outcome = states[i].outcome;
	if (noted.outcome == CALL_UNSAID && *noted.note == '\0') return OK;
	return survey_target_note(tx, target, &actor_program, &noted, err);
}

static enum code add_one(struct preset_targets *x, struct tx *tx, const json_t *item, struct err *err)
{
	char code[CODE_TEXT + 1];
	bool added;
	enum target_channel channel = target_channel_read(json_str_or(item, "channel", ""));
	struct survey_target target = { .id = id_random(),
		                        .form = x->form,
		                        .name = json_str_or(item, "name", ""),
		                        .email = json_str_or(item, "email", ""),
		                        .phone = json_str_or(item, "phone", ""),
		                        .place = json_str_or(item, "place", ""),
		                        .channel = channel == TARGET_CHANNELS ? TARGET_BY_ANY : channel,
		                        .attributes = json_object_get(item, "attributes") };
	if (*target.name == '\0') FAIL(err, E_INPUT, N_("%s: a target has no name"), x->path);
	target_code(x->site, target.id, code);
	TRY(survey_target_add(tx, &target, code, &added, err));
	if (!added) return OK;
	TRY(survey_target_find(tx_db(tx), x->a, x->model, target.id, &target, err));
	return note_state(x, tx, &target, item, err);
}

enum code preset_targets_add(struct preset_targets *targets, struct tx *tx, const json_t *list, struct err *err)
{
	size_t n = json_array_size(list);
	targets->answered = arena_array(targets->a, struct id, n + 1);
	for (size_t i = 0; i < n; i++) TRY(add_one(targets, tx, json_array_get(list, i), err));
	return OK;
}

enum code preset_target_next(struct preset_targets *targets, struct tx *tx, struct survey_target *ret,
                             char code[static CODE_TEXT + 1], struct err *err)
{
	if (targets->at == targets->nanswered) {
		code_format(id_random(), code);
		return OK;
	}
	struct id id = targets->answered[targets->at++];
	target_code(targets->site, id, code);
	return survey_target_find(tx_db(tx), targets->a, targets->model, id, ret, err);
}

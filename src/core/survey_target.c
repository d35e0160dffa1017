#include "core/survey_target.h"

#include <string.h>

static const char *const said[TARGET_STATES] = {
	[TARGET_NEW] = N_("to contact"),
	[TARGET_CONTACTED] = N_("contacted"),
	[TARGET_REMINDED] = N_("reminded"),
	[TARGET_STARTED] = N_("has begun"),
	[TARGET_ANSWERED] = N_("has answered"),
	[TARGET_REFUSED] = N_("does not want to"),
	[TARGET_UNREACHABLE] = N_("cannot be reached"),
	[TARGET_DUPLICATE] = N_("is there twice"),
};

const char *target_state_words(enum target_state state)
{
	return said[state];
}

static const char *const channels[TARGET_CHANNELS] = {
	[TARGET_BY_ANY] = N_("as it can be reached"), [TARGET_BY_EMAIL] = N_("by e-mail"),
	[TARGET_BY_LETTER] = N_("by post"),           [TARGET_BY_PHONE] = N_("by telephone"),
	[TARGET_BY_VISIT] = N_("by a visit"),
};

const char *target_channel_words(enum target_channel channel)
{
	return channels[channel];
}

/* A state below TARGET_NEW: as it stood before. */
enum { AS_BEFORE = -1 };
static const struct {
	const char *words;
	int state;
} outcomes[CALL_OUTCOMES] = {
	[CALL_UNSAID] = { N_("not said"), AS_BEFORE },
	[CALL_WILL_ANSWER] = { N_("spoke with somebody, who will answer"), TARGET_CONTACTED },
	[CALL_NOBODY] = { N_("nobody picked up"), AS_BEFORE },
	[CALL_MESSAGE] = { N_("left a message"), TARGET_CONTACTED },
	[CALL_AGAIN] = { N_("to be called again"), TARGET_CONTACTED },
	[CALL_REFUSED] = { N_("does not want to answer"), TARGET_REFUSED },
	[CALL_WRONG] = { N_("a wrong number or address"), TARGET_UNREACHABLE },
	[CALL_DUPLICATE] = { N_("is on the list twice"), TARGET_DUPLICATE },
};

const char *call_outcome_words(enum call_outcome outcome)
{
	return outcomes[outcome].words;
}

enum target_state call_outcome_state(enum call_outcome outcome, enum target_state before)
{
	int state = outcomes[outcome].state;
	/* A call does not take back that answers were begun, or that letters have left since. */
	if (state == AS_BEFORE) return before;
	if (state == TARGET_CONTACTED && (before == TARGET_STARTED || before == TARGET_REMINDED)) return before;
	return (enum target_state)state;
}

enum target_channel target_reached_by(const struct survey_target *target)
{
	if (target->channel != TARGET_BY_ANY) return target->channel;
	if (*target->email) return TARGET_BY_EMAIL;
	return *target->phone ? TARGET_BY_PHONE : TARGET_BY_LETTER;
}

bool target_is_waited_for(const struct survey_target *target)
{
	return target->state <= TARGET_STARTED && *target->name; /* nobody waits for who is forgotten */
}

const char *target_attribute(const struct survey_target *target, const char *name)
{
	if (strcmp(name, "place") == 0) return target->place;
	return json_str_or(target->attributes, name, "");
}

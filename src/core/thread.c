#include "core/thread.h"

#include <string.h>

#include "base/text.h"

bool thread_may_solve(const struct actor *actor, const struct record *about)
{
	struct thing thing = record_thing(about);
	if (about->state != STATE_PUBLISHED || actor->person == 0) return false;
	return about->author == actor->person || allowed(actor, ACTION_MANAGE, &thing);
}

bool form_is_topic(const struct form *form)
{
	return json_bool(form->definition, "topic", false);
}

/* The name, not the beginning of a longer word. */
static bool ends_here(const char *at)
{
	return strchr(" \n\t.,;:!?()[]\"'", *at) != NULL || (unsigned char)*at >= 0x80;
}

bool text_names(struct arena *a, const char *text, const char *name)
{
	const char *folded = text_fold(a, text), *wanted = arena_printf(a, "@%s", text_fold(a, name));
	size_t len = strlen(wanted);
	if (len < 2) return false;
	for (const char *at = strstr(folded, wanted); at; at = strstr(at + 1, wanted))
		if (ends_here(at + len)) return true;
	return false;
}

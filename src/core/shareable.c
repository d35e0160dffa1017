#include "core/shareable.h"

#include "base/i18n.h"

const char *consent_words(enum consent_answer answer)
{
	static const char *const words[CONSENT_ANSWERS] = {
		[CONSENT_WAITS] = N_("has not answered yet"),
		[CONSENT_AGREES] = N_("agrees"),
		[CONSENT_REFUSES] = N_("refuses"),
		[CONSENT_CHANGE] = N_("asks for a change"),
	};
	return words[answer];
}

const char *shareable_words(enum shareable_state state)
{
	static const char *const words[SHAREABLE_STATES] = {
		[SHAREABLE_PREPARED] = N_("being prepared"),
		[SHAREABLE_ASKED] = N_("waits for the agreement of those concerned"),
		[SHAREABLE_PUBLISHED] = N_("published"),
		[SHAREABLE_WITHDRAWN] = N_("taken back"),
	};
	return words[state];
}

bool shareable_is_agreed(const struct shareable *s)
{
	for (int i = 0; i < s->n; i++)
		if (s->consents[i].answer != CONSENT_AGREES) return false;
	return true;
}

const struct consent *shareable_mine(const struct shareable *s, int64_t person)
{
	for (int i = 0; person && i < s->n; i++)
		if (s->consents[i].person == person) return &s->consents[i];
	return NULL;
}

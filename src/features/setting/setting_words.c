#include "features/setting/setting_words.h"

#include <string.h>

/* The nth part of "a|b|c", or NULL. */
static const char *part(const struct page *p, const char *all, int i)
{
	for (; i > 0 && all; i--) {
		all = strchr(all, '|');
		if (all) all++;
	}
	return all ? arena_strndup(p->arena, all, strcspn(all, "|")) : NULL;
}

const char *setting_choice(const struct page *p, const struct setting_row *row, int i, const char **value)
{
	bool range = row->choice_words == NULL && row->choices && *row->choices >= '0' && *row->choices <= '9';
	if (row->choices == NULL || range) return NULL;
	*value = part(p, row->choices, i);
	if (*value == NULL) return NULL;
	return row->choice_words ? part(p, tr(p->lang, row->choice_words), i) : *value;
}

const char *setting_value_words(const struct page *p, enum setting setting, const char *value)
{
	const struct setting_row *row = &settings[setting];
	const char *one, *words;
	if (*value == '\0') return _("none");
	if (row->secret) return _("(hidden)");
	for (int i = 0; (words = setting_choice(p, row, i, &one)) != NULL; i++)
		if (strcmp(one, value) == 0) return words;
	return value;
}

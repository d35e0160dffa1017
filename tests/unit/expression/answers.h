/* Questions and answers that the tests of expressions use. */
#ifndef PARVIS_TEST_ANSWERS_H
#define PARVIS_TEST_ANSWERS_H

#include <string.h>

#include "base/macros.h"
#include "expression/expression.h"
#include "expression/node.h"

/* NULL text: not answered. Several: keys one a line; dates ISO. */
struct answer {
	const char *name;
	enum expression_type type;
	const char *text;
};

struct answers {
	struct arena *a;
	const struct answer *list;
	int n;
};

static const struct expression_choice answers_choices[] = { { "ouvert", "Ouvert" },
	                                                    { "projet", "En projet" },
	                                                    { "ferme", "Fermé" } };

static inline const struct answer *answer_of(const struct answers *all, const char *name)
{
	for (int i = 0; i < all->n; i++)
		if (strcmp(all->list[i].name, name) == 0) return &all->list[i];
	return NULL;
}

static inline bool answers_find(void *context, const char *name, struct expression_name *ret)
{
	const struct answer *answer = answer_of(context, name);
	if (answer == NULL) return false;
	*ret = (struct expression_name){ .name = answer->name, .label = answer->name, .type = answer->type };
	if (answer->type == EXPRESSION_CHOICE || answer->type == EXPRESSION_SEVERAL) {
		ret->choices = answers_choices;
		ret->nchoices = (int)COUNT(answers_choices);
	}
	return true;
}

static inline struct expression_value answer_lines(struct arena *a, const struct answer *answer)
{
	struct expression_value value = { .type = answer->type };
	const char **keys = arena_array(a, const char *, strlen(answer->text) + 2);
	decimal *numbers = arena_array(a, decimal, strlen(answer->text) + 2);
	char *rest = arena_strdup(a, answer->text), *line;
	while ((line = strsep(&rest, "\n")) != NULL) {
		if (*line == '\0') continue;
		keys[value.n] = line;
		numbers[value.n++] = answer->type == EXPRESSION_NUMBERS ? decimal_read(line) : 0;
	}
	if (answer->type == EXPRESSION_NUMBERS) value.numbers = numbers;
	else value.keys = keys;
	return value;
}

static inline struct expression_value answers_value(void *context, const char *name)
{
	const struct answers *all = context;
	const struct answer *answer = answer_of(all, name);
	struct expression_value value = { .type = answer->type };
	if (answer->text == NULL) return (struct expression_value){ .type = EXPRESSION_MISSING };
	switch (answer->type) {
	case EXPRESSION_NUMBER: value.number = decimal_read(answer->text); break;
	case EXPRESSION_YES_NO: value.yes = strcmp(answer->text, "true") == 0; break;
	case EXPRESSION_DATE:
		if (!expression_day(answer->text, &value.day)) value.type = EXPRESSION_MISSING;
		break;
	case EXPRESSION_SEVERAL:
	case EXPRESSION_NUMBERS: return answer_lines(all->a, answer);
	default: value.type = EXPRESSION_TEXT; value.text = answer->text;
	}
	return value;
}

#endif

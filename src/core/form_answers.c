#include "core/form_answers.h"

#include <string.h>

#include "base/clock.h"
#include "core/field_type.h"
#include "core/form_part.h"
#include "core/index_key.h"

enum { UNKNOWN, WORKING, YES, NO };

static const struct expression_value missing = { .type = EXPRESSION_MISSING };

enum expression_type field_means(const struct field *field)
{
	if (field->type == NULL) return EXPRESSION_MISSING;
	if (!field->type->computes) return field->type->means;
	return field->computed ? expression_gives(field->computed) : EXPRESSION_MISSING;
}

const char *expression_type_name(enum expression_type type)
{
	static const char *const names[EXPRESSION_TYPES] = {
		[EXPRESSION_MISSING] = "other",   [EXPRESSION_NUMBER] = "number",   [EXPRESSION_TEXT] = "text",
		[EXPRESSION_YES_NO] = "yes_no",   [EXPRESSION_DATE] = "date",       [EXPRESSION_CHOICE] = "choice",
		[EXPRESSION_SEVERAL] = "several", [EXPRESSION_NUMBERS] = "numbers",
	};
	return names[type];
}

/* ---- Values ---- */

/* Of a choice with words beside it, its key. */
static const char *key_of(const json_t *value)
{
	return json_is_object(value) ? json_str(value, "key") : json_string_value(value);
}

static struct expression_value text_value(const json_t *value)
{
	const char *text = key_of(value);
	if (text == NULL || *text == '\0') return missing;
	return (struct expression_value){ .type = EXPRESSION_TEXT, .text = text };
}

static bool has_key(const char *const *keys, int n, const char *key)
{
	for (int i = 0; i < n; i++)
		if (strcmp(keys[i], key) == 0) return true;
	return false;
}

/* What is chosen, and what that stands under: who chose a neighbourhood chose its town. */
static struct expression_value several_value(struct arena *a, const struct field *field, const json_t *value)
{
	size_t n = json_array_size(value);
	const char **keys = arena_array(a, const char *, n *(CHOICES_DEPTH + 1) + 1);
	int count = 0;
	for (size_t i = 0; i < n; i++) {
		const char *key = key_of(json_array_get(value, i));
		const struct choice *choice = key ? field_choice(field, key) : NULL;
		if (key && !has_key(keys, count, key)) keys[count++] = key;
		for (const struct choice *up = choice ? choice->parent : NULL; up; up = up->parent)
			if (!has_key(keys, count, up->key)) keys[count++] = up->key;
	}
	return (struct expression_value){ .type = EXPRESSION_SEVERAL, .keys = keys, .n = count };
}

static struct expression_value number_value(struct arena *a, const json_t *value)
{
	const char *text = json_is_integer(value) ? arena_printf(a, "%lld", (long long)json_integer_value(value))
	                                          : json_string_value(value);
	if (text == NULL || !number_valid(text)) return missing;
	return (struct expression_value){ .type = EXPRESSION_NUMBER, .number = decimal_read(text) };
}

/* Those of the lines of a question. */
static struct expression_value numbers_value(struct arena *a, const json_t *value)
{
	decimal *numbers = arena_array(a, decimal, json_object_size(value) + 1);
	const char *key;
	json_t *line;
	int n = 0;
	json_object_foreach ((json_t *)value, key, line) {
		struct expression_value number = number_value(a, line);
		if (number.type == EXPRESSION_NUMBER) numbers[n++] = number.number;
	}
	return (struct expression_value){ .type = EXPRESSION_NUMBERS, .numbers = numbers, .n = n };
}

/* Of other types, what it is found by: so that "= something" may be asked of it. */
static struct expression_value other_value(struct arena *a, const struct field *field, const json_t *value)
{
	struct index_entries entries;
	if (index_value_is_blank(value)) return missing;
	index_entries_read(a, field, value, &entries);
	static const char *const filled[] = { "" };
	const char *const *keys = entries.nkeys ? entries.keys : filled;
	return (struct expression_value){ .type = EXPRESSION_SEVERAL, .keys = keys, .n = MAX(entries.nkeys, 1) };
}

static struct expression_value value_of(struct arena *a, const struct field *field, const json_t *value)
{
	struct expression_value day = { .type = EXPRESSION_DATE };
	const char *text = json_string_value(value);
	if (value == NULL || json_is_null(value)) return missing;
	switch (field->type->means) {
	case EXPRESSION_NUMBER: return number_value(a, value);
	case EXPRESSION_NUMBERS: return numbers_value(a, value);
	case EXPRESSION_TEXT:
	case EXPRESSION_CHOICE: return text_value(value);
	case EXPRESSION_YES_NO:
		if (!json_is_boolean(value)) return missing;
		return (struct expression_value){ .type = EXPRESSION_YES_NO, .yes = json_is_true(value) };
	case EXPRESSION_DATE: return text && expression_day(text, &day.day) ? day : missing;
	case EXPRESSION_SEVERAL: return several_value(a, field, value);
	default: return other_value(a, field, value);
	}
}

void form_answers_init(struct form_answers *x, struct arena *a, const struct form *form, const json_t *values,
                       struct date today)
{
	memset(x, 0, sizeof(*x));
	x->a = a;
	x->form = form;
	x->values = values;
	x->today = date_to_days(today);
}

static struct expression_value compute(struct form_answers *x, const struct field *field);

static struct expression_value find_value(void *context, const char *name)
{
	struct form_answers *x = context;
	const struct field *field = form_find(x->form, name);
	if (field == NULL || !form_asks(x, field->whole ? field->whole : field)) return missing;
	if (field->type->computes) return compute(x, field);
	return value_of(x->a, field, field_value(field, x->values));
}

struct expression_value form_answer(struct form_answers *x, const char *name)
{
	return find_value(x, name);
}

static struct expression_answers answers_of(struct form_answers *x)
{
	return (struct expression_answers){ find_value, x, x->today };
}

/* Forms whose questions wait for each other are refused: WORKING is seen in none that was loaded. */
bool form_asks(struct form_answers *x, const struct field *field)
{
	unsigned char *asked = &x->asked[field->position];
	if (field->show_if == NULL) return true;
	if (*asked == UNKNOWN) {
		struct expression_answers answers = answers_of(x);
		*asked = WORKING;
		*asked = expression_holds(x->a, field->show_if, &answers) ? YES : NO;
	}
	return *asked == YES;
}

static struct expression_value compute(struct form_answers *x, const struct field *field)
{
	int at = field->position;
	if (field->computed && x->known[at] == UNKNOWN) {
		struct expression_answers answers = answers_of(x);
		x->known[at] = WORKING;
		x->computed[at] = expression_work(x->a, field->computed, &answers);
		x->known[at] = YES;
	}
	return x->computed[at];
}

json_t *form_computes(struct form_answers *x, const struct field *field)
{
	if (!form_asks(x, field)) return NULL;
	struct expression_value value = compute(x, field);
	if (value.type == EXPRESSION_YES_NO) return json_keep(x->a, json_boolean(value.yes));
	const char *text = expression_value_text(x->a, &value);
	return text && *text ? json_keep(x->a, json_string(text)) : NULL;
}

bool form_accepts(struct form_answers *x, const struct field *field)
{
	struct expression_answers answers = answers_of(x);
	if (field->constraint == NULL || !form_asks(x, field)) return true;
	if (index_value_is_blank(json_object_get(x->values, field->key))) return true;
	return expression_holds(x->a, field->constraint, &answers);
}

void form_check_answer(struct form_answers *x, const struct field *field, struct issues *issues)
{
	const char *said = label_text(&field->refusal, issues->lang);
	bool blank = index_value_is_blank(json_object_get(x->values, field->key));
	if (field->required && blank && form_asks(x, field))
		issues_add(issues, field->key, N_("This answer is needed."));
	if (form_accepts(x, field)) return;
	else if (*said) issues_add(issues, field->key, "%s", said);
	else issues_add(issues, field->key, N_("This answer does not fit with the others: check them."));
}

bool form_has_computed(const struct form *form)
{
	for (int i = 0; i < form->nfields; i++)
		if (form->fields[i].type->computes) return true;
	return false;
}

bool form_holds(const struct form *form, const struct expression *e, const json_t *values)
{
	struct arena a;
	if (e == NULL) return true;
	arena_init(&a);
	struct form_answers *x = arena_new(&a, struct form_answers);
	form_answers_init(x, &a, form, values, date_from_days(clock_now() / 86400000));
	struct expression_answers answers = answers_of(x);
	bool holds = expression_holds(&a, e, &answers);
	arena_release(&a);
	return holds;
}

bool field_asked(const struct field *field, const struct form *form, const json_t *values)
{
	return form_holds(form, field->show_if, values);
}

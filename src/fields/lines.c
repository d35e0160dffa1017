#include "fields/lines.h"

#include <string.h>

#include "base/number.h"

const struct choice *choice_among(const struct choice *choices, int n, const char *key)
{
	for (int i = 0; i < n; i++)
		if (strcmp(choices[i].key, key) == 0) return &choices[i];
	return NULL;
}

const struct choice *line_of(const struct field *field, const char *key)
{
	return choice_among(field->rows, field->nrows, key);
}

const struct choice *choice_named(const struct choice *choices, int n, const char *text, struct arena *a)
{
	const struct choice *choice = choice_among(choices, n, text);
	const char *folded = text_fold(a, text);
	for (int i = 0; i < n && choice == NULL; i++)
		for (int lang = 0; lang < LANG_COUNT; lang++) {
			const char *label = choices[i].label.text[lang];
			if (label && strcmp(text_fold(a, label), folded) == 0) choice = &choices[i];
		}
	return choice;
}

bool lines_check(const struct field *field, const json_t *value, struct issues *issues)
{
	const char *key;
	json_t *cell;
	if (!json_is_object(value) || json_object_size(value) == 0 || json_object_size(value) > (size_t)field->nrows) {
		issues_add(issues, field->key, N_("This should be answers to the lines of this question."));
		return false;
	}
	json_object_foreach ((json_t *)value, key, cell)
		if (line_of(field, key) == NULL) {
			issues_add(issues, field->key, N_("This question has no line “%s”."), key);
			return false;
		}
	return true;
}

bool line_needed(const struct field *field, const struct choice *line)
{
	return !line->retired && (line->required || json_bool(field->definition, "every", false));
}

void lines_check_needed(const struct field *field, const json_t *value, struct issues *issues)
{
	for (int i = 0; i < field->nrows; i++)
		if (line_needed(field, &field->rows[i]) && !json_object_get(value, field->rows[i].key))
			issues_add(issues, field->key, N_("“%s” needs an answer."),
			           label_text(&field->rows[i].label, issues->lang));
}

void lines_check_definition(const struct field *field, struct issues *issues)
{
	if (field->nrows == 0) issues_add(issues, "rows", N_("a field of this type has lines"));
	if (field->nrows > LINES_MAX) issues_add(issues, "rows", N_("%d lines at most"), LINES_MAX);
	option_words_check(field, issues);
	static const char *const names[] = { "min", "max", "total", "total_max" };
	for (size_t i = 0; i < COUNT(names); i++) {
		const char *value = value_bound(field, names[i], issues->arena);
		if (value && !number_valid(value)) issues_add(issues, names[i], N_("“%s” is not a number"), value);
	}
}

void line_check_number(const struct field *field, const char *line, const json_t *value, struct issues *issues)
{
	const char *number = value_str(value), *point = strchr(number, '.');
	const char *min = value_bound(field, "min", issues->arena), *max = value_bound(field, "max", issues->arena);
	int64_t decimals = value_option(field, "decimals", NUMBER_FRACTION);
	if (!number_valid(number)) {
		issues_add(issues, field->key, N_("%s: “%s” is not a number. Example: 12,5"), line, number);
		return;
	}
	if (min && number_compare(number, min) < 0) issues_add(issues, field->key, N_("%s: at least %s."), line, min);
	if (max && number_compare(number, max) > 0) issues_add(issues, field->key, N_("%s: at most %s."), line, max);
	if (point && (int64_t)strlen(point + 1) > decimals)
		issues_add(issues, field->key, N_("%s: at most %d digits after the decimal point."), line,
		           (int)decimals);
}

json_t *line_read_number(const struct field *field, const char *line, const char *text, enum lang lang,
                         struct issues *issues)
{
	char number[NUMBER_SIZE];
	struct err err;
	const char *clean = value_clean(field, text, TEXT_LINE, issues);
	if (clean == NULL) return NULL;
	if (number_parse(clean, lang, number, &err) == OK) return value_string(issues, number);
	issues_add(issues, field->key, N_("%s: “%s” is not a number. Example: 12,5"), line, clean);
	return value_string(issues, clean);
}

static const char *unit_of(const struct field *field, const struct choice *line, struct arena *a, enum lang lang)
{
	struct label all = label_from_json(a, json_object_get(field->definition, "unit"));
	const char *own = line ? label_text(&line->unit, lang) : "";
	return *own ? own : label_text(&all, lang);
}

const char *line_unit(const struct page *p, const struct field *field, const struct choice *line)
{
	return unit_of(field, line, p->arena, p->lang);
}

const char *line_number(struct arena *a, enum lang lang, const struct field *field, const struct choice *line,
                        const char *number)
{
	const char *unit = unit_of(field, line, a, lang);
	if (number_valid(number)) number = number_format(a, number, 0, lang);
	return *unit ? arena_printf(a, "%s\u00A0%s", number, unit) : number;
}

const char *number_shown(const struct page *p, const json_t *value)
{
	const char *number = value_str(value);
	return number_valid(number) ? number_format(p->arena, number, 0, p->lang) : number;
}

const char *line_id(const struct page *p, const struct field *field, const struct choice *line, const char *column)
{
	return field_id(p, field,
	                arena_printf(p->arena, "-%s%s%s", line->key, column ? "-" : "", column ? column : ""));
}

const char *line_control(const struct page *p, const struct field *field, const struct choice *line, const char *column)
{
	return arena_printf(p->arena, "%s.%s%s%s", field->key, line->key, column ? "." : "", column ? column : "");
}

bool line_asked(const struct choice *line, const json_t *value)
{
	return !line->retired || json_object_get(value, line->key);
}

/* A number, exact: a decimal kept as text. Options: min, max (numbers or texts), decimals, unit. */
#include <string.h>

#include "base/number.h"
#include "fields/fields.h"
#include "fields/inputs.html.h"
#include "fields/value.h"

static void check_bounds(const struct field *field, struct issues *issues)
{
	static const char *const names[] = { "min", "max" };
	for (size_t i = 0; i < COUNT(names); i++) {
		const char *value = value_bound(field, names[i], issues->arena);
		if (value && !number_valid(value)) issues_add(issues, names[i], N_("“%s” is not a number"), value);
	}
}

static json_t *parse(const struct field *field, const char *text, enum lang lang, struct issues *issues)
{
	const char *clean = value_clean(field, text, TEXT_LINE, issues);
	char number[NUMBER_SIZE];
	struct err err;
	if (clean == NULL) return NULL;
	if (number_parse(clean, lang, number, &err) == OK) return value_string(issues, number);
	issues_add(issues, field->key, N_("“%s” is not a number. Example: 12,5"), clean);
	return value_string(issues, clean);
}

/* A form shows numbers as its language writes them, and gets them back so. */
static json_t *number_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	return parse(field, post->get(post->context, field->key, 0), post->lang, issues);
}

static json_t *number_import(const struct field *field, const char *text, struct issues *issues)
{
	return parse(field, text, LANG_FR, issues);
}

static void number_check(const struct field *field, const json_t *value, struct issues *issues)
{
	const char *number = value_str(value), *point = strchr(number, '.');
	const char *min = value_bound(field, "min", issues->arena), *max = value_bound(field, "max", issues->arena);
	if (!number_valid(number)) {
		issues_add(issues, field->key, N_("“%s” is not a number. Example: 12,5"), number);
		return;
	}
	if (min && number_compare(number, min) < 0) issues_add(issues, field->key, N_("At least %s."), min);
	if (max && number_compare(number, max) > 0) issues_add(issues, field->key, N_("At most %s."), max);
	int64_t decimals = value_option(field, "decimals", NUMBER_FRACTION);
	if (point && (int64_t)strlen(point + 1) > decimals)
		issues_add(issues, field->key, N_("At most %lld digits after the decimal point."), (long long)decimals);
}

static void number_text(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	struct arena a;
	arena_init(&a);
	const char *number = value_str(value);
	struct label unit = label_from_json(&a, json_object_get(field->definition, "unit"));
	buf_puts(out, number_valid(number) ? number_format(&a, number, 0, lang) : number);
	if (*label_text(&unit, lang)) buf_printf(out, "\u00A0%s", label_text(&unit, lang));
	arena_release(&a);
}

static void number_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	html_text_str(out, field_plain(p, field, value));
}

static void number_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	const char *number = value_str(value);
	if (number_valid(number)) number = number_format(p->arena, number, 0, p->lang);
	input_line(out, p, field, "text", "decimal", "off", number, 40);
}

static void number_index(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	(void)field;
	(void)a;
	char key[NUMBER_KEY_SIZE];
	if (number_valid(value_str(value))) sink->key(sink, number_key(value_str(value), key));
}

static const char *number_key_of(const struct field *field, const char *text, struct arena *a)
{
	(void)field;
	char number[NUMBER_SIZE], key[NUMBER_KEY_SIZE];
	struct err err;
	if (number_parse(text, LANG_FR, number, &err) != OK) return text;
	return arena_strdup(a, number_key(number, key));
}

static const char *number_key_label(const struct field *field, const char *key, const struct page *p)
{
	(void)field;
	char number[NUMBER_SIZE];
	return number_format(p->arena, number_from_key(key, number), 0, p->lang);
}

static const struct type_option number_options[] = {
	{ "unit", OPTION_LABEL, N_("Unit"), N_("Written after the number: km, people, €."), 0, 20, false },
	{ "min", OPTION_NUMBER, N_("Not under"), NULL, 0, 0, false },
	{ "max", OPTION_NUMBER, N_("Not over"), NULL, 0, 0, false },
	{ "decimals", OPTION_COUNT, N_("Digits after the decimal point, at most"), N_("0: whole numbers only."), 0,
	  NUMBER_FRACTION, false },
	{ 0 },
};

const struct field_type field_number = {
	.name = "number",
	.means = EXPRESSION_NUMBER,
	.label = N_("A number"),
	.description = N_("A number, with its unit"),
	.icon = "hash",
	.options = number_options,
	.check_definition = check_bounds,
	.read = number_read,
	.import = number_import,
	.check = number_check,
	.show = number_show,
	.edit = number_edit,
	.text = number_text,
	.export = value_text_string,
	.cell = CELL_NUMBER,
	.index = number_index,
	.key = number_key_of,
	.key_label = number_key_label,
};

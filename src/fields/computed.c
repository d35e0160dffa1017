/*
 * A value that is worked out from other answers by an expression (expression/expression.h), and never typed: record_save
 * computes it again whenever a page is saved, the browser as it is filled in. Kept as the expression gives it: a number or
 * a day as text, a text, or true or false. Options: value (the expression), unit.
 */
#include <string.h>

#include "base/date.h"
#include "core/form_answers.h"
#include "fields/fields.h"
#include "fields/inputs.html.h"
#include "fields/value.h"

static json_t *computed_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	(void)field;
	(void)post;
	(void)issues;
	return NULL;
}

/* The type that has such values: its keys are ours. */
static const struct field_type *like(const struct field *field)
{
	switch (field_means(field)) {
	case EXPRESSION_NUMBER: return &field_number;
	case EXPRESSION_DATE: return &field_date;
	case EXPRESSION_YES_NO: return &field_boolean;
	default: return &field_text;
	}
}

/* A file says what it was when it was written: it is computed again, so what makes no sense any more is no mistake. */
static json_t *computed_import(const struct field *field, const char *text, struct issues *issues)
{
	struct issues own;
	issues_init(&own, issues->arena);
	json_t *value = like(field)->import(field, text, &own);
	return own.count ? NULL : value;
}

static bool is_day(const json_t *value, struct date *ret)
{
	return json_is_string(value) && date_from_iso(json_string_value(value), ret);
}

static bool fits(const struct field *field, const json_t *value)
{
	struct date d;
	switch (field_means(field)) {
	case EXPRESSION_NUMBER: return json_is_string(value) && number_valid(json_string_value(value));
	case EXPRESSION_DATE: return is_day(value, &d);
	case EXPRESSION_YES_NO: return json_is_boolean(value);
	default: return json_is_string(value);
	}
}

static void computed_check(const struct field *field, const json_t *value, struct issues *issues)
{
	if (!fits(field, value)) issues_add(issues, field->key, N_("This value is computed: it cannot be given."));
}

static void computed_text(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	struct arena a;
	struct date d;
	arena_init(&a);
	struct label unit = label_from_json(&a, json_object_get(field->definition, "unit"));
	const char *text = value_str(value);
	if (json_is_boolean(value)) text = tr(lang, json_is_true(value) ? N_("yes") : N_("no"));
	else if (!fits(field, value)) text = value_str(value);
	else if (field_means(field) == EXPRESSION_NUMBER) text = number_format(&a, text, 0, lang);
	else if (field_means(field) == EXPRESSION_DATE && is_day(value, &d)) text = date_format(&a, d, DATE_FULL, lang);
	buf_puts(out, text);
	if (*text && *label_text(&unit, lang)) buf_printf(out, "\u00A0%s", label_text(&unit, lang));
	arena_release(&a);
}

static void computed_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	html_text_str(out, field_plain(p, field, value));
}

static void computed_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	input_computed(out, p, field, value && !json_is_null(value) ? field_plain(p, field, value) : "");
}

static void computed_export(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	if (json_is_boolean(value)) computed_text(out, lang, field, value);
	else buf_puts(out, value_str(value));
}

static void computed_index(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	char key[NUMBER_KEY_SIZE];
	if (!fits(field, value)) return;
	switch (field_means(field)) {
	case EXPRESSION_NUMBER: sink->key(sink, number_key(value_str(value), key)); break;
	case EXPRESSION_DATE: sink->key(sink, value_str(value)); break;
	case EXPRESSION_YES_NO: sink->key(sink, json_is_true(value) ? "1" : "0"); break;
	default: value_index_string(field, value, a, sink);
	}
}

static const char *computed_key(const struct field *field, const char *text, struct arena *a)
{
	return like(field)->key ? like(field)->key(field, text, a) : index_key_text(a, text);
}

static const char *computed_key_label(const struct field *field, const char *key, const struct page *p)
{
	return like(field)->key_label ? like(field)->key_label(field, key, p) : key;
}

/* Two people changed what it is computed from: it is computed again once both are put together (record_save). */
static json_t *computed_merge(struct arena *a, const json_t *base, const json_t *mine, const json_t *theirs)
{
	(void)base;
	bool ours = strcmp(json_text(a, json_keep(a, json_pack("[O?]", mine))),
	                   json_text(a, json_keep(a, json_pack("[O?]", theirs)))) > 0;
	return (json_t *)(ours ? mine : theirs);
}

static const struct type_option computed_options[] = {
	{ "value", OPTION_EXPRESSION, N_("How it is computed"),
	  N_("From the short names of the other questions, such as: round(prix * 1.2, 2)"), 0, EXPRESSION_BYTES, true },
	{ "unit", OPTION_LABEL, N_("Unit"), N_("Written after the number: km, people, €."), 0, 20, false },
	{ 0 },
};

const struct field_type field_computed = {
	.name = "computed",
	.label = N_("A computed value"),
	.description = N_("Worked out from other answers, never typed"),
	.icon = "calculator",
	.options = computed_options,
	.computes = true,
	.read = computed_read,
	.import = computed_import,
	.check = computed_check,
	.show = computed_show,
	.edit = computed_edit,
	.text = computed_text,
	.export = computed_export,
	.index = computed_index,
	.key = computed_key,
	.key_label = computed_key_label,
	.merge = computed_merge,
};

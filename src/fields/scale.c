/*
 * A place on a scale: agreement in words, a mark from 0 to 10, nearer to one word than to another. The value is the
 * number of the step, an integer, or the text "unknown" (who answers does not know: no number stands for that).
 * Options: labels (the words of all steps, from the first) or from and to (1 and 5) with the words of both ends, low
 * and high; unknown (offered beside the steps), unknown_label.
 */
#include "fields/scale.h"

#include <string.h>

#include "base/number.h"
#include "fields/fields.h"
#include "fields/scale.html.h"
#include "fields/value.h"

enum { STEPS_MAX = 21, FROM_MIN = -100, FROM_MAX = 100 };

static const char UNKNOWN[] = "unknown";

int scale_from(const struct field *field)
{
	return (int)value_option(field, "from", 1);
}

int scale_to(const struct field *field)
{
	size_t words = json_array_size(json_object_get(field->definition, "labels"));
	return words ? scale_from(field) + (int)words - 1 : (int)value_option(field, "to", 5);
}

bool scale_in_words(const struct field *field)
{
	return json_array_size(json_object_get(field->definition, "labels")) > 0;
}

static struct label label_at(const struct field *field, int step, struct arena *a)
{
	const json_t *labels = json_object_get(field->definition, "labels");
	if (json_array_size(labels))
		return label_from_json(a, json_array_get(labels, (size_t)(step - scale_from(field))));
	if (step == scale_from(field)) return label_from_json(a, json_object_get(field->definition, "low"));
	if (step == scale_to(field)) return label_from_json(a, json_object_get(field->definition, "high"));
	return (struct label){ 0 };
}

const char *scale_words(const struct page *p, const struct field *field, int step)
{
	struct label label = label_at(field, step, p->arena);
	return t(p, &label);
}

static struct label unknown_label(const struct field *field, struct arena *a)
{
	struct label label = label_from_json(a, json_object_get(field->definition, "unknown_label"));
	if (*label_text(&label, LANG_FR) == '\0')
		for (int lang = 0; lang < LANG_COUNT; lang++)
			label.text[lang] = tr((enum lang)lang, N_("I do not know"));
	return label;
}

bool scale_offers_unknown(const struct field *field)
{
	return json_bool(field->definition, "unknown", false);
}

const char *scale_unknown_words(const struct page *p, const struct field *field)
{
	struct label label = unknown_label(field, p->arena);
	return t(p, &label);
}

bool scale_is_unknown(const json_t *value)
{
	return strcmp(value_str(value), UNKNOWN) == 0;
}

bool scale_is_at(const json_t *value, int step)
{
	return json_is_integer(value) && json_integer_value(value) == step;
}

static bool is_step(const struct field *field, int64_t n)
{
	return n >= scale_from(field) && n <= scale_to(field);
}

/* ---- Read ---- */

/* "4", "4 / 5", "Often", "unknown"; 0: it is none of them. */
static bool find_step(const struct field *field, const char *text, struct arena *a, int *step, bool *unknown)
{
	char *end;
	long n = strtol(text, &end, 10);
	struct label label = unknown_label(field, a);
	*unknown = false;
	while (*end == ' ') end++;
	if (end != text && (*end == '\0' || *end == '/') && is_step(field, n)) return *step = (int)n, true;
	const char *folded = text_fold(a, text);
	if (strcmp(text, UNKNOWN) == 0) return *unknown = true;
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		if (strcmp(text_fold(a, label_text(&label, (enum lang)lang)), folded) == 0) return *unknown = true;
		for (*step = scale_from(field); *step <= scale_to(field); (*step)++) {
			struct label words = label_at(field, *step, a);
			if (*folded && strcmp(text_fold(a, label_text(&words, (enum lang)lang)), folded) == 0)
				return true;
		}
	}
	return false;
}

static json_t *scale_import(const struct field *field, const char *text, struct issues *issues)
{
	const char *clean = value_clean(field, text, TEXT_LINE, issues);
	int step;
	bool unknown;
	if (clean == NULL) return NULL;
	if (find_step(field, clean, issues->arena, &step, &unknown))
		return unknown ? value_string(issues, UNKNOWN) : json_keep(issues->arena, json_integer(step));
	issues_add(issues, field->key, N_("“%s” is not on the scale: from %d to %d."), clean, scale_from(field),
	           scale_to(field));
	return NULL;
}

static json_t *scale_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	return scale_import(field, post->get(post->context, field->key, 0), issues);
}

static void scale_check(const struct field *field, const json_t *value, struct issues *issues)
{
	if (json_is_integer(value) && is_step(field, json_integer_value(value))) return;
	if (scale_is_unknown(value) && scale_offers_unknown(field)) return;
	issues_add(issues, field->key, N_("This is not on the scale: from %d to %d."), scale_from(field),
	           scale_to(field));
}

static void check_definition(const struct field *field, struct issues *issues)
{
	const json_t *labels = json_object_get(field->definition, "labels");
	int64_t from = value_option(field, "from", 1), to = value_option(field, "to", 5);
	size_t words = json_array_size(labels), i;
	json_t *label;
	if (from < FROM_MIN || from > FROM_MAX)
		issues_add(issues, "from", N_("a scale begins from %d to %d"), FROM_MIN, FROM_MAX);
	if (words == 1 || words > STEPS_MAX || (words == 0 && (to <= from || to - from >= STEPS_MAX)))
		issues_add(issues, words ? "labels" : "to", N_("a scale has 2 to %d steps"), STEPS_MAX);
	json_array_foreach ((json_t *)labels, i, label) {
		struct label text = label_from_json(issues->arena, label);
		if (*label_text(&text, LANG_FR) == '\0')
			issues_add(issues, "labels", N_("a step of the scale has no name"));
	}
}

/* ---- Shown ---- */

static void scale_text(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	struct arena a;
	arena_init(&a);
	int step = (int)json_integer_value(value);
	struct label label = scale_is_unknown(value) ? unknown_label(field, &a) : label_at(field, step, &a);
	if (scale_is_unknown(value) || (scale_in_words(field) && *label_text(&label, lang)))
		buf_puts(out, label_text(&label, lang));
	else if (json_is_integer(value)) buf_printf(out, "%d / %d", step, scale_to(field));
	arena_release(&a);
}

static void scale_brief(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	html_text_str(out, field_plain(p, field, value));
}

static void scale_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	if (json_is_integer(value) && is_step(field, json_integer_value(value)))
		scale_shown(out, p, field, value, field_plain(p, field, value));
	else scale_brief(out, p, field, value);
}

static void scale_export(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	(void)lang;
	(void)field;
	if (json_is_integer(value)) buf_printf(out, "%lld", (long long)json_integer_value(value));
	else buf_puts(out, value_str(value));
}

static void scale_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	scale_inputs(out, p, field, value);
}

static bool scale_grouped(const struct field *field)
{
	(void)field;
	return true;
}

/* ---- Found: by its number; what is not known is neither low nor high, and only filled in ---- */

static void scale_index(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	char key[NUMBER_KEY_SIZE];
	if (!json_is_integer(value) || !is_step(field, json_integer_value(value))) return;
	const char *number = arena_printf(a, "%lld", (long long)json_integer_value(value));
	sink->key(sink, number_key(number, key));
	struct label label = label_at(field, (int)json_integer_value(value), a);
	if (!scale_in_words(field)) return;
	for (int lang = 0; lang < LANG_COUNT; lang++) sink->words(sink, label_text(&label, (enum lang)lang));
}

static const char *scale_key(const struct field *field, const char *text, struct arena *a)
{
	char key[NUMBER_KEY_SIZE], number[NUMBER_SIZE];
	int step;
	bool unknown;
	if (*number_from_key(text, number)) return text; /* of a facet, as it is in the address */
	if (!find_step(field, text, a, &step, &unknown) || unknown) return text;
	return arena_strdup(a, number_key(arena_printf(a, "%d", step), key));
}

static const char *scale_key_label(const struct field *field, const char *key, const struct page *p)
{
	char number[NUMBER_SIZE];
	int64_t step = strtoll(number_from_key(key, number), NULL, 10);
	if (*number == '\0' || !is_step(field, step)) return key;
	return field_plain(p, field, json_keep(p->arena, json_integer(step)));
}

static const struct type_option scale_options[] = {
	{ "labels", OPTION_STEPS, N_("Words of the steps"),
	  N_("One a line, from the first to the last, such as: Never, Sometimes, Often. Nothing here: numbers, as "
	     "below."),
	  2, STEPS_MAX, false },
	{ "from", OPTION_COUNT, N_("First number"), N_("1, if nothing is said."), 0, FROM_MAX, false },
	{ "to", OPTION_COUNT, N_("Last number"), N_("5, if nothing is said."), 1, FROM_MAX + STEPS_MAX, false },
	{ "low", OPTION_LABEL, N_("Word at the lower end"), N_("Not at all, closed…"), 0, 80, false },
	{ "high", OPTION_LABEL, N_("Word at the upper end"), N_("Very much, open…"), 0, 80, false },
	{ "unknown", OPTION_FLAG, N_("“I do not know” may be answered"), NULL, 0, 0, false },
	{ "unknown_label", OPTION_LABEL, N_("In place of “I do not know”"), NULL, 0, 60, false },
	{ 0 },
};

const struct field_type field_scale = {
	.name = "scale",
	.means = EXPRESSION_NUMBER,
	.label = N_("A scale"),
	.description = N_("A place between two ends: agreement, a mark from 0 to 10"),
	.icon = "sliders-horizontal",
	.options = scale_options,
	.first_options = 6,
	.check_definition = check_definition,
	.read = scale_read,
	.import = scale_import,
	.check = scale_check,
	.show = scale_show,
	.brief = scale_brief,
	.edit = scale_edit,
	.grouped = scale_grouped,
	.text = scale_text,
	.export = scale_export,
	.cell = CELL_NUMBER,
	.index = scale_index,
	.key = scale_key,
	.key_label = scale_key_label,
	.facet = true,
};

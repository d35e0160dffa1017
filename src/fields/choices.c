/*
 * Several choices from the field's: a list of what fields/chosen.h says, in the order of the field's choices, each
 * once. Options: choices or list, min and max (how many), exclusive (the key of the one that goes with no other),
 * order, other (with other_label), comment (one beside each).
 */
#include <string.h>

#include "core/form.h"
#include "fields/choice.h"
#include "fields/chosen.h"
#include "fields/fields.h"
#include "fields/inputs.html.h"

enum { BOXES_MAX = 7 /* more are folded away */, UNFOLDED_MAX = 20 /* … where all are to be seen */ };

/* Those that were named, in the list's order, each once; NULL when there are none. */
static json_t *ordered(const struct field *field, const json_t *named, struct issues *issues)
{
	json_t *array = json_keep(issues->arena, json_array());
	for (int i = 0; i < field->nchoices; i++) {
		json_t *item = (json_t *)choice_item(named, field->choices[i].key);
		if (item) json_array_append(array, item);
	}
	return json_array_size(array) ? array : NULL;
}

static void add_named(const struct field *field, json_t *named, const char *text, struct issues *issues)
{
	json_t *one = choice_import(field, text, issues);
	if (one) json_array_append(named, one);
}

static json_t *choices_import(const struct field *field, const char *text, struct issues *issues)
{
	json_t *named = json_keep(issues->arena, json_array());
	while (*text) {
		size_t len = chosen_length(text);
		add_named(field, named, arena_strndup(issues->arena, text, len), issues);
		text += len + (text[len] == ';');
	}
	return ordered(field, named, issues);
}

/* What was written beside one of them. */
static json_t *with_words(const struct field *field, const struct field_post *post, const char *key,
                          struct issues *issues)
{
	bool other = strcmp(key, CHOICE_OTHER) == 0 && chosen_asks_other(field);
	const char *text = other ? value_posted(field, post, ".text", TEXT_LINE, issues) : NULL, *comment = NULL;
	if (chosen_asks_comment(field))
		comment = value_posted(field, post, arena_printf(issues->arena, ".comment.%s", key), TEXT_LINE, issues);
	return chosen_make(issues, key, text, comment);
}

/* A text typed where "other" is not ticked ticks it. */
static json_t *choices_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	json_t *named = json_keep(issues->arena, json_array()), *items = json_keep(issues->arena, json_array());
	const char *text;
	for (int i = 0; i <= field->nchoices && (text = post->get(post->context, field->key, i)) != NULL; i++)
		add_named(field, named, text, issues);
	if (chosen_asks_other(field) && value_posted(field, post, ".text", TEXT_LINE, issues))
		json_array_append_new(named, json_string(CHOICE_OTHER));
	for (size_t i = 0; i < json_array_size(named); i++)
		json_array_append(items, with_words(field, post, chosen_key(json_array_get(named, i)), issues));
	return ordered(field, items, issues);
}

static bool twice(const json_t *value)
{
	for (size_t i = 0; i < json_array_size(value); i++)
		if (choice_item(value, chosen_key(json_array_get(value, i))) != json_array_get(value, i)) return true;
	return false;
}

static void check_count(const struct field *field, const json_t *value, struct issues *issues)
{
	int64_t n = (int64_t)json_array_size(value), min = value_option(field, "min", 0),
	        max = value_option(field, "max", 0);
	const char *alone = chosen_exclusive(field);
	const struct choice *choice = alone ? field_choice(field, alone) : NULL;
	bool is_alone = choice && choice_item(value, alone);
	if (is_alone && n > 1)
		issues_add(issues, field->key, N_("“%s” goes with no other choice: untick it, or the others."),
		           label_text(&choice->label, issues->lang));
	if (n && n < min && !is_alone)
		issues_add(issues, field->key, N_("Tick at least %d of them; you ticked %d."), (int)min, (int)n);
	if (max > 0 && n > max)
		issues_add(issues, field->key, N_("Tick at most %d of them; you ticked %d."), (int)max, (int)n);
}

static void choices_check(const struct field *field, const json_t *value, struct issues *issues)
{
	if (!json_is_array(value) || json_array_size(value) > (size_t)field->nchoices) {
		issues_add(issues, field->key, N_("This should be a list of choices."));
		return;
	}
	int before = issues->count;
	for (size_t i = 0; i < json_array_size(value); i++) choice_check(field, json_array_get(value, i), issues);
	if (issues->count > before) return;
	if (twice(value)) issues_add(issues, field->key, N_("This should be a list of choices."));
	else check_count(field, value, issues);
}

static void choices_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	buf_lit(out, "<span class=\"categories\">");
	for (size_t i = 0; i < json_array_size(value); i++) {
		const struct choice *choice = field_choice(field, chosen_key(json_array_get(value, i)));
		bool marked = choice && choice->tone &&
		              !json_is_object(
		                      json_array_get(value, i)); /* what has a colour and a shape stands by itself */
		if (i && marked) buf_lit(out, "<span class=\"visually-hidden\">, </span>");
		if (i && !marked) buf_lit(out, ", ");
		choice_show(out, p, field, json_array_get(value, i));
	}
	buf_lit(out, "</span>");
}

/* Those that are counted or commented are seen all at once. */
static bool is_folded(const struct field *field)
{
	return field->nchoices > (field->unfolded ? UNFOLDED_MAX : BOXES_MAX) && !chosen_asks_comment(field) &&
	       value_option(field, "max", 0) == 0 && value_option(field, "min", 0) == 0 &&
	       chosen_exclusive(field) == NULL;
}

const char *choices_limits(const struct page *p, const struct field *field)
{
	int min = (int)value_option(field, "min", 0), max = (int)value_option(field, "max", 0);
	if (min > 0 && max == min) return page_printf(p, _n("Tick %d of them.", "Tick %d of them.", min), min);
	if (min > 0 && max > 0) return page_printf(p, _("Tick from %d to %d of them."), min, max);
	if (max > 0) return page_printf(p, _n("Tick at most %d of them.", "Tick at most %d of them.", max), max);
	if (min > 0) return page_printf(p, _n("Tick at least %d of them.", "Tick at least %d of them.", min), min);
	return "";
}

void choices_boxes(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	choice_options(out, p, field, "checkbox", value, is_folded(field));
}

const char *choices_chosen(const struct page *p, const struct field *field, const json_t *value)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	for (size_t i = 0; i < json_array_size(value); i++) {
		if (i) buf_puts(&out, ", ");
		chosen_words(&out, p->lang, field, json_array_get(value, i));
	}
	return buf_str(&out);
}

static void choices_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	const char *limits = choices_limits(p, field);
	if (*limits) help_line(out, p, limits);
	if (is_folded(field)) choices_folded(out, p, field, value);
	else if (chosen_asks_comment(field)) choices_commented(out, p, field, value, chosen_order(p, field));
	else choices_boxes(out, p, field, value);
	if (chosen_asks_other(field))
		chosen_words_input(out, p, field, ".text",
		                   page_printf(p, _("%s: say which"), choice_other_label(p, field)),
		                   chosen_text(choice_item(value, CHOICE_OTHER)), CHOSEN_TEXT, "other-text");
}

static bool choices_grouped(const struct field *field)
{
	(void)field;
	return true;
}

static void choices_text(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	for (size_t i = 0; i < json_array_size(value); i++) {
		if (i) buf_lit(out, "\n");
		choice_text(out, lang, field, json_array_get(value, i));
	}
}

static void choices_export(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	(void)lang;
	(void)field;
	for (size_t i = 0; i < json_array_size(value); i++) {
		if (i) buf_lit(out, ";");
		chosen_export(out, json_array_get(value, i));
	}
}

static void choices_index(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	(void)a;
	for (size_t i = 0; i < json_array_size(value); i++) choice_index_one(field, json_array_get(value, i), sink);
}

static void check_choices(const struct field *field, struct issues *issues)
{
	int64_t min = value_option(field, "min", 0), max = value_option(field, "max", 0);
	choice_check_definition(field, issues);
	if (min < 0 || max < 0 || (max > 0 && min > max))
		issues_add(issues, "max", N_("“min” and “max” do not fit together"));
	if (min > field->nchoices) issues_add(issues, "min", N_("there are fewer choices than must be ticked"));
}

static const struct type_option several_options[] = {
	{ "choices", OPTION_CHOICES, N_("Choices"), N_("One a line, in the order of the list."), 1, 1, true },
	{ "min", OPTION_COUNT, N_("At least so many"), NULL, 1, CHOICES_MAX, false },
	{ "max", OPTION_COUNT, N_("At most so many"), NULL, 1, CHOICES_MAX, false },
	{ "exclusive", OPTION_PICK, N_("The choice that goes with no other"),
	  N_("Its name as it stands in the list, such as: None of these"), 0, 200, false },
	{ "order", OPTION_WORD, N_("Order of the choices"), NULL, 0, 0, false },
	{ "other", OPTION_FLAG, N_("Another choice can be written"),
	  N_("“Other” stands last; the text is then needed."), 0, 0, false },
	{ "other_label", OPTION_LABEL, N_("In place of the word “Other”"), NULL, 0, 60, false },
	{ "comment", OPTION_FLAG, N_("A comment can be written beside each"), NULL, 0, 0, false },
	{ 0 },
};

static const struct option_words several_words[] = { { "order", choice_orders }, { 0 } };

const struct field_type field_choices = {
	.name = "choices",
	.means = EXPRESSION_SEVERAL,
	.label = N_("Several choices"),
	.description = N_("Several choices in a list"),
	.icon = "list-checks",
	.options = several_options,
	.first_options = 4,
	.words = several_words,
	.check_definition = check_choices,
	.read = choices_read,
	.import = choices_import,
	.check = choices_check,
	.show = choices_show,
	.edit = choices_edit,
	.grouped = choices_grouped,
	.text = choices_text,
	.export = choices_export,
	.index = choices_index,
	.key = choice_key,
	.key_label = choice_key_label,
	.facet = true,
	.mentions = chosen_mentions,
	.replace = chosen_replace,
};

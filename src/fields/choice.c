/*
 * One choice from the field's. The key is stored, with a text or a comment where there is one (fields/chosen.h);
 * people read labels. Options: choices or list, display (list, buttons, menu; absent: a list up to 7 choices),
 * order, other (with other_label), comment.
 */
#include "fields/choice.h"

#include <string.h>

#include "fields/chosen.h"
#include "fields/fields.h"
#include "fields/inputs.html.h"

enum {
	RADIO_MAX = 7,     /* more become a list to unfold */
	UNFOLDED_MAX = 20, /* … where all are to be seen */
};

const struct choice *choice_find(const struct field *field, const char *text, struct arena *a)
{
	const struct choice *choice = field_choice(field, text);
	if (choice) return choice;
	const char *folded = text_fold(a, text);
	for (int i = 0; i < field->nchoices; i++)
		for (int lang = 0; lang < LANG_COUNT; lang++) {
			const char *label = field->choices[i].label.text[lang];
			if (label && strcmp(text_fold(a, label), folded) == 0) return &field->choices[i];
		}
	return NULL;
}

json_t *choice_import(const struct field *field, const char *text, struct issues *issues)
{
	return chosen_import(field, text, issues);
}

/* A text typed beside no choice is that of "other". */
static json_t *with_words(const struct field *field, const struct field_post *post, json_t *item, struct issues *issues)
{
	const char *key = chosen_key(item);
	const char *text = chosen_asks_other(field) ? value_posted(field, post, ".text", TEXT_LINE, issues) : NULL;
	const char *comment = chosen_asks_comment(field) ? value_posted(field, post, ".comment", TEXT_LINE, issues)
	                                                 : NULL;
	if (item == NULL && text) key = CHOICE_OTHER;
	if (*key == '\0') return item;
	return chosen_make(issues, key, strcmp(key, CHOICE_OTHER) == 0 ? text : NULL, comment);
}

json_t *choice_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	int before = issues->count;
	json_t *item = choice_import(field, post->get(post->context, field->key, 0), issues);
	return issues->count == before ? with_words(field, post, item, issues) : item;
}

void choice_check(const struct field *field, const json_t *value, struct issues *issues)
{
	(void)chosen_check(field, value, issues);
}

void choice_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	const struct choice *choice = field_choice(field, chosen_key(value));
	struct buf words;
	buf_init(&words, p->arena, 0);
	chosen_words(&words, p->lang, field, value);
	if (choice && choice->tone && !json_is_object(value)) category(out, p, choice);
	else html_text_str(out, buf_str(&words));
}

/* Is it a list to unfold? */
static bool is_menu(const struct field *field)
{
	const char *display = json_str(field->definition, "display");
	return display ? strcmp(display, "menu") == 0 : field->nchoices > (field->unfolded ? UNFOLDED_MAX : RADIO_MAX);
}

bool choice_grouped(const struct field *field)
{
	return chosen_asks_other(field) || chosen_asks_comment(field) || !is_menu(field);
}

const json_t *choice_item(const json_t *value, const char *key)
{
	if (!json_is_array(value)) return strcmp(chosen_key(value), key) == 0 ? value : NULL;
	for (size_t j = 0; j < json_array_size(value); j++)
		if (strcmp(chosen_key(json_array_get(value, j)), key) == 0) return json_array_get(value, j);
	return NULL;
}

/* The first is where the field's label leads, unless they are folded (then the fold is). */
void choice_options(struct buf *out, const struct page *p, const struct field *field, const char *type,
                    const json_t *chosen, bool folded)
{
	const int *order = chosen_order(p, field);
	for (int i = 0, n = 0; i < field->nchoices; i++) {
		const struct choice *choice = &field->choices[order[i]];
		bool checked = choice_item(chosen, choice->key) != NULL;
		if (choice->retired && !checked) continue;
		input_option(out, p, field, type, choice->key, t(p, &choice->label), checked, tone_class(p, choice),
		             shape_class(p, choice), folded ? -1 : n);
		n++;
	}
}

static void edit_list(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	choice_options(out, p, field, "radio", value, false);
	if (!field->required)
		input_option(out, p, field, "radio", "", _("Not said"), *chosen_key(value) == '\0', "", "", -1);
}

void choice_radios(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	edit_list(out, p, field, value);
}

void choice_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	if (is_menu(field)) input_select(out, p, field, chosen_key(value), chosen_order(p, field));
	else if (strcmp(json_str_or(field->definition, "display", ""), "buttons") == 0)
		choice_buttons(out, p, field, value);
	else edit_list(out, p, field, value);
	if (chosen_asks_other(field))
		chosen_words_input(out, p, field, ".text",
		                   page_printf(p, _("%s: say which"), choice_other_label(p, field)),
		                   chosen_text(choice_item(value, CHOICE_OTHER)), CHOSEN_TEXT, "other-text");
	if (chosen_asks_comment(field))
		chosen_words_input(out, p, field, ".comment", _("Comment"), chosen_comment(value), CHOSEN_COMMENT, "");
}

const char *choice_other_label(const struct page *p, const struct field *field)
{
	return t(p, &field->choices[field->nchoices - 1].label);
}

void choice_text(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	chosen_words(out, lang, field, value);
}

static void choice_export(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	(void)lang;
	(void)field;
	chosen_export(out, value);
}

/* Found by its key; by its words in all languages, and what was written beside it. */
void choice_index_one(const struct field *field, const json_t *item, struct index_sink *sink)
{
	const struct choice *choice = field_choice(field, chosen_key(item));
	sink->key(sink, chosen_key(item));
	for (int lang = 0; lang < LANG_COUNT; lang++)
		sink->words(sink, choice ? label_text(&choice->label, (enum lang)lang) : chosen_key(item));
	if (*chosen_text(item)) sink->words(sink, chosen_text(item));
	if (*chosen_comment(item)) sink->words(sink, chosen_comment(item));
}

void choice_index(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	(void)a;
	choice_index_one(field, value, sink);
}

const char *choice_key(const struct field *field, const char *text, struct arena *a)
{
	const struct choice *choice = choice_find(field, text, a);
	return choice ? choice->key : text;
}

const char *choice_key_label(const struct field *field, const char *key, const struct page *p)
{
	const struct choice *choice = field_choice(field, key);
	return choice ? t(p, &choice->label) : key;
}

void choice_check_definition(const struct field *field, struct issues *issues)
{
	const char *alone = chosen_exclusive(field);
	if (field->nchoices == 0) issues_add(issues, "choices", N_("a field of this type has choices or a list"));
	if (alone && field_choice(field, alone) == NULL)
		issues_add(issues, "exclusive", N_("“%s” is not one of the choices."), alone);
	option_words_check(field, issues);
}

static const struct option_word displays[] = { { "", N_("A list, or a menu over 7 choices") },
	                                       { "list", N_("A list") },
	                                       { "buttons", N_("Buttons side by side") },
	                                       { "menu", N_("A menu to unfold") },
	                                       { 0 } };
const struct option_word choice_orders[] = { { "", N_("As written") },
	                                     { "alphabetical", N_("Alphabetical") },
	                                     { "random", N_("At random: another one for each answer") },
	                                     { 0 } };

static const struct option_words one_words[] = { { "display", displays }, { "order", choice_orders }, { 0 } };

static const struct type_option one_options[] = {
	{ "choices", OPTION_CHOICES, N_("Choices"), N_("One a line, in the order of the list."), 1, 1, true },
	{ "display", OPTION_WORD, N_("Shown as"), NULL, 0, 0, false },
	{ "order", OPTION_WORD, N_("Order of the choices"), NULL, 0, 0, false },
	{ "other", OPTION_FLAG, N_("Another choice can be written"),
	  N_("“Other” stands last; the text is then needed."), 0, 0, false },
	{ "other_label", OPTION_LABEL, N_("In place of the word “Other”"), NULL, 0, 60, false },
	{ "comment", OPTION_FLAG, N_("A comment can be written beside"), NULL, 0, 0, false },
	{ 0 },
};

const struct field_type field_choice_type = {
	.name = "choice",
	.means = EXPRESSION_CHOICE,
	.label = N_("One choice"),
	.description = N_("One choice in a list"),
	.icon = "list",
	.options = one_options,
	.first_options = 2,
	.words = one_words,
	.check_definition = choice_check_definition,
	.read = choice_read,
	.import = choice_import,
	.check = choice_check,
	.show = choice_show,
	.edit = choice_edit,
	.grouped = choice_grouped,
	.text = choice_text,
	.export = choice_export,
	.index = choice_index,
	.key = choice_key,
	.key_label = choice_key_label,
	.facet = true,
	.mentions = chosen_mentions,
	.replace = chosen_replace,
};

/* One choice, or several, from the field's choices. Keys are stored; people read labels. */
#include "fields/choice.h"

#include <string.h>

#include "fields/fields.h"
#include "fields/inputs.html.h"

enum {
	RADIO_MAX = 7, /* more become a list to unfold */
	BOXES_MAX = 7, /* more are folded away */
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
	const char *clean = value_clean(field, text, TEXT_LINE, issues);
	if (clean == NULL) return NULL;
	const struct choice *choice = choice_find(field, clean, issues->arena);
	if (choice) return value_string(issues, choice->key);
	issues_add(issues, field->key, N_("“%s” is not one of the choices."), clean);
	return NULL;
}

json_t *choice_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	return choice_import(field, post->get(post->context, field->key, 0), issues);
}

void choice_check(const struct field *field, const json_t *value, struct issues *issues)
{
	if (field_choice(field, value_str(value)) == NULL)
		issues_add(issues, field->key, N_("“%s” is not one of the choices."), value_str(value));
}

static const char *label_of(const struct field *field, enum lang lang, const json_t *value)
{
	const struct choice *choice = field_choice(field, value_str(value));
	return choice ? label_text(&choice->label, lang) : value_str(value);
}

static void choice_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	const struct choice *choice = field_choice(field, value_str(value));
	if (choice && choice->tone) category(out, p, choice);
	else html_text_str(out, label_of(field, p->lang, value));
}

bool choice_grouped(const struct field *field)
{
	return field->nchoices <= RADIO_MAX;
}

/* The first is where the field's label leads, unless they are folded (then the fold is). */
static void edit_options(struct buf *out, const struct page *p, const struct field *field, const char *type,
                         const json_t *chosen, bool folded)
{
	for (int i = 0; i < field->nchoices; i++) {
		const struct choice *choice = &field->choices[i];
		bool checked = strcmp(value_str(chosen), choice->key) == 0;
		for (size_t j = 0; j < json_array_size(chosen); j++)
			checked |= strcmp(value_str(json_array_get(chosen, j)), choice->key) == 0;
		if (choice->retired && !checked) continue;
		input_option(out, p, field, type, choice->key, t(p, &choice->label), checked, tone_class(p, choice),
		             shape_class(p, choice), folded ? -1 : i);
	}
}

void choice_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	if (!choice_grouped(field)) {
		input_select(out, p, field, value_str(value));
		return;
	}
	edit_options(out, p, field, "radio", value, false);
	if (!field->required)
		input_option(out, p, field, "radio", "", _("Not said"), *value_str(value) == '\0', "", "", -1);
}

void choice_text(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	buf_puts(out, label_of(field, lang, value));
}

static void index_choice(const struct field *field, const json_t *value, struct index_sink *sink)
{
	sink->key(sink, value_str(value));
	for (int lang = 0; lang < LANG_COUNT; lang++) sink->words(sink, label_of(field, (enum lang)lang, value));
}

void choice_index(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	(void)a;
	index_choice(field, value, sink);
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

static void check_choices(const struct field *field, struct issues *issues)
{
	if (field->nchoices == 0) issues_add(issues, "choices", N_("a field of this type has choices or a list"));
}

static const struct type_option choice_options[] = {
	{ "choices", OPTION_CHOICES, N_("Choices"), N_("One a line, in the order of the list."), 1, 1, true },
	{ 0 },
};

const struct field_type field_choice_type = {
	.name = "choice",
	.means = EXPRESSION_CHOICE,
	.label = N_("One choice"),
	.description = N_("One choice in a list"),
	.icon = "list",
	.options = choice_options,
	.check_definition = check_choices,
	.read = choice_read,
	.import = choice_import,
	.check = choice_check,
	.show = choice_show,
	.edit = choice_edit,
	.grouped = choice_grouped,
	.text = choice_text,
	.export = value_text_string,
	.index = choice_index,
	.key = choice_key,
	.key_label = choice_key_label,
	.facet = true,
};

/* ---- Several choices: an array of keys, in the order of the list. ---- */

static void add_once(json_t *array, const char *key)
{
	for (size_t i = 0; i < json_array_size(array); i++)
		if (strcmp(value_str(json_array_get(array, i)), key) == 0) return;
	json_array_append_new(array, json_string(key));
}

/* The keys that were named, in the list's order; NULL when there are none. */
static json_t *ordered(const struct field *field, const json_t *named, struct issues *issues)
{
	json_t *array = json_keep(issues->arena, json_array());
	for (int i = 0; i < field->nchoices; i++)
		for (size_t j = 0; j < json_array_size(named); j++)
			if (strcmp(value_str(json_array_get(named, j)), field->choices[i].key) == 0)
				add_once(array, field->choices[i].key);
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
		size_t len = strcspn(text, ";");
		add_named(field, named, arena_strndup(issues->arena, text, len), issues);
		text += len + (text[len] == ';');
	}
	return ordered(field, named, issues);
}

static json_t *choices_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	json_t *named = json_keep(issues->arena, json_array());
	const char *text;
	for (int i = 0; i <= field->nchoices && (text = post->get(post->context, field->key, i)) != NULL; i++)
		add_named(field, named, text, issues);
	return ordered(field, named, issues);
}

static void choices_check(const struct field *field, const json_t *value, struct issues *issues)
{
	if (!json_is_array(value) || json_array_size(value) > (size_t)field->nchoices) {
		issues_add(issues, field->key, N_("This should be a list of choices."));
		return;
	}
	for (size_t i = 0; i < json_array_size(value); i++) choice_check(field, json_array_get(value, i), issues);
}

static void choices_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	buf_lit(out, "<span class=\"categories\">");
	for (size_t i = 0; i < json_array_size(value); i++) {
		const struct choice *choice = field_choice(field, value_str(json_array_get(value, i)));
		bool marked = choice && choice->tone; /* what has a colour and a shape stands by itself */
		if (i && marked) buf_lit(out, "<span class=\"visually-hidden\">, </span>");
		if (i && !marked) buf_lit(out, ", ");
		choice_show(out, p, field, json_array_get(value, i));
	}
	buf_lit(out, "</span>");
}

static bool is_folded(const struct field *field)
{
	return field->nchoices > BOXES_MAX;
}

void choices_boxes(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	edit_options(out, p, field, "checkbox", value, is_folded(field));
}

const char *choices_chosen(const struct page *p, const struct field *field, const json_t *value)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	for (size_t i = 0; i < json_array_size(value); i++) {
		if (i) buf_puts(&out, ", ");
		buf_puts(&out, label_of(field, p->lang, json_array_get(value, i)));
	}
	return buf_str(&out);
}

static void choices_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	if (is_folded(field)) choices_folded(out, p, field, value);
	else choices_boxes(out, p, field, value);
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
	value_join(out, value, ";");
}

static void choices_index(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	(void)a;
	for (size_t i = 0; i < json_array_size(value); i++) index_choice(field, json_array_get(value, i), sink);
}

const struct field_type field_choices = {
	.name = "choices",
	.means = EXPRESSION_SEVERAL,
	.label = N_("Several choices"),
	.description = N_("Several choices in a list"),
	.icon = "list-checks",
	.options = choice_options,
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
};

/* A choice in a tree, or several (option many): an array of keys, in the order of the list. Who asks for a
 * choice finds what is under it. Choices stand under others by their own "choices". */
#include "fields/tree.h"

#include <string.h>

#include "core/form.h"
#include "fields/choice.h"
#include "fields/fields.h"
#include "fields/inputs.html.h"

#define STEP " › "

static void put_path(struct buf *out, enum lang lang, const struct choice *choice)
{
	if (choice->parent) {
		put_path(out, lang, choice->parent);
		buf_puts(out, STEP);
	}
	buf_puts(out, label_text(&choice->label, lang));
}

const char *tree_path(struct arena *a, enum lang lang, const struct choice *choice)
{
	struct buf out;
	buf_init(&out, a, 0);
	put_path(&out, lang, choice);
	return buf_str(&out);
}

int tree_depth(const struct choice *choice)
{
	return choice && choice->parent ? tree_depth(choice->parent) + 1 : 0;
}

const struct choice *tree_root(const struct choice *choice)
{
	return choice->parent ? tree_root(choice->parent) : choice;
}

int tree_branch_end(const struct field *field, int i)
{
	for (i++; i < field->nchoices && field->choices[i].parent; i++) continue;
	return i;
}

/* ---- Read ---- */

/* "Culture > Musique" as we write it. */
static const char *with_steps(struct arena *a, const char *text)
{
	struct buf out;
	buf_init(&out, a, 0);
	for (; *text; text++)
		if (*text == '>') buf_puts(&out, "›");
		else buf_putc(&out, *text);
	return text_fold(a, buf_str(&out));
}

/* By its key, its path or its label, whatever the language; NULL: none. `*several`: the label is that of
 * other choices too. */
static const struct choice *find(const struct field *field, const char *text, struct arena *a, bool *several)
{
	const struct choice *found = field_choice(field, text);
	const char *folded = with_steps(a, text);
	*several = false;
	for (int pass = 0; pass < 2 && found == NULL; pass++) /* paths first */
		for (int i = 0; i < field->nchoices; i++) {
			const struct choice *choice = &field->choices[i];
			bool same = false;
			for (int lang = 0; lang < LANG_COUNT; lang++) {
				const char *name = pass ? label_text(&choice->label, (enum lang)lang)
				                        : tree_path(a, (enum lang)lang, choice);
				same |= strcmp(with_steps(a, name), folded) == 0;
			}
			if (!same) continue;
			*several = found != NULL;
			if (found) return found;
			found = choice;
		}
	return found;
}

/* Marks the choice that a text names. */
static void mark(const struct field *field, const char *text, bool *marks, struct issues *issues)
{
	bool several;
	const char *clean = value_clean(field, text, TEXT_LINE, issues);
	const struct choice *choice = clean ? find(field, clean, issues->arena, &several) : NULL;
	if (clean == NULL) return;
	if (choice == NULL) issues_add(issues, field->key, N_("“%s” is not one of the choices."), clean);
	else if (several)
		issues_add(issues, field->key, N_("There are several “%s”: write what it stands under too."), clean);
	else marks[choice - field->choices] = true;
}

/* What is chosen; what stands above it goes without saying. */
static json_t *chosen(const struct field *field, bool *marks, struct issues *issues)
{
	json_t *array = json_keep(issues->arena, json_array());
	for (int i = 0; i < field->nchoices; i++)
		for (const struct choice *up = field->choices[i].parent; marks[i] && up; up = up->parent)
			marks[up - field->choices] = false;
	for (int i = 0; i < field->nchoices; i++)
		if (marks[i]) json_array_append_new(array, json_string(field->choices[i].key));
	return json_array_size(array) ? array : NULL;
}

static json_t *tree_import(const struct field *field, const char *text, struct issues *issues)
{
	bool *marks = arena_array(issues->arena, bool, (size_t)field->nchoices + 1);
	while (*text) {
		size_t len = strcspn(text, ";");
		mark(field, arena_strndup(issues->arena, text, len), marks, issues);
		text += len + (text[len] == ';');
	}
	return chosen(field, marks, issues);
}

static json_t *tree_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	bool *marks = arena_array(issues->arena, bool, (size_t)field->nchoices + 1);
	const char *text;
	for (int i = 0; i <= field->nchoices && (text = post->get(post->context, field->key, i)) != NULL; i++)
		mark(field, text, marks, issues);
	return chosen(field, marks, issues);
}

static void tree_check(const struct field *field, const json_t *value, struct issues *issues)
{
	size_t n = json_array_size(value);
	if (!json_is_array(value) || n > (size_t)field->nchoices) {
		issues_add(issues, field->key, N_("This should be a list of choices."));
		return;
	}
	if (!field->many && n > 1) issues_add(issues, field->key, N_("Choose one only."));
	for (size_t i = 0; i < n; i++) choice_check(field, json_array_get(value, i), issues);
}

/* ---- Shown ---- */

static const struct choice *nth(const struct field *field, const json_t *value, size_t i)
{
	return field_choice(field, value_str(json_array_get(value, i)));
}

static void tree_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	buf_lit(out, "<span class=\"categories\">");
	for (size_t i = 0; i < json_array_size(value); i++) {
		const struct choice *choice = nth(field, value, i);
		if (choice) tree_choice(out, p, choice, i > 0);
	}
	buf_lit(out, "</span>");
}

static void put_paths(struct buf *out, enum lang lang, const struct field *field, const json_t *value,
                      const char *separator)
{
	for (size_t i = 0; i < json_array_size(value); i++) {
		const struct choice *choice = nth(field, value, i);
		if (i) buf_puts(out, separator);
		if (choice) put_path(out, lang, choice);
	}
}

static void tree_brief(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	struct buf text;
	buf_init(&text, p->arena, 0);
	put_paths(&text, p->lang, field, value, ", ");
	html_text_str(out, buf_str(&text));
}

static void tree_text(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	put_paths(out, lang, field, value, "\n");
}

static void tree_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	tree_inputs(out, p, field, value);
}

static bool tree_grouped(const struct field *field)
{
	return field->many;
}

bool tree_has(const json_t *value, const struct choice *choice)
{
	for (size_t i = 0; i < json_array_size(value); i++)
		if (strcmp(value_str(json_array_get(value, i)), choice->key) == 0) return true;
	return false;
}

const char *tree_chosen(const struct page *p, const struct field *field, int i, const json_t *value)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	for (int end = tree_branch_end(field, i); i < end; i++)
		if (tree_has(value, &field->choices[i])) {
			if (out.len) buf_puts(&out, ", ");
			buf_puts(&out, t(p, &field->choices[i].label));
		}
	return buf_str(&out);
}

static void tree_export(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	(void)lang;
	(void)field;
	value_join(out, value, ";");
}

/* ---- Found ---- */

static void tree_index(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	(void)a;
	for (size_t i = 0; i < json_array_size(value); i++)
		for (const struct choice *choice = nth(field, value, i); choice; choice = choice->parent) {
			sink->key(sink, choice->key);
			for (int lang = 0; lang < LANG_COUNT; lang++)
				sink->words(sink, label_text(&choice->label, (enum lang)lang));
		}
}

static const char *tree_key(const struct field *field, const char *text, struct arena *a)
{
	bool several;
	const struct choice *choice = find(field, text, a, &several);
	return choice ? choice->key : text;
}

static const char *tree_key_label(const struct field *field, const char *key, const struct page *p)
{
	const struct choice *choice = field_choice(field, key);
	return choice ? tree_path(p->arena, p->lang, choice) : key;
}

static void check_choices(const struct field *field, struct issues *issues)
{
	if (field->nchoices == 0) issues_add(issues, "choices", N_("a field of this type has choices or a list"));
}

static const struct type_option tree_options[] = {
	{ "choices", OPTION_CHOICES, N_("Choices"),
	  N_("One a line, in the order of the list. What stands under another begins with one more hyphen."), 1,
	  CHOICES_DEPTH, true },
	{ "many", OPTION_FLAG, N_("Several may be chosen"), NULL, 0, 0, false },
	{ 0 },
};

const struct field_type field_tree = {
	.name = "tree",
	.means = EXPRESSION_SEVERAL,
	.label = N_("A choice in a tree"),
	.description = N_("Choices in a tree, from the general to the precise"),
	.icon = "network",
	.options = tree_options,
	.check_definition = check_choices,
	.read = tree_read,
	.import = tree_import,
	.check = tree_check,
	.show = tree_show,
	.brief = tree_brief,
	.edit = tree_edit,
	.grouped = tree_grouped,
	.text = tree_text,
	.export = tree_export,
	.index = tree_index,
	.key = tree_key,
	.key_label = tree_key_label,
	.facet = true,
};

#include "core/template.h"

#include <stddef.h>
#include <string.h>

#include "base/text.h"
#include "core/field_type.h"

/* ---- Definitions ---- */

bool template_holds(const struct form *form, const struct field *field)
{
	return field != form->title && field->audience == AUDIENCE_PUBLIC && field->type->takes == FILES_NONE &&
	       !field->type->computes;
}

static const struct form *find_form(const struct form *forms, int nforms, const char *key)
{
	for (int i = 0; i < nforms; i++)
		if (strcmp(forms[i].key, key) == 0) return &forms[i];
	return NULL;
}

static void check_label(const struct label *label, const char *path, size_t max, bool needed, struct issues *issues)
{
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		const char *text = label_text(label, (enum lang)lang);
		if (needed && text_is_blank(text)) issues_add(issues, path, N_("Give it a name."));
		else if (text_length(text) > max) issues_add(issues, path, N_("%d characters at most."), (int)max);
		else continue;
		return;
	}
}

static void check_values(const struct template *template, struct issues *issues)
{
	const char *key;
	json_t *value;
	json_object_foreach ((json_t *)template->values, key, value) {
		const struct field *field = form_field(template->form, key);
		if (field == NULL || !template_holds(template->form, field))
			issues_add(issues, key, N_("A template cannot hold an answer to “%s”."), key);
		else field->type->check(field, value, issues);
	}
}

enum code template_parse(struct arena *a, const json_t *definition, const struct form *forms, int nforms,
                         struct template *ret, struct issues *issues, struct err *err)
{
	int before = issues->count;
	const json_t *values = json_object_get(definition, "values");
	struct template template = {
		.key = json_str_or(definition, "key", ""),
		.title = label_from_json(a, json_object_get(definition, "title")),
		.description = label_from_json(a, json_object_get(definition, "description")),
		.form = find_form(forms, nforms, json_str_or(definition, "form", "")),
		.values = json_is_object(values) ? values : json_keep(a, json_object()),
		.definition = definition,
	};
	if (!key_is_valid(template.key)) issues_add(issues, "key", N_("“%s” is not a key"), template.key);
	if (template.form == NULL)
		issues_add(issues, "form", N_("there is no form “%s”"), json_str_or(definition, "form", ""));
	check_label(&template.title, "_title", TEMPLATE_TITLE, true, issues);
	check_label(&template.description, "_description", TEMPLATE_DESCRIPTION, false, issues);
	if (template.form) check_values(&template, issues);
	if (issues->count > before) return issues_code(issues, err);
	*ret = template;
	return OK;
}

/* ---- Words ---- */

static const struct {
	const char *name;
	size_t of; /* member of struct template_words */
} names[] = {
	{ "titre", offsetof(struct template_words, title) },   { "title", offsetof(struct template_words, title) },
	{ "date", offsetof(struct template_words, date) },     { "auteur", offsetof(struct template_words, author) },
	{ "author", offsetof(struct template_words, author) }, { "espace", offsetof(struct template_words, space) },
	{ "space", offsetof(struct template_words, space) },   { "points", offsetof(struct template_words, items) },
	{ "items", offsetof(struct template_words, items) },
};

/* What "{name}" at `s` stands for, or NULL; `len` of it, braces included. */
static const char *word_at(const char *s, const struct template_words *words, size_t *len)
{
	size_t name = strcspn(s + 1, "{}\n");
	if (s[1 + name] != '}') return NULL;
	*len = name + 2;
	for (size_t i = 0; i < COUNT(names); i++)
		if (strlen(names[i].name) == name && memcmp(names[i].name, s + 1, name) == 0)
			return *(const char *const *)((const char *)words + names[i].of);
	return NULL;
}

const char *template_fill(struct arena *a, const char *text, const struct template_words *words)
{
	struct buf out;
	size_t len;
	buf_init(&out, a, 0);
	for (const char *s = text, *next; *s; s = next) {
		const char *word = *s == '{' && (s == text || s[-1] != '{') ? word_at(s, words, &len) : NULL;
		next = word ? s + len : s + 1 + strcspn(s + 1, "{");
		if (word) buf_puts(&out, word);
		else buf_add(&out, s, (size_t)(next - s));
	}
	return buf_str(&out);
}

json_t *template_fill_value(struct arena *a, const json_t *value, const struct template_words *words)
{
	const char *key;
	size_t i;
	json_t *inner, *filled;
	if (json_is_string(value)) return json_keep(a, json_string(template_fill(a, json_string_value(value), words)));
	if (json_is_array(value)) {
		filled = json_keep(a, json_array());
		json_array_foreach ((json_t *)value, i, inner)
			json_array_append(filled, template_fill_value(a, inner, words));
	} else if (json_is_object(value)) {
		filled = json_keep(a, json_object());
		json_object_foreach ((json_t *)value, key, inner)
			json_object_set(filled, key, template_fill_value(a, inner, words));
	} else {
		return (json_t *)value;
	}
	return filled;
}

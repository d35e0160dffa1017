/* Yes or no; not answered is different from no. */
#include <string.h>

#include "fields/fields.h"
#include "fields/inputs.html.h"
#include "fields/value.h"

/* Words that files use, folded. */
static const struct {
	const char *word;
	bool value;
} words[] = { { "oui", true },  { "yes", true }, { "vrai", true },  { "true", true },   { "1", true }, { "x", true },
	      { "non", false }, { "no", false }, { "faux", false }, { "false", false }, { "0", false } };

static json_t *boolean_import(const struct field *field, const char *text, struct issues *issues)
{
	const char *clean = value_clean(field, text, TEXT_LINE, issues);
	if (clean == NULL) return NULL;
	const char *folded = text_fold(issues->arena, clean);
	for (size_t i = 0; i < COUNT(words); i++)
		if (strcmp(words[i].word, folded) == 0) return json_keep(issues->arena, json_boolean(words[i].value));
	issues_add(issues, field->key, N_("Answer yes or no; “%s” is neither."), clean);
	return NULL;
}

static json_t *boolean_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	return boolean_import(field, post->get(post->context, field->key, 0), issues);
}

static void boolean_check(const struct field *field, const json_t *value, struct issues *issues)
{
	if (!json_is_boolean(value)) issues_add(issues, field->key, N_("Answer yes or no."));
}

static const char *word(enum lang lang, const json_t *value)
{
	return tr(lang, json_is_true(value) ? N_("yes") : N_("no"));
}

static void boolean_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	(void)field;
	html_text_str(out, word(p->lang, value));
}

static void boolean_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	input_option(out, p, field, "radio", "1", _("Yes"), json_is_true(value), "", "", 0);
	input_option(out, p, field, "radio", "0", _("No"), json_is_false(value), "", "", 1);
	if (!field->required)
		input_option(out, p, field, "radio", "", _("Not said"), !json_is_boolean(value), "", "", 2);
}

static void boolean_text(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	(void)field;
	buf_puts(out, word(lang, value));
}

static void boolean_index(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	(void)field;
	(void)a;
	sink->key(sink, json_is_true(value) ? "1" : "0");
}

static const char *boolean_key(const struct field *field, const char *text, struct arena *a)
{
	(void)field;
	const char *folded = text_fold(a, text);
	for (size_t i = 0; i < COUNT(words); i++)
		if (strcmp(words[i].word, folded) == 0) return words[i].value ? "1" : "0";
	return folded;
}

static const char *boolean_key_label(const struct field *field, const char *key, const struct page *p)
{
	(void)field;
	return *key == '1' ? _("yes") : _("no");
}

static bool always(const struct field *field)
{
	(void)field;
	return true;
}

const struct field_type field_boolean = {
	.name = "boolean",
	.means = EXPRESSION_YES_NO,
	.label = N_("Yes or no"),
	.description = N_("Yes or no"),
	.icon = "square-check",
	.read = boolean_read,
	.import = boolean_import,
	.check = boolean_check,
	.show = boolean_show,
	.edit = boolean_edit,
	.grouped = always,
	.text = boolean_text,
	.index = boolean_index,
	.key = boolean_key,
	.key_label = boolean_key_label,
	.facet = true,
};

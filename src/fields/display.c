/* A text among the questions, with formatting (Markdown): it tells, and nothing is answered. It has no value. Options:
 * text; the label is its heading, which `plain` leaves out. */
#include "fields/fields.h"
#include "fields/rich_text.h"
#include "fields/value.h"

enum { DISPLAY_MAX = 20000 };

static json_t *display_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	(void)field;
	(void)post;
	(void)issues;
	return NULL;
}

static json_t *display_import(const struct field *field, const char *text, struct issues *issues)
{
	if (!text_is_blank(text))
		issues_add(issues, field->key, N_("“%s” is a text for people: it takes no answer."),
		           label_text(&field->label, issues->lang));
	return NULL;
}

static void display_check(const struct field *field, const json_t *value, struct issues *issues)
{
	(void)value;
	issues_add(issues, field->key, N_("“%s” is a text for people: it takes no answer."),
	           label_text(&field->label, issues->lang));
}

static void check_definition(const struct field *field, struct issues *issues)
{
	struct label text = label_from_json(issues->arena, json_object_get(field->definition, "text"));
	for (int lang = 0; lang < LANG_COUNT; lang++)
		if (text_length(label_text(&text, (enum lang)lang)) > DISPLAY_MAX)
			issues_add(issues, "text", N_("%d characters at most."), DISPLAY_MAX);
	if (field->required)
		issues_add(issues, "required", N_("a text for people takes no answer: none can be needed"));
}

/* It stands in the form, and nowhere else. */
static void display_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	struct label text = label_from_json(p->arena, json_object_get(field->definition, "text"));
	(void)value;
	rich_text_show(out, p, t(p, &text));
}

static void display_text(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	struct arena a;
	(void)value;
	arena_init(&a);
	struct label text = label_from_json(&a, json_object_get(field->definition, "text"));
	rich_text_plain(out, &a, label_text(&text, lang));
	arena_release(&a);
}

static const struct type_option display_options[] = {
	{ "text", OPTION_TEXT, N_("The text"), N_("With headings, lists and links, as in pages."), 0, DISPLAY_MAX,
	  false },
	{ "plain", OPTION_FLAG, N_("Without the heading"), N_("Its name then serves in this list only."), 0, 0, false },
	{ 0 },
};

const struct field_type field_display = {
	.name = "display",
	.label = N_("A text for people"),
	.description = N_("Words between the questions; nothing is answered"),
	.icon = "info",
	.options = display_options,
	.check_definition = check_definition,
	.read = display_read,
	.import = display_import,
	.check = display_check,
	.show = display_show,
	.edit = display_show,
	.text = display_text,
	.role = ROLE_TOLD,
};

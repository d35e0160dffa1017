/* What the address of a form says (?source=affiche), or a default: carried along, never shown to who answers. The value
 * is one line of text. */
#include "fields/fields.h"
#include "fields/inputs.html.h"
#include "fields/value.h"

enum { HIDDEN_MAX = 200 };

static json_t *hidden_import(const struct field *field, const char *text, struct issues *issues)
{
	return value_string(issues, value_clean(field, text, TEXT_LINE, issues));
}

static json_t *hidden_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	return hidden_import(field, post->get(post->context, field->key, 0), issues);
}

static void hidden_check(const struct field *field, const json_t *value, struct issues *issues)
{
	(void)value_check_string(field, value, HIDDEN_MAX, issues);
}

static void hidden_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	hidden_input(out, p, field, value_str(value));
}

static void check_definition(const struct field *field, struct issues *issues)
{
	if (field->required)
		issues_add(issues, "required", N_("what the address says cannot be needed: nobody could add it"));
}

const struct field_type field_hidden = {
	.name = "hidden",
	.means = EXPRESSION_TEXT,
	.label = N_("What the link says"),
	.description = N_("Where people come from, written in its address: source=poster"),
	.icon = "link",
	.check_definition = check_definition,
	.read = hidden_read,
	.import = hidden_import,
	.check = hidden_check,
	.show = value_show_string,
	.edit = hidden_edit,
	.text = value_text_string,
	.index = value_index_string,
	.facet = true,
	.role = ROLE_GIVEN,
};

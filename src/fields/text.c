/* Short text: one line. Options: max (characters, 200). */
#include "fields/fields.h"
#include "fields/inputs.html.h"
#include "fields/value.h"

enum { TEXT_MAX = 200, TEXT_LIMIT = 2000 };

static int64_t text_max(const struct field *field)
{
	int64_t max = value_option(field, "max", TEXT_MAX);
	return MIN(MAX(max, 1), TEXT_LIMIT);
}

static json_t *text_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	return value_string(issues, value_posted(field, post, "", TEXT_LINE, issues));
}

static json_t *text_import(const struct field *field, const char *text, struct issues *issues)
{
	return value_string(issues, value_clean(field, text, TEXT_LINE, issues));
}

static void text_check(const struct field *field, const json_t *value, struct issues *issues)
{
	value_check_string(field, value, text_max(field), issues);
}

static void text_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	input_line(out, p, field, "text", NULL, NULL, value_str(value), (int)text_max(field));
}

static const struct type_option text_options[] = {
	{ "max", OPTION_COUNT, N_("Characters at most"), NULL, 1, TEXT_LIMIT, false },
	{ 0 },
};

const struct field_type field_text = {
	.name = "text",
	.means = EXPRESSION_TEXT,
	.label = N_("A line of text"),
	.description = N_("One line of text: a name, a title, opening hours in words"),
	.icon = "pencil",
	.options = text_options,
	.read = text_read,
	.import = text_import,
	.check = text_check,
	.show = value_show_string,
	.edit = text_edit,
	.text = value_text_string,
	.index = value_index_string,
};

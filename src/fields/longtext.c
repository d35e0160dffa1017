/* Long text with formatting (Markdown). Options: max (characters, 100,000), rows. */
#include "base/merge3.h"
#include "fields/fields.h"
#include "fields/inputs.html.h"
#include "fields/rich_text.h"
#include "fields/value.h"
#include "rich/rename.h"

enum { LONGTEXT_MAX = 100000, LONGTEXT_ROWS = 10, LONGTEXT_BRIEF = 160 };

static int64_t longtext_max(const struct field *field)
{
	int64_t max = value_option(field, "max", LONGTEXT_MAX);
	return MIN(MAX(max, 1), LONGTEXT_MAX);
}

static json_t *longtext_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	return value_string(issues, value_posted(field, post, "", TEXT_BLOCK, issues));
}

static json_t *longtext_import(const struct field *field, const char *text, struct issues *issues)
{
	return value_string(issues, value_clean(field, text, TEXT_BLOCK, issues));
}

static void longtext_check(const struct field *field, const json_t *value, struct issues *issues)
{
	value_check_string(field, value, longtext_max(field), issues);
}

static void longtext_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	(void)field;
	rich_text_show(out, p, value_str(value));
}

static void longtext_brief(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	const char *summary = text_cut(p->arena, rich_text_summary(p->arena, value_str(value)), LONGTEXT_BRIEF);
	value_show_string(out, p, field, json_keep(p->arena, json_string(summary)));
}

static void longtext_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	input_block(out, p, field, value_str(value), (int)value_option(field, "rows", LONGTEXT_ROWS));
}

static void longtext_index(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	(void)field;
	struct buf words;
	buf_init(&words, a, 0);
	rich_text_plain(&words, a, value_str(value));
	sink->words(sink, buf_str(&words));
	rich_text_links(a, value_str(value), sink);
}

static json_t *longtext_rename(struct arena *a, const json_t *value, const struct renaming *renaming)
{
	struct rich_renaming links = { renaming->context, renaming->target, rich_text_embeds_record };
	const char *text = rich_rename(a, value_str(value), &links);
	return text ? json_keep(a, json_string(text)) : NULL;
}

static json_t *longtext_merge(struct arena *a, const json_t *base, const json_t *mine, const json_t *theirs)
{
	char *merged;
	if (!merge3(a, value_str(base), value_str(mine), value_str(theirs), &merged)) return NULL;
	return json_keep(a, json_string(merged));
}

static const struct type_option longtext_options[] = {
	{ "max", OPTION_COUNT, N_("Characters at most"), NULL, 1, LONGTEXT_MAX, false },
	{ "rows", OPTION_COUNT, N_("Height of the box, in lines"), NULL, 2, 40, false },
	{ 0 },
};

const struct field_type field_longtext = {
	.name = "longtext",
	.means = EXPRESSION_TEXT,
	.label = N_("A long text"),
	.description = N_("A text with headings, lists, links and tables"),
	.icon = "file-text",
	.options = longtext_options,
	.read = longtext_read,
	.import = longtext_import,
	.check = longtext_check,
	.show = longtext_show,
	.brief = longtext_brief,
	.edit = longtext_edit,
	.text = value_text_string,
	.index = longtext_index,
	.rename = longtext_rename,
	.merge = longtext_merge,
	.long_text = true,
};

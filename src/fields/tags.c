/* Key words chosen freely: an array of texts, without repetition, in the order typed. */
#include <string.h>

#include "fields/fields.h"
#include "fields/inputs.html.h"
#include "fields/value.h"

enum { TAGS_MAX = 30, TAG_LENGTH = 60 };

static bool already(struct arena *a, const json_t *tags, const char *tag)
{
	const char *folded = text_fold(a, tag);
	for (size_t i = 0; i < json_array_size(tags); i++)
		if (strcmp(text_fold(a, value_str(json_array_get(tags, i))), folded) == 0) return true;
	return false;
}

/* "café, entraide; #jeunes": separated by commas or semicolons, a leading # is dropped. */
static json_t *tags_import(const struct field *field, const char *text, struct issues *issues)
{
	json_t *tags = json_keep(issues->arena, json_array());
	const char *clean = value_clean(field, text, TEXT_LINE, issues);
	while (clean && *clean) {
		size_t len = strcspn(clean, ",;");
		const char *tag = text_trim(issues->arena, arena_strndup(issues->arena, clean, len));
		tag += strspn(tag, "# ");
		if (*tag && !already(issues->arena, tags, tag)) json_array_append_new(tags, json_string(tag));
		clean += len + (clean[len] != '\0');
	}
	return json_array_size(tags) ? tags : NULL;
}

static json_t *tags_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	return tags_import(field, post->get(post->context, field->key, 0), issues);
}

static void tags_check(const struct field *field, const json_t *value, struct issues *issues)
{
	if (!json_is_array(value)) issues_add(issues, field->key, N_("This should be a list of key words."));
	if (json_array_size(value) > TAGS_MAX) issues_add(issues, field->key, N_("At most %d key words."), TAGS_MAX);
	for (size_t i = 0; i < json_array_size(value); i++) {
		const char *tag = value_str(json_array_get(value, i));
		if (!value_check_string(field, json_array_get(value, i), TAG_LENGTH, issues)) continue;
		if (text_is_blank(tag) || strpbrk(tag, ",;"))
			issues_add(issues, field->key, N_("“%s” is not a key word."), tag);
	}
}

static void tags_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	(void)field;
	tag_list(out, p, value);
}

static void tags_brief(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	(void)field;
	struct buf text;
	buf_init(&text, p->arena, 0);
	value_join(&text, value, " · ");
	html_text_str(out, buf_str(&text));
}

static void tags_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	struct buf text;
	buf_init(&text, p->arena, 0);
	value_join(&text, value, ", ");
	input_line(out, p, field, "text", NULL, "off", buf_str(&text), 2000);
}

static void tags_text(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	(void)lang;
	(void)field;
	value_join(out, value, "\n");
}

static void tags_export(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	(void)lang;
	(void)field;
	value_join(out, value, ", ");
}

static void tags_index(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	for (size_t i = 0; i < json_array_size(value); i++)
		value_index_string(field, json_array_get(value, i), a, sink);
}

const struct field_type field_tags = {
	.name = "tags",
	.means = EXPRESSION_SEVERAL,
	.label = N_("Key words"),
	.description = N_("Key words chosen freely"),
	.icon = "tags",
	.read = tags_read,
	.import = tags_import,
	.check = tags_check,
	.show = tags_show,
	.brief = tags_brief,
	.edit = tags_edit,
	.text = tags_text,
	.export = tags_export,
	.index = tags_index,
	.facet = true,
};

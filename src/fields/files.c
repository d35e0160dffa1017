/* Documents to download: an array of {"file": hex, "name", "size", "type", "legend"}. */
#include <string.h>

#include "fields/fields.h"
#include "fields/items.h"
#include "fields/media.h"
#include "fields/media.html.h"

enum { NAME_MAX_LENGTH = 200, TYPE_MAX = 100 };

void item_fill_document(const struct item_post *item, json_t *object)
{
	const char *name = item->title ? item->title : item_posted(item, "name");
	json_object_set_new(object, "name", json_string(name ? name : ""));
	json_object_set_new(object, "size", json_integer(item->file->size));
	json_object_set_new(object, "type", json_string(item->file->type));
	item_read_text(item, object, "legend");
}

static json_t *files_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	return items_read(field, post, issues, item_fill_document);
}

static bool is_name(const char *name)
{
	return !text_is_blank(name) && text_length(name) <= NAME_MAX_LENGTH && !strpbrk(name, "/\\") && *name != '.';
}

static bool is_type(const char *type)
{
	size_t len = strspn(type, "abcdefghijklmnopqrstuvwxyz0123456789.+-/;= ");
	return *type && type[len] == '\0' && len <= TYPE_MAX;
}

bool item_is_document(const json_t *item)
{
	return is_name(json_str_or(item, "name", "")) && is_type(json_str_or(item, "type", "")) &&
	       json_is_integer(json_object_get(item, "size")) && json_int(item, "size", -1) >= 0;
}

static void files_check(const struct field *field, const json_t *value, struct issues *issues)
{
	static const char *const names[] = { "file", "name", "size", "type", "legend", NULL };
	if (!items_check(field, value, issues)) return;
	for (size_t i = 0; i < json_array_size(value); i++) {
		const json_t *item = json_array_get(value, i);
		if (!item_check_members(field, item, names, issues)) return;
		if (item_is_document(item)) continue;
		issues_add(issues, field->key, N_("This is not a file that was sent here."));
		return;
	}
}

const char *item_kind(const struct page *p, const json_t *item)
{
	const char *dot = strrchr(json_str_or(item, "name", ""), '.');
	char *kind = arena_strdup(p->arena, dot ? dot + 1 : "");
	for (char *c = kind; *c; c++)
		if (*c >= 'a' && *c <= 'z') *c = (char)(*c - 'a' + 'A');
	return kind;
}

const char *item_weight(const struct page *p, const json_t *item)
{
	int64_t size = json_int(item, "size", 0), tenths = (size * 10 + (1 << 19)) >> 20;
	if (size < 1000 * 1000) return page_printf(p, _("%d KB"), (int)((size + 1023) / 1024));
	const char *number = page_printf(p, "%lld%s%lld", (long long)(tenths / 10), p->lang == LANG_FR ? "," : ".",
	                                 (long long)(tenths % 10));
	return page_printf(p, _("%s MB"), number);
}

const char *item_icon(const json_t *item)
{
	const char *type = json_str_or(item, "type", "");
	if (item_media(item)) return strcmp(item_media(item), "audio") == 0 ? "music" : "monitor";
	if (strncmp(type, "image/", 6) == 0) return "image";
	return strncmp(type, "text/", 5) == 0 || strstr(type, "document") ? "file-text" : "file";
}

const char *item_media(const json_t *item)
{
	const char *type = json_str_or(item, "type", "");
	if (strncmp(type, "audio/", 6) == 0) return "audio";
	return strncmp(type, "video/", 6) == 0 ? "video" : NULL;
}

static void files_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	(void)field;
	files_shown(out, p, value);
}

static void files_brief(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	(void)field;
	int n = (int)json_array_size(value);
	html_text_str(out, page_printf(p, _n("%d file", "%d files", n), n));
}

static void files_draw_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	files_edit(out, p, field, value);
}

static bool files_grouped(const struct field *field)
{
	(void)field;
	return true;
}

static void files_text(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	(void)lang;
	(void)field;
	for (size_t i = 0; i < json_array_size(value); i++) {
		const char *legend = json_str(json_array_get(value, i), "legend");
		buf_printf(out, "%s%s", i ? "\n" : "", json_str_or(json_array_get(value, i), "name", ""));
		if (legend) buf_printf(out, " – %s", legend);
	}
}

static void files_index(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	(void)field;
	(void)a;
	for (size_t i = 0; i < json_array_size(value); i++) {
		sink->words(sink, json_str_or(json_array_get(value, i), "name", ""));
		sink->words(sink, json_str_or(json_array_get(value, i), "legend", ""));
	}
}

const struct field_type field_files = {
	.name = "files",
	.label = N_("Documents"),
	.description = N_("Documents to download"),
	.icon = "paperclip",
	.read = files_read,
	.import = items_import,
	.check = files_check,
	.show = files_show,
	.brief = files_brief,
	.edit = files_draw_edit,
	.grouped = files_grouped,
	.text = files_text,
	.export = items_export,
	.index = files_index,
	.takes = FILES_DOCUMENTS,
	.merge = items_merge,
};

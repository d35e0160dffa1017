/* Pictures: an array of {"file": hex, "w", "h", "alt" or "decorative": true, "legend", "credit"}. */
#include <string.h>

#include "fields/fields.h"
#include "fields/items.h"
#include "fields/media.html.h"
#include "page/picture.h"

enum { PIXELS_MAX = 30000 };

static void fill(const struct item_post *item, json_t *object)
{
	json_object_set_new(object, "w", json_integer(item->file->width));
	json_object_set_new(object, "h", json_integer(item->file->height));
	item_read_text(item, object, "alt");
	item_read_text(item, object, "legend");
	item_read_text(item, object, "credit");
	if (item_posted(item, "decorative")) json_object_set_new(object, "decorative", json_true());
}

static json_t *images_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	return items_read(field, post, issues, fill);
}

static bool in_pixels(const json_t *item, const char *side)
{
	int64_t n = json_int(item, side, 0);
	return json_is_integer(json_object_get(item, side)) && n >= 1 && n <= PIXELS_MAX;
}

static void check_item(const struct field *field, const json_t *item, struct issues *issues)
{
	static const char *const names[] = { "file", "w", "h", "alt", "decorative", "legend", "credit", NULL };
	const json_t *decorative = json_object_get(item, "decorative");
	if (!item_check_members(field, item, names, issues)) return;
	if (!in_pixels(item, "w") || !in_pixels(item, "h") || (decorative && !json_is_true(decorative)))
		issues_add(issues, field->key, N_("This is not a picture that was sent here."));
	else if (*json_str_or(item, "alt", "") == '\0' && !decorative)
		issues_add(
		        issues, field->key,
		        N_("Say in a few words what each picture shows, for those who do not see it; or that it is there for decoration only."));
}

static void images_check(const struct field *field, const json_t *value, struct issues *issues)
{
	int before = issues->count;
	if (!items_check(field, value, issues)) return;
	for (size_t i = 0; i < json_array_size(value) && issues->count == before; i++)
		check_item(field, json_array_get(value, i), issues);
}

static void images_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	pictures_shown(out, p, field, value);
}

static void images_brief(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	(void)field;
	html_text_safe(out, picture_image(p, json_array_get(value, 0), "thumbnail", NULL, NULL));
}

static void images_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	pictures_edit(out, p, field, value);
}

static bool images_grouped(const struct field *field)
{
	(void)field;
	return true;
}

static void images_text(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	(void)field;
	for (size_t i = 0; i < json_array_size(value); i++) {
		const json_t *item = json_array_get(value, i);
		const char *alt = json_str(item, "alt"), *legend = json_str(item, "legend"),
		           *credit = json_str(item, "credit");
		buf_printf(out, "%s%s", i ? "\n" : "", alt ? alt : tr(lang, N_("Picture for decoration")));
		if (legend) buf_printf(out, " – %s", legend);
		if (credit) buf_printf(out, " (%s)", credit);
	}
}

static void images_index(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	(void)field;
	(void)a;
	for (size_t i = 0; i < json_array_size(value); i++) {
		sink->words(sink, json_str_or(json_array_get(value, i), "alt", ""));
		sink->words(sink, json_str_or(json_array_get(value, i), "legend", ""));
	}
}

const struct field_type field_images = {
	.name = "images",
	.label = N_("Pictures"),
	.description = N_("Pictures, each with words that describe it"),
	.icon = "images",
	.read = images_read,
	.import = items_import,
	.check = images_check,
	.show = images_show,
	.brief = images_brief,
	.edit = images_edit,
	.grouped = images_grouped,
	.text = images_text,
	.export = items_export,
	.index = images_index,
	.takes = FILES_PICTURES,
	.merge = items_merge,
};

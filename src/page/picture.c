#include "page/picture.h"

#include <string.h>

#include "core/field_type.h"
#include "core/object.h"

static bool picture_read(const struct page *p, const json_t *json, struct picture *ret)
{
	const char *hex = json_str_or(json, "file", "");
	struct picture picture = { .type = json_str_or(json, "type", "application/octet-stream"),
		                   .width = (int)json_int(json, "width", 0),
		                   .height = (int)json_int(json, "height", 0) };
	if (!hash_from_hex(hex, &picture.file)) return false;
	picture.url = arena_printf(p->arena, PICTURE_ROOT "%s", hex);
	*ret = picture;
	return true;
}

bool page_picture(const struct page *p, const char *name, struct picture *ret)
{
	return picture_read(p, json_object_get(model_setting(p->model, "pictures"), name), ret);
}

bool page_picture_by_hash(const struct page *p, const char *hex, struct picture *ret)
{
	const char *name;
	json_t *json;
	json_object_foreach ((json_t *)model_setting(p->model, "pictures"), name, json)
		if (strcmp(json_str_or(json, "file", ""), hex) == 0) return picture_read(p, json, ret);
	return false;
}

/* ---- Pictures of records ---- */

const char *picture_address(const struct page *p, const json_t *item)
{
	struct hash hash;
	const char *hex = json_str_or(item, "file", "");
	if (!hash_from_hex(hex, &hash)) return NULL;
	return arena_printf(p->arena, PICTURE_ROOT "%s", hex);
}

/* One side of the size whose longest is `side`: rounded as when it was made. */
static int64_t fitted(int64_t length, int64_t longest, int64_t side)
{
	return longest <= side ? length : MAX((length * side + longest / 2) / longest, 1);
}

static void put_attribute(struct buf *out, const char *name, const char *value)
{
	buf_printf(out, " %s=\"", name);
	html_text_str(out, value);
	buf_lit(out, "\"");
}

/* The smaller ones that there are, and itself. */
static void put_sizes(struct buf *out, const char *address, int64_t width, int64_t longest, const char *sizes)
{
	static const int sides[] = { PICTURE_SMALL, PICTURE_MEDIUM };
	buf_lit(out, " srcset=\"");
	for (size_t i = 0; i < COUNT(sides); i++)
		if (longest > sides[i])
			buf_printf(out, "%s/%d %lldw, ", address, sides[i],
			           (long long)fitted(width, longest, sides[i]));
	buf_printf(out, "%s %lldw\"", address, (long long)width);
	put_attribute(out, "sizes", sizes);
}

struct html_safe picture_image(const struct page *p, const json_t *item, const char *class, const char *sizes,
                               const char *alt)
{
	struct buf out;
	const char *address = picture_address(p, item);
	int64_t width = json_int(item, "w", 0), height = json_int(item, "h", 0), longest = MAX(width, height);
	if (address == NULL || width < 1 || height < 1) return (struct html_safe){ "", 0 };
	int side = sizes ? PICTURE_MEDIUM : PICTURE_SMALL;
	buf_init(&out, p->arena, 0);
	buf_printf(&out, "<img src=\"%s", address);
	if (longest > side) buf_printf(&out, "/%d", side);
	buf_lit(&out, "\"");
	if (sizes && longest > PICTURE_SMALL) put_sizes(&out, address, width, longest, sizes);
	buf_printf(&out, " width=\"%lld\" height=\"%lld\" loading=\"lazy\" decoding=\"async\"",
	           (long long)(sizes ? width : fitted(width, longest, side)),
	           (long long)(sizes ? height : fitted(height, longest, side)));
	if (*class) put_attribute(&out, "class", class);
	put_attribute(&out, "alt",
	              alt                                    ? alt
	              : json_bool(item, "decorative", false) ? ""
	                                                     : json_str_or(item, "alt", ""));
	buf_lit(&out, ">");
	return (struct html_safe){ out.data, out.len };
}

const json_t *record_picture(const struct record *record)
{
	for (int i = 0; i < record->form->nfields; i++) {
		const struct field *field = &record->form->fields[i];
		const json_t *items = field->type->takes == FILES_PICTURES ? record_value(record, field) : NULL;
		if (json_array_size(items) && field_applies(record->form, field, record->values))
			return json_array_get(items, 0);
	}
	return NULL;
}

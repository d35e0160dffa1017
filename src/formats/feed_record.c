#include <string.h>

#include "core/field_type.h"
#include "core/history.h"
#include "formats/atom.h"
#include "formats/feed.h"
#include "formats/format.h"
#include "page/picture.h"

/* Several values on one line. */
static const char *in_line(const struct page *p, const struct field *field, const char *text)
{
	struct buf out;
	if (field->type->long_text) return text;
	buf_init(&out, p->arena, 0);
	for (; *text; text++)
		if (*text == '\n') buf_lit(&out, ", ");
		else buf_putc(&out, *text);
	return buf_str(&out);
}

static const char *line(const struct page *p, const struct field *field, const json_t *value)
{
	return page_printf(p, _("%s: %s"), t(p, &field->label), in_line(p, field, field_plain(p, field, value)));
}

/* What its card says, a line for each field. */
static const char *summary(const struct page *p, const struct record *record)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	for (int i = 0; i < record->form->nsummary; i++) {
		const json_t *value = record_value(record, record->form->summary[i]);
		if (value == NULL) continue;
		if (out.len) buf_putc(&out, '\n');
		buf_puts(&out, line(p, record->form->summary[i], value));
	}
	return out.len ? buf_str(&out) : t(p, &record->form->label);
}

/* A field that stands in the content, as itself or as a line of words. */
static void put_field(struct buf *out, const struct page *p, const struct record *record, const struct field *field,
                      const json_t *value, int ntexts)
{
	if (field->type->long_text || field->type->takes != FILES_NONE) {
		if (field->type->long_text && ntexts > 1) {
			buf_lit(out, "<h2>");
			html_text_str(out, t(p, &field->label));
			buf_lit(out, "</h2>");
		}
		field_show(out, p, field, value);
		return;
	}
	if (field == record->form->title || field->type->answered) return;
	const char *words = line(p, field, value);
	buf_lit(out, "<p>");
	html_text_str(out, words);
	buf_lit(out, "</p>");
}

static bool is_shown(const struct page *p, const struct record *record, const struct field *field)
{
	return !field->hidden && export_may_know(p, field) && record_value(record, field) &&
	       field_applies(record->form, field, record->values);
}

/* Pictures first, then what is short, then the texts, then files: as on its page. */
static int rank(const struct field *field)
{
	if (field->type->takes == FILES_PICTURES) return 0;
	if (field->type->takes != FILES_NONE) return 3;
	return field->type->long_text ? 2 : 1;
}

static const char *content(const struct page *p, const struct record *record, const char *url)
{
	struct page inner = *p;
	struct buf html, out;
	int ntexts = 0;
	inner.embed = NULL;
	inner.space = record->space;
	buf_init(&html, p->arena, 0);
	buf_init(&out, p->arena, 0);
	for (int i = 0; i < record->form->nfields; i++)
		ntexts += is_shown(p, record, &record->form->fields[i]) && record->form->fields[i].type->long_text;
	for (int place = 0; place <= 3; place++)
		for (int i = 0; i < record->form->nfields; i++) {
			const struct field *field = &record->form->fields[i];
			if (rank(field) == place && is_shown(p, record, field))
				put_field(&html, &inner, record, field, record_value(record, field), ntexts);
		}
	feed_html(&out, p->arena, p->base_url, url, buf_str(&html), html.len);
	return buf_str(&out);
}

/* Documents, sound and video. */
static int files(const struct page *p, const struct record *record, const struct feed_file **ret)
{
	struct feed_file *list = NULL;
	int n = 0;
	for (int i = 0; i < record->form->nfields; i++) {
		const struct field *field = &record->form->fields[i];
		if (field->type->takes == FILES_NONE || field->type->takes == FILES_PICTURES ||
		    !is_shown(p, record, field))
			continue;
		const json_t *items = record_value(record, field);
		struct feed_file *bigger = arena_array(p->arena, struct feed_file,
		                                       (size_t)n + json_array_size(items) + 1);
		if (n) memcpy(bigger, list, (size_t)n * sizeof(*list));
		list = bigger;
		for (size_t j = 0; j < json_array_size(items); j++) {
			const json_t *item = json_array_get(items, j);
			struct buf url;
			buf_init(&url, p->arena, 0);
			buf_printf(&url, "%s/-/file/%s/", p->base_url, json_str_or(item, "file", ""));
			html_url_part_str(&url, json_str_or(item, "name", ""));
			list[n++] = (struct feed_file){ .url = buf_str(&url),
				                        .type = json_str_or(item, "type", "application/octet-stream"),
				                        .title = json_str_or(item, "name", ""),
				                        .size = json_int(item, "size", 0) };
		}
	}
	*ret = list;
	return n;
}

/* Its key words and its kind. */
static int tags(const struct page *p, const struct record *record, const char *const **ret)
{
	enum { TAGS = 50 };
	const char **list = arena_array(p->arena, const char *, TAGS + 1);
	const struct choice *category = record_category(record);
	int n = 0;
	if (category) list[n++] = t(p, &category->label);
	for (int i = 0; i < record->form->nfields; i++) {
		const struct field *field = &record->form->fields[i];
		if (strcmp(field->type->name, "tags") != 0 || !is_shown(p, record, field)) continue;
		const json_t *words = record_value(record, field);
		for (size_t j = 0; j < json_array_size(words) && n < TAGS; j++) {
			const char *word = json_string_value(json_array_get(words, j));
			if (word) list[n++] = word;
		}
	}
	*ret = list;
	return n;
}

/* Those who wrote it; who left is not named. */
static int authors(const struct page *p, const struct record *record, const char *const **ret)
{
	const char **names;
	struct err err;
	int n, kept = 0;
	if (p->db == NULL || history_contributors(p->db, p->arena, record, &names, &n, &err) != OK) return 0;
	for (int i = 0; i < n; i++)
		if (names[i]) names[kept++] = names[i];
	*ret = names;
	return kept;
}

struct feed_entry feed_record(const struct page *p, const struct record *record)
{
	struct feed_entry entry = {
		.id = atom_uuid(p->arena, record->id),
		.title = record->title,
		.page = arena_printf(p->arena, "%s%s", p->base_url, record_url(p, record)),
		.summary = summary(p, record),
		.published = record->created,
		.updated = record->changed,
	};
	const char *picture = picture_address(p, record_picture(record));
	if (picture) entry.image = arena_printf(p->arena, "%s%s", p->base_url, picture);
	entry.content = content(p, record, entry.page);
	entry.nfiles = files(p, record, &entry.files);
	entry.ntags = tags(p, record, &entry.tags);
	entry.nauthors = authors(p, record, &entry.authors);
	return entry;
}

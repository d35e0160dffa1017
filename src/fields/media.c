/*
 * Sound and video, kept here and played in the page: an array of {"file": hex, "name", "size", "type", "legend",
 * "transcript" (with formatting), "silent" or "later": true, "poster": {"file": hex, "w", "h"}}. Who does not hear or
 * see them reads the transcript (WCAG 2.2, 1.2.1 to 1.2.3): it is asked for, or said to be needless, or to come.
 */
#include <string.h>

#include "fields/fields.h"
#include "fields/items.h"
#include "fields/media.h"
#include "fields/media.html.h"
#include "fields/rich_text.h"

enum { TRANSCRIPT_MAX = 100000, PIXELS_MAX = 30000 };

/* ---- Posted ---- */

/* The picture that was just sent with this item, or the one that it has already. */
static const char *poster_hex(const struct item_post *item)
{
	const char *name = arena_printf(item->issues->arena, "%s%s.poster", item->field->key, item->prefix);
	for (int i = 0; i < item->post->nfiles; i++)
		if (strcmp(item->post->files[i].name, name) == 0) return item->post->files[i].hex;
	return item_posted(item, "noposter") ? NULL : item_posted(item, "shown");
}

static void read_poster(const struct item_post *item, json_t *object)
{
	const struct field_post *post = item->post;
	const char *hex = poster_hex(item);
	struct kept_file file;
	struct hash hash;
	struct err err;
	if (hex == NULL || !hash_from_hex(hex, &hash) ||
	    file_find(post->db, item->issues->arena, post->model, post->actor, &hash, &file, &err) != OK ||
	    file.width == 0)
		return;
	json_object_set_new(object, "poster",
	                    json_pack("{s:s, s:i, s:i}", "file", hex, "w", file.width, "h", file.height));
}

static void read_transcript(const struct item_post *item, json_t *object)
{
	const char *suffix = arena_printf(item->issues->arena, "%s.transcript", item->prefix);
	const char *text = value_posted(item->field, item->post, suffix, TEXT_BLOCK, item->issues);
	if (text) json_object_set_new(object, "transcript", json_string(text));
	else if (item_posted(item, "silent")) json_object_set_new(object, "silent", json_true());
	else if (item_posted(item, "later")) json_object_set_new(object, "later", json_true());
}

static void fill(const struct item_post *item, json_t *object)
{
	item_fill_document(item, object);
	read_transcript(item, object);
	read_poster(item, object);
}

static json_t *media_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	return items_read(field, post, issues, fill);
}

/* ---- Checked ---- */

static bool is_poster(const json_t *poster)
{
	struct hash hash;
	int64_t w = json_int(poster, "w", 0), h = json_int(poster, "h", 0);
	return json_is_object(poster) && json_object_size(poster) == 3 &&
	       hash_from_hex(json_str_or(poster, "file", ""), &hash) && w >= 1 && h >= 1 && w <= PIXELS_MAX &&
	       h <= PIXELS_MAX;
}

static bool is_true_or_absent(const json_t *item, const char *name)
{
	const json_t *value = json_object_get(item, name);
	return value == NULL || json_is_true(value);
}

static void check_item(const struct field *field, const json_t *item, struct issues *issues)
{
	static const char *const names[] = { "file", "name", "size", "type", "legend", "silent", "later", NULL };
	json_t *rest = json_keep(issues->arena, json_copy((json_t *)item));
	const json_t *transcript = json_object_get(item, "transcript"), *poster = json_object_get(item, "poster");
	json_object_del(rest, "transcript");
	json_object_del(rest, "poster");
	if (!item_check_members(field, rest, names, issues)) return;
	if (transcript && !value_check_string(field, transcript, TRANSCRIPT_MAX, issues)) return;
	if (!item_is_document(item) || item_media(item) == NULL || !is_true_or_absent(item, "silent") ||
	    !is_true_or_absent(item, "later") || (poster && !is_poster(poster)))
		issues_add(issues, field->key, N_("This is not a sound or a video that was sent here."));
	else if (transcript == NULL && !json_bool(item, "silent", false) && !json_bool(item, "later", false))
		issues_add(
		        issues, field->key,
		        N_("Write what is said in “%s”, for those who do not hear it; or say that nothing is said in it, or that it will come later."),
		        json_str_or(item, "name", ""));
}

static void media_check(const struct field *field, const json_t *value, struct issues *issues)
{
	int before = issues->count;
	if (!items_check(field, value, issues)) return;
	for (size_t i = 0; i < json_array_size(value) && issues->count == before; i++)
		check_item(field, json_array_get(value, i), issues);
}

/* ---- Shown ---- */

struct html_safe item_transcript(const struct page *p, const json_t *item)
{
	return rich_text_html(p, json_str_or(item, "transcript", ""));
}

const char *media_id(const struct page *p, const struct field *field, int i, const char *part)
{
	return i < 0 ? field_id(p, field, arena_printf(p->arena, "-new-%s", part)) : item_id(p, field, i, part);
}

const char *media_name(const struct page *p, const struct field *field, int i, const char *part)
{
	return i < 0 ? field_name(p, field, arena_printf(p->arena, ".new.%s", part)) : item_name(p, field, i, part);
}

static void media_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	(void)field;
	media_shown(out, p, value);
}

static void media_brief(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	int n = (int)json_array_size(value);
	(void)field;
	html_text_str(out, page_printf(p, _n("%d recording", "%d recordings", n), n));
}

static void media_draw_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	media_edit(out, p, field, value);
}

static bool media_grouped(const struct field *field)
{
	(void)field;
	return true;
}

static void media_text(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	(void)lang;
	(void)field;
	for (size_t i = 0; i < json_array_size(value); i++) {
		const json_t *item = json_array_get(value, i);
		const char *legend = json_str(item, "legend"), *transcript = json_str(item, "transcript");
		buf_printf(out, "%s%s", i ? "\n" : "", json_str_or(item, "name", ""));
		if (legend) buf_printf(out, " – %s", legend);
		if (transcript) buf_printf(out, "\n%s", transcript);
	}
}

static void media_index(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	(void)field;
	for (size_t i = 0; i < json_array_size(value); i++) {
		const json_t *item = json_array_get(value, i);
		struct buf words;
		buf_init(&words, a, 0);
		rich_text_plain(&words, a, json_str_or(item, "transcript", ""));
		sink->words(sink, json_str_or(item, "name", ""));
		sink->words(sink, json_str_or(item, "legend", ""));
		sink->words(sink, buf_str(&words));
	}
}

const struct field_type field_media = {
	.name = "media",
	.label = N_("Sound and video"),
	.description = N_("Recordings to play in the page, with what is said in them"),
	.icon = "music",
	.read = media_read,
	.import = items_import,
	.check = media_check,
	.show = media_show,
	.brief = media_brief,
	.edit = media_draw_edit,
	.grouped = media_grouped,
	.text = media_text,
	.export = items_export,
	.index = media_index,
	.takes = FILES_MEDIA,
	.merge = items_merge,
};

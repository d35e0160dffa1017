#include "fields/items.h"

#include <string.h>

#include "core/object.h"
#include "fields/media.h"

static const char *file_of(const json_t *item)
{
	return json_str_or(item, "file", "");
}

static const json_t *find(const json_t *items, const char *file)
{
	for (size_t i = 0; i < json_array_size(items); i++)
		if (strcmp(file_of(json_array_get(items, i)), file) == 0) return json_array_get(items, i);
	return NULL;
}

/* ---- Posted ---- */

static const char *posted(const struct item_post *item, const char *part)
{
	const char *name = arena_printf(item->issues->arena, "%s%s.%s", item->field->key, item->prefix, part);
	return item->post->get(item->post->context, name, item->index);
}

const char *item_posted(const struct item_post *item, const char *part)
{
	return value_clean(item->field, posted(item, part), TEXT_LINE, item->issues);
}

void item_read_text(const struct item_post *item, json_t *object, const char *part)
{
	const char *text = item_posted(item, part);
	if (text) json_object_set_new(object, part, json_string(text));
}

/* An item and where it wants to stand. */
struct place {
	int64_t order;
	int number;
	json_t *item;
};

static int by_order(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	if (x->order != y->order) return x->order < y->order ? -1 : 1;
	return x->number - y->number;
}

struct reading {
	void (*fill)(const struct item_post *item, json_t *object);
	struct place *places;
	int n;
};

static void read_item(struct reading *reading, struct item_post *item, const char *hex)
{
	struct kept_file file;
	struct err err;
	struct hash hash;
	const struct field_post *post = item->post;
	struct place *place = &reading->places[reading->n];
	if (!hash_from_hex(hex, &hash) || post->db == NULL ||
	    file_find(post->db, item->issues->arena, post->model, post->actor, &hash, &file, &err) != OK) {
		issues_add(item->issues, item->field->key,
		           N_("One of these files is not here any more: send it again."));
		return;
	}
	for (int i = 0; i < reading->n; i++)
		if (strcmp(file_of(reading->places[i].item), hex) == 0) return; /* the same again */
	const char *order = *item->prefix == '.' && item->title == NULL ? posted(item, "order") : NULL;
	item->file = &file;
	place->item = json_keep(item->issues->arena, json_object());
	json_object_set_new(place->item, "file", json_string(hex));
	reading->fill(item, place->item);
	item->file = NULL;
	place->number = reading->n++;
	place->order = item->title ? INT64_MAX : place->number + 1;
	if (order && strspn(order, "0123456789") == strlen(order) && *order && strlen(order) < 6)
		place->order = strtol(order, NULL, 10);
}

json_t *items_read(const struct field *field, const struct field_post *post, struct issues *issues,
                   void (*fill)(const struct item_post *item, json_t *object))
{
	struct arena *a = issues->arena;
	struct reading reading = { fill, arena_array(a, struct place, ITEMS_MAX + (size_t)post->nfiles), 0 };
	const char *name = arena_printf(a, "%s.file", field->key), *hex;
	for (int i = 0; i < ITEMS_MAX && (hex = post->get(post->context, name, i)) != NULL; i++) {
		struct item_post item = { field, post, issues, .prefix = arena_printf(a, ".%d", i) };
		if (posted(&item, "remove") == NULL) read_item(&reading, &item, hex);
	}
	name = arena_printf(a, "%s.new", field->key);
	for (int i = 0, n = 0; i < post->nfiles; i++) {
		const struct posted_file *file = &post->files[i];
		if (strcmp(file->name, name) != 0) continue;
		struct item_post item = { field, post, issues, .title = file->title, .prefix = ".new", .index = n++ };
		read_item(&reading, &item, file->hex);
	}
	if (reading.n == 0) return NULL;
	qsort(reading.places, (size_t)reading.n, sizeof(*reading.places), by_order);
	json_t *items = json_keep(a, json_array());
	for (int i = 0; i < reading.n; i++) json_array_append(items, reading.places[i].item);
	return items;
}

/* ---- Checked ---- */

bool items_check(const struct field *field, const json_t *value, struct issues *issues)
{
	struct hash hash;
	int before = issues->count;
	size_t n = json_array_size(value);
	if (!json_is_array(value)) issues_add(issues, field->key, N_("This should be a list of files."));
	if (n > ITEMS_MAX) issues_add(issues, field->key, N_("At most %d files."), ITEMS_MAX);
	for (size_t i = 0; i < n && issues->count == before; i++) {
		const json_t *item = json_array_get(value, i);
		if (!json_is_object(item) || !hash_from_hex(file_of(item), &hash))
			issues_add(issues, field->key, N_("This should be a list of files."));
		else if (find(value, file_of(item)) != item)
			issues_add(issues, field->key, N_("The same file is there twice."));
	}
	return issues->count == before;
}

static bool is_named(const char *key, const char *const *names)
{
	for (; *names; names++)
		if (strcmp(key, *names) == 0) return true;
	return false;
}

bool item_check_members(const struct field *field, const json_t *item, const char *const *names, struct issues *issues)
{
	const char *key;
	json_t *member;
	json_object_foreach ((json_t *)item, key, member) {
		if (!is_named(key, names)) {
			issues_add(issues, field->key, N_("“%s” is not known of a file."), key);
			return false;
		}
		if (json_is_string(member) && !value_check_string(field, member, ITEM_TEXT, issues)) return false;
	}
	return true;
}

/* ---- Brought ---- */

json_t *items_import(const struct field *field, const char *text, struct issues *issues)
{
	json_t *items = json_keep(issues->arena, json_array()), *item;
	for (size_t len; *text; text += len + (text[len] != '\0')) {
		len = strcspn(text, "\n");
		const char *line = value_clean(field, arena_strndup(issues->arena, text, len), TEXT_LINE, issues);
		if (line == NULL) continue;
		if (json_parse(issues->arena, line, strlen(line), &item, NULL) == OK) json_array_append(items, item);
		else
			issues_add(
			        issues, field->key,
			        N_("“%s” is not a file of this site: files are sent by the form, and named as an export names them."),
			        line);
	}
	return json_array_size(items) ? items : NULL;
}

void items_export(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	struct arena a;
	(void)lang;
	(void)field;
	arena_init(&a);
	for (size_t i = 0; i < json_array_size(value); i++)
		buf_printf(out, "%s%s", i ? "\n" : "", json_text(&a, json_array_get(value, i)));
	arena_release(&a);
}

/* ---- Merged ---- */

/* The files of `items` that `among` holds too (or not), in their order. */
static json_t *files_in(struct arena *a, const json_t *items, const json_t *among, bool in)
{
	json_t *files = json_keep(a, json_array());
	for (size_t i = 0; i < json_array_size(items); i++) {
		const char *file = file_of(json_array_get(items, i));
		if ((find(among, file) != NULL) == in) json_array_append_new(files, json_string(file));
	}
	return files;
}

static bool kept(const json_t *mine, const json_t *theirs, const char *file)
{
	return find(mine, file) && find(theirs, file);
}

/* Of the files of `order`, those that nobody removed. */
static void take_kept(json_t *ret, const json_t *order, const json_t *base, const json_t *mine, const json_t *theirs)
{
	for (size_t i = 0; i < json_array_size(order); i++) {
		const char *file = json_string_value(json_array_get(order, i));
		if (!find(base, file) || kept(mine, theirs, file)) json_array_append(ret, json_array_get(order, i));
	}
}

static bool same_order(const json_t *side, const json_t *base, struct arena *a)
{
	return json_equal(files_in(a, side, base, true), files_in(a, base, side, true));
}

static json_t *all_files(struct arena *a, const json_t *items)
{
	return files_in(a, items, items, true);
}

static bool text_before(const json_t *x, const json_t *y)
{
	const char *first = json_string_value(json_array_get(x, 0)), *second = json_string_value(json_array_get(y, 0));
	return strcmp(first ? first : "", second ? second : "") < 0;
}

/* The order of all that stays: of the side that added or moved, when the other did not; else what was
 * there, then what each side added. NULL: both moved. */
static json_t *merge_order(struct arena *a, const json_t *base, const json_t *mine, const json_t *theirs)
{
	json_t *order = json_keep(a, json_array());
	json_t *added[2] = { files_in(a, mine, base, false), files_in(a, theirs, base, false) };
	bool moved[2] = { !same_order(mine, base, a), !same_order(theirs, base, a) };
	bool touched[2] = { moved[0] || json_array_size(added[0]), moved[1] || json_array_size(added[1]) };
	if (touched[0] && touched[1] && (moved[0] || moved[1])) return NULL;
	if (touched[0] != touched[1]) {
		take_kept(order, all_files(a, touched[0] ? mine : theirs), base, mine, theirs);
		return order;
	}
	take_kept(order, all_files(a, base), base, mine, theirs);
	int first = text_before(added[1], added[0]);
	json_array_extend(order, added[first]);
	for (size_t i = 0; i < json_array_size(added[!first]); i++) {
		const json_t *file = json_array_get(added[!first], i);
		bool there = false;
		for (size_t k = 0; k < json_array_size(added[first]); k++)
			there |= json_equal(json_array_get(added[first], k), file) != 0;
		if (!there) json_array_append(order, (json_t *)file);
	}
	return order;
}

/* Members one by one; false when both sides changed the same one otherwise. */
static bool merge_members(const json_t *base, const json_t *mine, const json_t *theirs, json_t *ret)
{
	const json_t *sides[2] = { mine, theirs };
	const char *key;
	json_t *value;
	for (int side = 0; side < 2; side++)
		json_object_foreach ((json_t *)sides[side], key, value) {
			const json_t *before = json_object_get(base, key), *other = json_object_get(sides[!side], key);
			bool changed = !json_equal(value, before),
			     other_changed = other ? !json_equal(other, before) : before != NULL;
			if (changed && other_changed && !json_equal(value, other)) return false;
			if (changed || !other_changed) json_object_set(ret, key, value);
		}
	return true;
}

json_t *items_merge(struct arena *a, const json_t *base, const json_t *mine, const json_t *theirs)
{
	json_t *order = merge_order(a, base, mine, theirs), *ret = json_keep(a, json_array());
	if (order == NULL) return NULL;
	for (size_t i = 0; i < json_array_size(order); i++) {
		const char *file = json_string_value(json_array_get(order, i));
		const json_t *m = find(mine, file), *t = find(theirs, file);
		json_t *item = json_object();
		json_array_append_new(ret, item);
		if (m == NULL || t == NULL) json_object_update(item, (json_t *)(m ? m : t));
		else if (!merge_members(find(base, file), m, t, item)) return NULL;
	}
	/* Removed by one side and changed by the other: they must choose. */
	for (size_t i = 0; i < json_array_size(base); i++) {
		const json_t *before = json_array_get(base, i), *m = find(mine, file_of(before)),
		             *t = find(theirs, file_of(before));
		if ((m == NULL) != (t == NULL) && !json_equal(m ? m : t, before)) return NULL;
	}
	return ret;
}

/* ---- Their controls (fields/media.h) ---- */

const char *item_id(const struct page *p, const struct field *field, int i, const char *part)
{
	return arena_printf(p->arena, "f-%s-%d-%s", field->key, i, part);
}

const char *item_name(const struct page *p, const struct field *field, int i, const char *part)
{
	return arena_printf(p->arena, "%s.%d.%s", field->key, i, part);
}

#include "core/erasure_record.h"

#include <string.h>

#include "base/i18n.h"
#include "core/address.h"
#include "core/field_type.h"
#include "core/file_ref.h"
#include "core/index_key.h"
#include "core/letter.h"
#include "core/merge.h"
#include "core/object_store.h"
#include "core/part_store.h"

/* ---- Files ---- */

enum code erasing_files(struct erasing *x, const json_t *values, struct err *err)
{
	struct hash *files;
	int n = values ? file_list(x->a, values, &files) : 0;
	for (int i = 0; i < n; i++) {
		TRY(db_run(x->db, err,
		           "UPDATE file SET created = 0 WHERE hash IN (SELECT version FROM picture WHERE file = $1)",
		           files[i]));
		TRY(db_run(x->db, err, "UPDATE file SET created = 0 WHERE hash = $1", files[i]));
	}
	return OK;
}

/* ---- Letters ---- */

/* As a pattern of LIKE that holds it. */
static const char *like_pattern(struct arena *a, const char *text)
{
	struct buf out;
	buf_init(&out, a, 0);
	buf_lit(&out, "%");
	for (; *text; text++) {
		if (strchr("%_\\", *text)) buf_lit(&out, "\\");
		buf_add(&out, text, 1);
	}
	buf_lit(&out, "%");
	return buf_str(&out);
}

enum code erasing_title_letters(struct erasing *x, const struct record *record, const json_t *set, struct err *err)
{
	enum { SHORT = 4 /* such a word is in many letters that speak of something else */ };
	const char *title = json_str_or(set, record->form->title->key, "");
	if (strlen(title) < SHORT) return OK;
	const char *pattern = like_pattern(x->a, title);
	return db_run(x->db, err,
	              "DELETE FROM letter WHERE state <> $1 AND (subject LIKE $2 ESCAPE '\\' OR body LIKE $2 ESCAPE "
	              "'\\')",
	              (int)LETTER_WAITING, pattern);
}

enum code erasing_letters(struct erasing *x, const struct record *record, struct err *err)
{
	char id[ID_TEXT + 1];
	AUTO(rows_release) struct rows rows = { 0 };
	struct id about = { 0 };
	if (record->about) {
		TRY(db_query(x->db, &rows, err, "SELECT id FROM record WHERE num = $1", record->about));
		if (rows_next(&rows)) about = row_id(&rows, 0);
		TRY(rows_end(&rows, err));
		TRY(db_run(x->db, err, "DELETE FROM letter WHERE body LIKE $1",
		           arena_printf(x->a, "%%/f/%s%%", id_format(about, id))));
	}
	return db_run(x->db, err, "DELETE FROM letter WHERE body LIKE $1",
	              arena_printf(x->a, "%%/f/%s%%", id_format(record->id, id)));
}

enum code erasing_record_files(struct erasing *x, const struct record *record, struct err *err)
{
	for (int i = 0; i < AUDIENCE_COUNT; i++) {
		struct object *objects;
		int n;
		TRY(erasing_files(x, record->parts[i].values, err));
		TRY(erasing_title_letters(x, record, record->parts[i].values, err));
		TRY(object_list(x->db, x->a, record->num, record->space->compartments[i], &objects, &n, err));
		for (int k = 0; k < n; k++) {
			TRY(object_load_body(x->db, x->a, &objects[k], err));
			TRY(erasing_files(x, objects[k].set, err));
			TRY(erasing_title_letters(x, record, objects[k].set, err));
		}
	}
	return OK;
}

/* ---- Revisions of the program ---- */

static const unsigned state_flags[] = {
	[STATE_DRAFT] = 0,
	[STATE_PUBLISHED] = 0,
	[STATE_ARCHIVED] = OBJECT_ARCHIVED,
	[STATE_TRASH] = OBJECT_DELETED,
};

static enum code depth_on(struct erasing *x, const struct object *object, int64_t *ret, struct err *err)
{
	*ret = 1;
	for (int i = 0; i < object->nparents; i++) {
		int64_t depth;
		TRY(db_int(x->db, &depth, 0, err, "SELECT depth FROM obj WHERE id = $1", object->parents[i]));
		*ret = MAX(*ret, depth + 1);
	}
	return OK;
}

/* One revision, if it can hold all of `set`; E_LIMIT if not. `heads`: what it stands on, then itself. */
static enum code write_object(struct erasing *x, const struct record *record, enum audience audience, const json_t *set,
                              struct heads *heads, struct err *err)
{
	const char *key, **keys = arena_array(x->a, const char *, json_object_size(set) + 1);
	json_t *value;
	int n = 0;
	json_object_foreach ((json_t *)set, key, value) keys[n++] = key;
	struct object object = { .compartment = record->space->compartments[audience],
		                 .record = record->id,
		                 .save = x->save,
		                 .type = record->form->key,
		                 .parents = heads->ids,
		                 .nparents = object_room(keys, n, heads->n),
		                 .flags = OBJECT_MINOR | state_flags[record->state] };
	TRY(object_next_hlc(x->db, &object.hlc, err));
	TRY(depth_on(x, &object, &object.depth, err));
	TRY(object_make(x->a, &object, set, NULL, err));
	TRY(object_insert(x->tx, record->num, &object, err));
	heads->ids[0] = object.id;
	heads->n = 1;
	return OK;
}

/* Some of `set`, from its nth key on; half as many each time that it is too much. */
static enum code write_some(struct erasing *x, const struct record *record, enum audience audience, const json_t *set,
                            size_t from, size_t *n, struct heads *heads, struct err *err)
{
	enum code code;
	do {
		json_t *some = json_keep(x->a, json_object()), *value;
		const char *key;
		size_t at = 0;
		json_object_foreach ((json_t *)set, key, value)
			if (at++ >= from && at <= from + *n) json_object_set(some, key, value);
		code = write_object(x, record, audience, some, heads, err);
	} while (code == E_LIMIT && *n > 1 && (*n /= 2) > 0);
	return code;
}

enum code erasing_write(struct erasing *x, const struct record *record, enum audience audience, const json_t *set,
                        struct err *err)
{
	enum { KEYS = 40 };
	struct merged now;
	struct heads heads;
	if (json_object_size(set) == 0) return OK;
	TRY(part_compute(x->db, x->a, record, audience, NULL, &now, err));
	heads.n = MIN(now.nheads, (int)RECORD_HEADS);
	if (heads.n) memcpy(heads.ids, now.heads, (size_t)heads.n * HASH_SIZE);
	for (size_t from = 0, n; from < json_object_size(set); from += n) {
		n = KEYS;
		TRY(write_some(x, record, audience, set, from, &n, &heads, err));
	}
	return OK;
}

/* ---- As if they had never been ---- */

/* The state of a part whose revisions to erase touch nothing. */
static enum code part_without(struct erasing *x, const struct record *record, struct object *objects, int n,
                              struct merged *ret, struct err *err)
{
	struct object *others = arena_array(x->a, struct object, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		others[i] = objects[i];
		if (x->takes(x, &objects[i])) others[i].ntouched = 0;
	}
	struct merge *merge = merge_plan(x->a, record->form, others, n, NULL, 0);
	for (int i = 0; i < merge_needs(merge); i++) TRY(object_load_body(x->db, x->a, merge_need(merge, i), err));
	merge_finish(merge, ret);
	return OK;
}

static bool same(const json_t *a, const json_t *b)
{
	return a && b ? json_equal(a, b) != 0 : a == b;
}

/* What must be written for `now` to be `wanted`. */
static json_t *difference(struct arena *a, const struct merged *now, const struct merged *wanted)
{
	const struct merged *const both[] = { now, wanted };
	json_t *set = json_keep(a, json_object());
	for (size_t i = 0; i < COUNT(both); i++) {
		const json_t *const held[] = { both[i]->values, both[i]->conflict };
		for (size_t k = 0; k < COUNT(held); k++) {
			const char *key;
			json_t *ignored;
			json_object_foreach ((json_t *)held[k], key, ignored) {
				json_t *value = json_object_get(wanted->values, key);
				bool alike = same(json_object_get(now->values, key), value) &&
				             same(json_object_get(now->conflict, key),
				                  json_object_get(wanted->conflict, key));
				if (!alike) json_object_set_new(set, key, value ? json_incref(value) : json_null());
			}
		}
	}
	return set;
}

static bool touches_title(const struct record *record, const struct object *object)
{
	for (int i = 0; i < object->ntouched; i++)
		if (strcmp(object->touched[i], record->form->title->key) == 0) return true;
	return false;
}

static enum code erase_objects(struct erasing *x, const struct record *record, struct object *objects, int n, bool *any,
                               struct err *err)
{
	for (int i = 0; i < n; i++) {
		if (!x->takes(x, &objects[i])) continue;
		struct object object = objects[i];
		TRY(object_load_body(x->db, x->a, &object, err));
		TRY(erasing_files(x, object.set, err));
		TRY(erasing_title_letters(x, record, object.set, err));
		x->titled |= touches_title(record, &object);
		TRY(object_erase(x->tx, &objects[i].id, err));
		*any = true;
	}
	return OK;
}

static enum code part_erase(struct erasing *x, const struct record *record, enum audience audience, struct err *err)
{
	struct object *objects;
	struct merged wanted, now;
	bool any = false;
	int n;
	TRY(object_list(x->db, x->a, record->num, record->space->compartments[audience], &objects, &n, err));
	TRY(part_without(x, record, objects, n, &wanted, err));
	TRY(erase_objects(x, record, objects, n, &any, err));
	if (!any) return OK;
	TRY(part_compute(x->db, x->a, record, audience, NULL, &now, err));
	return erasing_write(x, record, audience, difference(x->a, &now, &wanted), err);
}

/* In the language of the site. */
static const char *blank_title(const struct model *model)
{
	return tr(lang_parse(json_string_value(model_setting(model, "locale")), LANG_FR), N_("Content removed"));
}

/* Addresses that say nothing of what it was called. */
static enum code address_again(struct erasing *x, const struct record *record, const char *title, struct err *err)
{
	const char *slug;
	TRY(db_run(x->db, err, "DELETE FROM record_slug WHERE record = $1", record->num));
	TRY(db_run(x->db, err, "UPDATE measure SET title = '' WHERE record = $1", record->num));
	TRY(address_choose(x->db, x->a, x->model, record, title, &slug, err));
	return db_run(x->db, err, "UPDATE record SET slug = $1 WHERE num = $2", slug, record->num);
}

/* A page that has lost its title has an earlier or later one, or a word instead; and its own address with it. */
static enum code name_again(struct erasing *x, struct record *record, bool own, struct err *err)
{
	struct record *now;
	const char *key = record->form->title->key, *title = blank_title(x->model);
	TRY(record_load_num(x->db, x->a, x->model, &actor_program, record->num, &now, err));
	bool blank = index_value_is_blank(record_find_value(now, record->form->title, NULL));
	if (blank)
		TRY(erasing_write(x, now, record->form->title->audience,
		                  json_keep(x->a, json_pack("{s:s}", key, title)), err));
	if (!own || !(blank || x->titled)) return OK;
	return address_again(x, record, blank ? title : now->title, err);
}

enum code erasing_without(struct erasing *x, struct record *record, bool own, struct err *err)
{
	bool named = !index_value_is_blank(record_find_value(record, record->form->title, NULL));
	x->titled = false;
	TRY(erasing_letters(x, record, err));
	for (int i = 0; i < AUDIENCE_COUNT; i++) TRY(part_erase(x, record, (enum audience)i, err));
	TRY(record_rebuild(x->tx, x->model, record->num, NULL, err));
	if (named) TRY(name_again(x, record, own, err));
	TRY(record_rebuild(x->tx, x->model, record->num, NULL, err));
	tx_public(x->tx);
	return OK;
}

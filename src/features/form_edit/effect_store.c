#include <string.h>

#include "core/field_type.h"
#include "core/form_answers.h"
#include "core/index_key.h"
#include "features/form_edit/effect.h"

struct counting {
	struct arena *a; /* of one record at a time */
	const struct form *after;
	const struct field *before, *field; /* as it was, as changed; NULL: there is none */
	const char *key;
	struct effect *effect;
};

static void count_choice(json_t *used, const json_t *value)
{
	const char *key = json_string_value(value);
	if (key) json_object_set_new(used, key, json_integer(json_int(used, key, 0) + 1));
}

static bool accepts(struct counting *c, const struct field *field, const json_t *value)
{
	struct issues issues;
	issues_init(&issues, c->a);
	if (field) field->type->check(field, value, &issues);
	return issues.count == 0;
}

static void count_value(struct counting *c, const json_t *value)
{
	c->effect->filled++;
	if (c->before && c->before->type->mentions)
		c->before->type->mentions(c->before, value, c->effect->used, c->effect->rows);
	else if (json_is_array(value))
		for (size_t i = 0; i < json_array_size(value); i++)
			count_choice(c->effect->used, json_array_get(value, i));
	else count_choice(c->effect->used, value);
	if (c->field == NULL || c->field->nchoices || c->field->nrows) return; /* what becomes of each is asked */
	c->effect->refused += !accepts(c, c->field, value) && accepts(c, c->before, value);
}

/* All that one record holds. */
static void count_record(struct counting *c, const json_t *values)
{
	const json_t *value = json_object_get(values, c->key);
	if (!index_value_is_blank(value)) count_value(c, value);
	else if (c->field && c->field->required && field_asked(c->field, c->after, values)) c->effect->missing++;
}

/* One record after the other, whatever their number: a record's parts follow each other. */
static enum code count_all(struct counting *c, struct rows *rows, struct err *err)
{
	int64_t num = 0;
	json_t *values = NULL;
	while (rows_next(rows)) {
		if (row_int(rows, 0) != num) {
			if (values) count_record(c, values);
			arena_reset(c->a);
			values = json_keep(c->a, json_object());
			num = row_int(rows, 0);
			c->effect->records++;
		}
		const char *text = row_text(rows, 1);
		json_t *part;
		if (row_is_null(rows, 1)) continue;
		TRY(json_parse(c->a, text, strlen(text), &part, err));
		json_object_update(values, part);
	}
	if (values) count_record(c, values);
	return rows_end(rows, err);
}

enum code effect_count(struct db *db, struct arena *a, const struct form *form, const struct form *after,
                       const char *key, struct effect *ret, struct err *err)
{
	struct arena own;
	AUTO(rows_release) struct rows rows = { 0 };
	*ret = (struct effect){ .used = json_keep(a, json_object()), .rows = json_keep(a, json_object()) };
	struct counting c = { .a = &own,
		              .after = after,
		              .before = form_field(form, key),
		              .field = after ? form_field(after, key) : NULL,
		              .key = key,
		              .effect = ret };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT r.num, p.content FROM record r LEFT JOIN part p ON p.record = r.num WHERE r.form = $1 ORDER BY r.num",
	        form->num));
	arena_init(&own);
	enum code code = count_all(&c, &rows, err);
	arena_release(&own);
	return code;
}

enum code effect_records(struct db *db, struct arena *a, const struct model *model, int64_t **ret, struct err *err)
{
	int64_t *counts = arena_array(a, int64_t, (size_t)model->nforms + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT form, COUNT(*) FROM record GROUP BY form"));
	while (rows_next(&rows))
		for (int i = 0; i < model->nforms; i++)
			if (model->forms[i].num == row_int(&rows, 0)) counts[i] = row_int(&rows, 1);
	TRY(rows_end(&rows, err));
	*ret = counts;
	return OK;
}

/* ---- Replacing ---- */

/* NULL: the answer holds none of them. Several stand in the order of the list, each once. */
static json_t *replaced(struct arena *a, const struct field *field, const json_t *value, const json_t *instead)
{
	if (value && field->type->replace) return field->type->replace(a, field, value, instead);
	if (json_is_string(value)) return json_object_get(instead, json_string_value(value));
	if (!json_is_array(value)) return NULL;
	json_t *array = json_keep(a, json_array()), *kept = json_keep(a, json_object());
	bool any = false;
	for (size_t i = 0; i < json_array_size(value); i++) {
		const char *key = json_string_value(json_array_get(value, i)),
		           *now = key ? json_str(instead, key) : NULL;
		if (key) json_object_set_new(kept, now ? now : key, json_true());
		any |= now != NULL;
	}
	for (int i = 0; i < field->nchoices; i++)
		if (json_object_get(kept, field->choices[i].key))
			json_array_append_new(array, json_string(field->choices[i].key));
	return any ? array : NULL;
}

static enum code record_numbers(struct db *db, struct arena *a, const struct form *form, int64_t **ret, int *n,
                                struct err *err)
{
	int64_t count;
	TRY(db_int(db, &count, 0, err, "SELECT COUNT(*) FROM record WHERE form = $1", form->num));
	int64_t *nums = arena_array(a, int64_t, (size_t)count + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT num FROM record WHERE form = $1 ORDER BY num", form->num));
	for (*n = 0; *n < count && rows_next(&rows); (*n)++) nums[*n] = row_int(&rows, 0);
	TRY(rows_end(&rows, err));
	*ret = nums;
	return OK;
}

static enum code replace_one(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                             const struct record *record, const char *key, json_t *value, struct id batch,
                             struct err *err)
{
	struct issues issues;
	issues_init(&issues, a);
	json_t *values = json_keep(a, json_object());
	if (key) json_object_set(values, key, value);
	struct save save = { .actor = actor,
		             .record = record->id,
		             .values = values,
		             .state = record->state,
		             .batch = batch,
		             .mends = true };
	return record_save(tx, a, model, &save, &issues, err);
}

enum code effect_replace(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                         const struct form *form, const struct field *field, const json_t *instead, struct id batch,
                         int *ret, struct err *err)
{
	int64_t *nums;
	int n, done = 0;
	enum code code = OK;
	struct arena own;
	TRY(record_numbers(tx_db(tx), a, form, &nums, &n, err));
	arena_init(&own);
	for (int i = 0; i < n && code == OK; i++) {
		struct record *record;
		arena_reset(&own);
		code = record_load_num(tx_db(tx), &own, model, &actor_program, nums[i], &record, err);
		if (code == E_NOT_FOUND) { /* of a space that is gone */
			code = OK;
			continue;
		}
		json_t *value = code == OK ? replaced(&own, field, record_find_value(record, field, NULL), instead)
		                           : NULL;
		if (value == NULL) continue;
		if (++done > REPLACED_MAX)
			code = err_set(err, E_LIMIT,
			               N_("More than %d pages have this choice: keep it for them instead."),
			               REPLACED_MAX);
		else code = replace_one(tx, &own, model, actor, record, field->key, value, batch, err);
	}
	arena_release(&own);
	*ret = done;
	return code;
}

enum code effect_recompute(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                           const struct form *form, struct err *err)
{
	int64_t *nums;
	int n;
	struct id batch = id_new();
	enum code code = OK;
	struct arena own;
	TRY(record_numbers(tx_db(tx), a, form, &nums, &n, err));
	if (n > REPLACED_MAX) return OK;
	arena_init(&own);
	for (int i = 0; i < n && code == OK; i++) {
		struct record *record;
		arena_reset(&own);
		code = record_load_num(tx_db(tx), &own, model, &actor_program, nums[i], &record, err);
		if (code == E_NOT_FOUND) code = OK; /* of a space that is gone */
		else if (code == OK) code = replace_one(tx, &own, model, actor, record, NULL, NULL, batch, err);
	}
	arena_release(&own);
	return code;
}

/* A question that fewer people read from now on: its answers move, and leave no trace with the others. */
#include <string.h>

#include "core/definition.h"
#include "core/erasure_record.h"
#include "core/form_change.h"
#include "core/merge.h"
#include "core/object_store.h"
#include "core/part_store.h"
#include "store/ledger.h"

/* Did it write the question? */
static bool writes(const struct object *object, const char *key)
{
	for (int i = 0; i < object->ntouched; i++)
		if (strcmp(object->touched[i], key) == 0) return true;
	return false;
}

/* Erases the bodies of a part that held the answer; what else the part says is as before. */
static enum code empty_part(struct erasing *x, const struct record *record, enum audience audience, const char *key,
                            struct err *err)
{
	struct object *objects;
	struct merged now;
	int n;
	bool any = false;
	const json_t *values = record->parts[audience].values;
	json_t *rest = json_keep(x->a, json_object());
	TRY(object_list(x->db, x->a, record->num, record->space->compartments[audience], &objects, &n, err));
	for (int i = 0; i < n; i++) {
		struct object object = objects[i];
		if (!writes(&object, key)) continue;
		TRY(object_load_body(x->db, x->a, &object, err));
		if (object.state != BODY_PRESENT) continue;
		TRY(object_erase(x->tx, &object.id, err));
		any = true;
	}
	if (!any) return OK;
	TRY(part_compute(x->db, x->a, record, audience, NULL, &now, err));
	const char *name;
	json_t *value;
	json_object_foreach ((json_t *)values, name, value) {
		bool same = strcmp(name, key) == 0 || json_equal(json_object_get(now.values, name), value);
		if (!same || json_object_get(now.conflict, name)) json_object_set(rest, name, value);
	}
	json_object_set_new(rest, key, json_null());
	return erasing_write(x, record, audience, rest, err);
}

/* A draft has no revisions: its parts are all there is. */
static enum code move_draft(struct erasing *x, const struct record *record, const struct field *field,
                            const json_t *value, struct err *err)
{
	for (int i = 0; i < AUDIENCE_COUNT; i++) {
		const json_t *before = record->parts[i].values;
		json_t *values = json_keep(x->a, before ? json_copy((json_t *)before) : json_object());
		bool target = i == (int)field->audience;
		if (!target && json_object_get(values, field->key) == NULL) continue;
		if (target) json_object_set(values, field->key, (json_t *)value);
		else json_object_del(values, field->key);
		struct merged state = { .values = values };
		TRY(part_write(x->tx, x->a, record->num, (enum audience)i, &state, err));
	}
	return OK;
}

static enum code narrow_record(struct erasing *x, const struct record *record, const struct field *field,
                               struct err *err)
{
	json_t *set = json_keep(x->a, json_object());
	const json_t *value = NULL, *there = json_object_get(record->parts[field->audience].values, field->key);
	for (int i = 0; i < (int)field->audience && value == NULL; i++)
		value = json_object_get(record->parts[i].values, field->key);
	if (value && there == NULL) json_object_set(set, field->key, (json_t *)value);
	if (record->state == STATE_DRAFT) return value && there == NULL ? move_draft(x, record, field, value, err) : OK;
	TRY(erasing_write(x, record, field->audience, set, err));
	for (int i = 0; i < (int)field->audience; i++) TRY(empty_part(x, record, (enum audience)i, field->key, err));
	return record_rebuild(x->tx, x->model, record->num, NULL, err);
}

/* The next record of the form that wrote the question; 0: none. */
static enum code next_record(struct erasing *x, const struct form *form, const char *pattern, int64_t after,
                             int64_t *ret, struct err *err)
{
	return db_int(x->db, ret, 0, err,
	              "SELECT MIN(r.num) FROM record r WHERE r.form = $1 AND r.num > $2 AND (r.state = 0 OR "
	              "EXISTS (SELECT 1 FROM obj o "
	              "WHERE o.rec = r.num AND o.header LIKE $3))",
	              form->num, after, pattern);
}

enum code erasing_narrow(struct tx *tx, struct arena *a, const struct model *model, const struct form *form,
                         const char *key, int64_t *ret, struct err *err)
{
	struct arena own;
	struct erasing x = { .tx = tx, .db = tx_db(tx), .a = &own, .model = model, .save = id_new() };
	const struct field *field = form_field(form, key);
	const char *pattern = arena_printf(a, "%%\"touched\":[%%\"%s\"%%", key);
	int64_t num = 0;
	enum code code = OK;
	*ret = 0;
	if (field == NULL) return OK;
	arena_init(&own);
	while (code == OK && (code = next_record(&x, form, pattern, num, &num, err)) == OK && num) {
		struct record *record;
		code = record_load_num(x.db, &own, model, &actor_program, num, &record, err);
		if (code == OK) code = narrow_record(&x, record, field, err);
		else if (code == E_NOT_FOUND) code = OK;
		*ret += code == OK;
		arena_reset(&own);
	}
	arena_release(&own);
	if (code == OK) tx_public(tx);
	return code;
}

/* ---- The ledger ---- */

enum code erasure_note_audience(struct tx *tx, struct arena *a, const struct form *form, const char *key,
                                struct err *err)
{
	const struct field *field = form_field(form, key);
	json_t *line = json_pack("{s:{s:s, s:s, s:s}}", "readers", "form", form->key, "field", key, "audience",
	                         audience_name(field->audience));
	return ledger_add(tx, a, json_keep(a, line), err);
}

enum code erasure_narrow(struct tx *tx, struct arena *a, const struct model *model, const struct form *form,
                         const char *key, int64_t *ret, struct err *err)
{
	TRY(erasing_narrow(tx, a, model, form, key, ret, err));
	TRY(erasure_ask_settle(tx, err));
	return erasure_note_audience(tx, a, form, key, err);
}

/* Who read the question, by the definition there is; -1: it is not asked. */
static enum code present_audience(struct db *db, struct arena *a, const json_t *said, json_t **definition,
                                  json_t **field, int *ret, struct err *err)
{
	*ret = -1;
	*field = NULL;
	enum code code = definition_load(db, a, DEFINITION_FORM, json_str_or(said, "form", ""), definition, err);
	if (code == E_NOT_FOUND) return OK;
	TRY(code);
	*field = (json_t *)form_definition_field(*definition, json_str_or(said, "field", ""));
	if (*field) *ret = audience_parse(json_str_or(*field, "audience", "public"));
	return OK;
}

/* Answers that stand in bodies of parts for more readers. */
static enum code count_wide(struct db *db, struct arena *a, const json_t *said, int audience, int64_t *ret,
                            struct err *err)
{
	const char *form = json_str_or(said, "form", ""), *field = json_str_or(said, "field", "");
	return db_int(db, ret, 0, err,
	              "SELECT COUNT(*) FROM definition d JOIN record r ON r.form = d.num JOIN space s ON s.num = "
	              "r.space "
	              "JOIN obj o ON o.rec = r.num AND (o.compartment = s.compartment_public OR ($1 > 1 AND "
	              "o.compartment = "
	              "s.compartment_members)) JOIN body b ON b.id = o.id WHERE d.kind = $2 AND d.key = $3 AND "
	              "b.state = $4 AND "
	              "o.header LIKE $5 AND b.data NOT LIKE $6",
	              audience, (int)DEFINITION_FORM, form, (int)BODY_PRESENT,
	              arena_printf(a, "%%\"touched\":[%%\"%s\"%%", field), arena_printf(a, "%%\"%s\":null%%", field));
}

enum code erasing_audience_holds(struct db *db, struct arena *a, const json_t *said, bool *ret, struct err *err)
{
	json_t *definition, *field;
	int now, wanted = audience_parse(json_str_or(said, "audience", ""));
	int64_t wide = 0;
	TRY(present_audience(db, a, said, &definition, &field, &now, err));
	*ret = now >= 0 && now < wanted;
	if (now < 0 || *ret) return OK;
	TRY(count_wide(db, a, said, wanted, &wide, err));
	*ret = wide > 0;
	return OK;
}

static enum code narrow_again(struct tx *tx, struct arena *a, const json_t *said, struct err *err)
{
	struct model *model;
	int64_t n;
	enum code code = OK;
	TRY(model_load(tx_db(tx), &model, err));
	const struct form *form = model_form(model, json_str_or(said, "form", ""));
	if (form) code = erasing_narrow(tx, a, model, form, json_str_or(said, "field", ""), &n, err);
	model_release(model);
	return code;
}

enum code erasing_audience_again(struct tx *tx, struct arena *a, const json_t *said, struct err *err)
{
	json_t *definition, *field;
	int now, wanted = audience_parse(json_str_or(said, "audience", ""));
	TRY(present_audience(tx_db(tx), a, said, &definition, &field, &now, err));
	if (now < wanted) {
		json_t *next = json_keep(a, json_copy(field));
		json_object_set_new(next, "audience", json_string(json_str_or(said, "audience", "")));
		TRY(definition_save(tx, a, DEFINITION_FORM, json_str_or(said, "form", ""),
		                    form_with_field(a, definition, next), &actor_program, NULL, err));
	}
	return narrow_again(tx, a, said, err);
}

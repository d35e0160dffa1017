#include "core/history.h"

#include <string.h>

#include "core/merge.h"
#include "core/object_store.h"
#include "core/plan.h"

/* The revisions of a record in the parts that the actor may read. */
struct past {
	struct db *db;
	struct arena *a;
	const struct model *model;
	struct record *record;
	bool readable[AUDIENCE_COUNT];
	struct object *objects[AUDIENCE_COUNT];
	int counts[AUDIENCE_COUNT];
	struct object **sorted; /* newest first; those of one save side by side */
	int n;
};

static int newest_first(const void *a, const void *b)
{
	const struct object *const *x = a, *const *y = b;
	if ((*x)->hlc != (*y)->hlc) return (*x)->hlc > (*y)->hlc ? -1 : 1;
	int order = id_compare((*y)->save, (*x)->save);
	return order ? order : object_compare(*y, *x);
}

static bool readable(const struct actor *actor, const struct record *record, enum audience audience)
{
	struct thing thing = record_thing(record);
	thing.audience = audience;
	return allowed(actor, ACTION_READ, &thing);
}

static enum code past_load(struct past *past, struct db *db, struct arena *a, const struct model *model,
                           const struct actor *actor, struct id id, struct err *err)
{
	*past = (struct past){ .db = db, .a = a, .model = model };
	TRY(record_load(db, a, model, actor, id, &past->record, err));
	const struct record *record = past->record;
	struct thing thing = record_thing(record);
	TRY(may(actor, ACTION_HISTORY, &thing, err));
	for (int i = 0; i < AUDIENCE_COUNT; i++) {
		past->readable[i] = readable(actor, record, (enum audience)i);
		if (!past->readable[i]) continue;
		TRY(object_list(db, a, record->num, record->space->compartments[i], &past->objects[i], &past->counts[i],
		                err));
		past->n += past->counts[i];
	}
	past->sorted = arena_array(a, struct object *, (size_t)past->n + 1);
	int n = 0;
	for (int i = 0; i < AUDIENCE_COUNT; i++)
		for (int j = 0; j < past->counts[i]; j++) past->sorted[n++] = &past->objects[i][j];
	qsort(past->sorted, (size_t)n, sizeof(*past->sorted), newest_first);
	return OK;
}

/* Where the revisions of a save begin in `sorted`; -1: unknown. */
static int save_at(const struct past *past, struct id save)
{
	for (int i = 0; i < past->n; i++)
		if (id_equal(past->sorted[i]->save, save)) return i;
	return -1;
}

static bool has_parent(const struct object *object, const struct object *parent)
{
	for (int i = 0; i < object->nparents; i++)
		if (hash_compare(&object->parents[i], &parent->id) == 0) return true;
	return false;
}

/* Does the next older revision of the same part not stand below this one? */
static bool is_alongside(const struct past *past, int at)
{
	const struct object *object = past->sorted[at];
	for (int i = at + 1; i < past->n; i++)
		if (id_equal(past->sorted[i]->compartment, object->compartment))
			return !has_parent(object, past->sorted[i]);
	return false;
}

static enum code read_name(const struct past *past, struct id actor, const char **ret, struct err *err)
{
	if (id_is_zero(actor)) return OK;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(past->db, &rows, err, "SELECT name FROM person WHERE id = $1", actor));
	if (rows_next(&rows)) *ret = arena_strdup(past->a, row_text(&rows, 0));
	return rows_end(&rows, err);
}

/* A field may be for fewer readers now than when it was written. */
static bool is_hidden(const struct past *past, const char *key)
{
	const struct field *field = form_field_ever(past->record->form, key);
	return field && !past->readable[field->audience];
}

/* Keeps the keys in the order of the form's fields; what it has no more comes last. */
static void add_field(const struct form *form, const char **fields, int *n, const char *key)
{
	const struct field *field = form_field(form, key), *other;
	int at = (*n)++;
	for (; at > 0 && field; at--) {
		other = form_field(form, fields[at - 1]);
		if (other && other->position < field->position) break;
		fields[at] = fields[at - 1];
	}
	fields[at] = key;
}

/* The entry of the save that begins at `at`; returns where the next one begins through `end`. */
static enum code read_entry(const struct past *past, int at, struct history_entry *ret, int *end, struct err *err)
{
	const struct object *first = past->sorted[at];
	size_t touched = 0;
	for (*end = at; *end < past->n && id_equal(past->sorted[*end]->save, first->save); (*end)++)
		touched += (size_t)past->sorted[*end]->ntouched;
	const char **fields = arena_array(past->a, const char *, touched + 1);
	*ret = (struct history_entry){ .save = first->save,
		                       .time = object_time(first),
		                       .actor = first->actor,
		                       .fields = fields,
		                       .current = at == 0 };
	TRY(read_name(past, first->actor, &ret->actor_name, err));
	for (int i = at; i < *end; i++) {
		struct object *object = past->sorted[i];
		TRY(object_load_body(past->db, past->a, object, err));
		for (int k = 0; k < object->ntouched; k++)
			if (!is_hidden(past, object->touched[k]))
				add_field(past->record->form, fields, &ret->nfields, object->touched[k]);
		if (object->note) ret->note = object->note;
		ret->erased |= object->state == BODY_ERASED;
		ret->minor |= (object->flags & OBJECT_MINOR) != 0;
		ret->deleted |= (object->flags & OBJECT_DELETED) != 0;
		ret->alongside |= is_alongside(past, i);
	}
	return OK;
}

enum code history_of_object(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                            struct id record, const struct hash *object, struct history_entry *ret, struct err *err)
{
	struct past past;
	int end;
	TRY(past_load(&past, db, a, model, actor, record, err));
	for (int i = 0; i < past.n; i++)
		if (hash_compare(&past.sorted[i]->id, object) == 0)
			return read_entry(&past, save_at(&past, past.sorted[i]->save), ret, &end, err);
	FAIL(err, E_NOT_FOUND, N_("There is no such version."));
}

enum code history_list(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                       struct id record, struct id before, int limit, struct history_entry **ret, int *n,
                       struct err *err)
{
	struct past past;
	struct history_entry *entries = arena_array(a, struct history_entry, (size_t)MAX(limit, 0) + 1), skipped;
	TRY(past_load(&past, db, a, model, actor, record, err));
	int at = 0, count = 0;
	if (!id_is_zero(before)) {
		at = save_at(&past, before);
		if (at < 0) FAIL(err, E_NOT_FOUND, N_("There is no such version."));
		TRY(read_entry(&past, at, &skipped, &at, err));
	}
	while (count < limit && at < past.n) TRY(read_entry(&past, at, &entries[count++], &at, err));
	*ret = entries;
	*n = count;
	return OK;
}

/* The merged state of one part's objects up to a moment. */
static enum code part_then(const struct past *past, enum audience audience, uint64_t hlc, json_t *values,
                           struct err *err)
{
	struct object *objects = arena_array(past->a, struct object, (size_t)past->counts[audience] + 1);
	int n = 0;
	for (int i = 0; i < past->counts[audience]; i++)
		if (past->objects[audience][i].hlc <= hlc) objects[n++] = past->objects[audience][i];
	struct merge *merge = merge_plan(past->a, past->record->form, objects, n, NULL, 0);
	for (int i = 0; i < merge_needs(merge); i++)
		TRY(object_load_body(past->db, past->a, merge_need(merge, i), err));
	struct merged state;
	const char *key;
	json_t *value;
	merge_finish(merge, &state);
	json_object_foreach ((json_t *)state.values, key, value)
		if (!is_hidden(past, key)) json_object_set(values, key, value);
	return OK;
}

static enum code state_then(const struct past *past, struct id save, json_t **ret, struct err *err)
{
	int at = save_at(past, save);
	if (at < 0) FAIL(err, E_NOT_FOUND, N_("There is no such version."));
	json_t *values = json_keep(past->a, json_object());
	for (int i = 0; i < AUDIENCE_COUNT; i++)
		TRY(part_then(past, (enum audience)i, past->sorted[at]->hlc, values, err));
	*ret = values;
	return OK;
}

enum code history_state(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                        struct id record, struct id save, const json_t **ret, struct err *err)
{
	struct past past;
	json_t *values;
	TRY(past_load(&past, db, a, model, actor, record, err));
	TRY(state_then(&past, save, &values, err));
	*ret = values;
	return OK;
}

enum code history_restore(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                          struct id record, struct id save, struct save *result, struct issues *issues, struct err *err)
{
	struct past past;
	json_t *then, *values = json_keep(a, json_object());
	TRY(past_load(&past, tx_db(tx), a, model, actor, record, err));
	TRY(state_then(&past, save, &then, err));
	const struct record *now = past.record;
	struct thing thing = record_thing(now);
	TRY(may(actor, ACTION_RESTORE, &thing, err));
	for (int i = 0; i < now->form->nfields; i++) {
		const struct field *field = &now->form->fields[i];
		json_t *value = json_object_get(then, field->key);
		thing.audience = field->audience;
		if (!allowed(actor, ACTION_EDIT, &thing)) continue;
		if (value) json_object_set(values, field->key, value);
		else json_object_set_new(values, field->key, json_null());
	}
	*result = (struct save){ .actor = actor, .record = record, .values = values, .settles = true };
	return record_save(tx, a, model, result, issues, err);
}

enum code history_contributors(struct db *db, struct arena *a, const struct record *record, const char ***ret, int *n,
                               struct err *err)
{
	enum { CONTRIBUTORS = 50 };
	const char **names = arena_array(a, const char *, CONTRIBUTORS);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT p.name FROM obj o LEFT JOIN person p ON p.id = o.actor WHERE o.actor IS NOT NULL AND "
	             "o.rec = $1 AND o.compartment = $2 AND (o.flags & $4) = 0 "
	             "GROUP BY p.num, p.name ORDER BY MIN(o.hlc) LIMIT $3",
	             record->num, record->space->compartments[AUDIENCE_PUBLIC], (int)CONTRIBUTORS, (int)OBJECT_MINOR));
	for (; found < CONTRIBUTORS && rows_next(&rows); found++)
		names[found] = row_is_null(&rows, 0) ? NULL : arena_strdup(a, row_text(&rows, 0));
	TRY(rows_end(&rows, err));
	*ret = names;
	*n = found;
	return OK;
}

/* ---- Everything's latest saves ---- */

/* One row for each revision that may be read; those of one save follow each other. From the latest on, as long as it takes:
 * CROSS JOIN, or SQLite begins with all the records of a space and sorts what was ever written in them. */
static void recent_sql(struct sql *sql, const struct access *access, const struct model *model,
                       const struct actor *actor, const struct form *form, int64_t before, int limit)
{
	const char *audiences = access->audiences;
	sql_add(sql,
	        "SELECT r.num, r.id, o.hlc, "
	        "CASE WHEN o.depth = 1 AND o.compartment = s.compartment_public THEN 1 ELSE 0 END, p.name, b.data "
	        "FROM obj o CROSS JOIN record r "
	        "JOIN space s ON s.num = r.space LEFT JOIN person p ON p.id = o.actor "
	        "LEFT JOIN body b ON b.id = o.id WHERE r.num = o.rec AND r.state = ? AND r.about IS NULL AND ",
	        (int)STATE_PUBLISHED);
	rights_sql(sql, model, actor, ACTION_READ);
	sql_add(sql,
	        " AND (o.compartment = s.compartment_public AND substr(?, CAST(r.space AS INTEGER), 1) >= '1' "
	        "OR o.compartment = s.compartment_members AND substr(?, CAST(r.space AS INTEGER), 1) >= '2' "
	        "OR o.compartment = s.compartment_facilitators AND substr(?, CAST(r.space AS INTEGER), 1) >= '3')",
	        audiences, audiences, audiences);
	sql_add(sql, " AND (o.flags & ?) = 0", (int)OBJECT_MINOR);
	if (form) sql_add(sql, " AND r.form = ?", form->num);
	if (before) sql_add(sql, " AND o.hlc < ?", before);
	sql_add(sql, " ORDER BY o.hlc DESC, o.depth DESC LIMIT ?", limit * AUDIENCE_COUNT);
}

static const char *note_of(struct arena *a, const char *body)
{
	json_t *json;
	if (*body == '\0' || json_parse(a, body, strlen(body), &json, NULL) != OK) return NULL;
	return json_str(json, "note");
}

enum code history_recent(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                         const struct form *form, int64_t before, int limit, struct recent **ret, int *n,
                         struct err *err)
{
	struct access access;
	struct sql sql;
	struct recent *found = arena_array(a, struct recent, (size_t)MAX(limit, 0) + 1);
	int count = 0;
	access_init(&access, a, model, actor);
	sql_init(&sql, a);
	recent_sql(&sql, &access, model, actor, form, before, limit);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(sql_query(&sql, db, &rows, err));
	while (rows_next(&rows)) {
		int64_t num = row_int(&rows, 0), position = row_int(&rows, 2);
		bool same = count && found[count - 1].num == num && found[count - 1].position == position;
		if (!same && count == limit) break;
		struct recent *recent = &found[same ? count - 1 : count++];
		recent->num = num;
		recent->record = row_id(&rows, 1);
		recent->position = position;
		recent->time = position >> 16;
		if (!row_is_null(&rows, 4)) recent->actor_name = arena_strdup(a, row_text(&rows, 4));
		recent->note = note_of(a, row_text(&rows, 5));
		recent->created |= row_int(&rows, 3) != 0;
	}
	TRY(rows_end(&rows, err));
	*ret = found;
	*n = count;
	return OK;
}

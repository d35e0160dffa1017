/* Taking one save back, on every record it touched. */
#include "base/clock.h"
#include "core/history.h"
#include "core/object_store.h"
#include "core/part_store.h"

enum { RECORDS = 1000 };

struct undoing {
	struct tx *tx;
	struct db *db;
	struct arena *a;
	const struct model *model;
	const struct actor *actor;
	struct id save;
	struct undo *ret;
};

/* The revision that the save wrote in one part; NULL: none. */
static const struct object *find_object(const struct object *objects, int n, struct id save)
{
	for (int i = 0; i < n; i++)
		if (id_equal(objects[i].save, save)) return &objects[i];
	return NULL;
}

static bool same_value(const json_t *a, const json_t *b)
{
	bool no_a = a == NULL || json_is_null(a), no_b = b == NULL || json_is_null(b);
	return no_a || no_b ? no_a == no_b : json_equal(a, b) != 0;
}

/* What the fields held before the revision, for those that still hold what it wrote. */
static enum code take_values_back(struct undoing *x, const struct record *record, enum audience audience,
                                  struct object *object, json_t *values, bool *changed_since, struct err *err)
{
	struct heads heads = { .n = MIN(object->nparents, (int)RECORD_HEADS) };
	struct merged before;
	for (int i = 0; i < heads.n; i++) heads.ids[i] = object->parents[i];
	TRY(part_compute(x->db, x->a, record, audience, &heads, &before, err));
	TRY(object_load_body(x->db, x->a, object, err));
	for (int i = 0; i < object->ntouched; i++) {
		const char *key = object->touched[i];
		json_t *old = json_object_get(before.values, key);
		const json_t *now = json_object_get(record->parts[audience].values, key);
		bool kept = same_value(now, json_object_get(object->set, key));
		if (same_value(now, old)) continue;
		*changed_since |= !kept;
		if (!kept || form_field(record->form, key) == NULL) continue;
		if (old) json_object_set(values, key, old);
		else json_object_set_new(values, key, json_null());
	}
	return OK;
}

static enum record_state state_written(unsigned flags)
{
	if (flags & OBJECT_DELETED) return STATE_TRASH;
	return flags & OBJECT_ARCHIVED ? STATE_ARCHIVED : STATE_PUBLISHED;
}

/* The state that the parents of the revision said. */
static enum code state_before(struct undoing *x, const struct record *record, enum audience audience,
                              const struct object *object, enum record_state *ret, struct err *err)
{
	struct object parent;
	*ret = STATE_PUBLISHED;
	if (object->nparents == 0) return OK;
	TRY(object_find(x->db, x->a, record->num, record->space->compartments[audience], &object->parents[0], &parent, err));
	*ret = state_written(parent.flags);
	return OK;
}

struct record_undo {
	json_t *values;
	enum record_state before, written;
	bool found, changed_since;
};

static enum code read_part(struct undoing *x, const struct record *record, enum audience audience,
                           struct record_undo *u, struct err *err)
{
	struct object *objects;
	int n;
	TRY(object_list(x->db, x->a, record->num, record->space->compartments[audience], &objects, &n, err));
	struct object *object = (struct object *)find_object(objects, n, x->save);
	struct thing thing = { .kind = KIND_RECORD, .space = record->space, .author = record->author,
		               .state = record->state };
	if (object == NULL) return OK;
	bool hers = x->actor->person && id_equal(object->actor, x->actor->id);
	if (!hers && !allowed(x->actor, ACTION_MANAGE, &thing)) return OK;
	u->found = true;
	u->written = state_written(object->flags);
	TRY(state_before(x, record, audience, object, &u->before, err));
	if (object->nparents == 0 && audience == AUDIENCE_PUBLIC) u->changed_since = true; /* made by it: stays */
	else TRY(take_values_back(x, record, audience, object, u->values, &u->changed_since, err));
	return OK;
}

static enum code write_back(struct undoing *x, const struct record *record, const struct record_undo *u,
                            struct err *err)
{
	struct issues issues;
	issues_init(&issues, x->a);
	struct save save = { .actor = x->actor, .record = record->id, .state = STATE_PUBLISHED, .values = u->values,
		             .batch = x->ret->save, .minor = true };
	if (json_object_size(u->values)) TRY(record_save(x->tx, x->a, x->model, &save, &issues, err));
	if (u->before == u->written || record->state != u->written) return OK;
	return record_set_state(x->tx, x->a, x->model, x->actor, record->id, u->before, x->ret->save, err);
}

static enum code read_record(struct undoing *x, int64_t num, struct record **record, struct record_undo *ret,
                             struct err *err)
{
	*ret = (struct record_undo){ .values = json_keep(x->a, json_object()) };
	TRY(record_load_num(x->db, x->a, x->model, &actor_program, num, record, err));
	for (int i = 0; i < AUDIENCE_COUNT; i++) TRY(read_part(x, *record, (enum audience)i, ret, err));
	return OK;
}

/* Leaves what the actor may not write. */
static enum code undo_record(struct undoing *x, int64_t num, bool *any, struct err *err)
{
	struct record *record;
	struct record_undo u;
	TRY(read_record(x, num, &record, &u, err));
	if (!u.found) return OK;
	*any = true;
	struct err why;
	enum code code = write_back(x, record, &u, &why);
	if (code != OK && code != E_INPUT && code != E_FORBIDDEN && code != E_NOT_FOUND) {
		*err = why;
		return code;
	}
	return OK;
}

/* Once all is written: a name that came back has mended the links to it, in texts of others too. */
static enum code count_record(struct undoing *x, int64_t num, struct err *err)
{
	struct record *record;
	struct record_undo u;
	TRY(read_record(x, num, &record, &u, err));
	if (!u.found) return OK;
	bool state_back = u.before == u.written || record->state != u.written;
	bool back = !u.changed_since && json_object_size(u.values) == 0 && state_back;
	x->ret->done += back;
	x->ret->left += !back;
	return OK;
}

/* The latest first: texts whose links were mended, then the record whose new name asked for it. */
static enum code touched_records(struct undoing *x, int64_t nums[RECORDS], int *n, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(x->db, &rows, err, "SELECT rec FROM obj WHERE save = $1 GROUP BY rec ORDER BY MAX(hlc) DESC LIMIT $2",
	             x->save, (int)RECORDS));
	while (*n < RECORDS && rows_next(&rows)) nums[(*n)++] = row_int(&rows, 0);
	return rows_end(&rows, err);
}

enum code history_undo(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                       struct id save, struct undo *ret, struct err *err)
{
	struct undo undo = { .save = id_new() };
	struct undoing x = { tx, tx_db(tx), a, model, actor, save, &undo };
	int64_t nums[RECORDS];
	int n = 0;
	bool any = false;
	TRY(touched_records(&x, nums, &n, err));
	for (int i = 0; i < n; i++) TRY(undo_record(&x, nums[i], &any, err));
	for (int i = 0; i < n; i++) TRY(count_record(&x, nums[i], err));
	if (!any) FAIL(err, E_NOT_FOUND, N_("There is nothing here that you could take back."));
	*ret = undo;
	return OK;
}

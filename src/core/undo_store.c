/* Taking saves back: one save on every record it touched, or all that a person did for a while. */
#include "base/clock.h"
#include "core/history.h"
#include "core/measure.h"
#include "core/object_store.h"
#include "core/part_store.h"

enum { RECORDS = 1000 };

struct undoing {
	struct tx *tx; /* NULL: only looked at */
	struct db *db;
	struct arena *a;
	const struct model *model;
	const struct actor *actor;
	struct id save;            /* the one to take back; zero: those of … */
	const struct spree *spree; /* … NULL: of one save */
	struct undo *ret;
	bool whole;    /* what the save made goes, if nothing was written in it since */
	int from, max; /* of the records that the save touched; max 0: all, RECORDS at most */
};

static bool same_value(const json_t *a, const json_t *b)
{
	bool no_a = a == NULL || json_is_null(a), no_b = b == NULL || json_is_null(b);
	return no_a || no_b ? no_a == no_b : json_equal(a, b) != 0;
}

struct record_undo {
	json_t *values;
	json_t *changed; /* keys that somebody changed since */
	enum record_state before, written;
	bool found, changed_since;
	bool made, others; /* the record begins with it; somebody else wrote in it */
	int64_t last;
};

/* What the fields held before the revision, for those that still hold what it wrote: as far as what was taken
 * back of later ones (in `values`) has brought them. */
static enum code take_values_back(struct undoing *x, const struct record *record, enum audience audience,
                                  struct object *object, struct record_undo *u, struct err *err)
{
	struct heads heads = { .n = MIN(object->nparents, (int)RECORD_HEADS) };
	struct merged before;
	for (int i = 0; i < heads.n; i++) heads.ids[i] = object->parents[i];
	TRY(part_compute(x->db, x->a, record, audience, &heads, &before, err));
	TRY(object_load_body(x->db, x->a, object, err));
	for (int i = 0; i < object->ntouched; i++) {
		const char *key = object->touched[i];
		json_t *old = json_object_get(before.values, key);
		const json_t *now = json_object_get(u->values, key);
		if (now == NULL) now = json_object_get(record->parts[audience].values, key);
		bool kept = same_value(now, json_object_get(object->set, key));
		if (same_value(now, old)) {
			json_object_del(u->changed, key); /* all of it is back, however it came there */
			continue;
		}
		if (!kept) json_object_set_new(u->changed, key, json_true());
		if (!kept || form_field(record->form, key) == NULL) continue;
		if (old) json_object_set(u->values, key, old);
		else json_object_set_new(u->values, key, json_null());
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
	TRY(object_find(x->db, x->a, record->num, record->space->compartments[audience], &object->parents[0], &parent,
	                err));
	*ret = state_written(parent.flags);
	return OK;
}

static bool is_taken(const struct undoing *x, const struct object *object)
{
	if (x->spree == NULL) return id_equal(object->save, x->save);
	return id_equal(object->actor, x->spree->person) && object_time(object) >= x->spree->since;
}

static bool may_take(const struct undoing *x, const struct record *record, const struct object *object)
{
	struct thing thing = record_thing(record);
	bool hers = x->spree == NULL && x->actor->person && id_equal(object->actor, x->actor->id);
	return hers || allowed(x->actor, ACTION_MANAGE, &thing);
}

/* One revision; later ones were read before it. */
static enum code read_object(struct undoing *x, const struct record *record, enum audience audience,
                             struct object *object, bool *later, struct record_undo *u, struct err *err)
{
	u->found = true;
	u->last = MAX(u->last, object_time(object));
	if (!*later) u->written = state_written(object->flags);
	*later = true;
	TRY(state_before(x, record, audience, object, &u->before, err));
	if (object->nparents > 0 || audience != AUDIENCE_PUBLIC)
		return take_values_back(x, record, audience, object, u, err);
	if (x->spree || x->whole) u->made = true;
	else u->changed_since = true; /* made by it: stays */
	return OK;
}

static int latest_first(const void *a, const void *b)
{
	return object_compare(b, a);
}

static enum code read_part(struct undoing *x, const struct record *record, enum audience audience,
                           struct record_undo *u, struct err *err)
{
	struct object *objects;
	int n;
	bool later = false;
	TRY(object_list(x->db, x->a, record->num, record->space->compartments[audience], &objects, &n, err));
	qsort(objects, (size_t)n, sizeof(*objects), latest_first);
	for (int i = 0; i < n; i++) {
		if (!is_taken(x, &objects[i]))
			u->others |= x->whole || (x->spree && !id_equal(objects[i].actor, x->spree->person));
		else if (may_take(x, record, &objects[i]))
			TRY(read_object(x, record, audience, &objects[i], &later, u, err));
	}
	return OK;
}

static enum code write_back(struct undoing *x, const struct record *record, const struct record_undo *u,
                            struct err *err)
{
	struct issues issues;
	issues_init(&issues, x->a);
	struct save save = { .actor = x->actor,
		             .record = record->id,
		             .state = STATE_PUBLISHED,
		             .values = u->values,
		             .batch = x->ret->save,
		             .minor = true };
	if (json_object_size(u->values)) TRY(record_save(x->tx, x->a, x->model, &save, &issues, err));
	if (u->before == u->written || record->state != u->written) return OK;
	return record_set_state(x->tx, x->a, x->model, x->actor, record->id, u->before, x->ret->save, err);
}

/* A page that a spree made goes, as a whole; if somebody else wrote in it, it stays as it is. */
static void settle_made(const struct record *record, struct record_undo *u)
{
	if (!u->made) return;
	json_object_clear(u->values);
	u->changed_since = u->others && record->state != STATE_TRASH;
	u->before = u->written = record->state;
	if (!u->others && record->state != STATE_DRAFT) u->before = STATE_TRASH; /* others do not see drafts */
}

static enum code read_record(struct undoing *x, int64_t num, struct record **record, struct record_undo *ret,
                             struct err *err)
{
	*ret = (struct record_undo){ .values = json_keep(x->a, json_object()),
		                     .changed = json_keep(x->a, json_object()) };
	TRY(record_load_num(x->db, x->a, x->model, &actor_program, num, record, err));
	for (int i = 0; i < AUDIENCE_COUNT; i++) TRY(read_part(x, *record, (enum audience)i, ret, err));
	ret->changed_since |= json_object_size(ret->changed) > 0;
	settle_made(*record, ret);
	return OK;
}

static bool state_stays(const struct record *record, const struct record_undo *u)
{
	return u->before == u->written || record->state != u->written;
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
	bool back = !u.changed_since && json_object_size(u.values) == 0 && state_stays(record, &u);
	x->ret->done += back;
	x->ret->left += !back;
	return OK;
}

/* The latest first: texts whose links were mended, then the record whose new name asked for it. */
static enum code touched_records(struct undoing *x, int64_t nums[RECORDS], int *n, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	if (x->spree)
		TRY(db_query(x->db, &rows, err,
		             "SELECT rec FROM obj WHERE hlc >= $1 AND actor = $2 GROUP BY rec ORDER BY MAX(hlc) "
		             "DESC LIMIT $3",
		             x->spree->since << 16, x->spree->person, (int)RECORDS));
	else
		TRY(db_query(x->db, &rows, err,
		             "SELECT rec FROM obj WHERE save = $1 GROUP BY rec ORDER BY MAX(hlc) DESC LIMIT $2 "
		             "OFFSET $3",
		             x->save, x->max ? x->max : (int)RECORDS, x->from));
	while (*n < RECORDS && rows_next(&rows)) nums[(*n)++] = row_int(&rows, 0);
	return rows_end(&rows, err);
}

static enum code undo_all(struct undoing *x, struct err *err)
{
	int64_t nums[RECORDS];
	int n = 0;
	bool any = false;
	TRY(touched_records(x, nums, &n, err));
	for (int i = 0; i < n; i++) TRY(undo_record(x, nums[i], &any, err));
	for (int i = 0; i < n; i++) TRY(count_record(x, nums[i], err));
	if (!any) FAIL(err, E_NOT_FOUND, N_("There is nothing here that you could take back."));
	return OK;
}

enum code history_undo(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                       struct id save, struct undo *ret, struct err *err)
{
	struct undo undo = { .save = id_new() };
	struct undoing x = { tx, tx_db(tx), a, model, actor, save, NULL, &undo, false, 0, 0 };
	TRY(undo_all(&x, err));
	TRY(measure_undone(tx, save, err));
	*ret = undo;
	return OK;
}

enum code history_undo_whole(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                             struct id save, struct undo *ret, struct err *err)
{
	struct undo undo = { .save = id_new() };
	struct undoing x = { tx, tx_db(tx), a, model, actor, save, NULL, &undo, true, 0, 0 };
	TRY(undo_all(&x, err));
	*ret = undo;
	return OK;
}

enum code history_touched(struct db *db, struct id save, int *ret, struct err *err)
{
	int64_t n;
	TRY(db_int(db, &n, 0, err, "SELECT COUNT(DISTINCT rec) FROM obj WHERE save = $1", save));
	*ret = (int)n;
	return OK;
}

enum code history_undo_some(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                            struct id save, int from, int max, struct undo *ret, struct err *err)
{
	struct undoing x = { tx, tx_db(tx), a, model, actor, save, NULL, ret, true, from, MIN(max, (int)RECORDS) };
	return undo_all(&x, err);
}

enum code history_undo_one(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                           struct id save, int64_t record, struct undo *ret, struct err *err)
{
	struct undoing x = { tx, tx_db(tx), a, model, actor, save, NULL, ret, true, 0, 0 };
	bool any = false;
	TRY(undo_record(&x, record, &any, err));
	return count_record(&x, record, err);
}

enum code history_spree_undo(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                             const struct spree *spree, struct undo *ret, struct err *err)
{
	struct undo undo = { .save = id_new() };
	struct undoing x = { tx, tx_db(tx), a, model, actor, { 0 }, spree, &undo, false, 0, 0 };
	TRY(undo_all(&x, err));
	*ret = undo;
	return OK;
}

enum code history_spree_list(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                             const struct spree *spree, struct spree_item **ret, int *n, struct err *err)
{
	struct undoing x = { NULL, db, a, model, actor, { 0 }, spree, NULL, false, 0, 0 };
	struct spree_item *items = arena_array(a, struct spree_item, RECORDS);
	int64_t nums[RECORDS];
	int touched = 0, found = 0;
	TRY(touched_records(&x, nums, &touched, err));
	for (int i = 0; i < touched; i++) {
		struct record *record;
		struct record_undo u;
		TRY(read_record(&x, nums[i], &record, &u, err));
		if (!u.found || (json_object_size(u.values) == 0 && state_stays(record, &u) && !u.changed_since))
			continue;
		items[found++] = (struct spree_item){ record, u.made, u.changed_since, u.last };
	}
	*ret = items;
	*n = found;
	return OK;
}

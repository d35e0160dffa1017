/* Parts made again from objects, and everything indexed from parts. */
#include <string.h>

#include "core/file_ref.h"
#include "core/index.h"
#include "core/part_store.h"

enum { BATCH = 200 /* records made again before others may write */ };

struct rebuilding {
	struct tx *tx;
	struct db *db;
	const struct model *model;
	int64_t records, differences;
};

static bool same_json(const json_t *a, const json_t *b)
{
	return a && b ? json_equal(a, b) != 0 : a == b;
}

static bool same_state(const struct part *part, const struct merged *state)
{
	struct heads heads = { .n = MIN(state->nheads, (int)RECORD_HEADS) };
	memcpy(heads.ids, state->heads, (size_t)heads.n * HASH_SIZE);
	return part->present && heads_equal(&part->heads, &heads) && same_json(part->values, state->values) &&
	       same_json(part->conflict, state->conflict);
}

/* The state that the parts say: in the trash or archived when all of them are. */
static enum record_state state_of(int parts, int deleted, int archived)
{
	if (parts && deleted == parts) return STATE_TRASH;
	return parts && archived == parts ? STATE_ARCHIVED : STATE_PUBLISHED;
}

static enum code rebuild_parts(struct rebuilding *x, struct arena *a, const struct record *record, bool *differs,
                               struct err *err)
{
	int parts = 0, deleted = 0, archived = 0;
	int64_t changed = record->created;
	for (int i = 0; i < AUDIENCE_COUNT; i++) {
		struct merged state;
		TRY(part_compute(x->db, a, record, (enum audience)i, NULL, &state, err));
		if (state.nheads == 0) {
			*differs |= record->parts[i].present;
			TRY(db_run(x->db, err, "DELETE FROM part WHERE record = $1 AND audience = $2", record->num, i));
			continue;
		}
		parts++;
		deleted += state.state == PART_DELETED;
		archived += state.state == PART_ARCHIVED;
		changed = MAX(changed, state.changed);
		if (same_state(&record->parts[i], &state)) continue;
		*differs = true;
		TRY(part_write(x->tx, a, record->num, (enum audience)i, &state, err));
	}
	enum record_state state = state_of(parts, deleted, archived);
	if (state == record->state && changed == record->changed) return OK;
	*differs = true;
	return db_run(x->db, err, "UPDATE record SET state = $1, changed = $2 WHERE num = $3", (int)state, changed,
	              record->num);
}

static enum code rebuild_one(struct rebuilding *x, struct arena *a, int64_t num, struct err *err)
{
	struct record *record;
	bool differs = false;
	TRY(record_load_num(x->db, a, x->model, &actor_program, num, &record, err));
	if (record->state == STATE_DRAFT) return OK; /* no revisions yet: its parts are all there is */
	TRY(rebuild_parts(x, a, record, &differs, err));
	if (differs) TRY(record_load_num(x->db, a, x->model, &actor_program, num, &record, err));
	TRY(index_record(x->tx, a, x->model, record, err));
	TRY(file_refs_rebuild(x->tx, a, record, err));
	x->differences += differs;
	return OK;
}

/* Numbers after `after`, at most BATCH, of a form (0: any). */
static enum code next_nums(struct rebuilding *x, int64_t form, int64_t after, int64_t nums[BATCH], int *n,
                           struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(x->db, &rows, err,
	             "SELECT num FROM record WHERE num > $1 AND $2 IN (0, form) ORDER BY num LIMIT $3", after, form,
	             (int)BATCH));
	*n = 0;
	while (*n < BATCH && rows_next(&rows)) nums[(*n)++] = row_int(&rows, 0);
	return rows_end(&rows, err);
}

/* *after as for record_rebuild_some. */
static enum code rebuild_some(struct rebuilding *x, struct arena *a, int64_t form, int64_t *after, struct err *err)
{
	int64_t nums[BATCH];
	int n;
	TRY(next_nums(x, form, *after, nums, &n, err));
	for (int i = 0; i < n; i++) {
		enum code code = rebuild_one(x, a, nums[i], err);
		if (code != E_NOT_FOUND) TRY(code); /* its form was taken away: it waits as it is */
		x->records++;
		arena_reset(a);
	}
	*after = n == BATCH ? nums[n - 1] : 0;
	return OK;
}

enum code record_rebuild_some(struct tx *tx, const struct model *model, int64_t form, int64_t *after,
                              struct rebuilt *ret, struct err *err)
{
	struct rebuilding x = { .tx = tx, .db = tx_db(tx), .model = model };
	struct arena each;
	arena_init(&each);
	enum code code = rebuild_some(&x, &each, form, after, err);
	arena_release(&each);
	tx_public(tx);
	if (code == OK && ret) {
		ret->records += x.records;
		ret->differences += x.differences;
	}
	return code;
}

enum code record_count(struct db *db, int64_t *ret, struct err *err)
{
	return db_int(db, ret, 0, err, "SELECT COUNT(*) FROM record");
}

enum code record_rebuild(struct tx *tx, const struct model *model, int64_t num, bool *differs, struct err *err)
{
	struct rebuilding x = { .tx = tx, .db = tx_db(tx), .model = model };
	struct arena a;
	arena_init(&a);
	enum code code = rebuild_one(&x, &a, num, err);
	arena_release(&a);
	if (code == OK && x.differences) tx_public(tx);
	if (code == OK && differs) *differs = x.differences > 0;
	return code;
}

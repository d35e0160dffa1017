#include "core/part_store.h"

#include <string.h>

#include "core/object_store.h"

static bool all_known(const struct heads *heads, const struct object *objects, int n)
{
	for (int i = 0; i < heads->n; i++) {
		bool found = false;
		for (int j = 0; j < n && !found; j++) found = hash_compare(&heads->ids[i], &objects[j].id) == 0;
		if (!found) return false;
	}
	return true;
}

enum code part_compute(struct db *db, struct arena *a, const struct record *record, enum audience audience,
                       const struct heads *heads, struct merged *ret, struct err *err)
{
	struct object *objects;
	int n;
	TRY(object_list(db, a, record->num, record->space->compartments[audience], &objects, &n, err));
	if (heads && !all_known(heads, objects, n))
		FAIL(err, E_INPUT, N_("This form is too old. Open the page again; copy what you typed first."));
	struct merge *merge = merge_plan(a, record->form, objects, n, heads ? heads->ids : NULL, heads ? heads->n : 0);
	for (int i = 0; i < merge_needs(merge); i++) TRY(object_load_body(db, a, merge_need(merge, i), err));
	merge_finish(merge, ret);
	return OK;
}

enum code part_read(struct arena *a, struct blob heads, const char *content, const char *conflict, struct part *ret,
                    struct err *err)
{
	struct part part = { .present = true };
	json_t *values, *versions = NULL;
	TRY(json_parse(a, content, strlen(content), &values, err));
	if (*conflict) TRY(json_parse(a, conflict, strlen(conflict), &versions, err));
	part.values = values;
	part.conflict = versions;
	part.heads.n = (int)MIN(heads.len / HASH_SIZE, (size_t)RECORD_HEADS);
	memcpy(part.heads.ids, heads.ptr, (size_t)part.heads.n * HASH_SIZE);
	*ret = part;
	return OK;
}

enum code part_write(struct tx *tx, struct arena *a, int64_t record, enum audience audience, const struct merged *state,
                     struct err *err)
{
	struct blob heads = { state->nheads ? (const void *)state->heads : "",
		              (size_t)MIN(state->nheads, (int)RECORD_HEADS) * HASH_SIZE };
	return db_run(tx_db(tx), err,
	              "INSERT INTO part (record, audience, heads, content, conflict) VALUES ($1, $2, $3, $4, $5) "
	              "ON CONFLICT (record, audience) DO UPDATE SET heads = excluded.heads, "
	              "content = excluded.content, conflict = excluded.conflict",
	              record, (int)audience, heads, json_text(a, state->values),
	              state->conflict ? json_text(a, state->conflict) : NULL);
}

struct merged part_merged(const struct part *part)
{
	return (struct merged){
		.heads = part->heads.ids, .nheads = part->heads.n, .values = part->values, .conflict = part->conflict
	};
}

static bool holds(const struct heads *heads, const struct hash *id)
{
	for (int i = 0; i < heads->n; i++)
		if (hash_compare(&heads->ids[i], id) == 0) return true;
	return false;
}

bool heads_equal(const struct heads *a, const struct heads *b)
{
	if (a->n != b->n) return false;
	for (int i = 0; i < a->n; i++)
		if (!holds(b, &a->ids[i])) return false;
	return true;
}

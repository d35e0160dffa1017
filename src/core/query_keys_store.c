#include "core/plan.h"

/* Room for `n` more; what is there already moves along. */
static struct query_key *grown(struct arena *a, const struct query_key *keys, int n, int *room)
{
	*room = *room ? *room * 2 : 256;
	struct query_key *bigger = arena_array(a, struct query_key, (size_t)*room);
	for (int i = 0; i < n; i++) bigger[i] = keys[i];
	return bigger;
}

enum code query_keys(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                     const struct query *query, const struct field *field, struct query_key **ret, int *n,
                     struct err *err)
{
	struct plan *plan = arena_new(a, struct plan);
	struct query_key *keys = NULL;
	int found = 0, room = 0;
	struct sql sql;
	TRY(plan_make(plan, db, a, model, actor, query, err));
	sql_init(&sql, a);
	sql_add(&sql, "WITH m AS MATERIALIZED (SELECT r.num, r.space ");
	plan_add_matches(plan, &sql, NULL);
	sql_add(&sql,
	        " LIMIT ?) SELECT DISTINCT v.num, v.key FROM m r CROSS JOIN field_value v WHERE v.num = r.num "
	        "AND v.field = ? AND v.key <> '' AND substr(v.key, 1, 1) <> ? AND " READABLE(
	                "v") " ORDER BY v.num, v.key",
	        (int)QUERY_COUNT_MAX, field->num, MOMENT_MARK, plan->access.audiences);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(sql_query(&sql, db, &rows, err));
	while (rows_next(&rows)) {
		if (found == room) keys = grown(a, keys, found, &room);
		keys[found++] = (struct query_key){ row_int(&rows, 0), arena_strdup(a, row_text(&rows, 1)) };
	}
	TRY(rows_end(&rows, err));
	*ret = keys;
	*n = found;
	return OK;
}

#include "core/facet_set.h"

#include <string.h>

#include "core/posting.h"

static enum code all_public(const struct plan *plan, const struct field *field, bool *ret, struct err *err)
{
	int64_t audience;
	TRY(db_int(plan->db, &audience, 0, err, "SELECT COALESCE(MAX(audience), 0) FROM value_count WHERE field = $1",
	           field->num));
	*ret = audience == AUDIENCE_PUBLIC;
	return OK;
}

enum code facet_set_rows(const struct plan *plan, const struct field *field, int64_t *ret, struct err *err)
{
	enum { COUNTS_MAX = 1000 }; /* a key has one for each space and audience */
	bool public;
	*ret = INT64_MAX;
	TRY(all_public(plan, field, &public, err));
	if (!public) return OK;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(plan->db, &rows, err,
	             "SELECT COUNT(*), COUNT(DISTINCT x.key) FROM (SELECT v.key FROM value_count v WHERE v.field = $1 "
	             "LIMIT $2) x",
	             field->num, (int)COUNTS_MAX + 1));
	if (rows_next(&rows) && row_int(&rows, 0) <= COUNTS_MAX)
		*ret = row_int(&rows, 1) * (int64_t)(plan->sets.len / POSTING_BITMAP);
	return rows_end(&rows, err);
}

/* Times that are true now count as one: those of a record do not overlap. */
static void take_count(const struct plan *plan, struct tally *t, const char *key, int64_t count)
{
	bool now = *key == *MOMENT_MARK;
	if (count == 0 || *key == '\0' || (now && !moment_holds(&plan->moment, key))) return;
	if (now) tally_value(plan->a, t, KEY_NOW, 0)->count += count;
	else tally_value(plan->a, t, key, 0)->count = count;
}

/* Rows of keys and chunks, sorted. */
static enum code count_rows(const struct plan *plan, struct sql *sql, struct tally *t, struct err *err)
{
	const struct plan_sets *sets = &plan->sets;
	const char *key = "";
	int64_t count = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(sql_query(sql, plan->db, &rows, err));
	while (rows_next(&rows)) {
		size_t at = (size_t)row_int(&rows, 1) * POSTING_BITMAP;
		if (strcmp(row_text(&rows, 0), key) != 0) {
			take_count(plan, t, key, count);
			key = arena_strdup(plan->a, row_text(&rows, 0));
			count = 0;
		}
		if (at < sets->len) count += posting_common(row_blob(&rows, 2), sets->crossed + at);
	}
	take_count(plan, t, key, count);
	return rows_end(&rows, err);
}

enum code facet_set_count(const struct plan *plan, struct tally *t, struct err *err)
{
	struct sql sql;
	sql_init(&sql, plan->a);
	sql_add(&sql, "SELECT v.key, v.chunk, v.nums FROM posting v WHERE v.field = ? ORDER BY v.key, v.chunk",
	        t->field->num);
	return count_rows(plan, &sql, t, err);
}

enum code facet_set_count_listed(const struct plan *plan, struct tally *t, bool *counted, struct err *err)
{
	struct tally listed = *t;
	struct sql sql;
	TRY(all_public(plan, t->field, counted, err));
	if (!*counted || listed.n == 0) return OK;
	sql_init(&sql, plan->a);
	sql_add(&sql, "SELECT v.key, v.chunk, v.nums FROM posting v WHERE v.field = ? AND v.key IN (?", t->field->num,
	        listed.values[0].key);
	for (int i = 1; i < listed.n; i++) sql_add(&sql, ", ?", listed.values[i].key);
	sql_add(&sql, ") ORDER BY v.key, v.chunk");
	tally_clear(t);
	return count_rows(plan, &sql, t, err);
}

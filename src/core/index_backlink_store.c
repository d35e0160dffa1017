#include "base/text.h"
#include "core/index.h"
#include "core/plan.h"

enum { BACKLINKS_MAX = 500 };

enum code index_backlinks(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                          const struct record *target, int limit, struct backlink **ret, int *n, struct err *err)
{
	struct access access;
	access_init(&access, a, model, actor);
	limit = MIN(MAX(limit, 0), (int)BACKLINKS_MAX);
	struct sql sql;
	sql_init(&sql, a);
	/* By id from anywhere; by address, present or former, or by title, from the same space. Titles are
	 * kept as the address they would make: another record that has it is the one that is meant. */
	sql_add(&sql,
	        "SELECT r.num, l.kind FROM (SELECT source, audience, kind FROM link WHERE target_id = ? "
	        "UNION SELECT k.source, k.audience, k.kind FROM link k CROSS JOIN record s "
	        "WHERE s.num = k.source AND s.space = ? AND (k.target_slug = ? OR k.target_slug IN "
	        "(SELECT f.slug FROM record_slug f WHERE f.record = ?) OR (k.target_slug = ? AND NOT EXISTS "
	        "(SELECT 1 FROM record o WHERE o.space = s.space AND o.slug = k.target_slug)))) l "
	        "CROSS JOIN record r WHERE r.num = l.source AND r.num <> ? AND r.state = ? AND r.about IS NULL "
	        "AND ",
	        target->id, target->space->num, target->slug, target->num, text_slug(a, target->title, RECORD_SLUG_MAX),
	        target->num, (int)STATE_PUBLISHED);
	rights_sql(&sql, model, actor, ACTION_READ);
	sql_add(&sql, " AND " READABLE("l") " GROUP BY r.num, l.kind ORDER BY r.num DESC, l.kind LIMIT ?",
	        access.audiences, limit);
	struct backlink *found = arena_array(a, struct backlink, (size_t)limit + 1);
	int count = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(sql_query(&sql, db, &rows, err));
	while (count < limit && rows_next(&rows))
		found[count++] = (struct backlink){ row_int(&rows, 0), arena_strdup(a, row_text(&rows, 1)) };
	TRY(rows_end(&rows, err));
	*ret = found;
	*n = count;
	return OK;
}

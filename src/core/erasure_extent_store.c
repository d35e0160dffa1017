/* What goes with a page that is erased. */
#include "core/erasure.h"
#include "core/follow.h"
#include "core/index.h"

struct counting {
	int64_t *ret;
	const char *sql;
};

static enum code find_copy(struct db *db, const struct record *record, struct id *ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT c.id FROM shareable s JOIN record c ON c.num = s.copy WHERE s.record = $1",
	             record->num));
	if (rows_next(&rows)) *ret = row_id(&rows, 0);
	return rows_end(&rows, err);
}

static enum code count_links(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                             const struct record *record, int64_t *ret, struct err *err)
{
	enum { MOST = 500 };
	struct backlink *links;
	int n;
	TRY(index_backlinks(db, a, model, actor, record, MOST, &links, &n, err));
	for (int i = 0; i < n; i++) *ret += i == 0 || links[i].num != links[i - 1].num;
	return OK;
}

enum code erasure_weigh(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                        const struct record *record, struct erasure_extent *ret, struct err *err)
{
	struct erasure_extent all = { 0 };
	int64_t contested;
	const struct counting counts[] = {
		{ &all.versions, "SELECT COUNT(DISTINCT save) FROM obj WHERE rec = $1" },
		{ &all.people, "SELECT COUNT(DISTINCT actor) FROM obj WHERE rec = $1" },
		{ &all.comments, "SELECT COUNT(*) FROM record WHERE about = $1" },
		{ &all.files,
		  "SELECT COUNT(DISTINCT file) FROM file_ref f WHERE record = $1 AND NOT EXISTS (SELECT 1 FROM file_ref o "
		  "WHERE o.file = f.file AND o.record <> $1)" },
		{ &all.thanks, "SELECT COUNT(*) FROM thanks WHERE record = $1" },
		{ &all.reports, "SELECT COUNT(*) FROM report WHERE record = $1" },
		{ &all.answers,
		  "SELECT (SELECT COUNT(DISTINCT person) FROM slot_answer WHERE record = $1) + (SELECT COUNT(*) FROM signup "
		  "WHERE record = $1 AND state <= 1)" },
		{ &contested, "SELECT COUNT(*) FROM measure WHERE record = $1 AND appealed > 0 AND answered IS NULL" },
	};
	for (size_t i = 0; i < COUNT(counts); i++) {
		const struct value num = value_int(record->num);
		TRY(db_int_values(db, counts[i].ret, 0, err, counts[i].sql, &num, 1));
	}
	TRY(db_int(db, &all.followers, 0, err, "SELECT COUNT(*) FROM follow WHERE kind = $1 AND target = $2",
	           (int)FOLLOW_RECORD, record->num));
	TRY(count_links(db, a, model, actor, record, &all.links, err));
	TRY(find_copy(db, record, &all.copy, err));
	all.contested = contested > 0;
	*ret = all;
	return OK;
}

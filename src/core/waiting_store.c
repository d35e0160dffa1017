#include "core/letter.h"
#include "core/measure.h"
#include "core/person.h"
#include "core/report.h"
#include "core/waiting.h"
#include "store/job.h"

static enum code count_proposals(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                                 int *ret, struct err *err)
{
	struct sql sql;
	int64_t n = 0;
	sql_init(&sql, a);
	sql_add(&sql, "SELECT COUNT(*) FROM proposal p JOIN record r ON r.num = p.record WHERE p.refused IS NULL AND ");
	rights_sql(&sql, model, actor, ACTION_MANAGE);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(sql_query(&sql, db, &rows, err));
	if (rows_next(&rows)) n = row_int(&rows, 0);
	*ret = (int)n;
	return rows_end(&rows, err);
}

/* To belong to a space. */
static enum code count_requests(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                                int *ret, struct err *err)
{
	int64_t n;
	TRY(db_int(db, &n, 0, err,
	           "SELECT COUNT(*) FROM join_request WHERE refused IS NULL AND substr($1, CAST(space AS "
	           "INTEGER), 1) = '1'",
	           spaces_managed(a, model, actor)));
	*ret = (int)n;
	return OK;
}

static enum code count_for_administrators(struct db *db, struct waiting *w, struct err *err)
{
	int64_t accounts, jobs;
	TRY(db_int(db, &accounts, 0, err, "SELECT COUNT(*) FROM person WHERE state = $1", (int)PERSON_WAITING));
	TRY(db_int(db, &jobs, 0, err, "SELECT COUNT(*) FROM job WHERE state = $1", (int)JOB_DEAD));
	w->accounts = (int)accounts;
	w->jobs = (int)jobs;
	return letter_count_failed(db, &w->letters, err);
}

enum code waiting_count(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                        struct waiting *ret, struct err *err)
{
	struct waiting w = { 0 };
	struct measure *appeals;
	*ret = w;
	if (may_somewhere(actor, ACTION_MANAGE, KIND_RECORD, model, NULL) != OK) return OK;
	TRY(report_count(db, a, model, actor, &w.reports, err));
	TRY(measure_appeals(db, a, model, actor, &appeals, &w.appeals, err));
	TRY(count_proposals(db, a, model, actor, &w.proposals, err));
	TRY(count_requests(db, a, model, actor, &w.requests, err));
	if (allowed(actor, ACTION_ADMINISTER, &(struct thing){ .kind = KIND_SITE }))
		TRY(count_for_administrators(db, &w, err));
	*ret = w;
	return OK;
}

int waiting_total(const struct waiting *w)
{
	return w->reports + w->appeals + w->proposals + w->requests + w->accounts + w->letters + w->jobs;
}

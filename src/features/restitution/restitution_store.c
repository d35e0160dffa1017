#include "features/restitution/restitution.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "features/restitution/figure.h"
#include "store/sql.h"

static const char *const states[RESTITUTION_STATES] = {
	[RESTITUTION_DRAFT] = N_("draft"),
	[RESTITUTION_OPEN] = N_("open to comments"),
	[RESTITUTION_FINAL] = N_("final"),
};

static const char *const remark_states[REMARK_STATES] = {
	[REMARK_NEW] = N_("not answered yet"),
	[REMARK_TAKEN] = N_("taken into account"),
	[REMARK_ANSWERED] = N_("answered"),
	[REMARK_HIDDEN] = N_("hidden"),
};

const char *restitution_state_words(enum restitution_state state)
{
	return states[state];
}

const char *remark_state_words(enum remark_state state)
{
	return remark_states[state];
}

/* ---- Reports ---- */

#define RESTITUTION_SELECT \
	"SELECT record, form, state, closes, members, synthesis, created, opened, finished FROM restitution "

static struct restitution read_one(const struct rows *rows, struct arena *a, const struct model *model)
{
	int64_t state = row_int(rows, 2);
	return (struct restitution){ .record = row_int(rows, 0),
		                     .form = model_form_by_num(model, row_int(rows, 1)),
		                     .state = state >= 0 && state < RESTITUTION_STATES ? (enum restitution_state)state
		                                                                       : RESTITUTION_DRAFT,
		                     .closes = arena_strdup(a, row_text(rows, 3)),
		                     .members = row_int(rows, 4) != 0,
		                     .synthesis = arena_strdup(a, row_text(rows, 5)),
		                     .created = row_int(rows, 6),
		                     .opened = row_int(rows, 7),
		                     .finished = row_int(rows, 8) };
}

enum code restitution_load(struct db *db, struct arena *a, const struct model *model, int64_t record,
                           struct restitution *ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	struct restitution report;
	TRY(db_query(db, &rows, err, RESTITUTION_SELECT "WHERE record = $1", record));
	bool found = rows_next(&rows);
	if (found) report = read_one(&rows, a, model);
	TRY(rows_end(&rows, err));
	if (!found) FAIL(err, E_NOT_FOUND, N_("There is no report at this address."));
	*ret = report;
	return OK;
}

enum code restitution_list(struct db *db, struct arena *a, const struct model *model, int64_t form,
                           struct restitution **ret, int *n, struct err *err)
{
	struct restitution *all = arena_array(a, struct restitution, REPORTS_SHOWN + 1);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             RESTITUTION_SELECT "WHERE form = $1 OR $1 = 0 ORDER BY created DESC, record DESC LIMIT $2", form,
	             (int)REPORTS_SHOWN));
	while (found < REPORTS_SHOWN && rows_next(&rows)) all[found++] = read_one(&rows, a, model);
	*ret = all;
	*n = found;
	return rows_end(&rows, err);
}

enum code restitution_add(struct tx *tx, int64_t record, const struct form *form, struct err *err)
{
	return db_run(
	        tx_db(tx), err,
	        "INSERT INTO restitution (record, form, state, closes, members, synthesis, created, opened, finished) "
	        "VALUES ($1, $2, 0, '', 0, '[]', $3, 0, 0)",
	        record, form->num, clock_now());
}

enum code restitution_set(struct tx *tx, const struct restitution *report, struct err *err)
{
	tx_public(tx);
	return db_run(
	        tx_db(tx), err,
	        "UPDATE restitution SET state = $1, closes = $2, members = $3, synthesis = $4, opened = $5, finished = $6 "
	        "WHERE record = $7",
	        (int)report->state, report->closes, (int)report->members, report->synthesis, report->opened,
	        report->finished, report->record);
}

/* ---- Figures ---- */

enum code restitution_figure_keep(struct tx *tx, struct arena *a, struct id id, int64_t record, const json_t *body,
                                  struct err *err)
{
	const char *text = json_text(a, body);
	if (strlen(text) > FROZEN_MAX) FAIL(err, E_LIMIT, N_("These figures are too large to be kept."));
	return db_run(tx_db(tx), err, "INSERT INTO restitution_figure (id, record, at, body) VALUES ($1, $2, $3, $4)",
	              id, record, clock_now(), text);
}

enum code restitution_figure_load(const struct page *p, struct id id, struct figure *ret, struct err *err)
{
	const char *text = NULL;
	json_t *json;
	if (p->db == NULL) FAIL(err, E_NOT_FOUND, N_("These figures are not kept any more."));
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(p->db, &rows, err, "SELECT body FROM restitution_figure WHERE id = $1", id));
	if (rows_next(&rows)) text = arena_strdup(p->arena, row_text(&rows, 0));
	TRY(rows_end(&rows, err));
	if (text == NULL) FAIL(err, E_NOT_FOUND, N_("These figures are not kept any more."));
	TRY(json_parse(p->arena, text, strlen(text), &json, err));
	const json_t *body = json_object_get(json, lang_tag(p->lang));
	return figure_read(p->arena, body ? body : json_object_get(json, lang_tag(LANG_FR)), ret, err);
}

/* ---- Remarks ---- */

enum code remark_list(struct db *db, struct arena *a, int64_t record, struct remark **ret, int *n, struct err *err)
{
	struct remark *all = arena_array(a, struct remark, REMARKS_MAX + 1);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT c.num, c.who, CASE WHEN c.who = 0 THEN COALESCE(p.name, '') ELSE COALESCE(t.name, c.name) END, "
	        "c.anchor, c.quote, c.body, c.created, c.state, c.answer, c.answered FROM restitution_remark c LEFT JOIN "
	        "person p ON p.num = c.person LEFT JOIN survey_target t ON t.num = c.target WHERE c.record = $1 ORDER "
	        "BY c.num LIMIT $2",
	        record, (int)REMARKS_MAX));
	while (found < REMARKS_MAX && rows_next(&rows)) {
		int64_t who = row_int(&rows, 1), state = row_int(&rows, 7);
		all[found++] = (struct remark){
			.num = row_int(&rows, 0),
			.who = who >= 0 && who < REMARK_WHOS ? (enum remark_who)who : REMARK_NOBODY,
			.name = arena_strdup(a, row_text(&rows, 2)),
			.anchor = arena_strdup(a, row_text(&rows, 3)),
			.quote = arena_strdup(a, row_text(&rows, 4)),
			.body = arena_strdup(a, row_text(&rows, 5)),
			.created = row_int(&rows, 6),
			.state = state >= 0 && state < REMARK_STATES ? (enum remark_state)state : REMARK_NEW,
			.answer = arena_strdup(a, row_text(&rows, 8)),
			.answered = row_int(&rows, 9)
		};
	}
	*ret = all;
	*n = found;
	return rows_end(&rows, err);
}

enum code remark_add(struct tx *tx, int64_t record, const struct remark *remark, struct err *err)
{
	struct db *db = tx_db(tx);
	int64_t all;
	TRY(db_int(db, &all, 0, err, "SELECT COUNT(*) FROM restitution_remark WHERE record = $1", record));
	if (all >= REMARKS_MAX) FAIL(err, E_LIMIT, N_("A report takes at most %d comments."), REMARKS_MAX);
	return db_run(
	        db, err,
	        "INSERT INTO restitution_remark (record, who, person, target, name, anchor, quote, body, created, state, "
	        "answer, answered) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, '', 0)",
	        record, (int)remark->who, remark->person ? value_int(remark->person) : value_text(NULL),
	        remark->target ? value_int(remark->target) : value_text(NULL), remark->name, remark->anchor,
	        remark->quote, remark->body, remark->created);
}

enum code remark_answer(struct tx *tx, int64_t record, const struct remark *remark, int64_t person, struct err *err)
{
	struct db *db = tx_db(tx);
	int64_t there;
	TRY(db_int(db, &there, 0, err, "SELECT COUNT(*) FROM restitution_remark WHERE num = $1 AND record = $2",
	           remark->num, record));
	if (there == 0) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	return db_run(
	        db, err,
	        "UPDATE restitution_remark SET state = $1, answer = $2, answered = $3, answered_by = $4 WHERE num = $5",
	        (int)remark->state, remark->answer, clock_now(), person ? value_int(person) : value_text(NULL),
	        remark->num);
}

enum code remark_move(struct tx *tx, int64_t num, const char *anchor, const char *quote, struct err *err)
{
	return db_run(tx_db(tx), err, "UPDATE restitution_remark SET anchor = $1, quote = $2 WHERE num = $3", anchor,
	              quote, num);
}

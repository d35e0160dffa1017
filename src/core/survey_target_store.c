#include "core/survey_target.h"

#include <string.h>

#include "base/clock.h"
#include "core/response_row.h"

static const char *const said[TARGET_STATES] = {
	[TARGET_NEW] = N_("to contact"),
	[TARGET_CONTACTED] = N_("contacted"),
	[TARGET_REMINDED] = N_("reminded"),
	[TARGET_STARTED] = N_("has begun"),
	[TARGET_ANSWERED] = N_("has answered"),
	[TARGET_REFUSED] = N_("does not want to"),
	[TARGET_UNREACHABLE] = N_("cannot be reached"),
	[TARGET_DUPLICATE] = N_("is there twice"),
};

const char *target_state_words(enum target_state state)
{
	return said[state];
}

enum code survey_target_add(struct tx *tx, const struct survey_target *target, const char *code, bool *added,
                            struct err *err)
{
	struct db *db = tx_db(tx);
	int64_t all, same;
	*added = false;
	TRY(db_int(db, &all, 0, err, "SELECT COUNT(*) FROM survey_target WHERE form = $1", target->form->num));
	if (all >= TARGETS_MAX) FAIL(err, E_LIMIT, N_("A questionnaire is sent to at most %d."), TARGETS_MAX);
	TRY(db_int(
	        db, &same, 0, err,
	        "SELECT COUNT(*) FROM survey_target WHERE form = $1 AND (($2 <> 0 AND record = $2) OR (name = $3 AND "
	        "email = $4))",
	        target->form->num, target->record, target->name, target->email));
	if (same) return OK;
	*added = true;
	return db_run(db, err,
	              "INSERT INTO survey_target (id, form, record, name, email, phone, place, code, state, contacted, "
	              "reminded, reminders, call_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, 0, '')",
	              target->id, target->form->num, target->record ? value_int(target->record) : value_text(NULL),
	              target->name, target->email, target->phone, target->place, response_code_hash(code),
	              (int)TARGET_NEW);
}

#define TARGET_SELECT                                                                                                 \
	"SELECT t.num, t.id, t.form, t.record, t.name, t.email, t.phone, t.place, t.state, t.contacted, t.reminded, " \
	"t.reminders, t.call_at, (SELECT c.note FROM survey_call c WHERE c.target = t.num ORDER BY c.num DESC LIMIT " \
	"1) FROM survey_target t "

static struct survey_target read_one(const struct rows *rows, struct arena *a, const struct form *form)
{
	return (struct survey_target){ .num = row_int(rows, 0),
		                       .id = row_id(rows, 1),
		                       .form = form,
		                       .record = row_int(rows, 3),
		                       .name = arena_strdup(a, row_text(rows, 4)),
		                       .email = arena_strdup(a, row_text(rows, 5)),
		                       .phone = arena_strdup(a, row_text(rows, 6)),
		                       .place = arena_strdup(a, row_text(rows, 7)),
		                       .state = (enum target_state)row_int(rows, 8),
		                       .contacted = row_int(rows, 9),
		                       .reminded = row_int(rows, 10),
		                       .reminders = (int)row_int(rows, 11),
		                       .call_at = arena_strdup(a, row_text(rows, 12)),
		                       .note = arena_strdup(a, row_text(rows, 13)) };
}

static enum code read_found(struct rows *rows, struct arena *a, const struct model *model, struct survey_target *ret,
                            struct err *err)
{
	struct survey_target target;
	bool found = rows_next(rows);
	const struct form *form = found ? model_form_by_num(model, row_int(rows, 2)) : NULL;
	if (form) target = read_one(rows, a, form);
	TRY(rows_end(rows, err));
	if (form == NULL || form->survey == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	*ret = target;
	return OK;
}

enum code survey_target_find(struct db *db, struct arena *a, const struct model *model, struct id id,
                             struct survey_target *ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, TARGET_SELECT "WHERE t.id = $1", id));
	return read_found(&rows, a, model, ret, err);
}

enum code survey_target_by_code(struct db *db, struct arena *a, const struct model *model, const char *code,
                                struct survey_target *ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, TARGET_SELECT "WHERE t.code = $1", response_code_hash(code)));
	return read_found(&rows, a, model, ret, err);
}

enum code survey_target_list(struct db *db, struct arena *a, const struct form *form, enum target_state state, int max,
                             struct survey_target **ret, int *n, struct err *err)
{
	struct survey_target *all = arena_array(a, struct survey_target, (size_t)max + 1);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             TARGET_SELECT "WHERE t.form = $1 AND (t.state = $2 OR $2 = $3) ORDER BY CASE WHEN t.reminded > "
	                           "t.contacted THEN t.reminded ELSE t.contacted END, t.name, t.num LIMIT $4",
	             form->num, (int)state, (int)TARGET_STATES, max));
	while (found < max && rows_next(&rows)) all[found++] = read_one(&rows, a, form);
	*ret = all;
	*n = found;
	return rows_end(&rows, err);
}

enum code survey_target_counts(struct db *db, const struct form *form, int64_t counts[static TARGET_STATES],
                               struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	memset(counts, 0, TARGET_STATES * sizeof(*counts));
	TRY(db_query(db, &rows, err, "SELECT state, COUNT(*) FROM survey_target WHERE form = $1 GROUP BY state",
	             form->num));
	while (rows_next(&rows))
		if (row_int(&rows, 0) >= 0 && row_int(&rows, 0) < TARGET_STATES)
			counts[row_int(&rows, 0)] = row_int(&rows, 1);
	return rows_end(&rows, err);
}

enum code survey_target_note(struct tx *tx, const struct survey_target *target, const struct actor *actor,
                             enum target_state state, const char *note, const char *call_at, struct err *err)
{
	struct db *db = tx_db(tx);
	TRY(db_run(
	        db, err,
	        "UPDATE survey_target SET state = CASE WHEN state = $1 THEN state ELSE $2 END, call_at = $3, contacted "
	        "= CASE WHEN contacted = 0 THEN CAST($4 AS BIGINT) ELSE contacted END WHERE num = $5",
	        (int)TARGET_ANSWERED, (int)state, call_at, clock_now(), target->num));
	return db_run(db, err, "INSERT INTO survey_call (target, person, at, state, note) VALUES ($1, $2, $3, $4, $5)",
	              target->num, actor->person ? value_int(actor->person) : value_text(NULL), clock_now(), (int)state,
	              note);
}

enum code survey_target_written(struct tx *tx, const struct survey_target *target, struct err *err)
{
	if (target->contacted == 0)
		return db_run(
		        tx_db(tx), err,
		        "UPDATE survey_target SET contacted = $1, state = CASE WHEN state = $2 THEN $3 ELSE state END "
		        "WHERE num = $4",
		        clock_now(), (int)TARGET_NEW, (int)TARGET_CONTACTED, target->num);
	return db_run(
	        tx_db(tx), err,
	        "UPDATE survey_target SET reminded = $1, reminders = reminders + 1, state = CASE WHEN state IN ($2, "
	        "$3) THEN $4 ELSE state END WHERE num = $5",
	        clock_now(), (int)TARGET_NEW, (int)TARGET_CONTACTED, (int)TARGET_REMINDED, target->num);
}

enum code survey_target_remove(struct tx *tx, const struct survey_target *target, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM survey_target WHERE num = $1", target->num);
}

enum code survey_target_calls(struct db *db, struct arena *a, const struct survey_target *target, int max,
                              struct target_call **ret, int *n, struct err *err)
{
	struct target_call *all = arena_array(a, struct target_call, (size_t)max + 1);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT c.at, p.name, c.state, c.note FROM survey_call c LEFT JOIN person p ON p.num = c.person WHERE "
	        "c.target = $1 ORDER BY c.num DESC LIMIT $2",
	        target->num, max));
	while (found < max && rows_next(&rows))
		all[found++] = (struct target_call){ .at = row_int(&rows, 0),
			                             .who = row_is_null(&rows, 1) ? NULL
			                                                          : arena_strdup(a, row_text(&rows, 1)),
			                             .state = (enum target_state)row_int(&rows, 2),
			                             .note = arena_strdup(a, row_text(&rows, 3)) };
	*ret = all;
	*n = found;
	return rows_end(&rows, err);
}

#include "core/survey_target.h"

#include <string.h>

#include "base/clock.h"
#include "core/response_row.h"

static struct value or_null(int64_t num)
{
	return num ? value_int(num) : value_text(NULL);
}

static const char *text_or_empty(const char *text)
{
	return text ? text : "";
}

enum code survey_target_add(struct tx *tx, const struct survey_target *target, const char *code, bool *added,
                            struct err *err)
{
	struct db *db = tx_db(tx);
	int64_t all, same;
	AUTO(arena_release) struct arena a = { 0 };
	arena_init(&a);
	const char *attributes = target->attributes ? json_text(&a, target->attributes) : "";
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
	return db_run(
	        db, err,
	        "INSERT INTO survey_target (id, form, record, name, email, phone, place, code, state, contacted, "
	        "reminded, reminders, call_at, channel, language, address, attributes) VALUES ($1, $2, $3, $4, $5, $6, "
	        "$7, $8, $9, $14, $15, $16, '', $10, $11, $12, $13)",
	        target->id, target->form->num, or_null(target->record), target->name, target->email, target->phone,
	        target->place, response_code_hash(code), (int)target->state, (int)target->channel,
	        text_or_empty(target->language), text_or_empty(target->address), text_or_empty(attributes),
	        target->contacted, target->reminded, target->reminders);
}

#define TARGET_SELECT                                                                                                 \
	"SELECT t.num, t.id, t.form, t.record, t.name, t.email, t.phone, t.place, t.state, t.contacted, t.reminded, " \
	"t.reminders, t.call_at, (SELECT c.note FROM survey_call c WHERE c.target = t.num ORDER BY c.num DESC LIMIT " \
	"1), t.channel, t.language, t.address, t.attributes, t.caller, (SELECT p.name FROM person p WHERE p.num = t.caller), t.call_due, t.held_until, t.held_by, (SELECT p.name FROM person p WHERE p.num = t.held_by) FROM survey_target t "

static const char *name_or_null(const struct rows *rows, int column, struct arena *a)
{
	return row_is_null(rows, column) ? NULL : arena_strdup(a, row_text(rows, column));
}

static const json_t *read_attributes(struct arena *a, const char *text)
{
	struct err ignored;
	json_t *read = NULL;
	if (*text == '\0' || json_parse(a, text, strlen(text), &read, &ignored) != OK) return NULL;
	return read;
}

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
		                       .note = arena_strdup(a, row_text(rows, 13)),
		                       .channel = (enum target_channel)row_int(rows, 14),
		                       .language = arena_strdup(a, row_text(rows, 15)),
		                       .address = arena_strdup(a, row_text(rows, 16)),
		                       .attributes = read_attributes(a, row_text(rows, 17)),
		                       .caller = row_int(rows, 18),
		                       .caller_name = name_or_null(rows, 19, a),
		                       .call_due = row_int(rows, 20),
		                       .held_until = row_int(rows, 21),
		                       .held_by = row_int(rows, 22),
		                       .held_name = name_or_null(rows, 23, a) };
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
	             TARGET_SELECT
	             "WHERE t.form = $1 AND t.name <> '' AND (t.state = $2 OR $2 = $3) ORDER BY CASE WHEN t.reminded > "
	             "t.contacted THEN t.reminded ELSE t.contacted END, t.name, t.num LIMIT $4",
	             form->num, (int)state, (int)TARGET_STATES, max));
	while (found < max && rows_next(&rows)) all[found++] = read_one(&rows, a, form);
	*ret = all;
	*n = found;
	return rows_end(&rows, err);
}

enum code survey_target_list_by_num(struct db *db, struct arena *a, const struct form *form, struct survey_target **ret,
                                    int *n, struct err *err)
{
	struct survey_target *all = arena_array(a, struct survey_target, TARGETS_MAX + 1);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, TARGET_SELECT "WHERE t.form = $1 ORDER BY t.num LIMIT $2", form->num,
	             (int)TARGETS_MAX));
	while (found < TARGETS_MAX && rows_next(&rows)) all[found++] = read_one(&rows, a, form);
	*ret = all;
	*n = found;
	return rows_end(&rows, err);
}

enum code survey_target_of_caller(struct db *db, struct arena *a, const struct model *model, int64_t person, int max,
                                  struct survey_target **ret, int *n, struct err *err)
{
	struct survey_target *all = arena_array(a, struct survey_target, (size_t)max + 1);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, TARGET_SELECT "WHERE t.caller = $1 ORDER BY t.form, t.num LIMIT $2", person, max));
	while (found < max && rows_next(&rows)) {
		const struct form *form = model_form_by_num(model, row_int(&rows, 2));
		if (form && form->survey) all[found++] = read_one(&rows, a, form);
	}
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
                             const struct target_noted *noted, struct err *err)
{
	struct db *db = tx_db(tx);
	int64_t before;
	TRY(db_int(db, &before, 0, err, "SELECT state FROM survey_target WHERE num = $1", target->num));
	enum target_state state = call_outcome_state(noted->outcome, (enum target_state)before);
	if (before == TARGET_ANSWERED) state = TARGET_ANSWERED;
	/* Noted for the first time, it is at least tried. */
	bool tried = noted->outcome == CALL_UNSAID && state == TARGET_NEW;
	if (tried) state = TARGET_CONTACTED;
	TRY(db_run(
	        db, err,
	        "UPDATE survey_target SET state = $1, call_at = $2, call_due = $3, held_until = 0, held_by = NULL, contacted = "
	        "CASE WHEN contacted = 0 THEN CAST($4 AS BIGINT) ELSE contacted END WHERE num = $5",
	        (int)state, noted->call_at, noted->call_due, clock_now(), target->num));
	return db_run(
	        db, err,
	        "INSERT INTO survey_call (target, person, at, state, note, outcome) VALUES ($1, $2, $3, $4, $5, $6)",
	        target->num, or_null(actor->person), clock_now(), (int)state, noted->note, (int)noted->outcome);
}

enum code survey_target_hold(struct tx *tx, const struct survey_target *target, const struct actor *actor,
                             struct err *err)
{
	int64_t taken, now = clock_now();
	TRY(db_int(tx_db(tx), &taken, 0, err,
	           "SELECT COUNT(*) FROM survey_target WHERE num = $1 AND held_until > $2 AND held_by <> $3",
	           target->num, now, actor->person));
	if (taken) FAIL(err, E_CONFLICT, N_("Somebody else is calling this one just now: choose another."));
	return db_run(tx_db(tx), err, "UPDATE survey_target SET held_by = $1, held_until = $2 WHERE num = $3",
	              or_null(actor->person), now + TARGET_HELD_MS, target->num);
}

enum code survey_target_let_go(struct tx *tx, const struct survey_target *target, const struct actor *actor,
                               struct err *err)
{
	return db_run(tx_db(tx), err,
	              "UPDATE survey_target SET held_by = NULL, held_until = 0 WHERE num = $1 AND held_by = $2",
	              target->num, actor->person);
}

enum code survey_target_assign(struct tx *tx, const struct survey_target *target, int64_t person, struct err *err)
{
	return db_run(tx_db(tx), err, "UPDATE survey_target SET caller = $1 WHERE num = $2", or_null(person),
	              target->num);
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

/* As many rows in each state as there were, of nobody: new, so that nothing leads to them. */
static enum code add_nameless(struct db *db, int64_t form, enum target_state state, int64_t n, struct err *err)
{
	for (int64_t i = 0; i < n; i++)
		TRY(db_run(
		        db, err,
		        "INSERT INTO survey_target (id, form, record, name, email, phone, place, code, state, contacted, "
		        "reminded, reminders, call_at) VALUES ($1, $2, NULL, '', '', '', '', $3, $4, 0, 0, 0, '')",
		        id_random(), form, id_random(), (int)state));
	return OK;
}

static enum code forget(struct db *db, int64_t form, const char *email, bool all, int64_t *n, struct err *err)
{
	int64_t counts[TARGET_STATES] = { 0 };
	for (int state = 0; state < TARGET_STATES; state++) {
		if (!all && state != TARGET_ANSWERED) continue;
		TRY(db_int(
		        db, &counts[state], 0, err,
		        "SELECT COUNT(*) FROM survey_target WHERE form = $1 AND state = $2 AND name <> '' AND ($3 = '' OR "
		        "LOWER(email) = $3)",
		        form, state, email));
		if (counts[state] == 0) continue;
		TRY(db_run(db, err,
		           "DELETE FROM survey_target WHERE form = $1 AND state = $2 AND name <> '' AND ($3 = '' OR "
		           "LOWER(email) = $3)",
		           form, state, email));
		TRY(add_nameless(db, form, (enum target_state)state, counts[state], err));
		*n += counts[state];
	}
	return OK;
}

enum code survey_target_forget(struct tx *tx, const struct form *form, bool all, int64_t *n, struct err *err)
{
	*n = 0;
	return forget(tx_db(tx), form->num, "", all, n, err);
}

enum code survey_target_forget_address(struct tx *tx, const char *email, struct err *err)
{
	enum { FORMS_MAX = 1000 };
	int64_t forms[FORMS_MAX], ignored = 0;
	int n = 0;
	{
		AUTO(rows_release) struct rows rows = { 0 };
		TRY(db_query(tx_db(tx), &rows, err,
		             "SELECT DISTINCT form FROM survey_target WHERE LOWER(email) = $1 LIMIT $2", email,
		             (int)FORMS_MAX));
		while (n < FORMS_MAX && rows_next(&rows)) forms[n++] = row_int(&rows, 0);
		TRY(rows_end(&rows, err));
	}
	for (int i = 0; i < n; i++) TRY(forget(tx_db(tx), forms[i], email, true, &ignored, err));
	return OK;
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
	        "SELECT c.at, p.name, c.state, c.note, c.outcome FROM survey_call c LEFT JOIN person p ON p.num = c.person WHERE "
	        "c.target = $1 ORDER BY c.num DESC LIMIT $2",
	        target->num, max));
	while (found < max && rows_next(&rows))
		all[found++] = (struct target_call){ .at = row_int(&rows, 0),
			                             .who = row_is_null(&rows, 1) ? NULL
			                                                          : arena_strdup(a, row_text(&rows, 1)),
			                             .state = (enum target_state)row_int(&rows, 2),
			                             .note = arena_strdup(a, row_text(&rows, 3)),
			                             .outcome = (enum call_outcome)row_int(&rows, 4) };
	*ret = all;
	*n = found;
	return rows_end(&rows, err);
}

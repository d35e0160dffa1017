#include <string.h>

#include "base/clock.h"
#include "core/field_type.h"
#include "core/person.h"
#include "core/shareable.h"

#define COLUMNS "num, id, record, space, person, body, state, copy, created, changed"

/* ---- Reading ---- */

static int64_t number(const struct rows *rows, int i)
{
	return row_is_null(rows, i) ? 0 : row_int(rows, i);
}

static enum code read_consents(struct db *db, struct arena *a, struct shareable *s, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT c.num, c.person, COALESCE(p.name, c.name), c.why, c.answer, c.word, c.noted_by, c.day, c.answered "
	        "FROM consent c LEFT JOIN person p ON p.num = c.person WHERE c.shareable = $1 ORDER BY c.num",
	        s->num));
	for (s->n = 0; s->n < SHAREABLE_PEOPLE && rows_next(&rows); s->n++)
		s->consents[s->n] = (struct consent){ .num = row_int(&rows, 0),
			                              .person = number(&rows, 1),
			                              .name = arena_strdup(a, row_text(&rows, 2)),
			                              .why = (enum consent_why)row_int(&rows, 3),
			                              .answer = (enum consent_answer)row_int(&rows, 4),
			                              .word = arena_strdup(a, row_text(&rows, 5)),
			                              .noted_by = number(&rows, 6),
			                              .day = arena_strdup(a, row_text(&rows, 7)),
			                              .answered = number(&rows, 8) };
	return rows_end(&rows, err);
}

static enum code read_only(struct db *db, struct rows *rows, struct arena *a, struct shareable *ret, struct err *err)
{
	json_t *body = NULL;
	bool found = rows_next(rows);
	if (found) {
		TRY(json_parse(a, row_text(rows, 5), strlen(row_text(rows, 5)), &body, err));
		*ret = (struct shareable){ .num = row_int(rows, 0),
			                   .id = row_id(rows, 1),
			                   .record = number(rows, 2),
			                   .space = row_int(rows, 3),
			                   .person = number(rows, 4),
			                   .values = body,
			                   .state = (enum shareable_state)row_int(rows, 6),
			                   .copy = number(rows, 7),
			                   .created = row_int(rows, 8),
			                   .changed = row_int(rows, 9) };
	}
	TRY(rows_end(rows, err));
	if (!found) FAIL(err, E_NOT_FOUND, N_("There is no shareable version of this page."));
	return read_consents(db, a, ret, err);
}

enum code shareable_of(struct db *db, struct arena *a, int64_t record, struct shareable *ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT " COLUMNS " FROM shareable WHERE record = $1", record));
	return read_only(db, &rows, a, ret, err);
}

enum code shareable_of_copy(struct db *db, struct arena *a, int64_t copy, struct shareable *ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT " COLUMNS " FROM shareable WHERE copy = $1", copy));
	return read_only(db, &rows, a, ret, err);
}

enum code shareable_find(struct db *db, struct arena *a, struct id id, struct shareable *ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT " COLUMNS " FROM shareable WHERE id = $1", id));
	return read_only(db, &rows, a, ret, err);
}

static enum code load(struct db *db, struct arena *a, int64_t num, struct shareable *ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT " COLUMNS " FROM shareable WHERE num = $1", num));
	return read_only(db, &rows, a, ret, err);
}

/* ---- Who is concerned ---- */

static bool is_there(const struct consent *all, int n, int64_t person)
{
	for (int i = 0; i < n; i++)
		if (all[i].person == person) return true;
	return false;
}

static enum code add_writers(struct db *db, struct arena *a, const struct record *record, int64_t but,
                             struct consent *ret, int max, int *n, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT num, name FROM person WHERE (num = $1 OR id IN (SELECT actor FROM obj WHERE rec = $2)) "
	             "AND num <> $3 AND state <> $4 ORDER BY num",
	             record->author, record->num, but, (int)PERSON_WAITING));
	while (*n < max && rows_next(&rows))
		ret[(*n)++] = (struct consent){ .person = row_int(&rows, 0),
			                        .name = arena_strdup(a, row_text(&rows, 1)),
			                        .why = CONSENT_WROTE,
			                        .word = "",
			                        .day = "" };
	return rows_end(&rows, err);
}

static enum code add_named(struct db *db, struct arena *a, const char *text, int64_t but, struct consent *ret, int max,
                           int *n, struct err *err)
{
	struct id id;
	struct person person;
	if (text == NULL || !id_parse(text, &id)) return OK;
	enum code code = person_by_id(db, a, id, &person, err);
	if (code == E_NOT_FOUND) return OK;
	TRY(code);
	if (person.num == but || *n == max || is_there(ret, *n, person.num)) return OK;
	ret[(*n)++] = (struct consent){
		.person = person.num, .name = person.name, .why = CONSENT_NAMED, .word = "", .day = ""
	};
	return OK;
}

enum code shareable_concerned(struct db *db, struct arena *a, const struct record *record, const json_t *values,
                              int64_t but, struct consent *ret, int max, int *n, struct err *err)
{
	*n = 0;
	TRY(add_writers(db, a, record, but, ret, max, n, err));
	for (int i = 0; i < record->form->nfields; i++) {
		const struct field *field = &record->form->fields[i];
		if (strcmp(field->type->name, "person") != 0) continue;
		TRY(add_named(db, a, json_str(values, field->key), but, ret, max, n, err));
	}
	return OK;
}

/* ---- Writing ---- */

static enum code insert(struct db *db, struct arena *a, struct shareable *s, int64_t now, struct err *err)
{
	struct id id = id_random();
	TRY(db_run(db, err,
	           "INSERT INTO shareable (id, record, space, person, body, state, copy, created, changed) "
	           "VALUES ($1, $2, $3, $4, $5, $6, NULL, $7, $7)",
	           id, s->record, s->space, s->person, json_text(a, s->values), (int)SHAREABLE_PREPARED, now));
	s->id = id;
	return db_int(db, &s->num, 0, err, "SELECT num FROM shareable WHERE id = $1", id);
}

static enum code insert_consents(struct db *db, const struct shareable *s, struct err *err)
{
	for (int i = 0; i < s->n; i++) {
		const struct consent *c = &s->consents[i];
		TRY(db_run(db, err,
		           "INSERT INTO consent (shareable, person, name, why, answer, word, noted_by, day, answered) "
		           "VALUES ($1, $2, $3, $4, $5, '', NULL, '', NULL)",
		           s->num, c->person ? value_int(c->person) : value_text(NULL), c->person ? "" : c->name,
		           (int)c->why, (int)CONSENT_WAITS));
	}
	return OK;
}

/* What was hidden goes for good before another one is made: it could not be told from it any more. */
static enum code erase_copy(struct tx *tx, struct arena *a, const struct model *model, int64_t copy, struct err *err)
{
	struct record *record;
	if (copy == 0) return OK;
	enum code code = record_load_num(tx_db(tx), a, model, &actor_program, copy, &record, err);
	if (code != OK) return code == E_NOT_FOUND ? OK : code;
	return record_erase(tx, a, model, record, err);
}

enum code shareable_save(struct tx *tx, struct arena *a, const struct model *model, struct shareable *s,
                         struct err *err)
{
	struct db *db = tx_db(tx);
	struct shareable *before = arena_new(a, struct shareable);
	int64_t now = clock_now();
	enum code code = shareable_of(db, a, s->record, before, err);
	if (code != OK && code != E_NOT_FOUND) return code;
	if (code == OK && before->state == SHAREABLE_PUBLISHED)
		FAIL(err, E_CONFLICT, N_("It is published: take it back first, then prepare another one."));
	if (code == E_NOT_FOUND) {
		TRY(insert(db, a, s, now, err));
		return insert_consents(db, s, err);
	}
	s->num = before->num;
	s->id = before->id;
	TRY(erase_copy(tx, a, model, before->copy, err));
	TRY(db_run(db, err,
	           "UPDATE shareable SET space = $1, person = $2, body = $3, state = $4, copy = NULL, changed = $5 "
	           "WHERE num = $6",
	           s->space, s->person, json_text(a, s->values), (int)SHAREABLE_PREPARED, now, s->num));
	TRY(db_run(db, err, "DELETE FROM consent WHERE shareable = $1", s->num));
	return insert_consents(db, s, err);
}

static enum code set_state(struct db *db, struct shareable *s, enum shareable_state state, struct err *err)
{
	s->state = state;
	return db_run(db, err, "UPDATE shareable SET state = $1, changed = $2 WHERE num = $3", (int)state, clock_now(),
	              s->num);
}

enum code shareable_ask(struct tx *tx, struct shareable *s, struct err *err)
{
	if (s->state != SHAREABLE_PREPARED) FAIL(err, E_CONFLICT, N_("Those concerned have been asked already."));
	return set_state(tx_db(tx), s, SHAREABLE_ASKED, err);
}

enum code shareable_answer(struct tx *tx, const struct shareable *s, const struct consent *answer, struct err *err)
{
	struct db *db = tx_db(tx);
	TRY(db_run(db, err,
	           "UPDATE consent SET answer = $1, word = $2, noted_by = $3, day = $4, answered = $5 "
	           "WHERE num = $6 AND shareable = (SELECT num FROM shareable WHERE num = $7 AND state IN ($8, $9))",
	           (int)answer->answer, answer->word, answer->noted_by ? value_int(answer->noted_by) : value_text(NULL),
	           answer->day, clock_now(), answer->num, s->num, (int)SHAREABLE_PREPARED, (int)SHAREABLE_ASKED));
	if (db_changes(db) == 0)
		FAIL(err, E_CONFLICT,
		     N_("What is to be published has changed meanwhile: look at it again, then answer."));
	return OK;
}

/* ---- The copy ---- */

enum code shareable_publish(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                            struct shareable *s, struct save *result, struct issues *issues, struct err *err)
{
	struct db *db = tx_db(tx);
	struct record *source;
	struct id id = s->id;
	const struct space *space = model_space(model, s->space);
	TRY(shareable_find(db, a, id, s, err)); /* as it is now */
	if (s->state != SHAREABLE_PREPARED && s->state != SHAREABLE_ASKED)
		FAIL(err, E_CONFLICT, N_("It is published already, or was taken back."));
	if (!shareable_is_agreed(s))
		FAIL(err, E_CONFLICT, N_("Not all those concerned have agreed yet: nothing is published before."));
	if (space == NULL) FAIL(err, E_NOT_FOUND, N_("There is no such space."));
	TRY(record_load_num(db, a, model, actor, s->record, &source, err));
	*result = (struct save){
		.actor = actor, .form = source->form, .space = space, .values = s->values, .state = STATE_PUBLISHED
	};
	TRY(record_save(tx, a, model, result, issues, err));
	TRY(db_int(db, &s->copy, 0, err, "SELECT num FROM record WHERE id = $1", result->saved));
	/* What it says stands in the record from now on, and nowhere else. */
	TRY(db_run(db, err, "UPDATE shareable SET copy = $1, body = '{}' WHERE num = $2", s->copy, s->num));
	return set_state(db, s, SHAREABLE_PUBLISHED, err);
}

enum code shareable_withdraw(struct tx *tx, struct arena *a, const struct model *model, struct shareable *s,
                             struct err *err)
{
	struct record *copy;
	if (s->state != SHAREABLE_PUBLISHED) FAIL(err, E_CONFLICT, N_("There is nothing published to take back."));
	TRY(set_state(tx_db(tx), s, SHAREABLE_WITHDRAWN, err));
	if (s->copy == 0) return OK;
	enum code code = record_load_num(tx_db(tx), a, model, &actor_program, s->copy, &copy, err);
	if (code == E_NOT_FOUND) return OK;
	TRY(code);
	if (copy->state == STATE_DRAFT) return record_erase(tx, a, model, copy, err); /* it waited for a yes */
	return record_set_state(tx, a, model, &actor_program, copy->id, STATE_TRASH, (struct id){ 0 }, err);
}

enum code shareable_drop(struct tx *tx, const struct shareable *s, struct err *err)
{
	if (s->state == SHAREABLE_PUBLISHED) FAIL(err, E_CONFLICT, N_("It is published: take it back first."));
	return db_run(tx_db(tx), err, "DELETE FROM shareable WHERE num = $1", s->num);
}

enum code shareable_release(struct db *db, const struct record *record, struct err *err)
{
	int64_t held;
	TRY(db_int(db, &held, 0, err, "SELECT COUNT(*) FROM shareable WHERE copy = $1 AND state = $2", record->num,
	           (int)SHAREABLE_WITHDRAWN));
	if (held)
		FAIL(err, E_FORBIDDEN,
		     N_("Somebody concerned has taken her agreement back: this page stays hidden. Another shareable version can "
		        "be prepared."));
	return OK;
}

/* ---- When somebody is erased ---- */

static enum code list_concerned(struct db *db, struct arena *a, int64_t person, enum shareable_state state,
                                int64_t **ret, int *n, struct err *err)
{
	int64_t count;
	int found = 0;
	TRY(db_int(db, &count, 0, err, "SELECT COUNT(*) FROM consent WHERE person = $1", person));
	int64_t *nums = arena_array(a, int64_t, (size_t)count + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT DISTINCT s.num FROM shareable s JOIN consent c ON c.shareable = s.num WHERE c.person = $1 "
	             "AND s.state = $2 ORDER BY s.num",
	             person, (int)state));
	while (found < count && rows_next(&rows)) nums[found++] = row_int(&rows, 0);
	*ret = nums;
	*n = found;
	return rows_end(&rows, err);
}

enum code shareable_forget(struct tx *tx, struct arena *a, const struct model *model, int64_t person, bool all,
                           struct err *err)
{
	struct db *db = tx_db(tx);
	int64_t *nums;
	int n = 0;
	/* Without her row, the others' agreement would look like everybody's. */
	TRY(db_run(
	        db, err,
	        "DELETE FROM shareable WHERE state <> $1 AND copy IS NULL AND (person = $2 OR num IN (SELECT shareable "
	        "FROM consent WHERE person = $2))",
	        (int)SHAREABLE_PUBLISHED, person));
	if (!all) return OK;
	TRY(list_concerned(db, a, person, SHAREABLE_PUBLISHED, &nums, &n, err));
	for (int i = 0; i < n; i++) {
		struct shareable *s = arena_new(a, struct shareable);
		TRY(load(db, a, nums[i], s, err));
		const struct consent *hers = shareable_mine(s, person);
		bool wrote = hers && hers->why == CONSENT_WROTE;
		TRY(shareable_withdraw(tx, a, model, s, err));
		if (wrote) TRY(erase_copy(tx, a, model, s->copy, err));
	}
	return OK;
}

enum code shareable_forget_text(struct tx *tx, int64_t record, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM shareable WHERE record = $1 AND copy IS NULL", record);
}

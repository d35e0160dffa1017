/* Answering: from the first page to the end. */
#include <string.h>

#include "base/clock.h"
#include "core/response_columns.h"
#include "core/response_row.h"
#include "core/survey_target.h"
#include "store/job.h"

/* The scrubbing that follows anonymous answers is done at these times, for all that came before. */
#define SCRUB_EVERY (15LL * 60 * 1000)

static struct value or_null(int64_t num)
{
	return num ? value_int(num) : value_text(NULL);
}

static bool is_anonymous(const struct form *form)
{
	return form->survey->anonymity == ANONYMITY_ANONYMOUS;
}

enum code response_done(struct db *db, const struct form *form, int64_t person, int64_t target, bool *ret,
                        struct err *err)
{
	int64_t n = 0;
	if (target)
		TRY(db_int(db, &n, 0, err, "SELECT COUNT(*) FROM survey_target WHERE num = $1 AND state = $2", target,
		           (int)TARGET_ANSWERED));
	if (n == 0 && person)
		TRY(db_int(db, &n, 0, err,
		           "SELECT (SELECT COUNT(*) FROM answered WHERE form = $1 AND person = $2) + (SELECT COUNT(*) "
		           "FROM respondent w JOIN response r ON r.num = w.response WHERE w.form = $1 AND w.person = "
		           "$2 AND r.state = $3)",
		           form->num, person, (int)RESPONSE_COMPLETE));
	*ret = n > 0;
	return OK;
}

/* ---- Beginning ---- */

enum code response_begin(struct tx *tx, const struct response_new *new, struct err *err)
{
	struct db *db = tx_db(tx);
	int64_t num, version, now = clock_now();
	bool done;
	/* Of an anonymous one, only a target's draft knows whose it is, and goes when it is sent. */
	int64_t person = is_anonymous(new->form) ? 0 : new->person;
	TRY(response_done(db, new->form, new->person, new->target, &done, err));
	if (done) FAIL(err, E_FORBIDDEN, N_("This questionnaire has been answered already. Thank you!"));
	TRY(db_int(db, &version, 1, err, "SELECT version FROM definition WHERE num = $1", new->form->num));
	TRY(db_int(
	        db, &num, 0, err,
	        "INSERT INTO response (id, form, version, language, state, channel, page, code, body, sealed, begun, "
	        "changed, completed, entered_by) VALUES ($1, $2, $3, $4, $5, $6, '', $7, '{}', NULL, $8, $8, 0, "
	        "$9) RETURNING num",
	        id_random(), new->form->num, version, lang_tag(new->lang), (int)RESPONSE_STARTED, (int)new->channel,
	        new->code ? value_hash(response_code_hash(new->code)) : value_text(NULL), now,
	        is_anonymous(new->form) ? or_null(0) : or_null(new->entered_by)));
	if (new->target)
		TRY(db_run(db, err, "UPDATE survey_target SET state = $1 WHERE num = $2 AND state <> $3",
		           (int)TARGET_STARTED, new->target, (int)TARGET_ANSWERED));
	const char *name = new->name && !is_anonymous(new->form) ? new->name : "";
	if (person == 0 && new->target == 0 && *name == '\0') return OK;
	return db_run(db, err,
	              "INSERT INTO respondent (response, form, person, target, name) VALUES ($1, $2, $3, $4, $5)", num,
	              new->form->num, or_null(person), or_null(new->target), name);
}

static bool too_old(const struct response *response)
{
	int64_t age = clock_now() - response->changed;
	if (response->state == RESPONSE_COMPLETE) return false;
	return age > (response->channel == CHANNEL_KIOSK ? RESPONSE_KIOSK_MS : RESPONSE_DRAFT_MS);
}

enum code response_find(struct db *db, struct arena *a, const struct model *model, const char *code,
                        struct response *ret, struct err *err)
{
	struct response response;
	int64_t spent;
	struct hash hash = response_code_hash(code);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT " RESPONSE_COLUMNS "WHERE r.code = $1", hash));
	bool found = rows_next(&rows);
	if (found) TRY(response_row(&rows, a, model, arena_strdup(a, code), true, &response, err));
	TRY(rows_end(&rows, err));
	if (found && !too_old(&response)) {
		*ret = response;
		return OK;
	}
	TRY(db_int(db, &spent, 0, err, "SELECT COUNT(*) FROM spent_code WHERE code = $1", hash));
	if (spent) FAIL(err, E_GONE, N_("These answers have been sent. Thank you!"));
	FAIL(err, E_NOT_FOUND, N_("There is nothing to go on with under this code."));
}

enum code response_of_person(struct db *db, struct arena *a, const struct model *model, const struct form *form,
                             int64_t person, struct response *ret, struct err *err)
{
	struct response response;
	AUTO(rows_release) struct rows rows = { 0 };
	if (person == 0) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(db_query(db, &rows, err,
	             "SELECT " RESPONSE_COLUMNS "WHERE w.person = $1 AND w.form = $2 ORDER BY r.num DESC LIMIT 1",
	             person, form->num));
	bool found = rows_next(&rows);
	if (found) TRY(response_row(&rows, a, model, NULL, true, &response, err));
	TRY(rows_end(&rows, err));
	if (!found) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	*ret = response;
	return OK;
}

/* ---- Going on ---- */

static enum code check_body(const char *body, struct err *err)
{
	if (strlen(body) <= RESPONSE_BODY_MAX) return OK;
	FAIL(err, E_LIMIT, N_("These answers are too long to be kept: shorten the longest texts."));
}

/* The state of a row now, -1 when it is gone. */
static enum code state_now(struct db *db, const struct response *response, int64_t *ret, struct err *err)
{
	return db_int(db, ret, -1, err, "SELECT state FROM response WHERE num = $1 AND id = $2", response->num,
	              response->id);
}

enum code response_keep(struct tx *tx, struct arena *a, const struct response *response, const char *page,
                        enum lang lang, const json_t *values, struct err *err)
{
	int64_t state;
	const char *body = json_text(a, values);
	bool sealed = is_anonymous(response->form) && response->code;
	TRY(check_body(body, err));
	TRY(state_now(tx_db(tx), response, &state, err));
	if (state != RESPONSE_STARTED) FAIL(err, E_CONFLICT, N_("These answers have been sent. Thank you!"));
	return db_run(tx_db(tx), err,
	              "UPDATE response SET page = $1, language = $2, body = $3, sealed = $4, changed = $5, version = "
	              "(SELECT version FROM definition WHERE num = response.form) WHERE num = $6",
	              page, lang_tag(lang), sealed ? "{}" : body,
	              sealed ? value_blob(response_seal(a, response->code, body)) : value_blob(blob_of(NULL, 0)),
	              clock_now(), response->num);
}

/* ---- Quotas ---- */

bool response_holds_choice(const json_t *value, const char *choice)
{
	size_t i;
	json_t *item;
	if (json_is_string(value)) return strcmp(json_string_value(value), choice) == 0;
	if (json_is_boolean(value)) return strcmp(json_is_true(value) ? "true" : "false", choice) == 0;
	if (json_is_object(value)) return strcmp(json_str_or(value, "key", ""), choice) == 0;
	json_array_foreach ((json_t *)value, i, item)
		if (response_holds_choice(item, choice)) return true;
	return false;
}

static bool meets(const struct survey_quota *quota, const json_t *values)
{
	return response_holds_choice(json_object_get(values, quota->field->key), quota->choice->key);
}

enum code response_quota(struct db *db, const struct form *form, const json_t *values, const struct survey_quota **ret,
                         struct err *err)
{
	*ret = NULL;
	for (int i = 0; i < form->survey->nquotas; i++) {
		const struct survey_quota *quota = &form->survey->quotas[i];
		int64_t n;
		if (!meets(quota, values)) continue;
		TRY(db_int(db, &n, 0, err, "SELECT n FROM survey_quota WHERE form = $1 AND field = $2 AND choice = $3",
		           form->num, quota->field->key, quota->choice->key));
		if (n < quota->most) continue;
		*ret = quota;
		return OK;
	}
	return OK;
}

/* ---- Sending ---- */

enum code response_show_lot(struct db *db, const struct form *form, struct err *err)
{
	int64_t behind;
	TRY(db_int(db, &behind, 0, err, "SELECT COUNT(*) FROM anonymous_answer WHERE form = $1 AND shown = 0",
	           form->num));
	if (behind < 2 * RESPONSES_LOT) return OK;
	return db_run(
	        db, err,
	        "UPDATE anonymous_answer SET shown = 1 WHERE id IN (SELECT id FROM anonymous_answer WHERE form = $1 "
	        "AND shown = 0 ORDER BY id LIMIT $2)",
	        form->num, (int)RESPONSES_LOT);
}

enum code response_ask_scrub(struct tx *tx, struct err *err)
{
	json_t *payload = json_object();
	enum code code = job_add_once(tx, "survey_scrub", payload, (clock_now() / SCRUB_EVERY + 1) * SCRUB_EVERY, err);
	json_decref(payload);
	return code;
}

static enum code send_anonymous(struct tx *tx, const struct response *response, const char *body, int64_t person,
                                int64_t version, struct err *err)
{
	struct db *db = tx_db(tx);
	const struct form *form = response->form;
	if (person && form->survey->who == WHO_ACCOUNTS) {
		TRY(db_run(db, err, "INSERT INTO answered (form, person) VALUES ($1, $2) ON CONFLICT DO NOTHING",
		           form->num, person));
		if (db_changes(db) == 0)
			FAIL(err, E_FORBIDDEN, N_("This questionnaire has been answered already. Thank you!"));
	}
	TRY(db_run(
	        db, err,
	        "INSERT INTO anonymous_answer (id, form, version, language, body, shown) VALUES ($1, $2, $3, $4, $5, 0)",
	        id_random(), form->num, version, response->language, body));
	if (response->code)
		TRY(db_run(db, err, "INSERT INTO spent_code (code, form) VALUES ($1, $2) ON CONFLICT DO NOTHING",
		           response_code_hash(response->code), form->num));
	TRY(db_run(db, err, "DELETE FROM response WHERE num = $1", response->num));
	TRY(response_show_lot(db, form, err));
	return response_ask_scrub(tx, err);
}

enum code response_complete_version(struct tx *tx, struct arena *a, const struct response *response,
                                    const json_t *values, int64_t person, int64_t version, bool *full, struct err *err)
{
	struct db *db = tx_db(tx);
	const struct survey_quota *quota;
	const char *body = json_text(a, values);
	int64_t state, now = clock_now();
	*full = false;
	TRY(check_body(body, err));
	TRY(state_now(db, response, &state, err));
	if (state != RESPONSE_STARTED) return OK;
	TRY(response_quota(db, response->form, values, &quota, err));
	*full = quota != NULL;
	if (*full) return OK;
	TRY(response_count_choices(db, response->form, values, 1, err));
	TRY(db_run(
	        db, err,
	        "UPDATE survey_target SET state = $1 WHERE num = (SELECT target FROM respondent WHERE response = $2)",
	        (int)TARGET_ANSWERED, response->num));
	if (is_anonymous(response->form)) return send_anonymous(tx, response, body, person, version, err);
	return db_run(
	        db, err,
	        "UPDATE response SET state = $1, page = '', body = $2, sealed = NULL, changed = $3, completed = $3, "
	        "version = $4 WHERE num = $5",
	        (int)RESPONSE_COMPLETE, body, now, version, response->num);
}

enum code response_complete(struct tx *tx, struct arena *a, const struct response *response, const json_t *values,
                            int64_t person, bool *full, struct err *err)
{
	int64_t version;
	TRY(db_int(tx_db(tx), &version, 1, err, "SELECT version FROM definition WHERE num = $1", response->form->num));
	return response_complete_version(tx, a, response, values, person, version, full, err);
}

enum code response_drop(struct tx *tx, const struct response *response, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM response WHERE num = $1 AND state = $2", response->num,
	              (int)RESPONSE_STARTED);
}

/* ---- What is taken away ---- */

enum code response_delete(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                          const struct response *response, struct err *err)
{
	struct response now;
	TRY(response_load(tx_db(tx), a, model, actor, response->id, &now, err));
	struct thing thing = { .kind = KIND_RESPONSE,
		               .space = survey_space(model, now.form),
		               .author = now.person,
		               .state = STATE_PUBLISHED };
	TRY(may(actor, ACTION_DELETE, &thing, err));
	if (now.state == RESPONSE_COMPLETE) TRY(response_count_choices(tx_db(tx), now.form, now.values, -1, err));
	TRY(db_run(
	        tx_db(tx), err,
	        "UPDATE survey_target SET state = $1 WHERE num = (SELECT target FROM respondent WHERE response = $2)",
	        (int)TARGET_CONTACTED, now.num));
	tx_public(tx); /* a report may quote it */
	TRY(response_columns_drop(tx_db(tx), now.form, err));
	return db_run(tx_db(tx), err, "DELETE FROM response WHERE num = $1", now.num);
}

/* Keys whose value is another, divided by commas. */
static const char *changed_keys(struct arena *a, const json_t *before, const json_t *after)
{
	const char *key;
	json_t *value;
	struct buf out;
	buf_init(&out, a, 0);
	json_t *all = json_keep(a, json_copy((json_t *)before));
	json_object_update(all, (json_t *)after);
	json_object_foreach (all, key, value) {
		if (json_equal(json_object_get(before, key), json_object_get(after, key))) continue;
		if (out.len) buf_lit(&out, ",");
		buf_puts(&out, key);
	}
	return buf_str(&out);
}

enum code response_correct(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                           const struct response *response, const json_t *values, struct err *err)
{
	struct response now;
	const char *body = json_text(a, values);
	tx_public(tx);
	TRY(check_body(body, err));
	TRY(response_load(tx_db(tx), a, model, actor, response->id, &now, err));
	struct thing thing = { .kind = KIND_RESPONSE,
		               .space = survey_space(model, now.form),
		               .author = now.person,
		               .state = STATE_PUBLISHED };
	TRY(may(actor, ACTION_EDIT, &thing, err));
	if (now.state != RESPONSE_COMPLETE) FAIL(err, E_CONFLICT, N_("These answers have not been sent yet."));
	const char *fields = changed_keys(a, now.values, values);
	if (*fields == '\0') return OK;
	TRY(response_count_choices(tx_db(tx), now.form, now.values, -1, err));
	TRY(response_count_choices(tx_db(tx), now.form, values, 1, err));
	TRY(db_run(tx_db(tx), err, "INSERT INTO response_change (response, person, at, fields) VALUES ($1, $2, $3, $4)",
	           now.num, or_null(actor->person), clock_now(), fields));
	TRY(response_columns_drop(tx_db(tx), now.form, err));
	/* Always another time, however quick: what is made of answers is known by it (core/response_body.h). */
	return db_run(tx_db(tx), err, "UPDATE response SET body = $1, changed = $2 WHERE num = $3", body,
	              MAX(clock_now(), now.changed + 1), now.num);
}

/* Drafts go whatever she asks for. */
enum code response_forget(struct tx *tx, struct arena *a, const struct model *model, int64_t person, bool all,
                          struct err *err)
{
	struct db *db = tx_db(tx);
	AUTO(rows_release) struct rows rows = { 0 };
	tx_public(tx);
	TRY(db_query(db, &rows, err, "SELECT " RESPONSE_COLUMNS "WHERE w.person = $1 AND r.state = $2", person,
	             (int)RESPONSE_COMPLETE));
	while (all && rows_next(&rows)) {
		struct response response;
		TRY(response_row(&rows, a, model, NULL, true, &response, err));
		TRY(response_count_choices(db, response.form, response.values, -1, err));
	}
	TRY(rows_end(&rows, err));
	if (all) TRY(response_columns_drop(db, NULL, err));
	return db_run(
	        db, err,
	        "DELETE FROM response WHERE num IN (SELECT response FROM respondent WHERE person = $1) AND (state = "
	        "$2 OR $3 = 1)",
	        person, (int)RESPONSE_STARTED, all ? 1 : 0);
}

/* Records that move to another space, end, or have not begun. */
#include "base/clock.h"
#include "core/audit.h"
#include "core/care.h"
#include "core/comment.h"
#include "core/follow.h"
#include "core/index.h"
#include "core/reader.h"
#include "core/record.h"
#include "core/shareable.h"

enum { DRAFTS = 200 };

/* ---- Moving ---- */

static enum code may_move(const struct actor *actor, const struct record *record, struct err *err)
{
	struct thing thing = record_thing(record);
	TRY(may(actor, ACTION_DELETE, &thing, err));
	for (int i = 0; i < AUDIENCE_COUNT; i++) {
		thing.audience = (enum audience)i;
		if (record->parts[i].present && !allowed(actor, ACTION_READ, &thing))
			FAIL(err, E_FORBIDDEN,
			     N_("It holds answers that you may not read: somebody who reads all of it can move "
			        "it."));
	}
	if (record->state != STATE_PUBLISHED && record->state != STATE_ARCHIVED)
		FAIL(err, E_INPUT, N_("Only what is published can move to another space."));
	return OK;
}

/* Rows about a record, not revisions of it, go along. */
static enum code take_along(struct db *db, int64_t from, int64_t to, struct err *err)
{
	TRY(db_run(db, err, "UPDATE thanks SET record = $1 WHERE record = $2", to, from));
	TRY(db_run(db, err, "UPDATE slot_answer SET record = $1 WHERE record = $2", to, from));
	TRY(db_run(db, err, "UPDATE debate_position SET record = $1 WHERE record = $2", to, from));
	TRY(db_run(db, err, "UPDATE signup SET record = $1 WHERE record = $2", to, from));
	TRY(db_run(db, err, "UPDATE exchange SET record = $1 WHERE record = $2", to, from));
	TRY(db_run(db, err, "UPDATE call_asked SET record = $1 WHERE record = $2", to, from));
	TRY(db_run(db, err, "UPDATE shareable SET record = $1 WHERE record = $2", to, from));
	TRY(db_run(db, err, "UPDATE shareable SET copy = $1 WHERE copy = $2", to, from));
	TRY(db_run(db, err, "UPDATE thread_closed SET record = $1 WHERE record = $2", to, from));
	TRY(db_run(db, err, "UPDATE thread_mark SET record = $1 WHERE record = $2", to, from));
	TRY(db_run(db, err, "UPDATE thread_mark SET answer = $1 WHERE answer = $2", to, from));
	TRY(db_run(db, err, "UPDATE thread_mark SET shown = $1 WHERE shown = $2", to, from));
	TRY(db_run(db, err, "UPDATE record_also_in SET record = $1 WHERE record = $2", to, from));
	TRY(db_run(db, err,
	           "DELETE FROM record_also_in WHERE record = $1 AND space = (SELECT space FROM record WHERE num = $1)",
	           to));
	TRY(db_run(db, err, "UPDATE printed_record SET record = $1 WHERE record = $2", to, from));
	TRY(db_run(db, err, "UPDATE news SET record = $1 WHERE record = $2", to, from));
	TRY(db_run(db, err, "UPDATE news SET item = $1 WHERE item = $2", to, from));
	/* A circle of its own, too. */
	TRY(db_run(db, err, "UPDATE reader SET circle = - CAST($1 AS BIGINT) WHERE circle = - CAST($2 AS BIGINT)", to,
	           from));
	TRY(db_run(
	        db, err,
	        "UPDATE record SET circle = - CAST($1 AS BIGINT) WHERE (num = $1 OR about = $1) AND (SELECT circle FROM "
	        "record WHERE num = $2) < 0",
	        to, from));
	return db_run(db, err, "UPDATE follow SET target = $1 WHERE kind = $2 AND target = $3", to, (int)FOLLOW_RECORD,
	              from);
}

/* The id and all the addresses of the former record lead to what it became, even once it is deleted. */
enum code record_lead_to(struct tx *tx, const struct record *from, struct id to, struct err *err)
{
	struct db *db = tx_db(tx);
	int64_t num;
	TRY(db_int(db, &num, 0, err, "SELECT num FROM record WHERE id = $1", to));
	TRY(db_run(db, err, "UPDATE record_moved SET target = $1 WHERE target = $2", to, from->id));
	TRY(db_run(db, err, "INSERT INTO record_moved (id, target, created) VALUES ($1, $2, $3)", from->id, to,
	           clock_now()));
	TRY(take_along(db, from->num, num, err));
	TRY(care_move(tx, from->num, num, err));
	TRY(db_run(db, err, "UPDATE record_slug SET record = $1 WHERE record = $2", num, from->num));
	return db_run(db, err, "INSERT INTO record_slug (space, slug, record, created) VALUES ($1, $2, $3, $4)",
	              from->space->num, from->slug, num, clock_now());
}

enum code record_move(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                      struct id id, const struct space *to, struct save *result, struct issues *issues, struct err *err)
{
	struct record *record;
	TRY(record_load(tx_db(tx), a, model, &actor_program, id, &record, err));
	if (record->about) FAIL(err, E_INPUT, N_("A comment stays below what it is about."));
	TRY(may_move(actor, record, err));
	if (to->num == record->space->num) FAIL(err, E_INPUT, N_("It is in that space already."));
	*result = (struct save){ .actor = actor,
		                 .form = record->form,
		                 .space = to,
		                 .from = record,
		                 .slug = record->slug,
		                 .values = record->values,
		                 .state = record->state };
	TRY(record_save(tx, a, model, result, issues, err));
	TRY(comment_follow(tx, a, model, actor, record, result->saved, err));
	TRY(record_set_state(tx, a, model, actor, record->id, STATE_TRASH, (struct id){ 0 }, err));
	return record_lead_to(tx, record, result->saved, err);
}

/* ---- The end ---- */

enum code record_erase(struct tx *tx, struct arena *a, const struct model *model, struct record *record,
                       struct err *err)
{
	struct db *db = tx_db(tx);
	TRY(comment_delete_all(tx, a, model, record->num, err));
	record->state = STATE_TRASH; /* leaves every index */
	TRY(index_record(tx, a, model, record, err));
	TRY(db_run(db, err, "DELETE FROM body WHERE id IN (SELECT id FROM obj WHERE rec = $1)", record->num));
	TRY(db_run(db, err, "DELETE FROM parent WHERE child IN (SELECT id FROM obj WHERE rec = $1)", record->num));
	TRY(shareable_forget_text(tx, record->num, err));
	TRY(db_run(db, err, "DELETE FROM follow WHERE kind = $1 AND target = $2", (int)FOLLOW_RECORD, record->num));
	TRY(db_run(db, err, "DELETE FROM reader WHERE circle = $1", circle_of_record(record)));
	TRY(care_forget(tx, record->num, err));
	TRY(db_run(db, err, "DELETE FROM record WHERE num = $1", record->num));
	tx_public(tx);
	return OK;
}

enum code record_delete(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                        struct id id, struct err *err)
{
	struct db *db = tx_db(tx);
	struct record *record;
	int64_t num;
	TRY(db_int(db, &num, 0, err, "SELECT num FROM record WHERE id = $1", id));
	TRY(record_load_num(db, a, model, &actor_program, num, &record, err));
	struct thing thing = record_thing(record);
	bool program = actor == &actor_program;
	TRY(may(actor, ACTION_DELETE, &thing, err));
	if (record->state != STATE_DRAFT && !(program && record->state == STATE_TRASH))
		FAIL(err, E_INPUT, N_("Only a draft is deleted at once; put the rest in the trash."));
	TRY(record_erase(tx, a, model, record, err));
	return audit_note(tx, actor, "record.delete", id, json_pack("{s:s}", "form", record->form->key), err);
}

enum code record_list_trashed(struct db *db, struct arena *a, int64_t before, int max, struct id **ret, int *n,
                              struct err *err)
{
	struct id *ids = arena_array(a, struct id, (size_t)max + 1);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT id FROM record WHERE state = $1 AND changed < $2 AND NOT EXISTS (SELECT 1 FROM "
	             "measure m WHERE "
	             "m.record = record.num AND m.appealed > 0 AND m.answered IS NULL) ORDER BY changed LIMIT $3",
	             (int)STATE_TRASH, before, max));
	while (found < max && rows_next(&rows)) ids[found++] = row_id(&rows, 0);
	TRY(rows_end(&rows, err));
	*ret = ids;
	*n = found;
	return OK;
}

/* ---- Drafts ---- */

enum code record_list_drafts(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                             struct record ***ret, int *n, struct err *err)
{
	int64_t *nums = arena_array(a, int64_t, DRAFTS);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT num FROM record WHERE author = $1 AND state = $2 ORDER BY changed DESC LIMIT $3",
	             actor->person, (int)STATE_DRAFT, (int)DRAFTS));
	while (found < DRAFTS && rows_next(&rows)) nums[found++] = row_int(&rows, 0);
	TRY(rows_end(&rows, err));
	return record_load_many(db, a, model, actor, nums, found, ret, n, err);
}

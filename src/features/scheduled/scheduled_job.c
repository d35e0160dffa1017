#include "features/scheduled/scheduled_job.h"

#include "base/json.h"
#include "core/person.h"
#include "core/scheduled.h"
#include "core/site.h"

struct publishing {
	struct arena *a;
	const struct model *model;
	int64_t record, at;
};

/* Not that of another time, chosen since. */
static enum code is_due(struct db *db, const struct publishing *x, struct scheduled *ret, bool *due, struct err *err)
{
	enum code code = scheduled_find(db, x->record, ret, err);
	*due = code == OK && ret->at == x->at && !ret->failed;
	return code == E_NOT_FOUND ? OK : code;
}

static enum code publish(struct tx *tx, void *arg, struct err *err)
{
	const struct publishing *x = arg;
	struct db *db = tx_db(tx);
	struct scheduled scheduled;
	struct actor actor;
	struct record *record;
	bool due;
	TRY(is_due(db, x, &scheduled, &due, err));
	if (!due) return OK;
	TRY(actor_load(db, x->a, scheduled.person, &actor, err));
	TRY(record_load_num(db, x->a, x->model, &actor, x->record, &record, err));
	if (record->state == STATE_DRAFT)
		TRY(record_set_state(tx, x->a, x->model, &actor, record->id, STATE_PUBLISHED, (struct id){ 0 }, err));
	return scheduled_end(tx, x->record, err);
}

static enum code note_failure(struct tx *tx, void *arg, struct err *err)
{
	const struct publishing *x = arg;
	struct scheduled scheduled;
	bool due;
	TRY(is_due(tx_db(tx), x, &scheduled, &due, err));
	return due ? scheduled_failed(tx, x->record, err) : OK;
}

/* What lacks an answer, or is no longer hers to publish, is not tried again: its author is told on its page. */
enum code scheduled_job(struct store *store, const struct job *job, void *context, struct err *err)
{
	AUTO(arena_release) struct arena a = { 0 };
	struct publishing x = { &a, NULL, json_int(job->payload, "record", 0), json_int(job->payload, "at", 0) };
	x.model = site_model(context);
	enum code code = store_write(store, publish, &x, err);
	if (code == E_INPUT || code == E_FORBIDDEN || code == E_NOT_FOUND)
		code = store_write(store, note_failure, &x, err);
	model_release(x.model);
	return code;
}

#include "features/upkeep/upkeep.h"

#include "base/clock.h"
#include "core/dormant.h"
#include "core/erasure.h"
#include "core/file_ref.h"
#include "core/horizon.h"
#include "core/join_request.h"
#include "core/letter.h"
#include "core/minor.h"
#include "core/person.h"
#include "core/reading.h"
#include "core/record.h"
#include "core/retention.h"
#include "core/session.h"
#include "core/site.h"
#include "core/token.h"
#include "core/trash.h"
#include "features/archive/archive.h"
#include "features/letter/letter_job.h"

enum { BATCH = 100 };
#define GUEST_MS (2LL * 24 * 3600 * 1000)

/* Purges are functions of a write and nothing else. */
struct purge {
	enum code (*run)(struct tx *tx, struct err *err);
};

static enum code purge(struct tx *tx, void *arg, struct err *err)
{
	return ((const struct purge *)arg)->run(tx, err);
}

enum code upkeep_sessions(struct store *store, const struct job *job, void *context, struct err *err)
{
	(void)job;
	(void)context;
	return store_write_freeing(store, purge, &(struct purge){ session_purge }, err);
}

enum code upkeep_tokens(struct store *store, const struct job *job, void *context, struct err *err)
{
	(void)job;
	(void)context;
	return store_write_freeing(store, purge, &(struct purge){ token_purge }, err);
}

struct finding {
	const struct model *model;
};

static enum code find_dormant(struct tx *tx, void *arg, struct err *err)
{
	const struct finding *f = arg;
	TRY(join_request_purge(tx, err));
	return dormant_find(tx, f->model, clock_now(), err);
}

enum code upkeep_dormant(struct store *store, const struct job *job, void *context, struct err *err)
{
	struct finding f = { site_model(context) };
	(void)job;
	enum code code = store_write(store, find_dormant, &f, err);
	model_release(f.model);
	return code;
}

/* A form that was never sent again leaves its guest behind; nobody answered for a child. */
static enum code purge_guests(struct tx *tx, struct err *err)
{
	TRY(minor_purge(tx, clock_now() - MINOR_WAIT_MS, err));
	return person_purge_guests(tx, clock_now() - GUEST_MS, err);
}

enum code upkeep_guests(struct store *store, const struct job *job, void *context, struct err *err)
{
	(void)job;
	(void)context;
	return store_write_freeing(store, purge, &(struct purge){ purge_guests }, err);
}

enum code upkeep_letters(struct store *store, const struct job *job, void *context, struct err *err)
{
	(void)job;
	TRY(store_write_freeing(store, purge, &(struct purge){ letter_purge }, err));
	return letters_sweep(context, err);
}

enum code upkeep_files(struct store *store, const struct job *job, void *context, struct err *err)
{
	int n;
	(void)job;
	(void)context;
	return files_collect(store, &n, err);
}

enum code upkeep_erasure(struct store *store, const struct job *job, void *context, struct err *err)
{
	(void)job;
	TRY(letters_sweep(context, err));
	TRY(archive_forget(store, err));
	return erasure_settle(store, err);
}

struct ageing {
	const struct model *model;
	struct retention rule;
	int64_t num;
	struct arena a;
};

static enum code age_one(struct tx *tx, void *arg, struct err *err)
{
	struct ageing *x = arg;
	bool told;
	return retention_apply(tx, &x->a, x->model, &x->rule, x->num, &told, err);
}

/* Those of a form, as they stood at one moment: one write each, so that others may write in between. */
static enum code age_form(struct store *store, struct ageing *x, const struct form *form, struct arena *a,
                          struct err *err)
{
	enum { MOST = 2000 /* in a day */ };
	struct issues issues;
	struct db *db;
	int64_t *nums, n;
	int found;
	issues_init(&issues, a);
	x->rule = retention_read(form, &issues);
	if (x->rule.months == 0 || issues.count) return OK;
	TRY(store_read_begin(store, &db, err));
	enum code code = retention_due(db, a, form, &x->rule, clock_now(), MOST, &nums, &found, &n, err);
	store_read_end(store);
	for (int i = 0; code == OK && i < found; i++) {
		x->num = nums[i];
		arena_reset(&x->a);
		code = store_write_freeing(store, age_one, x, err);
		if (code == E_NOT_FOUND) code = OK; /* gone meanwhile */
	}
	return code;
}

static enum code purge_readings(struct tx *tx, void *arg, struct err *err)
{
	return reading_purge(tx, ((const struct ageing *)arg)->model, clock_now(), err);
}

enum code upkeep_retention(struct store *store, const struct job *job, void *context, struct err *err)
{
	AUTO(arena_release) struct arena a = { 0 };
	struct ageing x = { .model = site_model(context) };
	enum code code = OK;
	(void)job;
	arena_init(&x.a);
	for (int i = 0; code == OK && i < x.model->nforms; i++) code = age_form(store, &x, &x.model->forms[i], &a, err);
	if (code == OK) code = store_write_freeing(store, purge_readings, &x, err);
	arena_release(&x.a);
	model_release(x.model);
	return code;
}

enum code upkeep_horizon(struct store *store, const struct job *job, void *context, struct err *err)
{
	const struct model *model = site_model(context);
	(void)job;
	enum code code = horizon_extend(store, model, err);
	model_release(model);
	return code;
}

struct emptying {
	struct arena *a;
	const struct model *model;
	int n;
};

static enum code delete_some(struct tx *tx, void *arg, struct err *err)
{
	struct emptying *e = arg;
	struct id *ids;
	TRY(record_list_trashed(tx_db(tx), e->a, clock_now() - TRASH_MS, BATCH, &ids, &e->n, err));
	for (int i = 0; i < e->n; i++) TRY(record_delete(tx, e->a, e->model, &actor_program, ids[i], err));
	return OK;
}

enum code upkeep_trash(struct store *store, const struct job *job, void *context, struct err *err)
{
	struct arena a;
	struct emptying e = { &a, site_model(context), BATCH };
	enum code code = OK;
	(void)job;
	arena_init(&a);
	while (code == OK && e.n == BATCH) {
		code = store_write_freeing(store, delete_some, &e, err);
		arena_reset(&a);
	}
	model_release(e.model);
	arena_release(&a);
	return code;
}

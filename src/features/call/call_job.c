#include "features/call/call_job.h"

#include "base/clock.h"
#include "core/moment.h"
#include "core/site.h"
#include "features/call/call_tell.h"
#include "features/news/news_job.h"

enum { MOST = 500 /* of one form, in an hour */ };

struct asking {
	struct arena a;
	const struct model *model;
	int64_t num;
	struct date today;
};

static enum code ask_one(struct tx *tx, void *arg, struct err *err)
{
	struct asking *x = arg;
	struct record *record;
	struct call call;
	struct date end;
	bool later;
	enum code code = record_load_num(tx_db(tx), &x->a, x->model, &actor_program, x->num, &record, err);
	if (code == E_NOT_FOUND) return OK; /* gone meanwhile */
	TRY(code);
	if (!call_of(record, &call) || !call_end(&call, record, &end)) return OK;
	if (!call_is_open(&call, record, x->today)) return call_note_asked(tx, record->num, end, err);
	const struct page page = page_of_program(&x->a, tx_db(tx), x->model, news_links());
	return call_ask(tx, &page, record, &call, &later, err);
}

static enum code ask_form(struct store *store, struct asking *x, const struct form *form, struct arena *a,
                          struct err *err)
{
	struct issues none;
	struct db *db;
	int64_t *nums;
	int n;
	issues_init(&none, a);
	const struct call call = call_read(form, &none);
	if (call.state == NULL || call.end == NULL) return OK;
	TRY(store_read_begin(store, &db, err));
	enum code code = call_due(db, a, form, &call, x->today, MOST, &nums, &n, err);
	store_read_end(store);
	for (int i = 0; code == OK && i < n; i++) {
		x->num = nums[i];
		arena_reset(&x->a);
		code = store_write(store, ask_one, x, err);
	}
	return code;
}

static enum code purge(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return exchange_purge(tx, err);
}

enum code call_job(struct store *store, const struct job *job, void *context, struct err *err)
{
	AUTO(arena_release) struct arena a = { 0 };
	struct asking x = { .model = site_model(context) };
	enum code code = OK;
	(void)job;
	arena_init(&x.a);
	x.today = zone_local(model_zone(x.model), clock_now()).date;
	for (int i = 0; news_links() && code == OK && i < x.model->nforms; i++)
		code = ask_form(store, &x, &x.model->forms[i], &a, err);
	if (code == OK) code = store_write_freeing(store, purge, NULL, err);
	arena_release(&x.a);
	model_release(x.model);
	return code;
}

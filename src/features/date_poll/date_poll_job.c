#include "features/date_poll/date_poll_job.h"

#include <string.h>

#include "base/clock.h"
#include "base/hash.h"
#include "core/date_poll.h"
#include "core/field_type.h"
#include "core/moment.h"
#include "core/news.h"
#include "core/query.h"
#include "core/site.h"

struct asking {
	const struct model *model;
	struct date today;
	struct happening *events;
	int n;
};

/* The same for one search and its last day: nobody is told twice, however often it is looked at. */
static struct id source_of(int64_t record, struct date closes)
{
	struct id id;
	struct hash hash = hash_blake2b("clos", NULL, &(int64_t[2]){ record, date_to_days(closes) },
	                                2 * sizeof(int64_t));
	memcpy(id.b, hash.b, sizeof(id.b));
	return id;
}

static void take(struct asking *x, struct arena *a, const struct record *record)
{
	struct date_poll poll;
	const struct field *field;
	struct date closes;
	if (record->state != STATE_PUBLISHED || record->circle || !date_poll_find(a, record, &poll, &field)) return;
	if (!date_poll_is_open(&poll, x->today) || poll.closes == NULL || !date_from_iso(poll.closes, &closes)) return;
	if (date_compare(closes, date_add_days(x->today, 1)) > 0) return;
	x->events[x->n++] = (struct happening){ .kind = NEWS_DATES,
		                                .item = record->num,
		                                .actor = record->author,
		                                .source = source_of(record->num, closes) };
}

/* The latest: a search for dates is not long. */
static enum code look(struct asking *x, struct db *db, struct arena *a, const struct form *form, struct err *err)
{
	struct sort latest = { .builtin = SORT_CREATED, .descending = true };
	struct query query = { .form = form, .sorts = &latest, .nsorts = 1, .size = QUERY_SIZE_MAX };
	struct result result;
	struct record **records;
	int n;
	TRY(query_run(db, a, x->model, &actor_program, &query, &result, err));
	TRY(record_load_many(db, a, x->model, &actor_program, result.nums, result.n, &records, &n, err));
	for (int i = 0; i < n; i++) take(x, a, records[i]);
	return OK;
}

static enum code look_all(struct asking *x, struct db *db, struct arena *a, struct err *err)
{
	x->events = arena_array(a, struct happening, (size_t)QUERY_SIZE_MAX * (size_t)x->model->nforms + 1);
	for (int i = 0; i < x->model->nforms; i++) {
		const struct form *form = &x->model->forms[i];
		for (int j = 0; j < form->nfields; j++)
			if (form->fields[j].type && strcmp(form->fields[j].type->name, "dates") == 0) {
				TRY(look(x, db, a, form, err));
				break; /* a page proposes one set of dates */
			}
	}
	return OK;
}

static enum code ask(struct tx *tx, void *arg, struct err *err)
{
	const struct asking *x = arg;
	for (int i = 0; i < x->n; i++) TRY(news_ask(tx, &x->events[i], 0, err));
	return OK;
}

enum code dates_job(struct store *store, const struct job *job, void *context, struct err *err)
{
	AUTO(arena_release) struct arena a = { 0 };
	struct asking x = { .model = site_model(context) };
	struct db *db;
	(void)job;
	x.today = zone_local(model_zone(x.model), clock_now()).date;
	enum code code = store_read_begin(store, &db, err);
	if (code == OK) {
		code = look_all(&x, db, &a, err);
		store_read_end(store);
	}
	if (code == OK && x.n) code = store_write(store, ask, &x, err);
	model_release(x.model);
	return code;
}

#include "core/reindex.h"

#include "base/clock.h"
#include "base/json.h"
#include "core/index.h"
#include "core/posting.h"
#include "core/record.h"
#include "core/site.h"
#include "store/places.h"
#include "store/words.h"

enum code reindex_later(struct tx *tx, int64_t form, struct err *err)
{
	json_t *payload = json_pack("{s:I}", "form", (json_int_t)form);
	enum code code = job_add(tx, "reindex", payload, clock_now(), err);
	json_decref(payload);
	return code;
}

struct reindexing {
	const struct model *model;
	int64_t form, after;
	struct rebuilt done;
	int64_t field; /* whose counts are next */
	int64_t chunk; /* whose sets are next */
	bool mended;
};

static enum code reindex_some(struct tx *tx, void *arg, struct err *err)
{
	struct reindexing *x = arg;
	return record_rebuild_some(tx, x->model, x->form, &x->after, &x->done, err);
}

/* One transaction for each batch, so that people go on writing. */
static enum code reindex_all(struct store *store, struct reindexing *x, struct err *err)
{
	do {
		TRY(store_write(store, reindex_some, x, err));
	} while (x->after);
	return OK;
}

enum code reindex_run(struct store *store, const struct job *job, void *context, struct err *err)
{
	struct reindexing x = { .form = json_integer_value(json_object_get(job->payload, "form")) };
	TRY(site_reload(context, err));
	x.model = site_model(context);
	enum code code = reindex_all(store, &x, err);
	model_release(x.model);
	return code;
}

/* ---- Everything ---- */

static enum code mend_counts(struct tx *tx, void *arg, struct err *err)
{
	struct reindexing *x = arg;
	return index_mend_counts(tx, x->model, &x->field, &x->mended, err);
}

static enum code mend_sets(struct tx *tx, void *arg, struct err *err)
{
	struct reindexing *x = arg;
	return posting_mend(tx, x->model, &x->chunk, &x->mended, err);
}

static enum code mend_words(struct tx *tx, void *arg, struct err *err)
{
	struct reindexing *x = arg;
	return index_mend_words(tx, &x->mended, err);
}

static enum code mend_places(struct tx *tx, void *arg, struct err *err)
{
	struct reindexing *x = arg;
	return places_mend(tx_db(tx), &x->mended, err);
}

static enum code verify_words(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return words_verify(tx_db(tx), err);
}

static enum code restore_words(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return words_restore(tx_db(tx), err);
}

/* Writes, and counts what was mended. */
static enum code mend(struct store *store, store_fn *fn, struct reindexing *x, struct err *err)
{
	x->mended = false;
	TRY(store_write(store, fn, x, err));
	x->done.differences += x->mended;
	return OK;
}

/* First what records are looked up in when they are written. */
static enum code mend_indexes(struct store *store, struct reindexing *x, struct err *err)
{
	if (store_write(store, verify_words, x, err) != OK) {
		TRY(store_write(store, restore_words, x, err));
		x->done.differences++;
	}
	return mend(store, mend_places, x, err);
}

static enum code mend_shared(struct store *store, struct reindexing *x, struct err *err)
{
	do {
		TRY(mend(store, mend_counts, x, err));
	} while (x->field);
	do {
		TRY(mend(store, mend_sets, x, err));
	} while (x->chunk >= 0);
	return mend(store, mend_words, x, err);
}

static enum code count_records(struct store *store, int64_t *ret, struct err *err)
{
	struct db *db;
	TRY(store_read_begin(store, &db, err));
	enum code code = record_count(db, ret, err);
	store_read_end(store);
	return code;
}

enum code reindex_everything(struct store *store, const struct model *model,
                             void (*told)(void *arg, int64_t done, int64_t total), void *arg, int64_t *mended,
                             struct err *err)
{
	struct reindexing x = { .model = model };
	int64_t total;
	TRY(count_records(store, &total, err));
	TRY(mend_indexes(store, &x, err));
	do {
		TRY(store_write(store, reindex_some, &x, err));
		if (told) told(arg, x.done.records, total);
	} while (x.after);
	TRY(mend_shared(store, &x, err));
	*mended = x.done.differences;
	return OK;
}

#include "features/result/answer_source.h"

#include "core/query.h"

enum { BATCH = 200 };

const struct answer_source *const answer_sources[] = { &answer_records, NULL };

const struct answer_source *answer_source_of(const struct page *p, const struct form *form)
{
	for (const struct answer_source *const *source = answer_sources; *source; source++)
		if ((*source)->fits(p, form)) return *source;
	return &answer_records;
}

/* ---- Published pages ---- */

static bool records_fit(const struct page *p, const struct form *form)
{
	(void)p;
	(void)form;
	return true;
}

static enum code read_batch(const struct page *p, struct arena *batch, const int64_t *nums, int n,
                            const struct answer_sink *sink, struct err *err)
{
	struct record **records;
	int found;
	TRY(record_load_many(p->db, batch, p->model, p->actor, nums, n, &records, &found, err));
	for (int i = 0; i < found; i++) {
		const struct answer answer = { records[i]->values, records[i]->space, records[i]->created };
		sink->take(sink->context, &answer);
	}
	return OK;
}

static void release_batch(void *arena)
{
	arena_release(arena);
}

static enum code records_read(const struct page *p, const struct form *form, const struct answer_sink *sink, bool *cut,
                              struct err *err)
{
	const struct query query = { .form = form, .size = 1 };
	struct arena *batch = arena_new(p->arena, struct arena);
	int64_t *nums;
	int n;
	TRY(query_all(p->db, p->arena, p->model, p->actor, &query, &nums, &n, cut, err));
	arena_init(batch);
	arena_defer(p->arena, release_batch, batch);
	sink->begin(sink->context, n);
	for (int i = 0; i < n; i += BATCH) {
		TRY(read_batch(p, batch, nums + i, MIN(BATCH, n - i), sink, err));
		arena_reset(batch);
	}
	return OK;
}

const struct answer_source answer_records = { .name = "records", .fits = records_fit, .read = records_read };

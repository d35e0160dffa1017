#include "features/result/answer_source.h"

#include <string.h>

#include "core/query.h"
#include "core/relative_day.h"
#include "core/response.h"

enum { BATCH = 200 };

const struct answer_source *const answer_sources[] = { &answer_responses, &answer_records, NULL };

const struct answer_source *answer_source_of(const struct form *form)
{
	for (const struct answer_source *const *source = answer_sources; *source; source++)
		if ((*source)->fits(form)) return *source;
	return &answer_records;
}

/* ---- Published pages ---- */

static bool records_fit(const struct form *form)
{
	return form->survey == NULL;
}

/* Each counts what she reads anyhow, page by page. */
static bool records_may(const struct page *p, const struct form *form)
{
	(void)form;
	return page_organises(p);
}

static bool records_confidential(const struct page *p, const struct form *form)
{
	(void)p;
	(void)form;
	return false;
}

static enum code read_batch(const struct page *p, struct arena *batch, const int64_t *nums, int n,
                            const struct answer_sink *sink, struct err *err)
{
	struct record **records;
	int found;
	TRY(record_load_many(p->db, batch, p->model, p->actor, nums, n, &records, &found, err));
	for (int i = 0; i < found; i++) {
		const struct answer answer = { records[i]->values, records[i]->space, records[i]->created, NULL };
		sink->take(sink->context, &answer);
	}
	return OK;
}

static void release_batch(void *arena)
{
	arena_release(arena);
}

static enum code records_read(const struct page *p, const struct form *form, const struct answer_sink *sink,
                              struct answer_counts *counts, struct err *err)
{
	const struct query query = { .form = form, .size = 1 };
	struct arena *batch = arena_new(p->arena, struct arena);
	int64_t *nums;
	int n;
	TRY(query_all(p->db, p->arena, p->model, p->actor, &query, &nums, &n, &counts->cut, err));
	arena_init(batch);
	arena_defer(p->arena, release_batch, batch);
	sink->begin(sink->context, n);
	for (int i = 0; i < n; i += BATCH) {
		TRY(read_batch(p, batch, nums + i, MIN(BATCH, n - i), sink, err));
		arena_reset(batch);
	}
	return OK;
}

const struct answer_source answer_records = { .name = "records",
	                                      .fits = records_fit,
	                                      .may = records_may,
	                                      .confidential = records_confidential,
	                                      .read = records_read };

/* ---- Responses to questionnaires ---- */

static bool responses_fit(const struct form *form)
{
	return form->survey != NULL;
}

static bool responses_seen(const struct page *p, const struct form *form)
{
	struct err err;
	return responses_may(p->model, p->actor, ACTION_READ, form, &err) == OK;
}

/* Who looks after a questionnaire that names people reads them one by one. */
static bool responses_confidential(const struct page *p, const struct form *form)
{
	return form->survey->anonymity != ANONYMITY_NAMED || !responses_seen(p, form);
}

static enum code take_response(void *context, const struct response *response, struct err *err)
{
	const struct answer_sink *sink = context;
	const struct answer answer = { response->values, NULL, response->completed, channel_key(response->channel) };
	(void)err;
	sink->take(sink->context, &answer);
	return OK;
}

/* Public results are counted for those who may read none of the responses. */
struct response_walk answer_walk(const struct page *p, const struct form *form)
{
	return (struct response_walk){ .model = p->model,
		                       .form = form,
		                       .actor = responses_seen(p, form) ? p->actor : &actor_program,
		                       .stand = survey_stand(form->survey, model_today(p->model, p->now)) };
}

static enum code responses_read(const struct page *p, const struct form *form, const struct answer_sink *sink,
                                struct answer_counts *counts, struct err *err)
{
	struct response_counts known;
	const struct response_walk walk = answer_walk(p, form);
	TRY(response_count(p->db, form, walk.stand, &known, err));
	counts->begun = known.started;
	counts->held = known.complete - known.shown;
	counts->cut = known.shown > ANSWERS_MOST;
	sink->begin(sink->context, (int)MIN(known.shown, ANSWERS_MOST));
	return response_each(p->db, &walk, take_response, (void *)sink, err);
}

static enum code responses_keys(const struct page *p, const struct form *form, struct response_key **ret, int *n,
                                struct answer_counts *counts, struct err *err)
{
	struct response_counts known;
	const struct response_walk walk = answer_walk(p, form);
	TRY(response_keys(p->db, p->arena, &walk, ANSWERS_MOST, ret, n, &known, err));
	*counts = (struct answer_counts){ .begun = known.started };
	counts->cut = *n == ANSWERS_MOST;
	if (!counts->cut) counts->held = known.complete - *n;
	return OK;
}

static enum code responses_stored(const struct page *p, const struct form *form, const struct response_key *keys, int n,
                                  response_body_fn *fn, void *context, struct err *err)
{
	const struct response_walk walk = answer_walk(p, form);
	return response_bodies(p->db, &walk, keys, n, fn, context, err);
}

const char *answer_channel_words(const char *key)
{
	for (enum channel channel = 0; channel < CHANNELS; channel++)
		if (strcmp(channel_key(channel), key) == 0) return channel_words(channel);
	return key;
}

const struct answer_source answer_responses = { .name = "responses",
	                                        .fits = responses_fit,
	                                        .may = responses_seen,
	                                        .confidential = responses_confidential,
	                                        .read = responses_read,
	                                        .channels = true,
	                                        .keys = responses_keys,
	                                        .stored = responses_stored };

/* Columns of great questionnaires are stored by a job, and go with what people said. */
#include "features/result/answer_stored.h"

#include "base/clock.h"
#include "core/response_columns.h"
#include "features/result/answer_pack.h"
#include "support/jobs/jobs.h"

static struct site_fixture site;
static const struct job_kind kinds[] = { { "answer-columns", answer_stored_job, 0 }, { 0 } };

static int teardown(void **state)
{
	return jobs_end(state, &site);
}

static const struct form *form(void)
{
	return model_form(site.model, "enquete");
}

static void begin(void **state)
{
	jobs_begin(state, &site,
	           "{\"key\":\"enquete\",\"label\":\"Enquête\",\"plural\":\"Enquêtes\",\"add\":\"Répondre\","
	           "\"survey\":{\"state\":\"open\",\"anonymity\":\"named\"},"
	           "\"pages\":[{\"key\":\"tout\",\"label\":\"Tout\"}],\"fields\":[{\"key\":\"postes\",\"type\":"
	           "\"number\",\"label\":\"Postes\",\"page\":\"tout\"}]}");
}

struct answering {
	int n;
	struct response last;
};

static enum code answer(struct tx *tx, void *arg, struct err *err)
{
	static int number;
	struct answering *x = arg;
	const json_t *values = site_json(&site, "{\"postes\":\"3\"}");
	for (int i = 0; i < x->n; i++) {
		const char *code = arena_printf(&site.arena, "code-%d", ++number);
		const struct response_new new = { .form = form(), .channel = CHANNEL_WEB, .code = code };
		bool full;
		TRY(response_begin(tx, &new, err));
		TRY(response_find(tx_db(tx), &site.arena, site.model, code, &x->last, err));
		TRY(response_complete(tx, &site.arena, &x->last, values, 0, &full, err));
	}
	return OK;
}

static enum code delete_last(struct tx *tx, void *arg, struct err *err)
{
	struct answering *x = arg;
	return response_delete(tx, &site.arena, site.model, &site.facilitator, &x->last, err);
}

static void answers(struct answering *x, int n)
{
	struct err err = { 0 };
	x->n = n;
	assert_ok(store_write(site.store, answer, x, &err), &err);
}

/* How many answers are stored; −1: nothing is. */
static int stored(void)
{
	struct err err = { 0 };
	struct page p = { .arena = &site.arena, .model = site.model };
	struct blob bytes;
	int n = -1;
	assert_ok(store_read_begin(site.store, &p.db, &err), &err);
	assert_ok(response_columns_read(p.db, &site.arena, form(), ANSWER_PACK_HEAD, &bytes, &err), &err);
	store_read_end(site.store);
	if (bytes.len) assert_true(answer_pack_told(&p, form(), bytes, &n));
	return n;
}

/* An eighth more, and they are stored again; one that goes takes them away. */
static void test_when(void **state)
{
	static const struct {
		int more, stored;
	} steps[] = { { 999, -1 }, { 1, 1000 }, { 125, 1000 }, { 1, 1126 } };
	struct answering x;
	struct err err = { 0 };
	begin(state);
	for (size_t i = 0; i < COUNT(steps); i++) {
		answers(&x, steps[i].more);
		jobs_run(&site, kinds, true);
		assert_int_equal(stored(), steps[i].stored);
	}
	assert_ok(store_write(site.store, delete_last, &x, &err), &err);
	assert_int_equal(stored(), -1);
	jobs_run(&site, kinds, true);
	assert_int_equal(stored(), 1125);
}

static enum code damage(struct tx *tx, void *arg, struct err *err)
{
	struct blob bytes;
	char *copy;
	TRY(response_columns_read(tx_db(tx), &site.arena, form(), RESPONSE_COLUMNS_MAX, &bytes, err));
	copy = arena_memdup(&site.arena, bytes.ptr, bytes.len);
	copy[bytes.len / 2] ^= 1;
	return response_columns_keep(tx, form(), blob_of(copy, bytes.len - *(int *)arg), err);
}

/* One bit that is another, or a byte that is lost: nothing of it serves. */
static void test_damaged(void **state)
{
	struct answering x;
	struct err err = { 0 };
	const struct answer_columns *found;
	begin(state);
	answers(&x, ANSWERS_STORED_FROM);
	for (int lost = 0; lost <= 2; lost++) {
		struct page p = {
			.arena = &site.arena, .model = site.model, .actor = &site.facilitator, .now = clock_now()
		};
		const struct form *f = form();
		jobs_run(&site, kinds, true);
		assert_ok(store_write(site.store, damage, &lost, &err), &err);
		assert_ok(store_read_begin(site.store, &p.db, &err), &err);
		assert_ok(answer_stored(&p, f, answer_source_of(f), &found, &err), &err);
		store_read_end(site.store);
		assert_null(found);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOBS_BOTH(test_when, teardown),
		JOBS_BOTH(test_damaged, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

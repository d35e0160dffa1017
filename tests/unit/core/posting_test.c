/* Sets of records: packed as a list or as bits, changed one by one, made again from the index. */
#include "core/posting_chunk.h"

#include <string.h>

#include "base/clock.h"
#include "support/site/site.h"

static struct site_fixture site;

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

static void set(uint8_t *bits, int n)
{
	bits[n / 8] |= (uint8_t)(1u << n % 8);
}

/* Few are two bytes each, in order; from 512 on, a bit each: never longer; counted the same. */
static void test_packed(void **state)
{
	(void)state;
	uint8_t bits[POSTING_BITMAP] = { 0 }, out[POSTING_BITMAP];
	assert_int_equal(posting_pack(bits, out).len, 0);
	set(bits, 0);
	set(bits, 300);
	set(bits, POSTING_CHUNK - 1);
	struct blob packed = posting_pack(bits, out);
	static const uint8_t expected[] = { 0, 0, 0x2c, 0x01, 0xff, 0x1f };
	assert_int_equal(packed.len, sizeof(expected));
	assert_memory_equal(packed.ptr, expected, sizeof(expected));
	for (int step = 1; step < 40; step++) {
		uint8_t back[POSTING_BITMAP] = { 0 };
		memset(bits, 0, sizeof(bits));
		int n = 0;
		for (int i = step - 1; i < POSTING_CHUNK; i += step, n++) set(bits, i);
		packed = posting_pack(bits, out);
		assert_int_equal(packed.len, 2 * n < POSTING_BITMAP ? 2 * n : POSTING_BITMAP);
		posting_unpack(packed, back);
		assert_memory_equal(back, bits, sizeof(bits));
		uint8_t thirds[POSTING_BITMAP] = { 0 };
		int common = 0;
		for (int i = 0; i < POSTING_CHUNK; i += 3) {
			set(thirds, i);
			common += i >= step - 1 && (i - (step - 1)) % step == 0;
		}
		assert_int_equal(posting_common(packed, thirds), common);
		assert_int_equal(posting_count(bits, sizeof(bits)), n);
	}
}

struct work {
	int64_t field, num;
	const char *key;
	bool in, mended;
	int64_t chunk;
};

static enum code in_write(struct tx *tx, void *arg, struct err *err)
{
	struct work *w = arg;
	return posting_change(tx_db(tx), w->field, w->key, w->num, w->in, err);
}

static enum code mend(struct tx *tx, void *arg, struct err *err)
{
	struct work *w = arg;
	return posting_mend(tx, site.model, &w->chunk, &w->mended, err);
}

static bool mends(void)
{
	struct err err = { 0 };
	struct work w = { .chunk = 0 };
	bool any = false;
	while (w.chunk >= 0) {
		assert_ok(store_write(site.store, mend, &w, &err), &err);
		any |= w.mended;
	}
	return any;
}

/* What saves keep is what is made from the index; what is not is mended once. */
static void test_mended(void **state)
{
	struct err err = { 0 };
	site_fixture_init(&site, test_store(state));
	struct id id = site_card(&site, &site.contributor, "{\"nom\":\"Le moulin\"}");
	site_card(&site, &site.other, "{\"nom\":\"La halle\"}");
	assert_false(mends());
	const struct record *record = site_load(&site, &site.administrator, id);
	struct work w = { .field = posting_form(record->form), .num = record->num, .in = false };
	w.key = posting_space(&site.arena, record->space);
	assert_ok(store_write(site.store, in_write, &w, &err), &err);
	assert_true(mends());
	assert_false(mends());
	w.num = 3 * POSTING_CHUNK + 5; /* of nobody */
	w.in = true;
	assert_ok(store_write(site.store, in_write, &w, &err), &err);
	assert_ok(store_write(site.store, in_write, &w, &err), &err); /* twice is once */
	assert_true(mends());
	assert_false(mends());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name)                                                      \
	{ #name " (SQLite)", name, test_sqlite_setup, teardown, NULL }, \
	        { #name " (PostgreSQL)", name, test_postgres_setup, teardown, NULL }
		cmocka_unit_test(test_packed),
		TEST(test_mended),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Codes by the clock: the values of RFC 6238 appendix B and RFC 4648 §10; then a person's second step. */
#include "core/second_step.h"

#include <string.h>

#include "base/clock.h"
#include "support/site/site.h"

static const uint8_t known[TOTP_SECRET + 1] = "12345678901234567890";

/* Appendix B has eight digits: the last six are the code of six. */
static void test_rfc_6238(void **state)
{
	static const struct {
		int64_t seconds;
		const char *code;
	} values[] = { { 59, "287082" },         { 1111111109, "081804" }, { 1111111111, "050471" },
		       { 1234567890, "005924" }, { 2000000000, "279037" }, { 20000000000, "353130" } };
	(void)state;
	for (size_t i = 0; i < COUNT(values); i++) {
		char code[TOTP_CODE + 1];
		totp_code(known, totp_step(values[i].seconds * 1000), code);
		assert_string_equal(code, values[i].code);
	}
}

/* printf 12345678901234567890 | base32 */
static void test_base_32(void **state)
{
	char text[TOTP_SECRET_TEXT + 1];
	uint8_t back[TOTP_SECRET];
	(void)state;
	totp_secret_text(known, text);
	assert_string_equal(text, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
	assert_true(totp_secret_parse(text, back));
	assert_memory_equal(back, known, TOTP_SECRET);
	assert_false(totp_secret_parse("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1", back));
	assert_false(totp_secret_parse("GEZDGNBV", back));
}

static struct site_fixture site;
static char spare[SPARE_CODES][SPARE_TEXT + 1];

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

static enum code begin(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return second_step_begin(tx, &site.arena, site.administrator.person, known, spare, err);
}

struct taking {
	const char *typed;
	bool right;
};

static enum code take(struct tx *tx, void *arg, struct err *err)
{
	struct taking *taking = arg;
	return second_step_take(tx, &site.arena, site.administrator.person, taking->typed, &taking->right, err);
}

static bool takes(const char *typed)
{
	struct err err = { 0 };
	struct taking taking = { .typed = typed };
	assert_ok(store_write(site.store, take, &taking, &err), &err);
	return taking.right;
}

static const char *code_at(int64_t ms)
{
	char *code = arena_alloc(&site.arena, TOTP_CODE + 1);
	totp_code(known, totp_step(ms), code);
	return code;
}

static void test_a_code_serves_once(void **state)
{
	struct err err = { 0 };
	site_fixture_init(&site, test_store(state));
	assert_ok(store_write(site.store, begin, NULL, &err), &err);
	int64_t now = clock_now() + 10 * TOTP_STEP_MS;
	assert_false(takes(code_at(clock_now()))); /* the one it began with */
	clock_set(now);
	assert_false(takes("000000"));
	assert_false(takes(""));
	assert_false(takes(code_at(now - 2 * TOTP_STEP_MS)));
	assert_false(takes(code_at(now + 2 * TOTP_STEP_MS)));
	assert_true(takes(code_at(now - TOTP_STEP_MS)));
	assert_true(takes(arena_printf(&site.arena, " %.3s %s ", code_at(now), code_at(now) + 3)));
	assert_false(takes(code_at(now)));
	assert_false(takes(code_at(now - TOTP_STEP_MS)));
	clock_set(now + TOTP_STEP_MS);
	assert_true(takes(code_at(now + TOTP_STEP_MS)));
}

static void test_spare_codes(void **state)
{
	struct err err = { 0 };
	struct db *db;
	int64_t held = 0;
	site_fixture_init(&site, test_store(state));
	assert_ok(store_write(site.store, begin, NULL, &err), &err);
	for (int i = 0; i < SPARE_CODES; i++) {
		assert_int_equal(strlen(spare[i]), SPARE_TEXT);
		assert_true(takes(i % 2 ? spare[i] : arena_printf(&site.arena, "%.5s%s", spare[i], spare[i] + 6)));
		assert_false(takes(spare[i]));
	}
	assert_ok(store_write(site.store, begin, NULL, &err), &err);
	assert_int_equal(store_read_begin(site.store, &db, NULL), OK);
	assert_ok(db_int(db, &held, 0, &err, "SELECT COUNT(*) FROM credential WHERE secret LIKE $1",
	                 arena_printf(&site.arena, "%%%s%%", spare[0])),
	          &err);
	store_read_end(site.store);
	assert_int_equal(held, 0);
}

int main(void)
{
#define BOTH(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rfc_6238),
		cmocka_unit_test(test_base_32),
		BOTH(test_a_code_serves_once),
		BOTH(test_spare_codes),
	};
	return cmocka_run_group_tests_name("totp", tests, NULL, NULL);
}

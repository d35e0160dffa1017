/* Token buckets, with the clock in hand. */
#include <pthread.h>
#include <stdio.h>

#include "base/clock.h"
#include "net/rate.h"
#include "request_fixture.h"

enum { NOW = 1000000000 };

static void test_bucket(void **state)
{
	(void)state;
	clock_set(NOW);
	struct rate *rate = rate_new(3, 1000, 100);
	for (int i = 0; i < 3; i++) assert_int_equal(rate_take(rate, "a"), 0);
	assert_int_equal(rate_take(rate, "a"), 1000);
	assert_int_equal(rate_take(rate, "a"), 1000); /* a refusal costs nothing */
	assert_int_equal(rate_take(rate, "b"), 0);    /* to each key its own */
	clock_set(NOW + 999);
	assert_int_equal(rate_take(rate, "a"), 1);
	clock_set(NOW + 1000);
	assert_int_equal(rate_take(rate, "a"), 0);
	assert_int_equal(rate_take(rate, "a"), 1000);
	/* Full again after three; never more than full. */
	clock_set(NOW + 1000000);
	for (int i = 0; i < 3; i++) assert_int_equal(rate_take(rate, "a"), 0);
	assert_int_equal(rate_take(rate, "a"), 1000);
	rate_forget(rate, "a");
	rate_forget(rate, "never seen");
	for (int i = 0; i < 3; i++) assert_int_equal(rate_take(rate, "a"), 0);
	assert_int_equal(rate_take(rate, "a"), 1000);
	/* A clock set back by a day makes nobody wait a day. */
	clock_set(NOW - 86400000);
	assert_int_equal(rate_take(rate, "a"), 1000);
	rate_free(rate);
	rate_free(NULL);
}

/* What was counted while the clock was ahead does not take the places of what is counted now. */
static void test_clock_goes_back(void **state)
{
	(void)state;
	char key[32];
	struct rate *rate = rate_new(5, 1000, 8);
	clock_set(NOW + 36000000);
	for (int i = 0; i < 8; i++) {
		snprintf(key, sizeof(key), "ahead %d", i);
		assert_int_equal(rate_take(rate, key), 0);
	}
	clock_set(NOW);
	for (int i = 0; i < 5; i++) {
		assert_int_equal(rate_take(rate, "a"), 0);
		assert_int_equal(rate_take(rate, "b"), 0);
	}
	assert_int_equal(rate_take(rate, "a"), 1000);
	assert_int_equal(rate_take(rate, "b"), 1000);
	rate_free(rate);
}

/* A flood of keys, each once, does not free one that was emptied. */
static void test_flood(void **state)
{
	(void)state;
	char key[32];
	clock_set(NOW);
	struct rate *rate = rate_new(5, 1000, 64);
	for (int i = 0; i < 5; i++) assert_int_equal(rate_take(rate, "emptied"), 0);
	for (int i = 0; i < 10000; i++) {
		snprintf(key, sizeof(key), "flood %d", i);
		rate_take(rate, key);
	}
	assert_int_equal(rate_take(rate, "emptied"), 1000);
	rate_free(rate);
}

static void *take_many(void *arg)
{
	intptr_t taken = 0;
	for (int i = 0; i < 1000; i++) taken += rate_take(arg, "shared") == 0;
	return (void *)taken;
}

static void test_threads(void **state)
{
	(void)state;
	pthread_t threads[4];
	intptr_t taken = 0;
	clock_set(NOW);
	struct rate *rate = rate_new(700, 1000, 8);
	for (size_t i = 0; i < COUNT(threads); i++)
		assert_int_equal(pthread_create(&threads[i], NULL, take_many, rate), 0);
	for (size_t i = 0; i < COUNT(threads); i++) {
		void *result;
		pthread_join(threads[i], &result);
		taken += (intptr_t)result;
	}
	assert_int_equal(taken, 700);
	rate_free(rate);
}

static void test_key(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		{ "192.0.2.7", "192.0.2.7" },
		{ "::ffff:192.0.2.7", "192.0.2.7" },
		/* an IPv6 customer has a /64 at least (RFC 6177) */
		{ "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64" },
		{ "2001:db8:1:2::9", "2001:db8:1:2::/64" },
		{ "2001:db8:1:3::9", "2001:db8:1:3::/64" },
		{ "::1", "0:0:0:0::/64" }, /* not "unix", which has no address */
		{ "unix", "unix" },
		{ "", "" },
	};
	char out[RATE_KEY];
	for (size_t i = 0; i < COUNT(rows); i++) assert_string_equal(rate_address_key(rows[i][0], out), rows[i][1]);
	char lengthy[200];
	memset(lengthy, 'a', sizeof(lengthy));
	lengthy[199] = '\0';
	assert_int_equal(strlen(rate_address_key(lengthy, out)), RATE_KEY - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_bucket), cmocka_unit_test(test_clock_goes_back),
		                            cmocka_unit_test(test_flood), cmocka_unit_test(test_threads),
		                            cmocka_unit_test(test_key) };
	return cmocka_run_group_tests(tests, setup, teardown);
}

/* When letters leave: at once, each day, each week, never in the quiet hours; on the clocks of Paris, whose summer
 * time began on 29 March 2026 and ends on 25 October. Moments from date(1). */
#include "core/news.h"

#include "base/macros.h"
#include "support/store.h"

static const struct {
	enum news_pace pace;
	int from, to;
	int64_t now, due;
} cases[] = {
	{ PACE_ONCE, 21, 8, 1795870800000LL, 1795870860000LL },   /* 2026-11-28 14:00:00 → 2026-11-28 14:01:00 */
	{ PACE_ONCE, 21, 8, 1795895910000LL, 1795895970000LL },   /* 2026-11-28 20:58:30 → 2026-11-28 20:59:30 */
	{ PACE_ONCE, 21, 8, 1795895970000LL, 1795935600000LL },   /* 2026-11-28 20:59:30 → 2026-11-29 08:00:00 */
	{ PACE_ONCE, 21, 8, 1795905000000LL, 1795935600000LL },   /* 2026-11-28 23:30:00 → 2026-11-29 08:00:00 */
	{ PACE_ONCE, 21, 8, 1795914000000LL, 1795935600000LL },   /* 2026-11-29 02:00:00 → 2026-11-29 08:00:00 */
	{ PACE_ONCE, 21, 8, 1774731600000LL, 1774764000000LL },   /* 2026-03-28 22:00:00 → 2026-03-29 08:00:00 */
	{ PACE_ONCE, 21, 8, 1792872000000LL, 1792911600000LL },   /* 2026-10-24 22:00:00 → 2026-10-25 08:00:00 */
	{ PACE_ONCE, 12, 14, 1795867200000LL, 1795870800000LL },  /* 2026-11-28 13:00:00 → 2026-11-28 14:00:00 */
	{ PACE_ONCE, 0, 0, 1795831200000LL, 1795831260000LL },    /* 2026-11-28 03:00:00 → 2026-11-28 03:01:00 */
	{ PACE_DAILY, 21, 8, 1795849199000LL, 1795849200000LL },  /* 2026-11-28 07:59:59 → 2026-11-28 08:00:00 */
	{ PACE_DAILY, 21, 8, 1795849200000LL, 1795935600000LL },  /* 2026-11-28 08:00:00 → 2026-11-29 08:00:00 */
	{ PACE_DAILY, 22, 9, 1795870800000LL, 1795939200000LL },  /* 2026-11-28 14:00:00 → 2026-11-29 09:00:00 */
	{ PACE_DAILY, 21, 8, 1774684800000LL, 1774764000000LL },  /* 2026-03-28 09:00:00 → 2026-03-29 08:00:00 */
	{ PACE_DAILY, 21, 8, 1792825200000LL, 1792911600000LL },  /* 2026-10-24 09:00:00 → 2026-10-25 08:00:00 */
	{ PACE_WEEKLY, 21, 8, 1795611600000LL, 1796022000000LL }, /* 2026-11-25 14:00:00 → 2026-11-30 08:00:00 */
	{ PACE_WEEKLY, 21, 8, 1796022000000LL, 1796626800000LL }, /* 2026-11-30 08:00:00 → 2026-12-07 08:00:00 */
	{ PACE_WEEKLY, 21, 8, 1774443600000LL, 1774850400000LL }, /* 2026-03-25 14:00:00 → 2026-03-30 08:00:00 */
};

static void test_due(void **state)
{
	const struct zone *zone;
	struct err err;
	(void)state;
	assert_ok(zone_find("Europe/Paris", &zone, &err), &err);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct news_choice choice = { cases[i].pace, cases[i].from, cases[i].to, true };
		int64_t due = news_due(&choice, zone, cases[i].now);
		if (due != cases[i].due)
			print_error("row %d: %lld, not %lld\n", (int)i, (long long)due, (long long)cases[i].due);
		assert_int_equal(due, cases[i].due);
		assert_false(news_is_quiet(&choice, zone, due));
	}
	struct news_choice never = { PACE_NEVER, 21, 8, true };
	assert_int_equal(news_due(&never, zone, cases[0].now), INT64_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_due) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}

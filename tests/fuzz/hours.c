/*
 * Opening hours, in OpenStreetMap's words and as people type a day. What is read is written and read again as
 * the same, and the next change is after now and is one.
 */
#include "base/hours.h"
#include "fuzz.h"

static void check_error(const struct err *err)
{
	char said[600];
	CHECK(err->code != OK && is_text(err_format(err, err->msg, said, sizeof(said))));
}

static void check_change(const struct hours *hours, struct dice *dice)
{
	struct datetime now = { date_add_days((struct date){ 2026, 1, 1 }, dice_below(dice, 800)),
		                (int)dice_below(dice, 24), (int)dice_below(dice, 60), 0 },
	                change;
	if (!hours_next_change(hours, &now, &change)) return;
	CHECK(datetime_valid(&change) && datetime_compare(&change, &now) > 0);
	CHECK(hours_open(hours, &change) != hours_open(hours, &now));
}

static void check_hours(struct arena *a, const char *text, struct dice *dice)
{
	struct hours hours, again;
	struct err err;
	if (hours_parse(a, text, &hours, &err) != OK) {
		check_error(&err);
		return;
	}
	const char *written = hours_format(a, &hours);
	if (strlen(written) <= HOURS_TEXT) {
		CHECK(hours_parse(a, written, &again, &err) == OK);
		CHECK(strcmp(hours_format(a, &again), written) == 0);
	}
	for (int i = 0; i < hours.n; i++)
		for (int lang = 0; lang < LANG_COUNT; lang++) {
			CHECK(is_text(hours_day_format(a, &hours.rules[i], (enum lang)lang)));
			CHECK(is_text(hours_seasons_format(a, &hours.rules[i], (enum lang)lang)));
		}
	for (int i = 0; i < 20; i++) check_change(&hours, dice);
}

static void check_day(struct arena *a, const char *text)
{
	struct hours_rule rule, again;
	if (!hours_day_parse(a, text, &rule)) return;
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		const char *shown = hours_day_format(a, &rule, (enum lang)lang);
		CHECK(is_text(shown));
		if (strlen(shown) > 200) continue;
		CHECK(hours_day_parse(a, shown, &again) && hours_same_day(&rule, &again));
	}
	/* What a day says can be kept in OpenStreetMap's words. */
	struct hours hours = { .n = 1 }, kept;
	hours.rules[0] =
	        (struct hours_rule){ .days = 1u << 1, .off = rule.off, .comment = rule.comment, .nspans = rule.nspans };
	memcpy(hours.rules[0].spans, rule.spans, sizeof(rule.spans));
	CHECK(hours_parse(a, hours_format(a, &hours), &kept, NULL) == OK);
	CHECK(kept.n == 1 && hours_same_day(&rule, &kept.rules[0]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	struct dice dice = dice_of(data, size);
	arena_init(&a);
	const char *text = arena_strndup(&a, (const char *)data, size);
	if (is_text(text)) {
		check_hours(&a, text, &dice);
		check_day(&a, text);
	}
	arena_release(&a);
	return 0;
}

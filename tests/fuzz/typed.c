/* What people type: dates, times, numbers, identifiers. What is understood is kept, shown and understood again. */
#include "base/date.h"
#include "base/id.h"
#include "base/number.h"
#include "fuzz.h"

static void check_error(const struct err *err)
{
	char said[600];
	CHECK(err->code != OK && is_text(err_format(err, err->msg, said, sizeof(said))));
}

static void check_dates(struct arena *a, const char *text, enum lang lang)
{
	struct date d, again;
	struct datetime t = { .hour = 0 }, t_again;
	struct err err;
	char iso[DATETIME_ISO_SIZE];
	if (date_parse(text, lang, &d, NULL, &err) == OK) {
		CHECK(date_valid(d));
		CHECK(date_from_iso(date_iso(d, iso), &again) && date_compare(d, again) == 0);
		CHECK(date_parse(iso, lang, &again, NULL, NULL) == OK && date_compare(d, again) == 0);
		for (int style = DATE_FULL; style <= DATE_MONTH_YEAR; style++)
			CHECK(is_text(date_format(a, d, (enum date_style)style, lang)));
		/* Shown, a year has the digits it has; typed, four. */
		if (d.year >= 1000) {
			CHECK(date_parse(date_format(a, d, DATE_LONG, lang), lang, &again, NULL, NULL) == OK);
			CHECK(date_compare(d, again) == 0);
		}
		CHECK(date_compare(date_from_days(date_to_days(d)), d) == 0);
	} else {
		check_error(&err);
	}
	if (datetime_parse(text, lang, &t, NULL, &err) == OK) {
		CHECK(datetime_valid(&t));
		CHECK(datetime_from_iso(datetime_iso(&t, iso), &t_again) && datetime_compare(&t, &t_again) == 0);
		CHECK(datetime_parse(iso, lang, &t_again, NULL, NULL) == OK && datetime_compare(&t, &t_again) == 0);
		CHECK(is_text(datetime_format(a, &t, DATE_FULL, lang)));
	} else {
		check_error(&err);
	}
	t = (struct datetime){ .date = { 2026, 11, 28 } };
	if (time_parse(text, &t, NULL, &err) == OK) {
		CHECK(datetime_valid(&t));
		t_again = t;
		CHECK(time_parse(time_format(a, &t, lang), &t_again, NULL, NULL) == OK || t.second);
		CHECK(t.second || datetime_compare(&t, &t_again) == 0);
	} else {
		check_error(&err);
	}
}

static void check_number(struct arena *a, const char *text, enum lang lang)
{
	char number[NUMBER_SIZE], again[NUMBER_SIZE], key[NUMBER_KEY_SIZE];
	struct err err;
	if (number_parse(text, lang, number, &err) != OK) {
		check_error(&err);
		return;
	}
	CHECK(number_valid(number) && number_compare(number, number) == 0);
	CHECK(strcmp(number_from_key(number_key(number, key), again), number) == 0);
	CHECK(number_parse(number_format(a, number, 0, lang), lang, again, NULL) == OK);
	CHECK(strcmp(again, number) == 0);
}

static void check_exact(const char *text)
{
	struct date d;
	struct datetime t;
	struct id id, id_again;
	char iso[DATETIME_ISO_SIZE], written[ID_TEXT + 1];
	if (date_from_iso(text, &d)) CHECK(date_valid(d) && strcmp(date_iso(d, iso), text) == 0);
	if (datetime_from_iso(text, &t)) {
		CHECK(datetime_valid(&t));
		datetime_iso(&t, iso);
		CHECK(strncmp(iso, text, strlen(iso)) == 0);
	}
	if (id_parse(text, &id)) CHECK(id_parse(id_format(id, written), &id_again) && id_equal(id, id_again));
	char from_key[NUMBER_SIZE], key[NUMBER_KEY_SIZE];
	if (*number_from_key(text, from_key)) CHECK(strcmp(number_key(from_key, key), text) == 0);
	if (number_valid(text)) CHECK(strlen(number_key(text, key)) == NUMBER_KEY_SIZE - 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	arena_init(&a);
	const char *text = text_repair(&a, (const char *)data, size);
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		check_dates(&a, text, (enum lang)lang);
		check_number(&a, text, (enum lang)lang);
	}
	check_exact(text);
	arena_release(&a);
	return 0;
}

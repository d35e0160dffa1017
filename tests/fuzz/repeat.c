/*
 * Rules of repetition, as RFC 5545 writes them and as people do. What is read is written and read again as the same,
 * told in both languages and read back, and its days come in order.
 */
#include "base/repeat.h"
#include "fuzz.h"

static void check_error(const struct err *err)
{
	char said[600];
	CHECK(err->code != OK && is_text(err_format(err, err->msg, said, sizeof(said))));
}

static void check_days(const struct repeat *r, struct date start)
{
	struct date found[50];
	int n = repeat_days(r, start, start, date_add_days(start, 800), 50, found);
	for (int i = 0; i < n; i++) {
		CHECK(date_valid(found[i]));
		CHECK(i == 0 ? date_compare(found[i], start) == 0 : date_compare(found[i - 1], found[i]) < 0);
	}
}

static void check_repeat(struct arena *a, const struct repeat *r, struct date start)
{
	struct repeat again;
	const char *written = repeat_format(a, r);
	CHECK(repeat_parse(a, written, &again, NULL) == OK);
	CHECK(strcmp(repeat_format(a, &again), written) == 0);
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		const char *words = repeat_words(a, r, (enum lang)lang);
		CHECK(is_text(words));
		if (r->other || strlen(words) > REPEAT_TEXT) continue;
		CHECK(repeat_read(a, words, start, &again, NULL, NULL) == OK);
		CHECK(strcmp(repeat_format(a, &again), written) == 0);
	}
	check_days(r, start);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	struct dice dice = dice_of(data, size);
	struct date start = date_add_days((struct date){ 2026, 1, 1 }, dice_below(&dice, 1500)), room[20];
	struct repeat_except except = { room, 0, 20 };
	struct repeat r;
	struct err err;
	arena_init(&a);
	const char *text = arena_strndup(&a, (const char *)data, size);
	if (is_text(text)) {
		if (repeat_parse(&a, text, &r, &err) == OK) {
			repeat_settle(&r, start);
			check_repeat(&a, &r, start);
		} else {
			check_error(&err);
		}
		if (repeat_read(&a, text, start, &r, &except, &err) == OK) check_repeat(&a, &r, start);
		else check_error(&err);
	}
	arena_release(&a);
	return 0;
}

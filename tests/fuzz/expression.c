/* What people type as conditions: what is understood is written again in both languages, read as the same, and worked out. */
#include "../unit/expression/answers.h"
#include "base/text.h"
#include "fuzz.h"

static const struct answer given[] = {
	{ "n", EXPRESSION_NUMBER, "2.5" },    { "t", EXPRESSION_TEXT, "L\u2019\u00E9t\u00E9" },
	{ "b", EXPRESSION_YES_NO, "true" },   { "d", EXPRESSION_DATE, "2026-11-28" },
	{ "c", EXPRESSION_CHOICE, "ouvert" }, { "s", EXPRESSION_SEVERAL, "projet\nferme" },
	{ "ou", EXPRESSION_NUMBER, NULL },    { "q", EXPRESSION_NUMBERS, "1\n2" },
	{ "x", EXPRESSION_MISSING, NULL },
};

static void check_read(struct arena *a, const char *text, enum lang lang)
{
	struct answers all = { a, given, (int)COUNT(given) };
	struct expression_names names = { answers_find, &all };
	struct expression_answers answers = { answers_value, &all, 20786 };
	struct expression_mistake mistake;
	const struct expression *e, *again;
	struct expression_simple parts[5];
	bool any;
	char said[700];
	if (expression_read(a, text, lang, &names, EXPRESSION_MISSING, &e, &mistake, NULL) != OK) {
		CHECK(mistake.at + mistake.len <= strlen(text) || strlen(text) > EXPRESSION_BYTES);
		CHECK(is_text(err_format(&mistake.err, mistake.err.msg, said, sizeof(said))));
		return;
	}
	const char *kept = expression_text(a, e, LANG_EN);
	for (int other = 0; other < LANG_COUNT && strlen(kept) < EXPRESSION_BYTES / 2; other++) {
		const char *written = expression_text(a, e, (enum lang)other);
		CHECK(expression_read(a, written, (enum lang)other, &names, EXPRESSION_MISSING, &again, NULL, NULL) ==
		      OK);
		CHECK(strcmp(expression_text(a, again, LANG_EN), kept) == 0);
		CHECK(is_text(expression_words(a, e, (enum lang)other)));
	}
	struct expression_value value = expression_work(a, e, &answers);
	const char *result = expression_value_text(a, &value);
	CHECK(result == NULL || is_text(result));
	if (value.type == EXPRESSION_NUMBER) CHECK(number_valid(result));
	if (expression_gives(e) == EXPRESSION_YES_NO) {
		(void)expression_simple(a, e, 5, parts, &any);
		if (value.type == EXPRESSION_YES_NO && value.yes) CHECK(expression_possible(a, &e, 1));
	}
	json_t *json = expression_json(e);
	CHECK(json != NULL);
	json_decref(json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	arena_init(&a);
	const char *text = text_repair(&a, (const char *)data, size);
	check_read(&a, text, LANG_FR);
	check_read(&a, text, LANG_EN);
	arena_release(&a);
	return 0;
}

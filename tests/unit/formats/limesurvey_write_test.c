/* Questionnaires as LimeSurvey's files: read again by our own reader they are the same, and what has no like there is told. */
#include "formats/limesurvey_write.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/form.h"
#include "fields/fields.h"
#include "formats/limesurvey_form.h"

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	field_types_use(field_table);
	arena_init(&arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static char *file(const char *path, size_t *len)
{
	FILE *f = fopen(path, "rb");
	if (f == NULL) return NULL;
	fseek(f, 0, SEEK_END);
	*len = (size_t)ftell(f);
	rewind(f);
	char *text = arena_alloc(&arena, *len + 1);
	assert_int_equal(fread(text, 1, *len, f), *len);
	text[*len] = '\0';
	fclose(f);
	return text;
}

static json_t *read_definition(const char *text, size_t len)
{
	struct limesurvey_file tables;
	struct limesurvey survey;
	struct issues ignored;
	struct err err = { 0 };
	issues_init(&ignored, &arena);
	if (limesurvey_tables_read(&arena, text, len, &tables, &err) != OK) fail_msg("%s", err.msg);
	if (limesurvey_read(&arena, &tables, &survey, &err) != OK) fail_msg("%s", err.msg);
	json_t *definition = limesurvey_form(&arena, &survey, &ignored);
	json_object_set_new(definition, "key", json_string("essai"));
	json_object_set_new(definition, "plural", json_string("essai"));
	json_object_set_new(definition, "add", json_string("essai"));
	return definition;
}

static bool parse(const json_t *definition, struct form *ret)
{
	struct issues issues;
	struct err err;
	issues_init(&issues, &arena);
	return form_parse(&arena, definition, NULL, 0, ret, &issues, &err) == OK;
}

static const char *written(const struct form *form, struct issues *lost, size_t *len)
{
	struct buf out;
	buf_init(&out, &arena, 0);
	issues_init(lost, &arena);
	limesurvey_write(&arena, form, &out, lost);
	*len = out.len;
	return buf_str(&out);
}

static const char *told(const struct issues *lost)
{
	struct buf out;
	char said[512];
	buf_init(&out, &arena, 0);
	for (const struct issue *i = lost->first; i; i = i->next) {
		err_format(&i->err, i->err.msg, said, sizeof(said));
		buf_printf(&out, "%s: %s\n", i->field, said);
	}
	return buf_str(&out);
}

/* What was said in one language only is said in it in both: LimeSurvey shows nothing in the place of a text that is not there. */
static void fill_english(json_t *json)
{
	const char *key;
	json_t *value;
	size_t i;
	bool label = json_is_string(json_object_get(json, "fr")) && json_object_size(json) <= 2;
	if (label && json_object_get(json, "en") == NULL) json_object_set(json, "en", json_object_get(json, "fr"));
	if (json_is_object(json))
		json_object_foreach (json, key, value) fill_english(value);
	else
		json_array_foreach (json, i, value) fill_english(value);
}

/* Own choices of a kind have both languages; the survey has one. */
static void keep_french(json_t *json)
{
	const char *key;
	json_t *value;
	size_t i;
	if (json_is_object(json) && json_object_get(json, "fr")) json_object_del(json, "en");
	if (json_is_object(json))
		json_object_foreach (json, key, value) keep_french(value);
	else
		json_array_foreach (json, i, value) keep_french(value);
}

static void check_again(const char *path, bool french)
{
	size_t len = 0;
	struct form form;
	struct issues lost;
	const char *text = file(path, &len);
	assert_non_null(text);
	json_t *before = read_definition(text, len);
	assert_true(parse(before, &form));
	text = written(&form, &lost, &len);
	json_t *after = read_definition(text, len);
	if (french) keep_french(before);
	else fill_english(before);
	static const char *const members[] = { "label", "description", "survey", "pages" };
	for (size_t i = 0; i < COUNT(members); i++) {
		const json_t *a = json_object_get(before, members[i]), *b = json_object_get(after, members[i]);
		if (a || b) assert_string_equal(b ? json_text(&arena, b) : "", a ? json_text(&arena, a) : "");
	}
	const json_t *a = json_object_get(before, "fields"), *b = json_object_get(after, "fields");
	assert_int_equal(json_array_size(b), json_array_size(a));
	for (size_t i = 0; i < json_array_size(a); i++)
		assert_string_equal(json_text(&arena, json_array_get(b, i)), json_text(&arena, json_array_get(a, i)));
	if (*told(&lost)) print_message("%s", told(&lost));
}

#define OWN SOURCE_DIR "/tests/unit/formats/limesurvey/"

static void test_again(void **state)
{
	(void)state;
	check_again(OWN "kinds.lss", true);
	check_again(OWN "new.lss", false);
	check_again(OWN "old.lss", false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_again, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

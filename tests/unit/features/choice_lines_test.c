/* Choices written one a line: keys stay, names change, nothing is lost in silence. */
#include "features/form_edit/choice_lines.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;
static struct issues issues;
static struct choice_lines lines;

static json_t *tree(const char *text)
{
	char *copy = arena_strdup(&arena, text);
	struct err err;
	json_t *json = NULL;
	for (char *c = copy; *c; c++)
		if (*c == '\'') *c = '"';
	assert_int_equal(json_parse(&arena, copy, strlen(copy), &json, &err), OK);
	return json;
}

static void read_lines(const char *text, const char *before, int depth)
{
	issues_init(&issues, &arena);
	choice_lines_read(&arena, text, before ? tree(before) : NULL, depth, "choices", &lines, &issues);
}

static void expect(const char *expected)
{
	assert_int_equal(issues.count, 0);
	json_t *json = tree(expected);
	if (!json_equal(lines.choices, json)) fail_msg("%s", json_text(&arena, lines.choices));
}

#define THREE \
	"[{'key':'asso','label':'Association','colour':'leaf'},{'key':'pub','label':{'fr':'Service public','en':'Public service'}},{'key':'x','label':'Autre'}]"

static void test_round_trip(void **state)
{
	(void)state;
	static const char *const lists[] = {
		THREE,
		"[{'key':'a','label':'A','choices':[{'key':'b','label':'B','choices':[{'key':'c','label':'C'}]},{'key':'d','label':'D'}]},{'key':'e','label':'E'}]",
		"[{'key':'a','label':'A'},{'key':'z','label':'Z','retired':true}]"
	};
	for (size_t i = 0; i < COUNT(lists); i++)
		for (int english = 0; english < 2; english++) {
			read_lines(choice_lines_text(&arena, tree(lists[i]), english), lists[i], 4);
			if (english || i != 0)
				expect(lists[i]); /* without it, what is in English of a name stays only where it is shown */
			assert_int_equal(lines.ngone, 0);
		}
	assert_string_equal(choice_lines_text(&arena, tree(THREE), true),
	                    "Association\nService public | Public service\nAutre\n");
}

static void test_order_and_new(void **state)
{
	(void)state;
	read_lines("Autre\n\n  association \nCommerce de proximité\nService public | Public service", THREE, 1);
	expect("[{'key':'x','label':'Autre'},{'key':'asso','label':'association','colour':'leaf'},{'key':'commerce_de_proximite','label':'Commerce de proximité'},"
	       "{'key':'pub','label':{'fr':'Service public','en':'Public service'}}]");
	read_lines("Asso\nAsso !", "[{'key':'asso','label':'Autre chose'}]", 1);
	assert_string_equal(json_str(json_array_get(lines.choices, 0), "key"), "asso_2"); /* never another's */
	assert_string_equal(json_str(json_array_get(lines.choices, 1), "key"), "asso_3");
}

static void test_gone(void **state)
{
	(void)state;
	read_lines("Associations\nService public\nAutre", THREE, 1);
	assert_int_equal(lines.ngone, 1);
	assert_string_equal(lines.gone[0].key, "asso");
	assert_string_equal(lines.gone[0].heir, "associations");
	choice_lines_rename(&lines, &lines.gone[0], lines.gone[0].heir);
	assert_string_equal(json_str(json_array_get(lines.choices, 0), "key"), "asso");
	assert_string_equal(json_str(json_array_get(lines.choices, 0), "label"), "Associations");
	assert_string_equal(json_str(json_array_get(lines.choices, 0), "colour"), "leaf");
	/* Moved and renamed at once: as many new as gone. */
	read_lines("Autre\nService public\nAssociations", THREE, 1);
	assert_string_equal(lines.gone[0].heir, "associations");
	/* Only gone. */
	read_lines("Autre", THREE, 1);
	assert_int_equal(lines.ngone, 2);
	assert_null(lines.gone[0].heir);
	choice_lines_keep(&lines, &lines.gone[0]);
	assert_string_equal(choice_lines_retired(&arena, lines.choices, LANG_FR), "Association");
	/* What is no longer offered stays so, until a line says it again. */
	read_lines("Autre", "[{'key':'x','label':'Autre'},{'key':'z','label':'Zut','retired':true}]", 1);
	expect("[{'key':'x','label':'Autre'},{'key':'z','label':'Zut','retired':true}]");
	read_lines("Zut\nAutre", "[{'key':'x','label':'Autre'},{'key':'z','label':'Zut','retired':true}]", 1);
	expect("[{'key':'z','label':'Zut'},{'key':'x','label':'Autre'}]");
}

static void test_levels(void **state)
{
	(void)state;
	read_lines("Culture\n- Musique\n-- Chant\n-Danse\nSport", NULL, 4);
	expect("[{'key':'culture','label':'Culture','choices':[{'key':'musique','label':'Musique','choices':[{'key':'chant','label':'Chant'}]},"
	       "{'key':'danse','label':'Danse'}]},{'key':'sport','label':'Sport'}]");
	/* The same name under two others, each keeps its own key; one that moves keeps it too. */
	static const char before[] =
	        "[{'key':'a','label':'A','choices':[{'key':'a1','label':'Autre'}]},{'key':'b','label':'B','choices':[{'key':'b1','label':'Autre'},{'key':'m','label':'M'}]}]";
	read_lines("B\n- Autre\nA\n- Autre\n- M", before, 4);
	expect("[{'key':'b','label':'B','choices':[{'key':'b1','label':'Autre'}]},{'key':'a','label':'A','choices':[{'key':'a1','label':'Autre'},{'key':'m','label':'M'}]}]");
	/* Without levels, a hyphen is a letter like others. */
	read_lines("-18 ans", NULL, 1);
	assert_string_equal(json_str(json_array_get(lines.choices, 0), "label"), "-18 ans");
}

static void test_mistakes(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int depth;
	} wrong[] = {
		{ "", 1 },
		{ " \n ", 1 },
		{ "A\nÀ\nB\na", 1 },
		{ "| English", 1 },
		{ "A\n-- B", 4 },
		{ "- A", 4 },
		{ "A\n- B\n-- C\n--- D\n---- E", 4 },
		{ "--------------------------------------------------A", 4 },
	};
	for (size_t i = 0; i < COUNT(wrong); i++) {
		read_lines(wrong[i].text, THREE, wrong[i].depth);
		assert_true(issues.count > 0);
		assert_string_equal(issues.first->field, "choices");
	}
	struct buf many;
	buf_init(&many, &arena, 0);
	for (int i = 0; i < 501; i++) buf_printf(&many, "Choix %d\n", i);
	read_lines(buf_str(&many), NULL, 1);
	assert_int_equal(issues.count, 1);
	read_lines("A\n\xff\xfe", NULL, 1);
	assert_int_equal(issues.count, 1);
}

static int setup(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

int main(void)
{
#define EACH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = { EACH(test_round_trip), EACH(test_order_and_new), EACH(test_gone),
		                            EACH(test_levels), EACH(test_mistakes) };
	return cmocka_run_group_tests_name("choice_lines", tests, NULL, NULL);
}

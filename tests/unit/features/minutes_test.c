/* Lines of minutes: what may become a decision or a task, and where the link goes. */
#include "features/meeting/minutes.h"

#include <string.h>

#include "base/buf.h"
#include "support/store.h"

static struct arena arena;

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

static void expect(const char *text, const char *const *words, int n)
{
	struct minutes_line *lines;
	assert_int_equal(minutes_lines(&arena, text, &lines), n);
	for (int i = 0; i < n; i++) assert_string_equal(lines[i].words, words[i]);
}

/* Headings, code, rules, heads of tables, embeds and empty items are no lines; marks of items are taken off. */
static void test_lines(void **state)
{
	(void)state;
	const char *const words[] = { "Un",       "Deux", "Trois", "fait", "cité", "une phrase", "12 euros en caisse",
		                      "-3 degrés" };
	expect("# Titre\n- Un\n* **Deux**\n  3. Trois\n- [x] fait\n> cité\n\n---\nune phrase\n```\ncode\n```\n{{vue agenda}}\n-\n"
	       "12 euros en caisse\n-3 degrés",
	       words, (int)COUNT(words));
	expect("", NULL, 0);
	expect("\n \n***\n", NULL, 0);
	expect("~~~\njamais fermé\n- ici", NULL, 0);
}

static void test_tables(void **state)
{
	struct minutes_line *lines;
	(void)state;
	int n = minutes_lines(&arena,
	                      "| Quoi | Qui | Quand |\n|---|:-:|---|\n| A \\| b | *Lou* | le 5 |\n| | x | |\n|seul|\n",
	                      &lines);
	assert_int_equal(n, 2);
	assert_string_equal(lines[0].who, "Lou");
	assert_string_equal(lines[0].due, "le 5");
	assert_string_equal(lines[1].words, "seul");
	assert_string_equal(lines[1].who, "");
}

/* The link stands at the end of the line, in a cell its bar is escaped; all else stays byte for byte. */
static void test_links(void **state)
{
	struct minutes_line *lines;
	const char *text = "- Un  \r\n- Deux\n\n| Trois | Lou |\n";
	(void)state;
	assert_int_equal(minutes_lines(&arena, text, &lines), 3);
	assert_string_equal(minutes_link(&arena, text, &lines[0], "un", "décision"),
	                    "- Un ([[un|décision]])  \r\n- Deux\n\n| Trois | Lou |\n");
	assert_string_equal(minutes_link(&arena, text, &lines[2], "trois", "tâche"),
	                    "- Un  \r\n- Deux\n\n| Trois ([[trois\\|tâche]]) | Lou |\n");
}

/* A mark says the same line again when others come before it; of two that say the same, the one meant. */
static void test_marks(void **state)
{
	struct minutes_line *before, *after;
	(void)state;
	assert_int_equal(minutes_lines(&arena, "- a\n- b\n- b", &before), 3);
	assert_string_not_equal(before[1].mark, before[2].mark);
	int n = minutes_lines(&arena, "- nouveau\n\n- a\n- b\n- b", &after);
	assert_ptr_equal(minutes_find(after, n, before[0].mark), &after[1]);
	assert_ptr_equal(minutes_find(after, n, before[2].mark), &after[3]);
	n = minutes_lines(&arena, "- a changé\n- b", &after);
	assert_null(minutes_find(after, n, before[0].mark));
}

static void test_many(void **state)
{
	struct minutes_line *lines;
	struct buf text;
	(void)state;
	buf_init(&text, &arena, 0);
	for (int i = 0; i < 2 * MINUTES_LINES; i++) buf_printf(&text, "- ligne %d\n", i);
	assert_int_equal(minutes_lines(&arena, buf_str(&text), &lines), MINUTES_LINES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_lines, setup, teardown),
		cmocka_unit_test_setup_teardown(test_tables, setup, teardown),
		cmocka_unit_test_setup_teardown(test_links, setup, teardown),
		cmocka_unit_test_setup_teardown(test_marks, setup, teardown),
		cmocka_unit_test_setup_teardown(test_many, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

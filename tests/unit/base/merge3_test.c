#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/merge3.h"

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

static void test_table(void **state)
{
	(void)state;
	static const char *const cases[][4] = {
		{ "1\n2\n3\n", "1\n2\n3\n", "1\n2\n3\n", "1\n2\n3\n" },
		{ "1\n2\n3\n", "1a\n2\n3\n", "1\n2\n3\n", "1a\n2\n3\n" },
		{ "1\n2\n3\n", "1a\n2\n3\n", "1\n2\n3b\n", "1a\n2\n3b\n" },
		{ "1\n2\n3\n", "1a\n2\n3\n", "1b\n2\n3\n", NULL },
		{ "1\n2\n3\n", "1a\n2\n3\n", "1a\n2\n3\n", "1a\n2\n3\n" },
		{ "1\n2\n3\n", "1a\n2\n3\n", "1\n2b\n3\n", NULL }, /* lines that touch, as git */
		{ "1\n2\n3\n", "2\n3\n", "1\n2\n", "2\n" },
		{ "1\n2\n3\n", "", "1\n2\n3\n4\n", NULL },
		{ "1\n2\n3\n", "0\n1\n2\n3\n", "1\n2\n3\n4\n", "0\n1\n2\n3\n4\n" },
		{ "1\n2\n", "1\na\n2\n", "1\nb\n2\n", NULL },
		{ "1\n2\n", "1\na\n2\n", "1\na\n2\n", "1\na\n2\n" },
		{ "", "a\n", "b\n", NULL },
		{ "", "a\n", "", "a\n" },
		/* What a form sends has no line end at its end. */
		{ "1\n2\n3", "1\n2\n3\n4", "0\n1\n2\n3", "0\n1\n2\n3\n4" },
		{ "1\n2\n3", "1\n2\n3\n", "0\n1\n2\n3", "0\n1\n2\n3\n" },
		{ "1\n2\n3\n", "1\n2\n3", "0\n1\n2\n3\n", "0\n1\n2\n3" },
		{ "1\n2\n3\n4\n5\n", "1\n5\n", "1\n2\n3\n4\n5\n6\n", "1\n5\n6\n" },
		{ "1\n2\n3\n4\n5\n", "1\n5\n", "1\n2\nx\n4\n5\n", NULL },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		for (int swap = 0; swap < 2; swap++) {
			char *out = NULL;
			bool clean = merge3(&arena, cases[i][0], cases[i][1 + swap], cases[i][2 - swap], &out);
			assert_int_equal(clean, cases[i][3] != NULL);
			if (clean) assert_string_equal(out, cases[i][3]);
			if (!clean) assert_null(out);
		}
	}
}

/* Keeps, drops, changes lines and adds new ones; `unique`: no two lines are alike. */
static char *edited(const char *text, bool unique, uint32_t rate)
{
	static unsigned serial;
	struct buf out;
	buf_init(&out, &arena, 0);
	for (const char *p = text; *p;) {
		const char *end = strchr(p, '\n') + 1;
		uint32_t what = random_below(rate);
		if (what > 2) buf_add(&out, p, (size_t)(end - p));
		if (what == 1 || what == 2) {
			if (what == 2) buf_add(&out, p, (size_t)(end - p));
			buf_printf(&out, "%u\n", unique ? ++serial : random_below(4));
		}
		p = end;
	}
	return arena_strdup(&arena, buf_str(&out));
}

static char *fresh(bool unique)
{
	struct buf out;
	buf_init(&out, &arena, 0);
	for (uint32_t n = random_below(30); n > 0; n--)
		buf_printf(&out, unique ? "line %u\n" : "%u\n", unique ? n : random_below(4));
	return arena_strdup(&arena, buf_str(&out));
}

static void test_properties(void **state)
{
	(void)state;
	int conflicts = 0;
	for (int i = 0; i < 20000; i++) {
		bool unique = i % 2;
		char *base = fresh(unique);
		char *a = edited(base, unique, 4 + random_below(30)), *b = edited(base, unique, 4 + random_below(30));
		if (random_below(4) == 0 && *a) a[strlen(a) - 1] = '\0';
		if (random_below(4) == 0 && *b) b[strlen(b) - 1] = '\0';
		char *ab = NULL, *ba = NULL, *out = NULL;
		bool clean = merge3(&arena, base, a, b, &ab);
		assert_int_equal(merge3(&arena, base, b, a, &ba), clean);
		conflicts += !clean;
		if (clean) assert_string_equal(ab, ba);
		assert_true(merge3(&arena, base, a, a, &out));
		assert_string_equal(out, a);
		assert_true(merge3(&arena, base, base, b, &out));
		assert_string_equal(out, b);
		/* Merging the result with a side again adds nothing. */
		if (clean && merge3(&arena, a, ab, a, &out)) assert_string_equal(out, ab);
		arena_reset(&arena);
	}
	print_message("%d conflicts of 20000\n", conflicts);
	assert_in_range(conflicts, 1000, 19000);
}

static void write_file(const char *dir, const char *name, const char *text)
{
	FILE *f = fopen(arena_printf(&arena, "%s/%s", dir, name), "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

/* What git says of the same texts, the judge from outside. Lines are unique, so there is one way
 * only to see which line became which. */
static void test_against_git(void **state)
{
	(void)state;
	if (system("git --version >/dev/null 2>&1") != 0) skip();
	char dir[] = "/tmp/merge3_test_XXXXXX";
	assert_non_null(mkdtemp(dir));
	char *command = arena_printf(&arena, "cd %s && git merge-file -p --quiet a base b", dir);
	command = arena_strdup(&arena, command);
	for (int i = 0; i < 400; i++) {
		char *base = fresh(true);
		char *a = edited(base, true, 6 + random_below(30)), *b = edited(base, true, 6 + random_below(30));
		write_file(dir, "base", base);
		write_file(dir, "a", a);
		write_file(dir, "b", b);
		FILE *git = popen(command, "r");
		assert_non_null(git);
		static char want[65536];
		want[fread(want, 1, sizeof(want) - 1, git)] = '\0';
		int status = pclose(git);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) < 128);
		char *got = NULL;
		bool clean = merge3(&arena, base, a, b, &got);
		if (clean != (WEXITSTATUS(status) == 0)) fail_msg("base:\n%sa:\n%sb:\n%sgit:\n%s", base, a, b, want);
		if (clean) assert_string_equal(got, want);
	}
	assert_int_equal(system(arena_printf(&arena, "rm -r %s", dir)), 0);
}

int main(void)
{
	random_seed(23);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_properties),
		cmocka_unit_test(test_against_git),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

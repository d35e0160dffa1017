#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/diff.h"

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

/* "=same -removed +added |" with one letter for each kind. */
static char *shown(const struct diff *d)
{
	struct buf out;
	buf_init(&out, &arena, 0);
	for (size_t i = 0; i < d->count; i++)
		buf_printf(&out, "%c[%.*s]", "=-+"[d->runs[i].kind], (int)d -> runs[i].len, d->runs[i].text);
	return arena_strdup(&arena, buf_str(&out));
}

static void test_lines(void **state)
{
	(void)state;
	static const char *const cases[][3] = {
		{ "", "", "" },
		{ "a\n", "a\n", "=[a\n]" },
		{ "", "a\n", "+[a\n]" },
		{ "a\n", "", "-[a\n]" },
		{ "a\nb\nc\n", "a\nx\nc\n", "=[a\n]-[b\n]+[x\n]=[c\n]" },
		{ "a\nb", "a\nb\nc", "=[a\nb\n]+[c]" }, /* the missing line end is no change */
		{ "a\nb\n", "a\nb", "=[a\nb]" },
		/* A new paragraph, not the end of one and the start of another. */
		{ "un\n\ndeux\n", "un\n\nneuf\n\ndeux\n", "=[un\n\n]+[neuf\n\n]=[deux\n]" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct diff d = diff_lines(&arena, cases[i][0], cases[i][1]);
		assert_string_equal(shown(&d), cases[i][2]);
	}
}

static void test_words(void **state)
{
	(void)state;
	static const char *const cases[][3] = {
		{ "La fête du quartier.", "La grande fête du quartier !",
		  "=[La ]+[grande ]=[fête du quartier]-[.]+[ !]" },
		{ "ouvert le lundi matin", "ouvert le mardi soir", "=[ouvert le ]-[lundi matin]+[mardi soir]" },
		{ "l’été", "l’hiver", "=[l’]-[été]+[hiver]" },
		{ "a b", "a  b", "=[a]-[ ]+[  ]=[b]" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct diff d = diff_words(&arena, cases[i][0], cases[i][1]);
		assert_string_equal(shown(&d), cases[i][2]);
	}
}

static char *random_lines(uint32_t max, uint32_t kinds)
{
	struct buf out;
	buf_init(&out, &arena, 0);
	for (uint32_t n = random_below(max + 1); n > 0; n--) buf_printf(&out, "%c\n", 'a' + (int)random_below(kinds));
	return arena_strdup(&arena, buf_str(&out));
}

/* Length of the longest common subsequence, by the textbook table. */
static size_t common(const char *a, const char *b)
{
	size_t na = strlen(a) / 2, nb = strlen(b) / 2;
	static size_t t[64][64];
	memset(t, 0, sizeof(t));
	for (size_t i = 1; i <= na; i++)
		for (size_t j = 1; j <= nb; j++)
			t[i][j] = a[2 * i - 2] == b[2 * j - 2] ? t[i - 1][j - 1] + 1 : MAX(t[i - 1][j], t[i][j - 1]);
	return t[na][nb];
}

static void check_rebuilt(const struct diff *d, const char *from, const char *to)
{
	struct buf old, new;
	buf_init(&old, &arena, 0);
	buf_init(&new, &arena, 0);
	for (size_t i = 0; i < d->count; i++) {
		const struct diff_run *r = &d->runs[i];
		assert_true(r->len > 0);
		if (r->kind != DIFF_ADDED) buf_add(&old, r->text, r->len);
		if (r->kind != DIFF_REMOVED) buf_add(&new, r->text, r->len);
		if (i > 0) assert_true(r->kind != d->runs[i - 1].kind);
		if (i > 0 && r->kind == DIFF_REMOVED) assert_int_equal(d->runs[i - 1].kind, DIFF_SAME);
	}
	assert_string_equal(buf_str(&old), from);
	assert_string_equal(buf_str(&new), to);
}

static void test_minimal(void **state)
{
	(void)state;
	for (int i = 0; i < 20000; i++) {
		uint32_t kinds = 1 + random_below(8);
		char *from = random_lines(40, kinds), *to = random_lines(40, kinds);
		struct diff d = diff_lines(&arena, from, to);
		check_rebuilt(&d, from, to);
		size_t same = common(from, to);
		assert_int_equal(d.removed, strlen(from) / 2 - same);
		assert_int_equal(d.added, strlen(to) / 2 - same);
		d = diff_words(&arena, from, to);
		check_rebuilt(&d, from, to);
		arena_reset(&arena);
	}
}

/* Texts made to be slow: the same tokens in another order, past every limit. Were the cost not bounded,
 * the middle one alone would take hours. */
static void test_bounded(void **state)
{
	(void)state;
	for (size_t lines = 3000; lines <= 300000; lines *= 10) {
		struct buf from, to;
		buf_init(&from, &arena, 0);
		buf_init(&to, &arena, 0);
		for (size_t i = 0; i < lines; i++) {
			buf_printf(&from, "%u\n", random_below(50));
			buf_printf(&to, "%u\n", random_below(50));
		}
		struct diff d = diff_lines(&arena, buf_str(&from), buf_str(&to));
		check_rebuilt(&d, buf_str(&from), buf_str(&to));
		assert_int_equal(d.coarse, 2 * lines > DIFF_MAX_TOKENS);
		arena_reset(&arena);
	}
}

int main(void)
{
	random_seed(17);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_minimal),
		cmocka_unit_test(test_bounded),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

#include "statistics/column.h"

#include <math.h>

#include "base/macros.h"
#include "statistics/sort.h"

void column_init(struct column *column, struct arena *a, enum column_kind kind, int n, int ncodes)
{
	int words = (n + 63) / 64;
	*column = (struct column){ .kind = kind, .n = n, .ncodes = ncodes, .words = words };
	column->said = answer_set(a, words);
	if (kind == COLUMN_NUMBERS) {
		column->numbers = arena_array(a, double, (size_t)n + 1);
		for (int i = 0; i < n; i++) column->numbers[i] = NAN;
	} else column->bits = arena_array(a, uint64_t, (size_t)ncodes * (size_t)words + 1);
}

static void set_add(uint64_t *set, int i)
{
	set[i / 64] |= UINT64_C(1) << i % 64;
}

void column_say(struct column *column, int i, int code)
{
	set_add(column->said, i);
	set_add(column->bits + (size_t)code * (size_t)column->words, i);
}

void column_say_none(struct column *column, int i)
{
	set_add(column->said, i);
}

void column_say_number(struct column *column, int i, double number)
{
	set_add(column->said, i);
	column->numbers[i] = number;
}

const uint64_t *column_set(const struct column *column, int code)
{
	return column->bits + (size_t)code * (size_t)column->words;
}

bool column_has(const struct column *column, int i, int code)
{
	return set_holds(column_set(column, code), i);
}

bool column_said(const struct column *column, int i)
{
	return set_holds(column->said, i);
}

uint64_t *answer_set(struct arena *a, int words)
{
	return arena_array(a, uint64_t, (size_t)words + 1);
}

bool set_holds(const uint64_t *set, int i)
{
	return set == NULL || (set[i / 64] >> i % 64 & 1);
}

int set_count(const uint64_t *set, int words)
{
	return set_common(set, set, words);
}

static int common_plain(const uint64_t *a, const uint64_t *b, int words)
{
	int n = 0;
	for (int i = 0; i < words; i++) n += __builtin_popcountll(a[i] & b[i]);
	return n;
}

#ifdef __x86_64__
/* One instruction where the processor has it (all since 2008); the program itself is built for any. */
__attribute__((target("popcnt"))) static int common_popcnt(const uint64_t *a, const uint64_t *b, int words)
{
	int n = 0;
	for (int i = 0; i < words; i++) n += __builtin_popcountll(a[i] & b[i]);
	return n;
}

int set_common(const uint64_t *a, const uint64_t *b, int words)
{
	return __builtin_cpu_supports("popcnt") ? common_popcnt(a, b, words) : common_plain(a, b, words);
}
#else
int set_common(const uint64_t *a, const uint64_t *b, int words)
{
	return common_plain(a, b, words);
}
#endif

/* ---- Bands ---- */

/* The last place that has the same value as `at`. */
static int run_end(const double *sorted, int n, int at)
{
	while (at + 1 < n && sorted[at + 1] == sorted[at]) at++;
	return at;
}

static int distinct(const double *sorted, int n)
{
	int values = 0;
	for (int i = 0; i < n; i = run_end(sorted, n, i) + 1) values++;
	return values;
}

/* Of all that is left, each band takes its share, and what equals its greatest value. */
static int cut_bands(const double *sorted, int n, int most, double *from, double *to)
{
	int bands = 0;
	bool each = distinct(sorted, n) <= most;
	for (int at = 0; at < n;) {
		int left = most - bands;
		int end = each ? at : MIN(n - 1, at + MAX(1, (n - at + left / 2) / left) - 1);
		if (left == 1 && !each) end = n - 1;
		end = run_end(sorted, n, end);
		from[bands] = sorted[at];
		to[bands++] = sorted[end];
		at = end + 1;
	}
	return bands;
}

void column_bands(const struct column *numbers, struct arena *a, int most, struct column *ret, double *from, double *to)
{
	double *sorted = arena_array(a, double, (size_t)numbers->n + 1);
	int n = 0;
	for (int i = 0; i < numbers->n; i++)
		if (column_said(numbers, i)) sorted[n++] = numbers->numbers[i];
	numbers_sort(a, sorted, n);
	int bands = cut_bands(sorted, n, most, from, to);
	/* As long as the sets of other questions, which it may be crossed with. */
	column_init(ret, a, COLUMN_CODES, numbers->words * 64, bands);
	ret->n = numbers->n;
	for (int i = 0; i < numbers->n; i++) {
		int band = 0;
		if (!column_said(numbers, i)) continue;
		while (numbers->numbers[i] > to[band]) band++;
		column_say(ret, i, band);
	}
}

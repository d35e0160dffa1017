#include "statistics/suppress.h"

#include <limits.h>
#include <string.h>

#include "base/macros.h"

static bool is_small(int count, int threshold)
{
	return count > 0 && count < threshold;
}

/* The least one not hidden yet that is not 0; else one that is 0; −1: all are hidden. */
static int next_least(const int *counts, int n, const bool *hidden)
{
	int least = -1;
	for (int i = 0; i < n; i++) {
		if (hidden[i]) continue;
		if (least < 0 || (counts[least] == 0 && counts[i] > 0) || (counts[i] > 0 && counts[i] < counts[least]))
			least = i;
	}
	return least;
}

void suppress_line(const int *counts, int n, int threshold, bool *hidden)
{
	int nhidden = 0, sum = 0;
	for (int i = 0; i < n; i++) {
		hidden[i] = is_small(counts[i], threshold);
		nhidden += hidden[i];
		sum += hidden[i] ? counts[i] : 0;
	}
	while (nhidden > 0 && (nhidden < 2 || sum < threshold)) {
		int more = next_least(counts, n, hidden);
		if (more < 0) break;
		hidden[more] = true;
		nhidden++;
		sum += counts[more];
	}
}

/* ---- Tables ---- */

struct grid {
	const int *counts;
	int rows, columns, threshold;
	bool *hidden;
};

static int at(const struct grid *g, int row, int column)
{
	return row * g->columns + column;
}

/* What hiding it more costs: nothing once it is. */
static int cost(const struct grid *g, int cell)
{
	return g->hidden[cell] ? 0 : g->counts[cell];
}

/*
 * The cell can be more than it is when the two beside it on a rectangle can be less. Wanted: at least by `room`, so that what
 * can be computed of it does not stop short of the threshold.
 */
static bool hide_rectangle(struct grid *g, int row, int column, int room)
{
	int best = INT_MAX, other_row = -1, other_column = -1;
	for (int r = 0; r < g->rows; r++) {
		for (int c = 0; c < g->columns; c++) {
			if (r == row || c == column) continue;
			if (g->counts[at(g, row, c)] < room || g->counts[at(g, r, column)] < room) continue;
			int sum = cost(g, at(g, row, c)) + cost(g, at(g, r, column)) + cost(g, at(g, r, c));
			if (sum >= best) continue;
			best = sum;
			other_row = r;
			other_column = c;
		}
	}
	if (other_row < 0) return false;
	g->hidden[at(g, row, other_column)] = true;
	g->hidden[at(g, other_row, column)] = true;
	g->hidden[at(g, other_row, other_column)] = true;
	return true;
}

void suppress_table(const int *counts, int rows, int columns, int threshold, bool *hidden)
{
	struct grid g = { counts, rows, columns, threshold, hidden };
	int cells = rows * columns;
	if (cells == 0) return;
	memset(hidden, 0, (size_t)cells * sizeof(*hidden));
	for (int cell = 0; cell < cells; cell++) {
		int count = counts[cell];
		if (!is_small(count, threshold)) continue;
		hidden[cell] = true;
		if (hide_rectangle(&g, cell / columns, cell % columns, threshold - count) ||
		    hide_rectangle(&g, cell / columns, cell % columns, 1))
			continue;
		memset(hidden, 1, (size_t)cells * sizeof(*hidden));
		return;
	}
}

/* ---- Small lines ---- */

bool suppress_gather(struct arena *a, const struct column *column, const uint64_t *among, int threshold,
                     struct column *ret, int *place)
{
	int counts[COLUMN_CODES_MAX], n = column->ncodes, sum = 0, kept = 0;
	bool gathered[COLUMN_CODES_MAX] = { false };
	for (int code = 0; code < n; code++) {
		const uint64_t *set = column_set(column, code);
		counts[code] = among ? set_common(set, among, column->words) : set_count(set, column->words);
		gathered[code] = is_small(counts[code], threshold);
		sum += gathered[code] ? counts[code] : 0;
	}
	if (sum == 0) return false;
	while (sum < threshold) {
		int more = next_least(counts, n, gathered);
		if (more < 0 || counts[more] == 0) break;
		gathered[more] = true;
		sum += counts[more];
	}
	for (int code = 0; code < n; code++)
		if (!gathered[code]) place[code] = kept++;
	for (int code = 0; code < n; code++)
		if (gathered[code]) place[code] = kept;
	column_init(ret, a, COLUMN_CODES, column->words * 64, kept + 1);
	ret->n = column->n;
	for (int i = 0; i < column->n; i++) {
		if (column_said(column, i)) column_say_none(ret, i);
		for (int code = 0; code < n; code++)
			if (column_has(column, i, code)) column_say(ret, i, place[code]);
	}
	return true;
}

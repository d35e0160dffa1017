#include "features/survey/call_list.h"

#include <stdlib.h>
#include <string.h>

bool call_is_due(const struct survey_target *target)
{
	enum target_channel by = target_reached_by(target);
	if (!target_is_waited_for(target)) return false;
	return by == TARGET_BY_PHONE || by == TARGET_BY_VISIT || target->call_due || *target->call_at;
}

static int rank(const struct call_row *row)
{
	if (row->hers) return 0;
	if (row->held) return 6;
	if (row->late) return 1;
	if (row->target->call_due) return 5;
	if (row->planned) return 2;
	return row->target->contacted ? 4 : 3;
}

static int64_t called(const struct survey_target *target)
{
	return target->reminded > target->contacted ? target->reminded : target->contacted;
}

static int by_time(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

static int compare(const void *a, const void *b)
{
	const struct call_row *x = a, *y = b;
	if (rank(x) != rank(y)) return rank(x) - rank(y);
	int order = by_time(x->target->call_due, y->target->call_due);
	if (order == 0) order = by_time(called(x->target), called(y->target));
	if (order == 0) order = strcmp(x->target->name, y->target->name);
	return order ? order : by_time(x->target->num, y->target->num);
}

static bool is_among(const int64_t *nums, int n, int64_t num)
{
	int low = 0, high = n;
	while (low < high) {
		int middle = low + (high - low) / 2;
		if (nums[middle] < num) low = middle + 1;
		else high = middle;
	}
	return low < n && nums[low] == num;
}

int call_list(const struct survey_target *targets, int n, const int64_t *planned, int nplanned, int64_t person,
              int64_t now, struct call_row *rows)
{
	int kept = 0;
	for (int i = 0; i < n; i++) {
		const struct survey_target *target = &targets[i];
		bool taken = target->held_until > now;
		if (!call_is_due(target)) continue;
		rows[kept++] = (struct call_row){ .target = target,
			                          .hers = taken && target->held_by == person,
			                          .held = taken && target->held_by != person,
			                          .late = target->call_due && target->call_due <= now,
			                          .planned = is_among(planned, nplanned, target->num) };
	}
	if (kept) qsort(rows, (size_t)kept, sizeof(*rows), compare);
	return kept;
}

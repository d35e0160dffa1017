#include "core/response_pair.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

struct answered {
	const char *who; /* what two answers of one person have in common */
	int64_t num;
	bool after;
};

struct all_answered {
	struct answered *all;
	int n, room;
};

static const char *who_of(const struct rows *rows, struct arena *a)
{
	if (row_int(rows, 2)) return arena_printf(a, "r%lld", (long long)row_int(rows, 2));
	if (*row_text(rows, 3)) return arena_printf(a, "e%s", text_fold(a, row_text(rows, 3)));
	if (*row_text(rows, 4)) return arena_printf(a, "n%s", text_fold(a, row_text(rows, 4)));
	return row_int(rows, 1) ? arena_printf(a, "p%lld", (long long)row_int(rows, 1)) : NULL;
}

static void add(struct all_answered *x, struct arena *a, struct answered one)
{
	if (x->n == x->room) {
		struct answered *more = arena_array(a, struct answered, (size_t)x->room * 2 + 64);
		if (x->n) memcpy(more, x->all, (size_t)x->n * sizeof(*more));
		x->all = more;
		x->room = x->room * 2 + 64;
	}
	x->all[x->n++] = one;
}

static enum code read_answered(struct db *db, struct arena *a, const struct response_walk *walk, bool after,
                               struct all_answered *x, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(responses_may(walk->model, walk->actor, ACTION_READ, walk->form, err));
	if (walk->form->survey->anonymity == ANONYMITY_ANONYMOUS) return OK;
	TRY(db_query(db, &rows, err,
	             "SELECT r.num, COALESCE(w.person, 0), COALESCE(t.record, 0), COALESCE(t.email, ''), "
	             "COALESCE(t.name, '') FROM response r JOIN respondent w ON w.response = r.num LEFT JOIN "
	             "survey_target t ON t.num = w.target WHERE r.form = $1 AND r.state = $2 ORDER BY r.num",
	             walk->form->num, (int)RESPONSE_COMPLETE));
	while (rows_next(&rows)) {
		const char *who = who_of(&rows, a);
		if (who) add(x, a, (struct answered){ who, row_int(&rows, 0), after });
	}
	return rows_end(&rows, err);
}

static int by_who(const void *a, const void *b)
{
	const struct answered *x = a, *y = b;
	int order = strcmp(x->who, y->who);
	return order ? order : (int)x->after - (int)y->after;
}

enum code response_pairs(struct db *db, struct arena *a, const struct response_walk *before,
                         const struct response_walk *after, struct response_pair **ret, int *n, struct err *err)
{
	struct all_answered x = { .n = 0 };
	TRY(read_answered(db, a, before, false, &x, err));
	TRY(read_answered(db, a, after, true, &x, err));
	struct response_pair *pairs = arena_array(a, struct response_pair, (size_t)x.n / 2 + 1);
	if (x.n) qsort(x.all, (size_t)x.n, sizeof(*x.all), by_who);
	*n = 0;
	for (int from = 0, to; from < x.n; from = to) {
		for (to = from + 1; to < x.n && strcmp(x.all[to].who, x.all[from].who) == 0;) to++;
		if (to - from != 2 || x.all[from].after || !x.all[from + 1].after) continue;
		pairs[(*n)++] = (struct response_pair){ x.all[from].num, x.all[from + 1].num };
	}
	*ret = pairs;
	return OK;
}

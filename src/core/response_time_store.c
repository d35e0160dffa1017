#include "core/response_time.h"

enum code response_times(struct db *db, struct arena *a, const struct form *form, int64_t **ret, int *n,
                         struct err *err)
{
	int64_t *all = arena_array(a, int64_t, RESPONSE_TIMES_MAX);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	if (form->survey->anonymity != ANONYMITY_ANONYMOUS) {
		TRY(db_query(
		        db, &rows, err,
		        "SELECT completed FROM response WHERE form = $1 AND state = $2 AND completed > 0 ORDER BY completed "
		        "LIMIT $3",
		        form->num, (int)RESPONSE_COMPLETE, (int)RESPONSE_TIMES_MAX));
		while (found < RESPONSE_TIMES_MAX && rows_next(&rows)) all[found++] = row_int(&rows, 0);
		TRY(rows_end(&rows, err));
	}
	*ret = all;
	*n = found;
	return OK;
}

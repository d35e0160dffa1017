#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "features/import/import.h"

void import_refusals_begin(struct import_refusals *refusals, struct arena *a, struct import_report *report)
{
	*refusals = (struct import_refusals){ .arena = a, .report = report, .last = &report->refusals };
}

void import_refuse(struct import_refusals *refusals, int line, const char *field, const struct err *why)
{
	struct import_refusal *refusal = arena_new(refusals->arena, struct import_refusal);
	char *clean;
	struct err err;
	if (text_clean(refusals->arena, field, strlen(field), TEXT_LINE, &clean, &err) != OK)
		clean = arena_strdup(refusals->arena, "");
	*refusal = (struct import_refusal){
		.rank = refusals->report->nrefusals++, .line = line, .field = clean, .err = *why
	};
	*refusals->last = refusal;
	refusals->last = &refusal->next;
}

static int by_line(const void *a, const void *b)
{
	const struct import_refusal *const *x = a, *const *y = b;
	int lines = ((*x)->line > (*y)->line) - ((*x)->line < (*y)->line);
	return lines ? lines : (*x)->rank - (*y)->rank;
}

void import_refusals_sort(struct import_refusals *refusals)
{
	int n = 0;
	struct import_refusal **places = arena_array(refusals->arena, struct import_refusal *,
	                                             (size_t)refusals->report->nrefusals + 1);
	for (struct import_refusal *r = refusals->report->refusals; r; r = r->next, n++) places[n] = r;
	qsort(places, (size_t)n, sizeof(*places), by_line);
	refusals->last = &refusals->report->refusals;
	for (int i = 0; i < n; i++) {
		places[i]->rank = i;
		*refusals->last = places[i];
		refusals->last = &places[i]->next;
	}
	*refusals->last = NULL;
}

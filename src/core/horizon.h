/*
 * How far what comes back (base/schedule.h) is spread out in the index: a year behind, two years ahead, by whole
 * months. As months go by, a job makes it again (horizon_extend), so that lists, agendas and searches by date find what
 * is still to come.
 */
#ifndef PARVIS_HORIZON_H
#define PARVIS_HORIZON_H

#include "base/date.h"
#include "core/record.h"

/* The days between which occurrences are in the index, both in it, by the clocks of `zone` (the site’s; NULL: UTC). */
void horizon_days(const struct zone *zone, struct date *from, struct date *to);

/* Indexes again the records that come back, where the horizon moved since; a batch in each write. */
enum code horizon_extend(struct store *store, const struct model *model, struct err *err) MUST;

#endif

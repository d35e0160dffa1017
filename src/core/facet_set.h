/*
 * Facets counted by crossing the sets of their keys (core/posting.h) with the set of the matches: their cost does not
 * depend on how many match. For plans whose sets say all: plan_counts().
 */
#ifndef PARVIS_FACET_SET_H
#define PARVIS_FACET_SET_H

#include "core/facet_tally.h"

/* How many rows of sets it would read, about; INT64_MAX: it cannot, for the keys are too many or not all public. */
enum code facet_set_rows(const struct plan *plan, const struct field *field, int64_t *ret, struct err *err) MUST;
/* Counts the facet over what the plan crossed. */
enum code facet_set_count(const struct plan *plan, struct tally *t, struct err *err) MUST;
/* The same of the keys that are listed already, FACET_VALUES_MAX at most; *counted: they are all public. */
enum code facet_set_count_listed(const struct plan *plan, struct tally *t, bool *counted, struct err *err) MUST;

#endif

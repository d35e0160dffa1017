/* Counts for a query that is planned: how many records match, and how many for each key of a facet. */
#ifndef PARVIS_FACET_H
#define PARVIS_FACET_H

#include "core/plan.h"

/* Fills ret->total, ret->facets and ret->nfacets. */
enum code facet_count(struct plan *plan, struct result *ret, struct err *err) MUST;

#endif

/*
 * The writers behind index_record. Each compares what is stored of a record with what its values ask
 * for, and writes only what differs: indexing the same record again costs a few reads.
 */
#ifndef PARVIS_INDEX_WRITE_H
#define PARVIS_INDEX_WRITE_H

#include "core/index_key.h"

/* A record being indexed, inside a write. */
struct indexing {
	struct db *db;
	struct arena *a;
	const struct model *model;
	const struct record *record;
	const struct index_value *values; /* none: the record leaves the index */
	int nvalues;
};

enum code index_places_write(const struct indexing *x, struct err *err) MUST;
enum code index_links_write(const struct indexing *x, struct err *err) MUST;

/*
 * Search documents: what readers of each band of levels (visitors and contributors; members;
 * facilitators) find the record by; bands that read the same share one. The names of related records
 * are part of it, for those who may read them; so a record that is named otherwise rewrites the
 * documents of those that point to it. The vocabulary follows.
 */
enum code index_search_write(const struct indexing *x, struct err *err) MUST;

#endif

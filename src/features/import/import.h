/*
 * Imports that can be run again: each source remembers, for each of its rows, the record it made and
 * the values it brought. A row seen again unchanged does nothing; a changed one writes only what
 * changed, as one more revision, so that what people corrected here meanwhile stays.
 */
#ifndef PARVIS_IMPORT_H
#define PARVIS_IMPORT_H

#include "core/record.h"
#include "core/site.h"

enum import_outcome { IMPORT_CREATED, IMPORT_CHANGED, IMPORT_UNCHANGED };

struct import_item {
	const char *source, *key; /* which row of which source */
	const struct form *form;
	const struct space *space;
	const char *slug; /* wanted address, or NULL */
	const json_t *values;
	const struct actor *actor; /* who brings it; NULL: the program */
	struct id batch;           /* as in struct save */
	bool revives;              /* takes it out of the trash, where somebody put it meanwhile */
};

/* One record, inside a write. Mistakes go to `issues` (E_INPUT), nothing is written then. */
enum code import_item(struct tx *tx, struct arena *a, const struct model *model, const struct import_item *item,
                      struct issues *issues, enum import_outcome *ret, struct err *err) MUST;

/* The record that a row made; 0: none. */
enum code import_record(struct db *db, const char *source, const char *key, int64_t *ret, struct err *err) MUST;

/* What the source has called off: to the trash, if it brought it and it is still published. `*gone`: it was. */
enum code import_withdraw(struct tx *tx, struct arena *a, const struct model *model, const struct import_item *item,
                          bool *gone, struct err *err) MUST;

struct import_refusal {
	struct import_refusal *next;
	int line;
	const char *field; /* column or field, or "" */
	struct err err;
};

struct import_report {
	int created, changed, unchanged, refused;
	struct import_refusal *refusals; /* in the order of lines */
};

struct import_csv {
	const char *text;
	size_t len;
	const char *name;      /* of the file: part of the source's name */
	const json_t *mapping; /* docs/formats/csv-mapping.md */
	bool keep_good;        /* false: one refused row and nothing is kept (E_INPUT) */
	bool dry_run;          /* checks everything, keeps nothing */
};

/* Reads a whole file in one transaction. The report is filled in every case. */
enum code import_csv(struct site *site, struct arena *a, const struct import_csv *import, struct import_report *report,
                     struct err *err) MUST;

#endif

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
	bool draft;                /* a new one is one: only facilitators see it */
	bool without_files;        /* pictures and files that it does not say are as they were: a rehearsal */
	struct id saved;           /* result: the record */
};

/* One record, inside a write. Mistakes go to `issues` (E_INPUT), nothing is written then. */
enum code import_item(struct tx *tx, struct arena *a, const struct model *model, struct import_item *item,
                      struct issues *issues, enum import_outcome *ret, struct err *err) MUST;

/* The record that a row made; 0: none. */
enum code import_record(struct db *db, const char *source, const char *key, int64_t *ret, struct err *err) MUST;

/* What the source has called off: to the trash, if it brought it and it is still published. `*gone`: it was. */
enum code import_withdraw(struct tx *tx, struct arena *a, const struct model *model, const struct import_item *item,
                          bool *gone, struct err *err) MUST;

struct import_refusal {
	struct import_refusal *next;
	int rank; /* from 0 */
	int line;
	const char *field; /* column or field, or "" */
	struct err err;
};

/* What a file would bring. */
struct import_entry {
	struct import_entry *next;
	const struct form *form;
	const char *title, *day; /* "2024-03-09", or "" */
	int rank /* from 0 */, line, comments, pictures, files;
	bool draft, refused;
};

struct import_report {
	int created, changed, unchanged, refused;
	int comments, pictures;          /* that came along */
	int left;                        /* what has no like here, told among the refusals */
	struct import_refusal *refusals; /* in the order of lines */
	int nrefusals;
	struct import_entry *entries; /* in that of the file; of a WordPress export only */
	int nentries;
};

/* Adds one, its field on one line without control characters. */
struct import_refusals {
	struct arena *arena;
	struct import_report *report;
	struct import_refusal **last;
};
void import_refusals_begin(struct import_refusals *refusals, struct arena *a, struct import_report *report);
void import_refuse(struct import_refusals *refusals, int line, const char *field, const struct err *why);
/* Once all are told: in the order of lines. */
void import_refusals_sort(struct import_refusals *refusals);

struct import_csv {
	const char *text;
	size_t len;
	const char *name;      /* of the file: part of the source's name */
	const char *folder;    /* where the pictures are that it names; NULL: none are brought */
	const json_t *mapping; /* docs/formats/csv-mapping.md */
	bool keep_good;        /* false: one refused row and nothing is kept (E_INPUT) */
	bool dry_run;          /* checks everything, keeps nothing */
};

/* Reads a whole file in one transaction. The report is filled in every case. */
enum code import_csv(struct site *site, struct arena *a, const struct import_csv *import, struct import_report *report,
                     struct err *err) MUST;

/* A WordPress export (formats/wxr.h): posts and pages, with their words in Markdown, their day, their key words, the
 * names of their authors, who get no account, and what was said below them. */
struct import_wxr {
	const char *text;
	size_t len;
	const char *space;       /* slug; NULL: the first */
	const char *post, *page; /* keys of the forms of posts and pages; NULL: "recit" where it is, else "page" */
	const char *media;       /* folder of the pictures, as "wp-content/uploads"; NULL: none are brought… */
	const int *zip;          /* …or a ZIP of it */
	bool keep_good, dry_run; /* as struct import_csv's */
	struct id batch;         /* shared by what is written; zero: each page has its own save */
};
enum code import_wxr(struct site *site, struct arena *a, const struct import_wxr *import, struct import_report *report,
                     struct err *err) MUST;
/* The name of what such a file is a source of: "wxr:https://…". */
enum code import_wxr_source(struct arena *a, const char *text, size_t len, const char **ret, struct err *err) MUST;

/* Sources whose name begins so, and how many records each has made that are still there. */
struct import_source {
	const char *name;
	int records;
};
enum code import_sources(struct db *db, struct arena *a, const char *begins, struct import_source **ret, int *n,
                         struct err *err) MUST;

/* Deletes what imports of a source made, as long as nobody has touched it since: `ret` counts. In one write. */
struct import_undone {
	int gone, left;
	int back; /* as they were before a batch (import_row.h) changed them */
};
enum code import_undo(struct site *site, struct arena *a, const char *source, struct import_undone *ret,
                      struct err *err) MUST;

#endif

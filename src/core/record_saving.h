/* One save under way: what the files of record_save share (core/record.h, record_save). */
#ifndef PARVIS_RECORD_SAVING_H
#define PARVIS_RECORD_SAVING_H

#include "core/object.h"
#include "core/record.h"

struct saving {
	struct tx *tx;
	struct db *db;
	struct arena *a;
	const struct model *model;
	struct save *save;
	struct issues *issues;
	struct record *record;      /* all of it, as the program sees it */
	bool created, publishes;    /* publishes: a draft becomes public */
	const struct actor *judged; /* whose rights count */
	const char *title, *slug;   /* as they were; NULL: nobody can have linked to it */
	struct {
		const struct heads *heads; /* that the values are compared with and written upon */
		const json_t *values, *conflict;
		bool current;         /* nobody has saved since */
		json_t *set;          /* what is to be written; NULL: untouched */
		struct object object; /* that writes it */
	} parts[AUDIENCE_COUNT];
	json_t *before;     /* values of all parts as opened */
	const json_t *kept; /* keys of answers that are for members first (core/kept.h) */
	bool computes_yet;  /* what is computed is not all written: once more, when the rest is */
};

/* ---- What was opened (record_open_store.c) ---- */

/* The record, or a new one; may she? Where a yes comes first, the save becomes a draft that waits. */
enum code saving_find(struct saving *x, struct err *err) MUST;
/* Each part as it was when it was opened. */
enum code saving_open(struct saving *x, struct err *err) MUST;
/* A new one is judged as what it will be, of nobody yet. */
struct thing saving_thing(const struct saving *x);
/* Does it stay a draft? */
bool saving_is_draft(const struct saving *x);

/* ---- What was asked (record_check_store.c) ---- */

/* Computes what is computed, checks the answers and what they look at: E_INPUT with mistakes in x->issues. */
enum code saving_check(struct saving *x, struct err *err) MUST;

/* ---- What is written (record_write_store.c) ---- */

/* Sorts the values into parts; false: nothing differs. */
bool saving_sort(struct saving *x);
json_t *saving_set(struct saving *x, enum audience audience);
/* The address that its title, or its confidence, asks for. */
const char *saving_address(const struct saving *x);
enum code saving_insert(struct saving *x, struct err *err) MUST;
/* All revisions before anything is written: what is too big is a mistake like others, and leaves nothing. */
enum code saving_make(struct saving *x, unsigned flags, struct err *err) MUST;
enum code saving_write(struct saving *x, struct err *err) MUST;
/* The record's row follows its parts, and the index follows the record. */
enum code saving_finish(struct saving *x, struct err *err) MUST;

#endif

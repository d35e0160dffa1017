/*
 * A long import: looked at, brought in and taken back by a job, some things in a write, so that the site goes on meanwhile
 * and a page says how far it is. It is its person's, who alone sees it, and goes by the rights that she has at each turn.
 * What was sent is kept for a day; the row for a month. Looking is a rehearsal: everything is tried, nothing kept.
 */
#ifndef PARVIS_IMPORT_RUN_H
#define PARVIS_IMPORT_RUN_H

#include "core/site.h"
#include "features/import/import.h"
#include "page/page.h"
#include "store/job.h"
#include "web/request.h"

/* Column `state`. */
enum import_state { RUN_LOOKING, RUN_LOOKED, RUN_BRINGING, RUN_BROUGHT, RUN_UNDOING, RUN_UNDONE };

enum { RUNS_SHOWN = 20, RUN_LINES = 100 /* of a page */ };

struct import_run {
	int64_t num;
	struct id id;
	int64_t person;
	const char *kind, *title; /* title: of the file, or the site that it comes from */
	json_t *choices; /* of its kind; "lang": in which language what stays out is told; "straight": it comes in as
	                           * soon as it was looked at, if nothing stays out */
	struct id batch;
	enum import_state state;
	bool stopped;
	int done, total;
	json_t *counts; /* created, changed, unchanged, cancelled, refused, comments, pictures; of what is taken back: gone,
	                 * left, back (as they were before it) */
	const char *error; /* why it stopped, or "" */
	int64_t created, changed;
};

/* The columns of `counts`. */
enum import_count {
	COUNT_CREATED,
	COUNT_CHANGED,
	COUNT_UNCHANGED,
	COUNT_CANCELLED,
	COUNT_REFUSED,
	COUNT_COMMENTS,
	COUNT_PICTURES,
	COUNT_GONE,
	COUNT_LEFT,
	COUNT_BACK,
	COUNTS
};

/* One turn of the job. */
struct import_work {
	struct site *site;
	struct arena *turn, *step; /* of the turn; of the things written together */
	const struct model *model;
	struct actor actor;
	enum lang lang;
	struct import_run *run;
	struct page *page; /* no reader but the actor; with a snapshot while it opens */
	void *data;        /* its kind's */
	/* of this step */
	struct import_line *lines, **last_line;
	int counts[COUNTS];
};

int run_count(const struct import_run *run, enum import_count count);

struct import_line {
	bool comes;
	int line;
	const char *title, *said;
	struct import_line *next;
};
/* May she shape the site's forms, and add pages to this space? E_FORBIDDEN, also where there is none. */
enum code run_may(const struct model *model, const struct actor *actor, const struct space *space,
                  struct err *err) MUST;
/* What was chosen, or "". */
const char *run_chosen(const struct import_run *run, const char *key);
/* Tells one thing of the step: what comes and with what, or why it stays out. */
void run_tell(struct import_work *w, bool comes, int line, const char *title, const char *said);
void run_refuse(struct import_work *w, int line, const char *title, const struct err *why);

/* To add one: a row of import_kinds. */
struct import_kind {
	const char *name;
	/* Reads what was sent; says run->total, and at its first turn what stays out from the start. */
	enum code (*open)(struct import_work *w, struct err *err);
	/* Before the write of a step, the i-th of what was sent; NULL: nothing. */
	enum code (*prepare)(struct import_work *w, int i, struct err *err);
	/* In the write. What it refuses it tells, and returns OK. */
	enum code (*keep)(struct tx *tx, struct import_work *w, int i, struct err *err);
	/* Takes back up to `n` things from the `from`-th on; run->total is theirs, told by `made`. */
	enum code (*made)(struct import_work *w, int *ret, struct err *err);
	enum code (*undo)(struct tx *tx, struct import_work *w, int from, int n, struct err *err);
	/* What definitions it needs, in the write in which it begins to come; takes them away again, in the one that ends what is
	 * taken back. NULL: none. */
	enum code (*begin)(struct tx *tx, const struct page *p, struct import_run *run, struct err *err);
	enum code (*unmake)(struct tx *tx, struct import_work *w, struct err *err);
	/* The page: where what came is seen; the choices that can still be changed, NULL: none. */
	const char *(*seen)(const struct page *p, const struct import_run *run);
	void (*choices)(struct buf *out, const struct page *p, const struct import_run *run);
	/* What the form of the page chose, as new choices. */
	json_t *(*choose)(struct request *r, const struct import_run *run);
	const char *send, *send_title; /* where another one is sent; message id */
	const char *audited;           /* core/audit_action.c */
};
extern const struct import_kind *const import_kinds[]; /* ends with NULL */
const struct import_kind *import_kind_find(const char *name);

/* ---- Rows ---- */

/* Begins to look. `choices` are the caller's. */
enum code run_add(struct tx *tx, struct arena *a, struct import_run *run, struct err *err) MUST;
/* E_NOT_FOUND: none, or another's. */
enum code run_find(struct db *db, struct arena *a, struct id id, int64_t person, struct import_run *ret,
                   struct err *err) MUST;
enum code run_load(struct db *db, struct arena *a, int64_t num, struct import_run *ret, struct err *err) MUST;
/* Hers, the latest first; `kind` NULL: all. */
enum code run_list(struct db *db, struct arena *a, int64_t person, const char *kind, struct import_run **ret, int *n,
                   struct err *err) MUST;
/* Does the job still work at what was loaded? */
enum code run_still(struct db *db, const struct import_run *run, bool *ret, struct err *err) MUST;
/* How far it is. */
enum code run_note(struct tx *tx, struct arena *a, const struct import_run *run, struct err *err) MUST;
enum code run_note_lines(struct tx *tx, const struct import_run *run, const struct import_line *lines,
                         struct err *err) MUST;
enum code run_forget_lines(struct tx *tx, const struct import_run *run, struct err *err) MUST;
/* A page of them, from the `from`-th on, in the order told; `all`: how many there are. */
enum code run_lines(struct db *db, struct arena *a, const struct import_run *run, bool comes, int from,
                    struct import_line **ret, int *n, int *all, struct err *err) MUST;
enum code run_purge(struct tx *tx, int64_t before, struct err *err) MUST;

/* Another turn. */
enum code run_go_on(struct tx *tx, const struct import_run *run, struct err *err) MUST;
/* All was gone through. */
enum code run_end(struct tx *tx, struct arena *a, struct import_run *run, struct err *err) MUST;
/* `why`: "" when she asked for it. run_resume goes on from there. */
enum code run_stop(struct tx *tx, const struct import_run *run, const char *why, struct err *err) MUST;
enum code run_resume(struct tx *tx, struct import_run *run, struct err *err) MUST;
/* From the beginning: looking, bringing, undoing. */
enum code run_begin(struct tx *tx, struct arena *a, struct import_run *run, enum import_state state,
                    struct err *err) MUST;

/* Does the job work at it? */
bool run_works(const struct import_run *run);

/* One turn, some seconds; then another job, so that others have theirs. */
enum code import_job(struct store *store, const struct job *job, void *context, struct err *err);
/* Every day: those of over a month go. */
enum code imports_job(struct store *store, const struct job *job, void *context, struct err *err);

#endif

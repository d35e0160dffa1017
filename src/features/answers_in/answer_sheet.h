/*
 * A file of answers to a questionnaire, looked at before anything is kept: which lines can be kept, which are refused and why,
 * which say the same as another. The same reading, begun again, keeps them (answers_in_store.c): so what is kept is what was
 * shown.
 */
#ifndef PARVIS_ANSWER_SHEET_H
#define PARVIS_ANSWER_SHEET_H

#include "core/response_import.h"
#include "features/answers_in/answer_row.h"

enum {
	ANSWERS_BYTES = 32 * 1024 * 1024,
	ANSWERS_ROWS = 20000,
	ANSWERS_COLUMNS = 500,
	ANSWERS_REFUSALS = 200, /* shown */
	ANSWERS_AT_ONCE = 300,  /* more are the work of a job */
};

struct answer_refusal {
	int line;
	const char *column; /* its heading, or words of the question; "" for the whole */
	const char *why;
};

struct answer_sheet {
	const struct form *form;
	struct grid grid;
	struct answer_targets targets;
	struct answer_column *columns;
	enum channel channel; /* of lines that do not say */
	bool leave_same;      /* lines that say the same as another are left out */
	/* as it was looked at */
	int good, refused;           /* lines; the same ones are among the good unless they are left out */
	int same_inside, same_there; /* that say the same as another line; as an answer that is there already */
	int first_same, same_as;     /* lines of the first of them */
	int left_out;                /* answers to questions that were not asked */
	int codes;                   /* lines with a code of somebody it was sent to */
	struct answer_refusal *refusals;
	int nrefusals;
};

/* Reads the file and finds what its columns are. E_INPUT, E_LIMIT with a sentence. */
enum code answer_sheet_read(struct arena *a, const struct form *form, const char *bytes, size_t len,
                            struct answer_sheet *ret, struct err *err) MUST;
/* By the names of targets, one for each column, as somebody chose; NULL: that column is as it was found. */
void answer_sheet_choose(struct answer_sheet *sheet, const char *const *names);

/* Going over the lines, from the first on: `fn` is called for those that can be kept. Mistakes end a line, not the walk. The walk
 * remembers what was said; `batch`: its answers are not among those that are there already (0: none). */
struct answer_walk;
typedef enum code answer_fn(void *context, const struct answer_line *line, struct arena *a, struct err *err);
enum code answer_walk_open(struct arena *a, struct answer_sheet *sheet, const struct model *model, enum lang lang,
                           struct db *db, int64_t batch, struct answer_walk **ret, struct err *err) MUST;
/* The rows from `from` until before `until`; `fn` NULL: they are only looked at. E_FORBIDDEN and E_CONFLICT of `fn` refuse the
 * line. */
enum code answer_walk_rows(struct answer_walk *walk, struct db *db, int from, int until, answer_fn *fn, void *context,
                           struct err *err) MUST;
/* All of them, looked at. */
enum code answer_sheet_look(struct arena *a, struct answer_sheet *sheet, const struct model *model, enum lang lang,
                            struct db *db, struct err *err) MUST;

#endif

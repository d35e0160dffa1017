/*
 * Reports: pages of the site that tell results (restitution_text.h), written by who looks after the answers. A report is a draft,
 * then open to comments – paragraph by paragraph, of those who were asked, with their personal code or account –, then
 * final: its page is published.
 *
 * Figures may be kept ("frozen") as they are on a day: rows that the text names. Opening a report freezes what tells of
 * answers that are not public. Who comments is named as the questionnaire promised: by name, as "one of those asked" with
 * nothing kept of who, or as nobody.
 */
#ifndef PARVIS_RESTITUTION_H
#define PARVIS_RESTITUTION_H

#include "core/response.h"
#include "page/page.h"

struct figure; /* figure.h */

enum restitution_state { RESTITUTION_DRAFT, RESTITUTION_OPEN, RESTITUTION_FINAL, RESTITUTION_STATES };
/* Kept in the table: never renumbered. */
enum remark_who { REMARK_PERSON, REMARK_NAMED, REMARK_ASKED, REMARK_NOBODY, REMARK_WHOS };
enum remark_state { REMARK_NEW, REMARK_TAKEN, REMARK_ANSWERED, REMARK_HIDDEN, REMARK_STATES };
enum {
	REMARK_MAX = 4000, /* bytes */
	REMARK_QUOTE = 300,
	REMARKS_MAX = 2000, /* of one report */
	REPORTS_SHOWN = 200,
	FROZEN_MAX = 1 << 19 /* bytes */
};

struct restitution {
	int64_t record;
	const struct form *form; /* NULL: it is gone */
	enum restitution_state state;
	const char *closes; /* "2026-12-31" or "" */
	bool members;
	const char *synthesis;
	int64_t created, opened, finished; /* ms UTC, 0: not */
};

const char *restitution_state_words(enum restitution_state state); /* message id */

/* E_NOT_FOUND: the record is no report. */
enum code restitution_load(struct db *db, struct arena *a, const struct model *model, int64_t record,
                           struct restitution *ret, struct err *err) MUST;
/* Those of a form (0: of all), the latest first. The caller asks who may see each. */
enum code restitution_list(struct db *db, struct arena *a, const struct model *model, int64_t form,
                           struct restitution **ret, int *n, struct err *err) MUST;
/* Says of a record that it is one. The caller has checked rights, here and below. */
enum code restitution_add(struct tx *tx, int64_t record, const struct form *form, struct err *err) MUST;
enum code restitution_set(struct tx *tx, const struct restitution *report, struct err *err) MUST;

/* ---- Figures that are kept ---- */

enum code restitution_figure_keep(struct tx *tx, struct arena *a, struct id id, int64_t record, const json_t *body,
                                  struct err *err) MUST;
/* In the page's language. */
enum code restitution_figure_load(const struct page *p, struct id id, struct figure *ret, struct err *err) MUST;

/* ---- Remarks ---- */

struct remark {
	int64_t num;
	enum remark_who who;
	const char *name; /* "": not told */
	const char *anchor, *quote, *body;
	int64_t created;
	enum remark_state state;
	const char *answer; /* "" */
	int64_t answered;
	/* To add one; 0: nobody's. */
	int64_t person, target;
};

const char *remark_state_words(enum remark_state state); /* message id */

enum code remark_list(struct db *db, struct arena *a, int64_t record, struct remark **ret, int *n,
                      struct err *err) MUST;
enum code remark_add(struct tx *tx, int64_t record, const struct remark *remark, struct err *err) MUST;
/* E_NOT_FOUND: not of this report. */
enum code remark_answer(struct tx *tx, int64_t record, const struct remark *remark, int64_t person,
                        struct err *err) MUST;
/* It stands at this paragraph from now on. */
enum code remark_move(struct tx *tx, int64_t num, const char *anchor, const char *quote, struct err *err) MUST;

#endif

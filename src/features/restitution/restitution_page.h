/* What the pages of reports share, and what their templates ask of C. */
#ifndef PARVIS_RESTITUTION_PAGE_H
#define PARVIS_RESTITUTION_PAGE_H

#include "features/people/code.h"
#include "features/restitution/link.h"
#include "features/restitution/restitution.h"
#include "features/restitution/restitution_text.h"
#include "web/request.h"

/* Who looks at a report, and as whom she may say something. */
struct restitution_reader {
	bool manages;       /* looks after the answers */
	bool asked;         /* was asked, or is a member where those may comment too */
	bool comments;      /* may say something now */
	const char *closed; /* why not, though she was asked; or NULL */
	enum remark_who who;
	int64_t person, target;
	const char *name; /* of REMARK_NAMED */
	const char *code; /* by which she came; NULL */
};

struct restitution_shown {
	struct restitution report;
	struct record *record;
	const struct field *field; /* its text */
	const char *source;        /* of its text */
	struct restitution_text text;
	const char *notes; /* the definitions of its notes */
	struct restitution_reader reader;
	struct remark *remarks;
	int nremarks;
	int *places;     /* of each remark: the block that it stands at, −1: gone */
	const char *url; /* "/-/restitution/<id>" */
	int typed_block; /* a remark that was refused was typed there; −1 */
	const char *typed;
};

/* The report of the address, as far as it is for the reader: E_NOT_FOUND. `code`: by which she comes; NULL: by none. */
enum code restitution_open(struct request *r, const char *code, struct restitution_shown *ret, struct err *err) MUST;
/* The same for who looks after it. */
enum code restitution_managed(struct request *r, struct restitution_shown *ret, struct err *err) MUST;
/* Reads its text; what the request's page shows has its figures from then on. */
void restitution_read_text(struct request *r, struct restitution_shown *x, bool figures);
enum code restitution_read_remarks(struct request *r, struct restitution_shown *x, struct err *err) MUST;

const char *restitution_url(const struct page *p, const struct restitution_shown *x, const char *rest);
/* A block as HTML, with the notes that it names. */
struct html_safe restitution_block_html(const struct page *p, const struct restitution_shown *x, int block);
/* The words of a heading, with its number. */
const char *restitution_heading(const struct page *p, const struct block *block);
/* May remarks stand at this block? */
bool restitution_takes_remarks(const struct block *block);
/* "A member", "One of those asked": message in the reader's language. */
const char *remark_name(const struct page *p, const struct remark *remark);
/* How many stand there; those that are hidden count for who looks after it only. */
int restitution_remarks_at(const struct restitution_shown *x, int block);
int restitution_remarks_new(const struct restitution_shown *x);
bool remark_seen(const struct restitution_shown *x, const struct remark *remark);
/* "until 12 December 2026", or "" */
const char *restitution_closes_words(const struct page *p, const struct restitution *report);
/* The first long text of a form; NULL: it has none. */
const struct field *restitution_field(const struct form *form);

const char *restitution_id(const struct page *p, const struct restitution_shown *x);
/* A block where it is chosen: "Table 3 – How many workstations?", a heading with its number, the beginning of a text. */
const char *synthesis_words(const struct page *p, const struct restitution_shown *x, int block);
/* As it stands in the text. */
const char *directive_words(const struct page *p, const struct directive *d);

/* ---- Freezing ---- */

enum { CHANGES_TOLD = 12 };

/* A directive that shows figures, for the page that freezes. */
struct frozen_row {
	struct directive directive;
	const char *title;
	bool frozen;
	const char *source;   /* of the figures shown, or why there are none */
	const char **changes; /* since it was frozen */
	int nchanges;
	int ordinal;
};
enum code restitution_frozen_rows(struct request *r, const struct restitution_shown *x, struct frozen_row **ret, int *n,
                                  struct err *err) MUST;

enum freeze_what { FREEZE_LIVE, FREEZE_HIDDEN /* live, of results that are not public */, FREEZE_ONE, FREEZE_THAW };
/* What a text becomes when its figures are kept or let go; to be written with restitution_freeze_write. */
struct freezing {
	const char *text;
	struct {
		struct id id;
		const json_t *body;
		const char *asked;
	} kept[DIRECTIVES_MAX];
	int n;
	int missing; /* figures that are not there */
};
enum code restitution_freeze(struct request *r, const struct restitution_shown *x, enum freeze_what what, int ordinal,
                             struct freezing *ret, struct err *err) MUST;
enum code restitution_freeze_write(struct tx *tx, struct request *r, const struct restitution_shown *x,
                                   const struct freezing *f, struct err *err) MUST;

/* ---- Lists ---- */

struct restitution_row {
	const struct restitution *report;
	const struct record *record;
	bool manages;
};

int restitution_inserts(const struct page *p, const struct form *form, struct insert_row **ret);

/* A draft made of the results of a form. */
enum code restitution_draft(const struct page *p, const struct form *form, const char **title, const char **text,
                            struct err *err) MUST;

#endif

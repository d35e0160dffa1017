/*
 * The planner's pieces: which records match a query, as SQL that is the same text on both engines.
 * A plan has tests (filters) that each record must pass and one driver, the way to come to candidates:
 *
 *	DRIVE_KEYS    the records of one test, by the index of keys: when there are few
 *	DRIVE_SET     the records of tests (core/posting.h), or that words find, their sets crossed in memory
 *	DRIVE_SPACE   the records of one space: when there are few
 *	DRIVE_FORM    all records of the form
 *
 * A page of results whose best driver is DRIVE_FORM, or gives too many, walks the sort's own index instead
 * (query_store.c), and looks only at what is in the set where there is one.
 */
#ifndef PARVIS_PLAN_H
#define PARVIS_PLAN_H

#include "core/condition.h"
#include "core/moment.h"
#include "core/query.h"

enum {
	PLAN_TESTS = 40, /* conditions and facet choices */
	PLAN_KEYS = 120, /* keys compared with, in all */
};

/* What an actor may read, as texts with one digit per space number, so that a list over many spaces
 * takes one bind: '0' nothing, else 1 + the greatest audience; and the level, '9' where not admitted. */
struct access {
	const char *audiences, *levels;
};

void access_init(struct access *access, struct arena *a, const struct model *model, const struct actor *actor);

/* True for a row of field_value, link… whose audience the actor may read in the space of `r`; takes
 * access->audiences. Compared as text: a space made a moment ago has no digit, which is less than all. */
#define READABLE_ALONE(alias) "CAST(" alias ".audience AS TEXT) < substr(?, CAST(r.space AS INTEGER), 1)"
/* The same where the actor may read r: what is public in it needs no look at the digits. */
#define READABLE(alias) "(" alias ".audience = 0 OR " READABLE_ALONE(alias) ")"
/* True for the row of search_doc made for the actor's level in the space of `r`; takes access->levels. */
#define READERS(alias)                                                                                      \
	"substr(?, CAST(r.space AS INTEGER), 1) BETWEEN CAST(" alias ".from_level AS TEXT) AND CAST(" alias \
	".to_level AS TEXT)"

/* Candidates that are simply sorted, without a thought for other ways. Tests lower it. */
extern int plan_few;

enum driver_kind { DRIVE_KEYS, DRIVE_SET, DRIVE_SPACE, DRIVE_FORM };

/* Sets of records, a bit each by its number; all of `len` bytes. */
struct plan_sets {
	size_t len;                 /* 0: there are none */
	uint8_t *tests[PLAN_TESTS]; /* NULL: the test has none */
	uint8_t *found;             /* by the search, by words that the actor may read; NULL: there is none */
	int64_t nfound;             /* documents */
	bool all_found;             /* else only some of very many */
	uint8_t *listed; /* those of the form, in the space asked for, that the actor may read in their spaces */
	bool exact;      /* she may read all of these, and no others of the form */
	int64_t nlisted;
	uint8_t *crossed; /* those that meet all tests with a set, but for what plan_drive left out */
	int64_t ncrossed;
	bool whole;    /* … and no other test is asked */
	uint8_t *some; /* where only some are found: those of them that are crossed; else NULL */
	int64_t nsome;
	const uint8_t *driving; /* the driver's: crossed, or some */
};

struct plan {
	struct db *db;
	struct arena *a;
	const struct model *model;
	const struct actor *actor;
	const struct query *query;
	struct access access;
	struct moment moment; /* that conditions mean by "now" */
	struct condition_test tests[PLAN_TESTS];
	bool chosen[PLAN_TESTS]; /* a facet choice: left out when its own facet is counted */
	int ntests;
	int64_t sizes[PLAN_TESTS];     /* candidates, at most QUERY_COUNT_MAX + 1; -1: cannot drive */
	bool open[PLAN_TESTS];         /* everybody who may read the candidates may read why they are some */
	const struct match *match;     /* NULL: no search */
	int64_t space_size, form_size; /* likewise; form_size only where there are tests */
	bool guests;                   /* the space asked for shows records of others too (core/also_in.h) */
	struct plan_sets sets;
	enum driver_kind driver;
	int driver_test;
	int64_t size;      /* of the driver */
	int64_t looked_at; /* at most so many candidates, to count; 0: all */
};

/* E_INPUT: unknown field; E_LIMIT: too many conditions. */
enum code plan_make(struct plan *plan, struct db *db, struct arena *a, const struct model *model,
                    const struct actor *actor, const struct query *query, struct err *err) MUST;

/* The best driver when the choices of the facet `without` (NULL: none) are left out. */
void plan_drive(struct plan *plan, const struct field *without);

/* How many match, when the sets alone say it; false: they do not. *more: at least so many. */
bool plan_counts(const struct plan *plan, int64_t *ret, bool *more);
/* Has the driver surely more than `most` candidates, so that it may be cut there? */
bool plan_is_cut(const struct plan *plan, int64_t most);
/* Appends "FROM … WHERE …", with each matching record once, as alias r: of the first `looked_at`, unless 0. */
void plan_add_matches(const struct plan *plan, struct sql *sql, const struct field *without);
/* Appends "SELECT … AS num": all that the plan crossed. */
void plan_add_crossed(const struct plan *plan, struct sql *sql);
/* Appends " AND …": only what is in the set, of index entries s or of records r; nothing where there is none. */
void plan_add_member(const struct plan *plan, struct sql *sql, bool entries);
/* Appends " AND …": all that a record r of the form must meet besides. */
void plan_add_conditions(const struct plan *plan, struct sql *sql, const struct field *without);

/* Appends " AND …": only what the space asked for holds or shows; nothing where none is asked for. The index of spaces is
 * for the driver of spaces. */
void plan_add_space(const struct plan *plan, struct sql *sql);

/* ---- Between plan_store.c and plan_set_store.c ---- */

/* Is it left out when the facet `without` is counted? */
bool plan_leaves_out(const struct plan *plan, int i, const struct field *without);
/* Appends " AND …" on the keys of v, by an index of all keys, or within one record. */
void plan_add_comparison(struct sql *sql, const struct condition_test *test, bool within);
/* Reads the sets of tests that have them, where they are worth crossing. */
enum code plan_read_sets(struct plan *plan, struct err *err) MUST;
/* Crosses those that are not left out. */
void plan_cross(struct plan *plan, const struct field *without);
/* The first of a set, at most `most`, as the engine takes a list of numbers. */
const char *plan_set_list(const struct plan *plan, const uint8_t *set, int64_t most);

#endif

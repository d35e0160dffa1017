/*
 * Spaces as people meet them: the list of those one may know of, the front page of each, making one, shaping it,
 * joining and leaving it, letting it sleep. What a space is and who may do what there is the core's (core/space.h,
 * core/right.h); members and invitations are features/joining's.
 */
#ifndef PARVIS_FEATURE_SPACE_H
#define PARVIS_FEATURE_SPACE_H

#include "core/join_request.h"
#include "core/query.h"
#include "core/space.h"
#include "page/form.h"
#include "page/page.h"

/* A space as the reader stands to it. */
struct space_row {
	const struct space *space;
	enum level mine;           /* her level in it */
	bool member;               /* … by a membership of her own */
	int members, facilitators; /* how many may sign in; facilitators are among the members */
	int waiting;               /* requests to answer, when she looks after it */
	int64_t dormant;           /* nobody has touched it since then (core/dormant.h); 0: it is alive */
};

/* May the reader make a space? Administrators do, and members of other spaces where the setting "spaces" says so:
 * {"create": "members"}. */
bool space_may_create(const struct page *p);
bool space_members_create(const struct model *model);

enum code space_row_load(const struct page *p, const struct space *space, struct space_row *ret, struct err *err) MUST;
/* All those that the reader may know of, in the order they were made. */
enum code space_rows(const struct page *p, struct space_row **ret, int *n, struct err *err) MUST;

const char *space_url(const struct page *p, const struct space *space);                          /* /e/tours */
const char *space_action_url(const struct page *p, const struct space *space, const char *what); /* /-/space/tours/… */
/* A text of its definition, "" when it says nothing. */
const char *space_text(const struct space *space, const char *key);
/* May the reader know how many belong to it, and read what is in it? */
bool space_counts(const struct page *p, const struct space_row *row);
bool space_reads(const struct page *p, const struct space *space);
bool space_manages(const struct page *p, const struct space *space);
/* May the reader offer to look after it? Its members where fewer than two do; whoever has an account where its
 * people look for somebody, or where it sleeps. */
bool space_may_offer(const struct page *p, const struct space_row *row);
bool space_is_offered(const struct space *space);
/* The site's own pages are in its first space, which neither sleeps nor goes. */
bool space_is_first(const struct page *p, const struct space *space);

const char *space_icon(const struct space *space);
/* How one joins, in a few words: "On request". */
const char *admission_words(const struct page *p, enum admission admission);

/* What the space's people are called, of those who may sign in: at most `max` names of its facilitators. */
enum code space_facilitators(const struct page *p, const struct space *space, int max, const char ***ret, int *n,
                             struct err *err) MUST;

/* Pages of one form in a space, the latest changed first. */
struct space_form {
	const struct form *form;
	int64_t total;
	bool more; /* than counted */
	struct record **records;
	int n;
	const char *next; /* address of the page that goes on, or NULL */
	const char *add;  /* address of the form for a new one, or NULL */
};
/* All the forms that have pages there that the reader may read; `only`: that one alone, from the cursor `after`.
 */
enum code space_forms(const struct page *p, const struct space *space, const struct form *only, const char *after,
                      struct space_form **ret, int *n, struct err *err) MUST;
const char *space_form_count(const struct page *p, const struct space_form *form);

/* A request with who asks. */
struct request_row {
	struct join_request request;
	const char *name;
	struct id id;
};
/* Those that wait for the reader, of one space or of all (NULL). */
enum code space_requests(const struct page *p, const struct space *space, struct request_row **ret, int *n,
                         struct err *err) MUST;

#endif

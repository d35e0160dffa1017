/*
 * Discussions: records below which people talk (core/comment.h), listed like the topics of a forum. A form may say
 * "topic": true: its records are topics, listed before anybody answers. Facilitators pin, close (comment_close) and split;
 * the author of what is talked about marks it solved too, by one of the answers or by itself.
 */
#ifndef PARVIS_THREAD_H
#define PARVIS_THREAD_H

#include "core/record.h"

enum { TALK_PAGE = 30, NAMES_SHOWN = 10, NAMED_MAX = 500 };

struct thread_mark {
	int64_t pinned, solved; /* ms UTC; 0: not */
	int64_t answer;         /* the comment that solves it; 0: none in particular */
	int64_t shown;          /* the comment that stands first; 0: none */
};
enum code thread_mark_read(struct db *db, int64_t record, struct thread_mark *ret, struct err *err) MUST;
/* The caller has checked rights. */
enum code thread_pin(struct tx *tx, int64_t record, bool pinned, struct err *err) MUST;
enum code thread_solve(struct tx *tx, int64_t record, bool solved, int64_t answer, struct err *err) MUST;
/* The comment that stands above the others; 0: none any more. */
enum code thread_show_first(struct tx *tx, int64_t record, int64_t comment, struct err *err) MUST;
/* Its author, and who looks after the space. */
bool thread_may_solve(const struct actor *actor, const struct record *about);
/* Are the records of this form topics? */
bool form_is_topic(const struct form *form);

enum talk_filter { TALK_ALL, TALK_UNANSWERED, TALK_OPEN, TALK_SOLVED, TALK_MINE, TALK_FILTERS };

struct talk {
	int64_t record, answers, last; /* when somebody last answered, else when it began; ms UTC */
	const char *last_name;         /* who, or NULL: nobody has, or she is gone */
	bool pinned, solved, closed;
};
/* The discussions of a space that the actor reads, pinned first, then those that somebody answered last; TALK_PAGE from
 * page `page` (1 the first) on. *total: of them all. What is confidential is not among them. */
enum code talk_list(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                    const struct space *space, enum talk_filter filter, int page, struct talk **ret, int *n, int *total,
                    struct err *err) MUST;

/* Who may be named ("@Lou Voisine") in what is said below a record: those who take part, and the space's members;
 * NAMED_MAX at most. */
struct named {
	int64_t person;
	const char *name;
	bool here; /* she takes part already */
};
enum code thread_names(struct db *db, struct arena *a, const struct record *about, struct named **ret, int *n,
                       struct err *err) MUST;
/* Does the text name her? Case and accents do not count. */
bool text_names(struct arena *a, const char *text, const char *name);

#endif

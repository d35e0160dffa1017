/*
 * News: what somebody is told, on the site and by letter. A save, or somebody's thanks, asks for a job in its own
 * transaction (news_ask); the job tells each who follows and may read it, once, never who did it. Letters follow
 * at the pace that each chooses, outside her quiet hours.
 */
#ifndef PARVIS_NEWS_H
#define PARVIS_NEWS_H

#include "base/date.h"
#include "core/follow.h"

#define NEWS_KEPT_MS (90LL * 24 * 3600 * 1000)
#define NEWS_LETTER_MS (14LL * 24 * 3600 * 1000) /* older ones do not leave by letter any more */
#define NEWS_GROUP_MS (60LL * 1000)              /* "at once" waits for what follows */
enum { NEWS_DIGEST_HOUR = 8, NEWS_PAGE = 200 };

/* Kept in tables: never renumbered. */
enum news_kind {
	NEWS_ADDED,
	NEWS_CHANGED,
	NEWS_COMMENT,
	NEWS_THANKS,
	NEWS_DATES,
	NEWS_SHARE_ASKED, /* her agreement to a shareable version (core/shareable.h) */
	NEWS_SHARE_ANSWERED,
	NEWS_SHARE_PUBLISHED,
	NEWS_SHARE_WITHDRAWN,
	NEWS_ANSWER,   /* something said in private about a call (core/exchange.h) */
	NEWS_STILL,    /* her call ends soon (core/call.h) */
	NEWS_POSITION, /* taken in a debate (core/debate.h) */
	NEWS_RELAY,    /* to go and see what was answered elsewhere (core/relay.h) */
	NEWS_PRINTED,  /* a sheet that she printed shows it wrong (core/printed.h) */
	NEWS_KINDS
};
enum news_why { /* as FOLLOW_…, then: */ NEWS_WHY_AUTHOR = FOLLOW_KINDS,
	        NEWS_WHY_MEMBER,
	        NEWS_WHY_CONCERNED,
	        NEWS_WHY_ANSWERED,
	        NEWS_WHY_NAMED };
enum news_pace { PACE_ONCE, PACE_DAILY, PACE_WEEKLY, PACE_NEVER, PACE_COUNT };

/* ---- How somebody wants to be told ---- */

struct news_choice {
	enum news_pace pace;
	int quiet_from, quiet_to; /* hours of the site's clocks, 0 to 23; the same: none */
	bool threads;             /* she follows the threads in which she writes */
};
extern const struct news_choice news_choice_default;
enum code news_choice_read(struct db *db, int64_t person, struct news_choice *ret, struct err *err) MUST;
enum code news_choice_save(struct tx *tx, int64_t person, const struct news_choice *choice, struct err *err) MUST;

/* Is it quiet now? The moment when the next letter may leave. PACE_NEVER: INT64_MAX. */
bool news_is_quiet(const struct news_choice *choice, const struct zone *zone, int64_t ms);
int64_t news_due(const struct news_choice *choice, const struct zone *zone, int64_t ms);

/* ---- What happened ---- */

struct happening {
	enum news_kind kind;
	int64_t item;     /* the record saved or thanked for, perhaps a comment */
	int64_t actor;    /* who did it */
	struct id source; /* the save; of thanks: the same for ever for one person and one record */
};
/* Asks for the job "news". */
enum code news_ask(struct tx *tx, const struct happening *event, int64_t after, struct err *err) MUST;

/* Nothing that happened so far is told: a demonstration begins quiet. */
enum code news_quiet(struct tx *tx, struct err *err) MUST;

/* A save was written, by itself (not as one of a batch): what of it is news, if any. */
enum code news_of_save(struct tx *tx, const struct record *record, const struct save *save, bool appears,
                       struct err *err) MUST;

/* Who might be told: numbers over `after`, in their order, at most `max`; whether they may read it is not asked.
 * `words` and `views`: key words, folded, and numbers of views, that a new record has and is in. */
struct audience_of {
	const struct record *page, *item;
	const char *const *words;
	int nwords;
	const int64_t *views;
	int nviews;
	bool members; /* those of the page’s space are asked which dates suit them; else only who follows it */
};
struct told {
	int64_t person;
	enum news_why why;
};
enum code news_audience(struct db *db, struct arena *a, const struct happening *event, const struct audience_of *of,
                        int64_t after, int max, struct told *ret, int *n, struct err *err) MUST;
/* Numbers of the views that somebody follows. */
enum code news_views(struct db *db, int64_t *ret, int max, int *n, struct err *err) MUST;

/* `*added`: false when she had been told. `letter`: it may leave by letter; *first then says that no other waits
 * to. */
enum code news_add(struct tx *tx, const struct happening *event, int64_t page, const struct told *told, bool letter,
                   bool *added, struct err *err) MUST;

/* ---- What somebody is told ---- */

struct news {
	int64_t num, page, item, actor, created;
	enum news_kind kind;
	enum news_why why;
	const char *actor_name; /* NULL: gone */
	bool seen;
};
/* The latest first, at most NEWS_PAGE. `unsent`: those that letters have to say, the oldest first. */
enum code news_list(struct db *db, struct arena *a, int64_t person, bool unsent, struct news **ret, int *n,
                    struct err *err) MUST;
enum code news_unread(struct db *db, int64_t person, int *ret, struct err *err) MUST;
/* She has seen those about a page (0: all). */
enum code news_see(struct tx *tx, int64_t person, int64_t page, struct err *err) MUST;
/* Those up to `num` have left, or never will. */
enum code news_sent(struct tx *tx, int64_t person, int64_t num, struct err *err) MUST;
enum code news_purge(struct tx *tx, struct err *err) MUST;

#endif

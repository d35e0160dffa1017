/*
 * Does a text look like an advertisement that nobody asked for? Simple signals, each a row of one table (spam.c),
 * add up; no service of others is asked. Only of guests and of new accounts, in a space that they are no members
 * of. What comes to the threshold waits for a yes (core/proposal.h), with the signals in words: nothing is
 * dropped. Who has been said yes to a few times is judged no more.
 */
#ifndef PARVIS_SPAM_H
#define PARVIS_SPAM_H

#include "core/record.h"

enum {
	SPAM_THRESHOLD = 5, /* unless the setting "spam_threshold" says another; 0: nothing is judged */
	SPAM_TRUSTED = 3,   /* contributions that stand */
	SPAM_WORDS_MAX = 500
};

/* What is known of a contribution. */
struct spam_facts {
	const char *text;    /* all that was written, a line for each answer */
	const json_t *words; /* those of the setting "spam_words", or NULL: spam_usual_words */
	bool guest;
	int64_t age;    /* of the account, ms */
	int accepted;   /* contributions of hers that stand */
	int lately;     /* … made in the last ten minutes, this one not counted */
	int same;       /* others of late that hold the same long line */
	int same_links; /* … that lead to the same place */
};

struct spam_verdict {
	int score;
	const char *const *reasons; /* message ids, a NULL after the last */
};

/* Known words of advertisements, a NULL after the last. */
extern const char *const spam_usual_words[];
/* Pure. Memory: the arena's. */
void spam_judge(struct arena *a, const struct spam_facts *facts, struct spam_verdict *ret);

/* "https://x.example/a" → "x.example", of the nth link of a text, in the arena; NULL: it has fewer. */
const char *spam_link(struct arena *a, const char *text, int n);
/* All that somebody wrote in values. */
const char *spam_text(struct arena *a, const json_t *values);

/* In a snapshot or a write: what is known of this contribution, judged. `record` 0: it is not there yet. Nothing
 * (a score of 0) for whoever belongs to the space, or is trusted. */
enum code spam_look(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                    const struct space *space, int64_t record, const json_t *values, struct spam_verdict *ret,
                    struct err *err) MUST;
/* Why it waits, for who decides: as if its author wrote it now, however often she was said yes to. */
enum code spam_explain(struct db *db, struct arena *a, const struct model *model, const struct record *record,
                       struct spam_verdict *ret, struct err *err) MUST;
/* The threshold in force. */
int spam_threshold(const struct model *model);

#endif

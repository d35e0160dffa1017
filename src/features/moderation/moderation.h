/*
 * Moderation: what is decided about reported pages and the people who wrote them. Each decision (a measure,
 * core/measure.h) has a rule of the site and a reason of one sentence, goes into the public log, and is told
 * to the person concerned, who may answer once. What follows works in a write under way; callers have
 * checked rights.
 */
#ifndef PARVIS_MODERATION_H
#define PARVIS_MODERATION_H

#include "core/history.h"
#include "core/measure.h"
#include "core/person.h"
#include "page/page.h"

#define MODERATION_APPEAL_MS (30LL * 24 * 3600 * 1000) /* as long as the trash keeps a page */

struct rule {
	const char *key;   /* as measures keep it */
	const char *words; /* in the page's language */
};
/* The rules of the site: the setting "rules", a list of sentences; without it five that most sites have. */
int moderation_rules(const struct page *p, struct rule **ret);
/* "" for none. A rule that the site no longer has is told as it was. */
const char *moderation_rule_words(const struct page *p, const char *key);
bool moderation_is_rule(const struct page *p, const char *key);

/* A write, and the page whose language, address and site's name letters have. */
struct moderation {
	struct tx *tx;
	const struct page *page;
};

struct decision {
	enum measure_kind kind;
	const struct record *record; /* NULL: it is about an account alone */
	const struct person *person; /* whom it is about; NULL: nobody who can be told */
	const struct space *space;   /* where; NULL: the whole site */
	const char *rule, *reason;
	int64_t since; /* of MEASURE_UNDO: what the account did from then on */
};

/* Does it, writes it down, closes the reports about the record, tells the person. `undo`: what MEASURE_UNDO took
 * back; else not written. */
enum code moderation_decide(struct moderation *m, const struct decision *decision, struct undo *undo,
                            struct err *err) MUST;

/* Answers an appeal: the measure stands, or is lifted (what it hid, undid or blocked comes back). */
enum code moderation_answer(struct moderation *m, const struct measure *measure, bool lifted, const char *text,
                            struct err *err) MUST;

/* What a measure is called in the log, as a message id. */
const char *measure_words(enum measure_kind kind);

#endif

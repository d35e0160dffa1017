/*
 * How long the records of a form are kept, as its definition says:
 *	"retention": {"months": 24, "from": "changed", "then": "archive"}
 * months after the last change, or after the answer to one of its questions of the type date ("from": its key),
 * they are archived, made nobody's, put in the trash, or erased for ever. An author who has an address is told
 * RETENTION_NOTICE_MS before; of a confidential record, its readers who have one, in words that say nothing of it.
 */
#ifndef PARVIS_RETENTION_H
#define PARVIS_RETENTION_H

#include "core/record.h"

enum { RETENTION_MONTHS_MAX = 600 };
#define RETENTION_NOTICE_MS (30LL * 24 * 3600 * 1000)

enum retention_then { RETENTION_ARCHIVE, RETENTION_ANONYMISE, RETENTION_TRASH, RETENTION_ERASE, RETENTION_THENS };

struct retention {
	int months;               /* 0: for ever */
	const struct field *from; /* NULL: the last change */
	enum retention_then then;
};

/* As the form's definition says; mistakes under "retention". */
struct retention retention_read(const struct form *form, struct issues *issues);
const char *retention_then_key(enum retention_then then);
const char *retention_then_words(enum retention_then then); /* message id: "archived" */
/* Is its value about a person: somebody of the site, an e-mail address, a telephone, or what its definition says
 * to be personal? */
bool field_is_personal(const struct field *field);

/* Numbers of the records that the rule touches at `now` (ms UTC), those first that waited longest; at most `max`.
 * *n: how many there are in all. */
enum code retention_due(struct db *db, struct arena *a, const struct form *form, const struct retention *rule,
                        int64_t now, int max, int64_t **ret, int *found, int64_t *n, struct err *err) MUST;
/* Does to one what the rule says, unless its author is to be told first: then writes to her. *told: that. */
enum code retention_apply(struct tx *tx, struct arena *a, const struct model *model, const struct retention *rule,
                          int64_t num, bool *told, struct err *err) MUST;

#endif

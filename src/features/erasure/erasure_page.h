/* Pages that erase for ever: what their templates show. */
#ifndef PARVIS_ERASURE_PAGE_H
#define PARVIS_ERASURE_PAGE_H

#include "core/erasure.h"
#include "core/history.h"
#include "features/account/again.h"
#include "features/record/history_page.h"
#include "page/form.h"
#include "page/page.h"

/* Why: one of a list, so that the log holds nothing that would have to be erased one day. Ends with a row without a
 * key. */
struct erasure_reason {
	const char *key;
	const char *words; /* message id */
};
extern const struct erasure_reason erasure_reasons[];
const char *erasure_reason_words(const char *key); /* or NULL */

/* Another version of the page that wrote the same answers. */
struct erasure_version {
	const struct history_entry *entry;
	bool holds;  /* words that the version brought are in it */
	bool chosen; /* it goes too */
};

struct erasure_page {
	const struct record *record;
	const char *action, *back;
	const char *reason; /* key */
	bool sure;
	struct again again;
	const char *rhythm; /* of the backups, in words … */
	int kept;           /* … and how many */
	/* the whole page */
	struct erasure_extent extent;
	const struct record *copy; /* the shareable version, if she may read it */
	/* a version */
	struct id save;
	const struct history_entry *entry;
	struct field_change *changes;
	int nchanges;
	struct erasure_version *others;
	int nothers;
	int64_t mends;
};

const char *erasure_url(const struct page *p, const struct record *r);
const char *erasure_version_url(const struct page *p, const struct record *r, struct id save);
const char *erasure_also(const struct page *p, struct id save); /* name of a box */
/* The day on which what is in the trash goes. */
const char *trash_end(const struct page *p, const struct record *r);

#endif

/* What waits for somebody who looks after a space or the site: numbers for the menu and for the page
 * Administration. */
#ifndef PARVIS_WAITING_H
#define PARVIS_WAITING_H

#include "core/right.h"

struct waiting {
	int reports, appeals, proposals, requests; /* in the spaces that she looks after */
	int accounts, letters, jobs; /* of administrators: accounts asked for; letters and work that failed for good */
};

/* Nothing for who looks after no space. A few short queries on what is open. */
enum code waiting_count(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                        struct waiting *ret, struct err *err) MUST;
int waiting_total(const struct waiting *waiting);

#endif

/* What guests keep, and what waits for a yes. */
#ifndef PARVIS_GUEST_WEB_H
#define PARVIS_GUEST_WEB_H

#include "core/proposal.h"
#include "page/page.h"
#include "web/request.h"
#include "web/route.h"

extern const struct feature guest_feature;

/* One of the queue, as its page shows it. */
struct proposal_row {
	const struct record *record;
	const char *by, *extract;
	const char *const *reasons; /* that it looks like an advertisement, message ids; a NULL after the last */
	int64_t since;
};

/* In the form of a new record. */
struct guest_typed {
	bool visitor; /* the reader has not signed in: she is asked her name */
	bool manager; /* she may enter something for another */
	const char *name, *for_name, *stamp;
};
/* As posted, or nothing typed yet; nobody enters it for another. `visitor`: whoever has not signed in. */
struct guest_typed guest_typed_of(struct request *r);

#endif

/* A space that sleeps, or is archived: read as before, written by nobody, with its story. */
#ifndef PARVIS_SPACE_LIFE_H
#define PARVIS_SPACE_LIFE_H

#include "core/model.h"
#include "web/request.h"

enum { SPACE_STORY_MAX = 20000 };

/* The space of the address, if the reader looks after it and it may be closed: the site's first one may not. */
enum code space_find_closable(struct request *r, const struct space **ret, struct err *err) MUST;
enum code space_may_close(const struct page *p, const struct space *space, struct err *err) MUST;

/* What becomes of it; the caller has checked that she may, and notes it. */
struct space_life {
	enum space_state state;
	const char *story;
	bool offered; /* it looks for people */
};
enum code space_live(struct tx *tx, struct arena *a, const struct space *space, const struct space_life *life,
                     struct err *err) MUST;

#endif

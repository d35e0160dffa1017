/* A space that sleeps, or is archived: read as before, written by nobody, with its story. */
#ifndef PARVIS_SPACE_LIFE_H
#define PARVIS_SPACE_LIFE_H

#include "core/model.h"
#include "web/request.h"

enum { SPACE_STORY_MAX = 20000 };

/* The space of the address, if the reader looks after it and it may be closed: the site's first one may not. */
enum code space_find_closable(struct request *r, const struct space **ret, struct err *err) MUST;
/* Closes it (SPACE_ASLEEP, SPACE_ARCHIVED), with a line in the audit. */
enum code space_close(struct request *r, const struct space *space, enum space_state state, const char *story,
                      struct err *err) MUST;

#endif

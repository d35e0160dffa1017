/*
 * Rights: one table, one function for one thing, the same rule in SQL for lists (design: allowed iff
 * level >= rights[action][kind], as the space's rules of publication change it, or the actor is the
 * author and the action is one of her own); of what has named readers, only for those (core/reader.h).
 */
#ifndef PARVIS_RIGHT_H
#define PARVIS_RIGHT_H

#include "core/actor.h"
#include "store/sql.h"

enum action {
	ACTION_NONE, /* "forgotten": no route may have it */
	ACTION_READ,
	ACTION_HISTORY,
	ACTION_CREATE,
	ACTION_EDIT,
	ACTION_RESTORE,
	ACTION_DELETE,
	ACTION_ERASE,  /* for ever: a page, a version of it (core/erasure.h) */
	ACTION_MANAGE, /* members, forms, views of a space */
	ACTION_ADMINISTER,
	ACTION_COUNT
};

/* KIND_RESPONSE: what somebody answered to a questionnaire (core/response.h); its author is who answered. */
enum kind { KIND_RECORD, KIND_COMMENT, KIND_SPACE, KIND_MODEL, KIND_PERSON, KIND_SITE, KIND_RESPONSE, KIND_COUNT };

enum record_state { STATE_DRAFT, STATE_PUBLISHED, STATE_ARCHIVED, STATE_TRASH };

struct thing {
	enum kind kind;
	const struct space *space; /* NULL: the whole site */
	int64_t author;            /* person, 0: none */
	enum record_state state;   /* of a record */
	enum audience audience;    /* of the part asked for */
	int64_t circle;            /* of named readers (core/reader.h); 0: none */
};

/* A space is read (KIND_SPACE) by who may know that it exists: it has a name and a page that says how to join.
 * What is in it are records. */
/* OK, E_NOT_FOUND (not readable: as if absent), E_SIGN_IN or E_FORBIDDEN. */
enum code may(const struct actor *actor, enum action action, const struct thing *thing, struct err *err) MUST;
/* may, for asking. */
bool allowed(const struct actor *actor, enum action action, const struct thing *thing);

/* Is there any thing of this kind that the actor might do this to? What a route can check before its
 * handler knows the thing. */
enum code may_somewhere(const struct actor *actor, enum action action, enum kind kind, const struct model *model,
                        struct err *err) MUST;

/* Appends "(…)", and " AND (…)" where something is confidential: true for rows of `record r` on which may(actor, action) is OK for the public part. */
void rights_sql(struct sql *sql, const struct model *model, const struct actor *actor, enum action action);
/* Does a view exist for the actor? Its audience is asked in the site's first space, whose views they all are. */
bool view_seen(const struct actor *actor, const struct model *model, const struct view *view);
/* Does what the actor publishes in this space wait for a yes (core/proposal.h)? */
bool right_waits(const struct actor *actor, const struct space *space);
/* Level needed, for the printed table; LEVEL_COUNT: there is no such action on such a thing. */
enum level right_level(enum action action, enum kind kind, const struct space *space);
/* May authors do it to their own records, whatever their level? */
bool right_is_own(enum action action);
const char *action_words(enum action action); /* message id */
const char *kind_words(enum kind kind);
const char *level_words(enum level level);

#endif

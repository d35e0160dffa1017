#include "core/right.h"

#include <string.h>

#include "base/clock.h"

/*
 * The level each action needs on each kind of thing; 0 stands for LEVEL_VISITOR. NEVER: no such
 * action on such a thing. To add an action: 1. right.h; 2. a row here and its words below; 3. the
 * property test walks it by itself.
 */
enum { NEVER = LEVEL_COUNT };

/* clang-format off */
static const int rights[ACTION_COUNT][KIND_COUNT] = {
	/*                       record             comment            space              model              person
	   site   response */
	[ACTION_NONE] = { NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER },
	[ACTION_READ] = { LEVEL_VISITOR, LEVEL_VISITOR, LEVEL_VISITOR, LEVEL_VISITOR, LEVEL_CONTRIBUTOR,
	                  LEVEL_VISITOR, LEVEL_FACILITATOR },
	[ACTION_HISTORY] = { LEVEL_VISITOR, LEVEL_VISITOR, LEVEL_MEMBER, LEVEL_FACILITATOR, LEVEL_ADMINISTRATOR,
	                     LEVEL_ADMINISTRATOR, LEVEL_FACILITATOR },
	[ACTION_CREATE] = { LEVEL_CONTRIBUTOR, LEVEL_CONTRIBUTOR, LEVEL_ADMINISTRATOR, LEVEL_FACILITATOR,
	                    LEVEL_ADMINISTRATOR, NEVER, LEVEL_VISITOR },
	[ACTION_EDIT] = { LEVEL_CONTRIBUTOR, LEVEL_FACILITATOR, LEVEL_FACILITATOR, LEVEL_FACILITATOR,
	                  LEVEL_ADMINISTRATOR, LEVEL_ADMINISTRATOR, LEVEL_FACILITATOR },
	[ACTION_RESTORE] = { LEVEL_CONTRIBUTOR, LEVEL_FACILITATOR, LEVEL_FACILITATOR, LEVEL_FACILITATOR,
	                     LEVEL_ADMINISTRATOR, LEVEL_ADMINISTRATOR, LEVEL_FACILITATOR },
	[ACTION_DELETE] = { LEVEL_FACILITATOR, LEVEL_FACILITATOR, LEVEL_ADMINISTRATOR, LEVEL_FACILITATOR,
	                    LEVEL_ADMINISTRATOR, NEVER, LEVEL_FACILITATOR },
	[ACTION_ERASE] = { LEVEL_FACILITATOR, LEVEL_FACILITATOR, NEVER, NEVER, NEVER, NEVER, LEVEL_FACILITATOR },
	[ACTION_MANAGE] = { LEVEL_FACILITATOR, LEVEL_FACILITATOR, LEVEL_FACILITATOR, LEVEL_FACILITATOR,
	                    LEVEL_ADMINISTRATOR, LEVEL_ADMINISTRATOR, LEVEL_FACILITATOR },
	[ACTION_ADMINISTER] = { LEVEL_ADMINISTRATOR, LEVEL_ADMINISTRATOR, LEVEL_ADMINISTRATOR, LEVEL_ADMINISTRATOR,
	                        LEVEL_ADMINISTRATOR, LEVEL_ADMINISTRATOR, LEVEL_ADMINISTRATOR },
};
/* clang-format on */

/* What an author may do to her own records, whatever her level (she must be signed in). */
static const bool own[ACTION_COUNT] = {
	[ACTION_READ] = true,
	[ACTION_HISTORY] = true,
	[ACTION_EDIT] = true,
	[ACTION_DELETE] = true,
};

/* The level from which a record in this state is seen by others than its author. */
static const enum level state_level[] = {
	[STATE_DRAFT] = LEVEL_FACILITATOR,
	[STATE_PUBLISHED] = LEVEL_VISITOR,
	[STATE_ARCHIVED] = LEVEL_VISITOR,
	[STATE_TRASH] = LEVEL_FACILITATOR,
};

static const char *const action_names[ACTION_COUNT] = {
	[ACTION_NONE] = N_("nothing"),
	[ACTION_READ] = N_("read"),
	[ACTION_HISTORY] = N_("see the history"),
	[ACTION_CREATE] = N_("add"),
	[ACTION_EDIT] = N_("correct"),
	[ACTION_RESTORE] = N_("restore an earlier version"),
	[ACTION_DELETE] = N_("put in the trash"),
	[ACTION_ERASE] = N_("erase for ever"),
	[ACTION_MANAGE] = N_("organise"),
	[ACTION_ADMINISTER] = N_("administer"),
};

static const char *const kind_names[KIND_COUNT] = {
	[KIND_RECORD] = N_("a record or a page"),
	[KIND_COMMENT] = N_("a comment"),
	[KIND_SPACE] = N_("a space"),
	[KIND_MODEL] = N_("forms and views"),
	[KIND_PERSON] = N_("a person’s account"),
	[KIND_SITE] = N_("the site"),
	[KIND_RESPONSE] = N_("an answer to a questionnaire"),
};

static const char *const level_names[LEVEL_COUNT] = {
	[LEVEL_VISITOR] = N_("visitor"),
	[LEVEL_CONTRIBUTOR] = N_("contributor"),
	[LEVEL_MEMBER] = N_("member"),
	[LEVEL_FACILITATOR] = N_("facilitator"),
	[LEVEL_ADMINISTRATOR] = N_("administrator"),
};

const char *action_words(enum action action)
{
	return action_names[action];
}

const char *kind_words(enum kind kind)
{
	return kind_names[kind];
}

const char *level_words(enum level level)
{
	return level_names[level];
}

/* What each rule of publication asks at least of who writes records. */
static const enum level writing[PUBLICATION_COUNT][ACTION_COUNT] = {
	[PUBLICATION_OWN] = { [ACTION_EDIT] = LEVEL_MEMBER, [ACTION_RESTORE] = LEVEL_MEMBER },
	[PUBLICATION_APPROVED] = { [ACTION_EDIT] = LEVEL_MEMBER, [ACTION_RESTORE] = LEVEL_MEMBER },
	[PUBLICATION_MEMBERS] = { [ACTION_CREATE] = LEVEL_MEMBER,
	                          [ACTION_EDIT] = LEVEL_MEMBER,
	                          [ACTION_RESTORE] = LEVEL_MEMBER },
};

/* What nobody does where a space sleeps. What is unlawful, or one's own, can still be taken away. */
static const bool writes[ACTION_COUNT] = {
	[ACTION_CREATE] = true,
	[ACTION_EDIT] = true,
	[ACTION_RESTORE] = true,
};

static bool takes_guests(const struct space *space)
{
	return space->guests != GUESTS_NONE && space->publication != PUBLICATION_MEMBERS;
}

/* Comments are records that stand below others: what their space and their state say counts alike. */
static bool is_record(enum kind kind)
{
	return kind == KIND_RECORD || kind == KIND_COMMENT;
}

/* The table, as the space's visibility and rules of publication change it. */
static int needed(enum action action, enum kind kind, const struct space *space)
{
	int level = rights[action][kind];
	if (space == NULL) return level;
	if (kind == KIND_SPACE && action == ACTION_READ && space->visibility == VISIBILITY_LISTED) return level;
	if (is_record(kind) && action == ACTION_CREATE && takes_guests(space)) level = LEVEL_VISITOR;
	if (is_record(kind)) level = MAX(level, (int)writing[space->publication][action]);
	if (space->visibility != VISIBILITY_PUBLIC) level = MAX(level, LEVEL_MEMBER);
	return level;
}

bool view_seen(const struct actor *actor, const struct model *model, const struct view *view)
{
	enum level level = model->nspaces ? actor_level(actor, &model->spaces[0]) : actor->site;
	/* Who shapes views finds one, empty, of a form whose records are not for her. */
	if (level < LEVEL_FACILITATOR && !actor_reads_form(actor, view->form)) return false;
	return level >= audience_level(view->audience);
}

bool right_waits(const struct actor *actor, const struct space *space)
{
	enum level level = actor_level(actor, space);
	if (level >= LEVEL_MEMBER) return false;
	if (space->publication == PUBLICATION_APPROVED) return true;
	return level == LEVEL_VISITOR && space->guests == GUESTS_APPROVED;
}

enum level right_level(enum action action, enum kind kind, const struct space *space)
{
	return (enum level)needed(action, kind, space);
}

bool right_is_own(enum action action)
{
	return own[action];
}

static bool is_author(const struct actor *actor, const struct thing *thing)
{
	return actor->person != 0 && actor->person == thing->author;
}

static int level_of(const struct actor *actor, const struct thing *thing)
{
	return (int)(thing->space ? actor_level(actor, thing->space) : actor->site);
}

/* Can the actor stand in this space at all, as reader? Authors keep their own only where they may be. That a
 * listed space exists is for everybody to know. */
static bool admitted(const struct actor *actor, enum action action, const struct thing *thing)
{
	if (thing->space == NULL || thing->space->visibility == VISIBILITY_PUBLIC) return true;
	if (thing->kind == KIND_SPACE && action == ACTION_READ && thing->space->visibility == VISIBILITY_LISTED)
		return true;
	return actor_level(actor, thing->space) >= LEVEL_MEMBER;
}

/* Is it confidential, and she not named, or here by a door that shows nothing confidential? Whatever her level,
 * and even if she wrote it. */
static bool kept_from(const struct actor *actor, const struct thing *thing)
{
	if (thing->circle == 0 || !is_record(thing->kind) || actor_is_program(actor)) return false;
	return actor->readings == NULL || !actor_in_circle(actor, thing->circle);
}

/* The program itself writes all the same: it purges, erases, mends. */
static bool sleeps(const struct actor *actor, enum action action, const struct thing *thing)
{
	bool written = is_record(thing->kind) || thing->kind == KIND_RESPONSE;
	return thing->space && thing->space->state != SPACE_AWAKE && written && writes[action] &&
	       !actor_is_program(actor);
}

static bool permitted(const struct actor *actor, enum action action, const struct thing *thing)
{
	if (kept_from(actor, thing) || !admitted(actor, action, thing) || sleeps(actor, action, thing)) return false;
	int level = level_of(actor, thing);
	if (is_record(thing->kind) && level < (int)audience_level(thing->audience)) return false;
	if (is_author(actor, thing) && own[action]) return true;
	if (is_record(thing->kind) && level < (int)state_level[thing->state]) return false;
	return level >= needed(action, thing->kind, thing->space);
}

enum code may(const struct actor *actor, enum action action, const struct thing *thing, struct err *err)
{
	if (permitted(actor, action, thing)) return OK;
	if (!permitted(actor, ACTION_READ, thing)) FAIL(err, E_NOT_FOUND, N_("not found"));
	if (sleeps(actor, action, thing) && thing->space->state == SPACE_ARCHIVED)
		FAIL(err, E_FORBIDDEN,
		     N_("This space is archived: it is read, and nobody writes there unless the people who look after "
		        "it open it again."));
	if (sleeps(actor, action, thing))
		FAIL(err, E_FORBIDDEN,
		     N_("This space sleeps: it is read, and nobody writes there until the people who look after "
		        "it wake it."));
	if (actor->person == 0) FAIL(err, E_SIGN_IN, N_("Sign in to do this: %s."), action_names[action]);
	FAIL(err, E_FORBIDDEN, N_("This needs the role “%s” here."),
	     level_names[MIN(needed(action, thing->kind, thing->space), LEVEL_ADMINISTRATOR)]);
}

bool allowed(const struct actor *actor, enum action action, const struct thing *thing)
{
	return permitted(actor, action, thing);
}

/* For each space number a digit, so that however many there are take one bind: how many of the two
 * classes of states in the table (seen by all readers; seen by facilitators) are permitted. */
static const char *permitted_by_space(struct arena *a, const struct model *model, const struct actor *actor,
                                      enum action action, int64_t author)
{
	size_t len = 0;
	for (int i = 0; i < model->nspaces; i++) len = MAX(len, (size_t)model->spaces[i].num);
	char *digits = arena_alloc(a, len + 1);
	memset(digits, '0', len);
	for (int i = 0; i < model->nspaces; i++) {
		struct thing thing = { .kind = KIND_RECORD, .space = &model->spaces[i], .author = author };
		char *digit = &digits[model->spaces[i].num - 1];
		thing.state = STATE_PUBLISHED;
		if (permitted(actor, action, &thing)) *digit = '1';
		thing.state = STATE_DRAFT;
		if (permitted(actor, action, &thing)) *digit = '2';
	}
	return digits;
}

/* A space made a moment ago has no digit, which is less than all. */
#define DIGIT "substr(?, CAST(r.space AS INTEGER), 1)"

/* As kept_from, in SQL. */
static void circles_sql(struct sql *sql, const struct actor *actor)
{
	if (actor_is_program(actor)) return;
	sql_add(sql, " AND (r.circle = 0");
	if (actor->readings && actor->ncircles)
		sql_add(sql,
		        " OR EXISTS (SELECT 1 FROM reader d WHERE d.circle = r.circle AND d.person = ? AND (d.until = 0 "
		        "OR d.until > ?))",
		        actor->person, clock_now());
	sql_add(sql, ")");
}

void rights_sql(struct sql *sql, const struct model *model, const struct actor *actor, enum action action)
{
	sql_add(sql, "(" DIGIT " >= CASE WHEN r.state IN (?, ?) THEN '1' ELSE '2' END",
	        permitted_by_space(sql->arena, model, actor, action, 0), (int)STATE_PUBLISHED, (int)STATE_ARCHIVED);
	if (actor->person)
		sql_add(sql, " OR r.author = ? AND " DIGIT " = '2'", actor->person,
		        permitted_by_space(sql->arena, model, actor, action, actor->person));
	sql_add(sql, ")");
	if (model->confidential) circles_sql(sql, actor);
}

enum code may_somewhere(const struct actor *actor, enum action action, enum kind kind, const struct model *model,
                        struct err *err)
{
	struct thing thing = { .kind = kind, .author = actor->person, .state = STATE_PUBLISHED };
	if (kind == KIND_SITE || kind == KIND_PERSON || kind == KIND_MODEL || model->nspaces == 0) {
		if (permitted(actor, action, &thing)) return OK;
	}
	for (int i = 0; kind != KIND_SITE && kind != KIND_PERSON && i < model->nspaces; i++) {
		thing.space = &model->spaces[i];
		if (permitted(actor, action, &thing)) return OK;
	}
	if (actor->person == 0) FAIL(err, E_SIGN_IN, N_("Sign in to do this: %s."), action_names[action]);
	FAIL(err, E_FORBIDDEN, N_("This needs the role “%s” here."),
	     level_names[MIN(rights[action][kind], (int)LEVEL_ADMINISTRATOR)]);
}

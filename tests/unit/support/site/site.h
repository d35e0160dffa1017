/*
 * A small site for tests of records: two spaces, two forms with a field of each audience and of most
 * types, and one person of each level. On the store that a test gives it.
 *
 *	quartier  everybody reads, contributors publish
 *	equipe    for its members only
 */
#ifndef PARVIS_TEST_SITE_FIXTURE_H
#define PARVIS_TEST_SITE_FIXTURE_H

#include "core/record.h"
#include "support/store.h"

/* The time of the first save. 21 November 2013, 10:20:00 UTC. */
#define SITE_START 1385029200000LL

struct site_fixture {
	struct store *store;
	struct arena arena;
	const struct model *model;
	const struct space *open, *closed;
	const struct form *card; /* "fiche" */
	const struct form *term; /* "mot" */
	struct actor visitor, contributor, other, member, facilitator, administrator;
};

/* Freezes the clock at SITE_START. */
void site_fixture_init(struct site_fixture *site, struct store *store);
void site_fixture_release(struct site_fixture *site);
/* Puts the model's definitions in place of `key`, and loads the model again. */
void site_fixture_form(struct site_fixture *site, const char *definition);

json_t *site_json(struct site_fixture *site, const char *text);

/* Saves as asked, one second later; the issues of a refused save are kept until the next one. */
enum code site_save(struct site_fixture *site, struct save *save, struct issues *issues, struct err *err);
/* A new card in the open space, by this actor; fails the test unless it is saved. */
struct id site_card(struct site_fixture *site, const struct actor *actor, const char *values);
/* Changes values on the current state. */
struct save site_change(struct site_fixture *site, const struct actor *actor, struct id record, const char *values);
/* A save of what somebody opened a while ago: as `opened` was loaded. */
struct save site_change_opened(struct site_fixture *site, const struct actor *actor, const struct record *opened,
                               const char *values);

/* NULL when it is not for this actor. */
const struct record *site_load(struct site_fixture *site, const struct actor *actor, struct id record);
/* The readable values, as canonical JSON; "" when it is not for this actor. */
const char *site_values(struct site_fixture *site, const struct actor *actor, struct id record);
enum code site_set_state(struct site_fixture *site, const struct actor *actor, struct id record,
                         enum record_state state);
/* Forgets the body of one object, then rebuilds the record, as an erasure does. */
void site_erase(struct site_fixture *site, struct id record, const struct hash *object);
/* How many records differ when all are made again from their objects. */
int64_t site_rebuild(struct site_fixture *site);

/* All rows that follow from the objects, as text, sorted: parts, index, counts, places, links, words. */
const char *site_dump(struct site_fixture *site);

#endif

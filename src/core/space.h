/* Spaces and who belongs to them. */
#ifndef PARVIS_SPACE_H
#define PARVIS_SPACE_H

#include "core/actor.h"

enum { SPACE_KEY_MAX = 32 };

/* Creates a space from its definition {"key", "name", "description", "visibility", "publication", "guests",
 * "admission", "comments", "colour", "footer" (of printed sheets), "charter", "story"}; a space of that key is changed instead. Its three
 * compartments are made once. The caller has checked rights. */
enum code space_save(struct tx *tx, struct arena *a, const json_t *definition, struct err *err) MUST;

/* Letters, digits, hyphens and underscores, after a letter: at most 32. */
bool space_key_is_valid(const char *key);
/* The definition as it is now, with key and visibility, to be changed and saved again. E_NOT_FOUND. */
enum code space_definition(struct db *db, struct arena *a, int64_t space, json_t **ret, struct err *err) MUST;
/* The number and the id behind a key. E_NOT_FOUND. */
enum code space_find(struct db *db, const char *key, int64_t *num, struct id *id, struct err *err) MUST;
/* How many pages are published or archived there, and how many people wrote some who may sign in and do not belong
 * to it. */
enum code space_pages(struct db *db, int64_t space, int64_t *pages, int *authors, struct err *err) MUST;
/* To sleep, or awake. The caller has checked rights. */
enum code space_set_state(struct tx *tx, int64_t space, enum space_state state, struct err *err) MUST;
/* Takes away a space where nothing was ever written. E_INPUT: something was. */
enum code space_delete(struct tx *tx, int64_t space, struct err *err) MUST;

/* LEVEL_MEMBER, LEVEL_FACILITATOR; LEVEL_VISITOR ends the membership. */
enum code membership_set(struct tx *tx, int64_t person, int64_t space, enum level level, struct err *err) MUST;

struct membership {
	int64_t person, space;
	enum level level;
	int64_t created;
};
/* Of one person, or of everybody (0). The caller has checked rights. */
enum code membership_list(struct db *db, struct arena *a, int64_t person, struct membership **ret, int *n,
                          struct err *err) MUST;
/* How many people a space has who may sign in, and how many of them look after it. */
enum code membership_count(struct db *db, int64_t space, int *members, int *facilitators, struct err *err) MUST;
/* How many facilitators a space has who may sign in, besides this person. */
enum code membership_others(struct db *db, int64_t space, int64_t person, int64_t *ret, struct err *err) MUST;
/* Those of one space. */
enum code membership_of_space(struct db *db, struct arena *a, int64_t space, struct membership **ret, int *n,
                              struct err *err) MUST;

#endif

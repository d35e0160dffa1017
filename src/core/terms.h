/*
 * Texts that people accept: conditions of use, a charter of publication, any other agreement. Each has versions, which are
 * kept as they were read; which one a person accepted, when and how, is her proof and the site's (RGPD, article 7). A new
 * version is either a small correction, which binds those who accepted an earlier one, or is asked of them again when they
 * next come in. An agreement that is not needed may be refused, and taken back as easily as it was given.
 */
#ifndef PARVIS_TERMS_H
#define PARVIS_TERMS_H

#include "core/person.h"

enum { TERMS_TITLE_MAX = 120, TERMS_TEXT_MAX = 50000, TERMS_KEY_MAX = 60, TERMS_MOST = 20 };

/* Whom it is asked of: bits. */
enum terms_whom { TERMS_ACCOUNTS = 1, TERMS_GUESTS = 2 };

struct terms {
	const char *key; /* "conditions-d-utilisation": in addresses, the same for all versions */
	int version;     /* from 1 on */
	const char *title, *text;
	int whom;                  /* 0: it is asked of nobody any more */
	bool needed;               /* to have an account, or to add something without one */
	bool again;                /* asked again of who accepted an earlier version */
	int64_t created, accepted; /* accepted: how many persons say yes to this version */
	int64_t pages;             /* on how many pages a question says yes to it (terms_count_pages) */
	int had;                   /* the latest version that the person in question answered to; 0: none */
};

/* How a person was asked. To add one: a name, and its words in terms_way_words. */
enum terms_way { TERMS_SIGNING_UP, TERMS_ADDING, TERMS_COMING_IN, TERMS_BY_HERSELF, TERMS_WAYS };
const char *terms_way_words(enum terms_way way); /* message id */

/* The present versions, the oldest text first; those asked of nobody too. */
enum code terms_list(struct db *db, struct arena *a, struct terms **ret, int *n, struct err *err) MUST;
/* Those of them that are asked of these people. */
enum code terms_for(struct db *db, struct arena *a, enum terms_whom whom, struct terms **ret, int *n,
                    struct err *err) MUST;
/* All versions of a text, the newest first; none: n = 0. */
enum code terms_versions(struct db *db, struct arena *a, const char *key, struct terms **ret, int *n,
                         struct err *err) MUST;
/* Fills `pages` of each, from the answers to the questions of all forms that ask for it: pages that are read, not drafts and
 * not what is in the trash. */
enum code terms_count_pages(struct db *db, const struct model *model, struct terms *terms, int n, struct err *err) MUST;
/* `version` 0: the present one. E_NOT_FOUND. */
enum code terms_find(struct db *db, struct arena *a, const char *key, int version, struct terms *ret,
                     struct err *err) MUST;

/* A first version (key not there yet), or the next one of this text; notes it in the audit. `version`: the present one
 * that was changed, 0 for a new text; E_CONFLICT when somebody else was faster. */
enum code terms_publish(struct tx *tx, const struct actor *actor, const struct terms *terms, struct err *err) MUST;

/* What she is to be asked now: what she never answered, or has a version to ask again. */
enum code terms_due(struct db *db, struct arena *a, const struct person *person, struct terms **ret, int *n,
                    struct err *err) MUST;
/* Her answer to one version; the last word counts. E_NOT_FOUND without that version. */
enum code terms_answer(struct tx *tx, int64_t person, const char *key, int version, bool yes, enum terms_way way,
                       struct err *err) MUST;

/* What she answered, the latest version of each text. */
struct acceptance {
	struct terms terms; /* as it was accepted */
	enum terms_way way;
	int64_t at, ended; /* ended 0: she still says yes */
	int present;       /* the present version */
};
enum code terms_answers(struct db *db, struct arena *a, int64_t person, struct acceptance **ret, int *n,
                        struct err *err) MUST;

#endif

/* Persons who sign in, and their passwords (argon2id, RFC 9106). */
#ifndef PARVIS_PERSON_H
#define PARVIS_PERSON_H

#include "base/issues.h"
#include "core/actor.h"

enum { PASSWORD_MIN = 10, PASSWORD_MAX = 200, PERSON_NAME_MAX = 120, EMAIL_MAX = 254 };

/* Kept in the table. WAITING: has confirmed her address, and a facilitator has not said yes yet. */
enum person_state { PERSON_ACTIVE, PERSON_BLOCKED, PERSON_ERASED /* never written: the row goes */, PERSON_WAITING };

struct person {
	int64_t num;
	struct id id;
	const char *name;
	const char *email;  /* "": none, she comes in with a card */
	const char *locale; /* the language she chose, or NULL */
	enum level level;   /* LEVEL_CONTRIBUTOR or LEVEL_ADMINISTRATOR */
	enum person_state state;
	int64_t created;
};

/* Hashing takes about 250 ms on purpose and much memory: at most two at once in the process, the
 * others wait. Never call inside a write. */
enum password_cost { PASSWORD_SERVER, PASSWORD_BOX, PASSWORD_TEST };
void password_cost_use(enum password_cost chosen); /* at start; PASSWORD_TEST in test builds only */
enum code password_hash(struct arena *a, const char *password, const char **ret, struct err *err) MUST;
bool password_matches(const char *hash, const char *password);

/* A hash that no password has, as slow to check as another. */
const char *password_nobody(void);

/* Checks a person's name, address and password, those that are not NULL; mistakes under "name",
 * "email", "password". */
void person_check(const char *name, const char *email, const char *password, struct issues *issues);

/* E_CONFLICT when the address is taken. `hash` from password_hash. Without an address or a password
 * (NULL) she comes in by a card or by letters (core/token.h). */
enum code person_create(struct tx *tx, struct arena *a, const char *name, const char *email, const char *hash,
                        enum level level, int64_t *ret, struct err *err) MUST;
/* Ends her sessions. */
enum code person_set_password(struct tx *tx, int64_t person, const char *hash, struct err *err) MUST;
enum code person_set_name(struct tx *tx, int64_t person, const char *name, struct err *err) MUST;
/* E_CONFLICT when another person has the address. */
enum code person_set_email(struct tx *tx, struct arena *a, int64_t person, const char *email, struct err *err) MUST;
/* NULL: as her browser asks. */
enum code person_set_locale(struct tx *tx, int64_t person, const char *locale, struct err *err) MUST;
/* E_CONFLICT when the last administrator would go. Blocking ends her sessions. */
enum code person_set_level(struct tx *tx, int64_t person, enum level level, struct err *err) MUST;
enum code person_set_state(struct tx *tx, int64_t person, enum person_state state, struct err *err) MUST;

/* Deletes an account that waits, which has written nothing; no other. */
enum code person_delete_waiting(struct tx *tx, int64_t person, struct err *err) MUST;

/* Deletes an account, whatever it is: an erasure (core/erasure.h). E_CONFLICT when the last administrator would
 * go. */
enum code person_delete(struct tx *tx, int64_t person, struct err *err) MUST;

/* Deletes the guests (LEVEL_VISITOR) who came before `before` (ms UTC) and have left nothing here. */
enum code person_purge_guests(struct tx *tx, int64_t before, struct err *err) MUST;

enum code person_load(struct db *db, struct arena *a, int64_t num, struct person *ret, struct err *err) MUST;
enum code person_by_id(struct db *db, struct arena *a, struct id id, struct person *ret, struct err *err) MUST;
/* The address as compared: case and surrounding blanks do not count. */
const char *email_key(struct arena *a, const char *email);
enum code person_by_email(struct db *db, struct arena *a, const char *email, struct person *ret, struct err *err) MUST;
/* The hash to check a password against; a constant one of the same cost when there is no such person,
 * so that both answers take the same time (`*num` is 0 then). */
enum code person_credential(struct db *db, struct arena *a, const char *email, int64_t *num, const char **hash,
                            struct err *err) MUST;
/* Has she a password? */
enum code person_has_password(struct db *db, int64_t person, bool *ret, struct err *err) MUST;
/* Everybody, in the order of names. */
enum code person_list(struct db *db, struct arena *a, struct person **ret, int *n, struct err *err) MUST;
/* Is there an administrator already? The first-run page is shown while there is none. */
enum code person_any_administrator(struct db *db, bool *ret, struct err *err) MUST;

/* The actor behind a person's number; blocked and erased persons are E_NOT_FOUND. */
enum code actor_load(struct db *db, struct arena *a, int64_t num, struct actor *ret, struct err *err) MUST;

#endif

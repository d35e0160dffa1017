#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "core/person.h"
#include "core/reader.h"

const char *email_key(struct arena *a, const char *email)
{
	while (*email == ' ') email++;
	char *key = arena_strdup(a, email);
	size_t len = strlen(key);
	while (len && key[len - 1] == ' ') key[--len] = '\0';
	for (char *c = key; *c; c++)
		if (*c >= 'A' && *c <= 'Z') *c = (char)(*c - 'A' + 'a');
	return key;
}

/* Does nobody but `person` have this address? */
static enum code check_free(struct db *db, const char *key, int64_t person, struct err *err)
{
	int64_t taken = 0;
	TRY(db_int(db, &taken, 0, err, "SELECT num FROM person WHERE email_key = $1 AND num <> $2", key, person));
	if (taken) FAIL(err, E_CONFLICT, N_("There is already an account with the address %s."), key);
	return OK;
}

enum code person_create(struct tx *tx, struct arena *a, const char *name, const char *email, const char *hash,
                        enum level level, int64_t *ret, struct err *err)
{
	struct db *db = tx_db(tx);
	const char *key = email ? email_key(a, email) : NULL;
	int64_t num = 0;
	if (key) TRY(check_free(db, key, 0, err));
	TRY(db_int(db, &num, 0, err,
	           "INSERT INTO person (id, name, email, email_key, level, locale, state, created) "
	           "VALUES ($1, $2, $3, $4, $5, NULL, $6, $7) RETURNING num",
	           id_new(), name, email, key, (int)level, (int)PERSON_ACTIVE, clock_now()));
	if (hash) TRY(person_set_password(tx, num, hash, err));
	*ret = num;
	return OK;
}

enum code person_set_password(struct tx *tx, int64_t person, const char *hash, struct err *err)
{
	TRY(db_run(tx_db(tx), err,
	           "INSERT INTO credential (person, kind, secret, created) VALUES ($1, 'password', $2, $3) "
	           "ON CONFLICT (person, kind) DO UPDATE SET secret = excluded.secret, created = excluded.created",
	           person, hash, clock_now()));
	/* A new password ends what was opened with the old one. */
	return db_run(tx_db(tx), err, "DELETE FROM session WHERE person = $1", person);
}

enum code person_set_name(struct tx *tx, int64_t person, const char *name, struct err *err)
{
	tx_public(tx); /* histories show it */
	return db_run(tx_db(tx), err, "UPDATE person SET name = $1 WHERE num = $2", name, person);
}

enum code person_set_email(struct tx *tx, struct arena *a, int64_t person, const char *email, struct err *err)
{
	const char *key = email_key(a, email);
	TRY(check_free(tx_db(tx), key, person, err));
	return db_run(tx_db(tx), err, "UPDATE person SET email = $1, email_key = $2 WHERE num = $3", email, key,
	              person);
}

enum code person_set_locale(struct tx *tx, int64_t person, const char *locale, struct err *err)
{
	return db_run(tx_db(tx), err, "UPDATE person SET locale = $1 WHERE num = $2", locale, person);
}

/* Somebody must be able to put things right: is there an active administrator besides this person? */
static enum code check_not_last(struct db *db, int64_t person, struct err *err)
{
	int64_t herself = 0, another = 0;
	TRY(db_int(db, &herself, 0, err, "SELECT num FROM person WHERE num = $1 AND level = $2 AND state = $3", person,
	           (int)LEVEL_ADMINISTRATOR, (int)PERSON_ACTIVE));
	TRY(db_int(db, &another, 0, err, "SELECT num FROM person WHERE num <> $1 AND level = $2 AND state = $3 LIMIT 1",
	           person, (int)LEVEL_ADMINISTRATOR, (int)PERSON_ACTIVE));
	if (herself && !another)
		FAIL(err, E_CONFLICT,
		     N_("This is the only administrator of the site. Give the role to somebody else first."));
	return OK;
}

enum code person_set_state(struct tx *tx, int64_t person, enum person_state state, struct err *err)
{
	if (state != PERSON_ACTIVE) {
		TRY(check_not_last(tx_db(tx), person, err));
		TRY(db_run(tx_db(tx), err, "DELETE FROM session WHERE person = $1", person));
	}
	return db_run(tx_db(tx), err, "UPDATE person SET state = $1 WHERE num = $2", (int)state, person);
}

enum code person_set_level(struct tx *tx, int64_t person, enum level level, struct err *err)
{
	if (level != LEVEL_ADMINISTRATOR) TRY(check_not_last(tx_db(tx), person, err));
	return db_run(tx_db(tx), err, "UPDATE person SET level = $1 WHERE num = $2", (int)level, person);
}

enum code person_delete_waiting(struct tx *tx, int64_t person, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM person WHERE num = $1 AND state = $2", person, (int)PERSON_WAITING);
}

enum code person_delete(struct tx *tx, int64_t person, struct err *err)
{
	TRY(check_not_last(tx_db(tx), person, err));
	tx_public(tx); /* histories named her */
	return db_run(tx_db(tx), err, "DELETE FROM person WHERE num = $1", person);
}

enum code person_purge_guests(struct tx *tx, int64_t before, struct err *err)
{
	return db_run(tx_db(tx), err,
	              "DELETE FROM person WHERE level = $1 AND created < $2 "
	              "AND NOT EXISTS (SELECT 1 FROM record r WHERE r.author = person.num) "
	              "AND NOT EXISTS (SELECT 1 FROM slot_answer s WHERE s.person = person.num) "
	              "AND NOT EXISTS (SELECT 1 FROM debate_position d WHERE d.person = person.num) "
	              "AND NOT EXISTS (SELECT 1 FROM signup u WHERE u.person = person.num) "
	              "AND NOT EXISTS (SELECT 1 FROM exchange e WHERE e.person = person.num)",
	              (int)LEVEL_VISITOR, before);
}

static void read_person(struct arena *a, const struct rows *rows, struct person *ret)
{
	*ret = (struct person){ .num = row_int(rows, 0),
		                .id = row_id(rows, 1),
		                .name = arena_strdup(a, row_text(rows, 2)),
		                .email = arena_strdup(a, row_text(rows, 3)),
		                .level = (enum level)row_int(rows, 4),
		                .state = (enum person_state)row_int(rows, 5),
		                .created = row_int(rows, 6) };
	if (!row_is_null(rows, 7)) ret->locale = arena_strdup(a, row_text(rows, 7));
}

#define PERSON_COLUMNS "num, id, name, email, level, state, created, locale"

/* The only row of a query, as a person. */
static enum code one_person(struct rows *rows, struct arena *a, struct person *ret, struct err *err)
{
	struct person person = { 0 };
	bool found = rows_next(rows);
	if (found) read_person(a, rows, &person);
	TRY(rows_end(rows, err));
	if (!found) FAIL(err, E_NOT_FOUND, N_("There is no such person."));
	*ret = person;
	return OK;
}

enum code person_load(struct db *db, struct arena *a, int64_t num, struct person *ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT " PERSON_COLUMNS " FROM person WHERE num = $1", num));
	return one_person(&rows, a, ret, err);
}

enum code person_by_id(struct db *db, struct arena *a, struct id id, struct person *ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT " PERSON_COLUMNS " FROM person WHERE id = $1", id));
	return one_person(&rows, a, ret, err);
}

enum code person_by_email(struct db *db, struct arena *a, const char *email, struct person *ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT " PERSON_COLUMNS " FROM person WHERE email_key = $1",
	             email_key(a, email)));
	return one_person(&rows, a, ret, err);
}

struct named {
	const char *key;
	struct person person;
};

static int by_key(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int order = strcmp(x->key, y->key);
	return order ? order : (x->person.num > y->person.num) - (x->person.num < y->person.num);
}

/* The engines do not agree on the order of French names: it is made here. */
static void sort_people(struct arena *a, struct person *people, int n)
{
	struct named *named = arena_array(a, struct named, (size_t)n + 1);
	for (int i = 0; i < n; i++) named[i] = (struct named){ text_sort_key(a, people[i].name, 64), people[i] };
	qsort(named, (size_t)n, sizeof(*named), by_key);
	for (int i = 0; i < n; i++) people[i] = named[i].person;
}

enum code person_list(struct db *db, struct arena *a, struct person **ret, int *n, struct err *err)
{
	int64_t count = 0;
	TRY(db_int(db, &count, 0, err, "SELECT COUNT(*) FROM person"));
	struct person *all = arena_array(a, struct person, (size_t)count + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT " PERSON_COLUMNS " FROM person"));
	int found = 0;
	while (found < count && rows_next(&rows)) read_person(a, &rows, &all[found++]);
	TRY(rows_end(&rows, err));
	sort_people(a, all, found);
	*ret = all;
	*n = found;
	return OK;
}

enum code person_credential(struct db *db, struct arena *a, const char *email, int64_t *num, const char **hash,
                            struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT p.num, c.secret FROM person p JOIN credential c ON c.person = p.num "
	             "AND c.kind = 'password' WHERE p.email_key = $1 AND p.state = $2",
	             email_key(a, email), (int)PERSON_ACTIVE));
	bool found = rows_next(&rows);
	if (found) {
		*num = row_int(&rows, 0);
		*hash = arena_strdup(a, row_text(&rows, 1));
	}
	TRY(rows_end(&rows, err));
	if (found) return OK;
	*num = 0;
	*hash = password_nobody();
	return OK;
}

enum code person_has_password(struct db *db, int64_t person, bool *ret, struct err *err)
{
	int64_t found = 0;
	TRY(db_int(db, &found, 0, err, "SELECT 1 FROM credential WHERE person = $1 AND kind = 'password'", person));
	*ret = found != 0;
	return OK;
}

enum code person_any_administrator(struct db *db, bool *ret, struct err *err)
{
	int64_t found = 0;
	TRY(db_int(db, &found, 0, err, "SELECT num FROM person WHERE level = $1 AND state = $2 LIMIT 1",
	           (int)LEVEL_ADMINISTRATOR, (int)PERSON_ACTIVE));
	*ret = found != 0;
	return OK;
}

enum code actor_load(struct db *db, struct arena *a, int64_t num, struct actor *ret, struct err *err)
{
	struct person person;
	TRY(person_load(db, a, num, &person, err));
	if (person.state != PERSON_ACTIVE) FAIL(err, E_NOT_FOUND, N_("There is no such person."));
	int64_t count = 0, minor = 0;
	TRY(db_int(db, &minor, 0, err, "SELECT COUNT(*) FROM minor WHERE person = $1", num));
	TRY(db_int(db, &count, 0, err, "SELECT COUNT(*) FROM membership WHERE person = $1", num));
	struct actor_space *spaces = arena_array(a, struct actor_space, (size_t)count + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT space, level FROM membership WHERE person = $1 ORDER BY space", num));
	int n = 0;
	while (n < count && rows_next(&rows))
		spaces[n++] = (struct actor_space){ row_int(&rows, 0), (enum level)row_int(&rows, 1) };
	TRY(rows_end(&rows, err));
	struct actor_circle *circles;
	int ncircles;
	TRY(reader_circles(db, a, num, &circles, &ncircles, err));
	*ret = (struct actor){ .person = num,
		               .id = person.id,
		               .name = person.name,
		               .minor = minor != 0,
		               .site = person.level,
		               .spaces = spaces,
		               .nspaces = n,
		               .circles = circles,
		               .ncircles = ncircles };
	return OK;
}

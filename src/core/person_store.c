#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "core/person.h"

/* Addresses are compared folded to lower case, without surrounding blanks. */
static const char *email_key(struct arena *a, const char *email)
{
	while (*email == ' ') email++;
	char *key = arena_strdup(a, email);
	size_t len = strlen(key);
	while (len && key[len - 1] == ' ') key[--len] = '\0';
	for (char *c = key; *c; c++)
		if (*c >= 'A' && *c <= 'Z') *c = (char)(*c - 'A' + 'a');
	return key;
}

enum code person_create(struct tx *tx, struct arena *a, const char *name, const char *email,
                        const char *hash, enum level level, int64_t *ret, struct err *err)
{
	struct db *db = tx_db(tx);
	const char *key = email_key(a, email);
	int64_t taken = 0, num = 0;
	TRY(db_int(db, &taken, 0, err, "SELECT num FROM person WHERE email_key = $1", key));
	if (taken) FAIL(err, E_CONFLICT, N_("There is already an account with the address %s."), email);
	TRY(db_int(db, &num, 0, err,
	           "INSERT INTO person (id, name, email, email_key, level, locale, state, created) "
	           "VALUES ($1, $2, $3, $4, $5, 'fr', $6, $7) RETURNING num",
	           id_new(), name, email, key, (int)level, (int)PERSON_ACTIVE, clock_now()));
	TRY(person_set_password(tx, num, hash, err));
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

enum code person_set_level(struct tx *tx, int64_t person, enum level level, struct err *err)
{
	return db_run(tx_db(tx), err, "UPDATE person SET level = $1 WHERE num = $2", (int)level, person);
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
}

#define PERSON_COLUMNS "num, id, name, email, level, state, created"

/* The only row of a query, as a person. */
static enum code one_person(struct rows *rows, struct arena *a, struct person *ret, struct err *err)
{
	struct person person;
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

enum code person_by_email(struct db *db, struct arena *a, const char *email, struct person *ret,
                          struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT " PERSON_COLUMNS " FROM person WHERE email_key = $1",
	             email_key(a, email)));
	return one_person(&rows, a, ret, err);
}

enum code person_list(struct db *db, struct arena *a, struct person **ret, int *n, struct err *err)
{
	int64_t count = 0;
	TRY(db_int(db, &count, 0, err, "SELECT COUNT(*) FROM person"));
	struct person *all = arena_array(a, struct person, (size_t)count + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT " PERSON_COLUMNS " FROM person ORDER BY name, num"));
	int found = 0;
	while (found < count && rows_next(&rows)) read_person(a, &rows, &all[found++]);
	TRY(rows_end(&rows, err));
	*ret = all;
	*n = found;
	return OK;
}

/* A hash of a password nobody has, made once at the cost in use. */
static enum code nobody_hash(struct arena *a, const char **ret, struct err *err)
{
	return password_hash(a, "nobody has this password", ret, err);
}

enum code person_credential(struct db *db, struct arena *a, const char *email, int64_t *num,
                            const char **hash, struct err *err)
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
	return nobody_hash(a, hash, err);
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
	int64_t count = 0;
	TRY(db_int(db, &count, 0, err, "SELECT COUNT(*) FROM membership WHERE person = $1", num));
	struct actor_space *spaces = arena_array(a, struct actor_space, (size_t)count + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT space, level FROM membership WHERE person = $1 ORDER BY space", num));
	int n = 0;
	while (n < count && rows_next(&rows))
		spaces[n++] = (struct actor_space){ row_int(&rows, 0), (enum level)row_int(&rows, 1) };
	TRY(rows_end(&rows, err));
	*ret = (struct actor){ .person = num, .id = person.id, .name = person.name, .site = person.level,
		               .spaces = spaces, .nspaces = n };
	return OK;
}

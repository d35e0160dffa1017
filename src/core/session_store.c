#include <sodium.h>
#include <string.h>

#include "base/clock.h"
#include "core/session.h"

struct hash session_hash(const char *token)
{
	return hash_blake2b("ses1", NULL, token, strlen(token));
}

char *session_form_token(struct arena *a, const char *token)
{
	struct hash h = hash_blake2b("frm1", NULL, token, strlen(token));
	char *hex = arena_alloc(a, HASH_HEX + 1);
	hash_hex(&h, hex);
	hex[32] = '\0';
	return hex;
}

static size_t agent_length(const char *agent)
{
	size_t len = strlen(agent), max = 200;
	if (len <= max) return len;
	while (max && ((unsigned char)agent[max] & 0xC0) == 0x80) max--;
	return max;
}

static void draw(char token[static SESSION_TOKEN + 1])
{
	uint8_t bytes[32];
	random_bytes(bytes, sizeof(bytes));
	sodium_bin2base64(token, SESSION_TOKEN + 1, bytes, sizeof(bytes), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

enum code session_create(struct tx *tx, int64_t person, const char *agent, int64_t life, bool stay,
                         char token[static SESSION_TOKEN + 1], struct err *err)
{
	char text[SESSION_TOKEN + 1], cut[201] = { 0 };
	draw(text);
	if (agent) memcpy(cut, agent, agent_length(agent));
	int64_t now = clock_now();
	TRY(db_run(tx_db(tx), err,
	           "INSERT INTO session (hash, person, created, seen, expires, agent, stay) "
	           "VALUES ($1, $2, $3, $3, $4, $5, $6)",
	           session_hash(text), person, now, now + life, cut, (int64_t)stay));
	memcpy(token, text, sizeof(text));
	return OK;
}

enum code session_renew(struct tx *tx, const struct hash *hash, char token[static SESSION_TOKEN + 1], struct err *err)
{
	char text[SESSION_TOKEN + 1];
	draw(text);
	TRY(db_run(tx_db(tx), err, "UPDATE session SET hash = $1, created = $2, seen = $2 WHERE hash = $3",
	           session_hash(text), clock_now(), *hash));
	memcpy(token, text, sizeof(text));
	return OK;
}

static void read_session(struct arena *a, const struct rows *rows, struct session *ret)
{
	*ret = (struct session){ .hash = row_hash(rows, 0),
		                 .person = row_int(rows, 1),
		                 .created = row_int(rows, 2),
		                 .seen = row_int(rows, 3),
		                 .expires = row_int(rows, 4),
		                 .stay = row_int(rows, 6) != 0,
		                 .agent = arena_strdup(a, row_text(rows, 5)) };
}

enum code session_find(struct db *db, struct arena *a, const char *token, struct session *ret, struct err *err)
{
	if (strlen(token) != SESSION_TOKEN) FAIL(err, E_NOT_FOUND, N_("not signed in"));
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT hash, person, created, seen, expires, agent, stay FROM session WHERE hash = $1",
	             session_hash(token)));
	struct session session = { 0 };
	bool found = rows_next(&rows);
	if (found) read_session(a, &rows, &session);
	TRY(rows_end(&rows, err));
	int64_t now = clock_now();
	if (!found || now >= session.expires || now - session.seen >= SESSION_IDLE_MS)
		FAIL(err, E_NOT_FOUND, N_("not signed in"));
	*ret = session;
	return OK;
}

bool session_is_stale(const struct session *session)
{
	return clock_now() - session->seen > 3600 * 1000;
}

enum code session_touch(struct tx *tx, const struct hash *hash, struct err *err)
{
	return db_run(tx_db(tx), err, "UPDATE session SET seen = $1 WHERE hash = $2", clock_now(), *hash);
}

enum code session_end(struct tx *tx, const struct hash *hash, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM session WHERE hash = $1", *hash);
}

enum code session_end_own(struct tx *tx, int64_t person, const struct hash *hash, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM session WHERE person = $1 AND hash = $2", person, *hash);
}

enum code session_end_others(struct tx *tx, int64_t person, const struct hash *keep, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM session WHERE person = $1 AND hash <> $2", person, *keep);
}

enum code session_end_all(struct tx *tx, int64_t person, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM session WHERE person = $1", person);
}

enum code session_list(struct db *db, struct arena *a, int64_t person, struct session **ret, int *n, struct err *err)
{
	int64_t count = 0;
	TRY(db_int(db, &count, 0, err, "SELECT COUNT(*) FROM session WHERE person = $1", person));
	struct session *all = arena_array(a, struct session, (size_t)count + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT hash, person, created, seen, expires, agent, stay FROM session WHERE person = $1 "
	             "AND expires > $2 AND seen > $3 ORDER BY seen DESC",
	             person, clock_now(), clock_now() - SESSION_IDLE_MS));
	int found = 0;
	while (found < count && rows_next(&rows)) read_session(a, &rows, &all[found++]);
	TRY(rows_end(&rows, err));
	*ret = all;
	*n = found;
	return OK;
}

enum code session_purge(struct tx *tx, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM session WHERE expires <= $1 OR seen <= $2", clock_now(),
	              clock_now() - SESSION_IDLE_MS);
}

/* Old rows of the audit go, and what stays is proved by the row that says so. */
#include <sodium.h>
#include <string.h>

#include "base/json.h"
#include "core/audit.h"

#define PURGE "audit.purge"

static bool read_hash(const char *hex, struct hash *ret)
{
	size_t len = 0;
	return sodium_hex2bin(ret->b, HASH_SIZE, hex, strlen(hex), NULL, &len, NULL) == 0 && len == HASH_SIZE;
}

/* What cannot be read is a row that somebody changed: the walk of the chain finds it. */
static void read_point(const char *text, struct audit_checkpoint *ret)
{
	AUTO(arena_release) struct arena a = { 0 };
	json_t *detail;
	arena_init(&a);
	if (json_parse(&a, text, strlen(text), &detail, NULL) != OK) return;
	if (!read_hash(json_str_or(detail, "hash", ""), &ret->hash)) return;
	ret->rows = json_int(detail, "total", 0);
	ret->before = json_int(detail, "before", 0);
}

enum code audit_checkpoint(struct db *db, struct audit_checkpoint *ret, struct err *err)
{
	struct audit_checkpoint point = { .rows = 0 };
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT detail FROM audit WHERE action = $1 ORDER BY num DESC LIMIT 1", PURGE));
	if (rows_next(&rows)) read_point(row_text(&rows, 0), &point);
	TRY(rows_end(&rows, err));
	*ret = point;
	return OK;
}

/* The first row that stays: that of the first instant on, whatever clocks told before. */
static enum code first_kept(struct db *db, int64_t from, int64_t *ret, struct err *err)
{
	return db_int(db, ret, 0, err,
	              "SELECT COALESCE((SELECT MIN(num) FROM audit WHERE at >= $1), (SELECT MAX(num) + 1 FROM audit))",
	              from);
}

static enum code last_gone(struct db *db, int64_t first, struct hash *ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT hash FROM audit WHERE num < $1 ORDER BY num DESC LIMIT 1", first));
	if (rows_next(&rows)) *ret = row_hash(&rows, 0);
	return rows_end(&rows, err);
}

enum code audit_purge(struct tx *tx, int64_t before, int64_t *ret, struct err *err)
{
	struct db *db = tx_db(tx);
	struct audit_checkpoint last;
	struct hash hash = { 0 };
	int64_t first, n;
	char hex[2 * HASH_SIZE + 1];
	*ret = 0;
	TRY(first_kept(db, before, &first, err));
	TRY(db_int(db, &n, 0, err, "SELECT COUNT(*) FROM audit WHERE num < $1", first));
	if (n == 0) return OK;
	TRY(audit_checkpoint(db, &last, err));
	TRY(last_gone(db, first, &hash, err));
	sodium_bin2hex(hex, sizeof(hex), hash.b, HASH_SIZE);
	/* The row comes before those leave, so that it stands on the last of them. */
	TRY(audit_note(tx, &actor_program, PURGE, ID_NONE,
	               json_pack("{s:I, s:I, s:I, s:s}", "before", (json_int_t)before, "rows", (json_int_t)n, "total",
	                         (json_int_t)(last.rows + n), "hash", hex),
	               err));
	TRY(db_run(db, err, "DELETE FROM audit WHERE num < $1", first));
	*ret = n;
	return OK;
}

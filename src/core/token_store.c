#include <sodium.h>
#include <string.h>

#include "base/clock.h"
#include "core/token.h"

void token_draw(char text[static TOKEN_TEXT + 1])
{
	uint8_t bytes[32];
	random_bytes(bytes, sizeof(bytes));
	sodium_bin2base64(text, TOKEN_TEXT + 1, bytes, sizeof(bytes), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static struct hash token_hash(const char *text)
{
	return hash_blake2b("tok1", NULL, text, strlen(text));
}

static struct value or_null(int64_t num)
{
	return num ? value_int(num) : value_text(NULL);
}

enum code token_create(struct tx *tx, struct arena *a, const char *text, const struct token *token, struct err *err)
{
	return db_run(tx_db(tx), err,
	              "INSERT INTO token (hash, kind, person, space, level, creator, body, uses, created, expires) "
	              "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
	              token_hash(text), (int)token->kind, or_null(token->person), or_null(token->space),
	              (int)token->level, or_null(token->creator), token->body ? json_text(a, token->body) : "{}",
	              token->uses, clock_now(), token->expires);
}

#define TOKEN_COLUMNS "num, kind, person, space, level, creator, body, uses, created, expires"

static enum code read_token(struct arena *a, const struct rows *rows, struct token *ret, struct err *err)
{
	json_t *body;
	const char *text = row_text(rows, 6);
	TRY(json_parse(a, text, strlen(text), &body, err));
	*ret = (struct token){ .num = row_int(rows, 0),
		               .kind = (enum token_kind)row_int(rows, 1),
		               .person = row_int(rows, 2),
		               .space = row_int(rows, 3),
		               .level = (enum level)row_int(rows, 4),
		               .creator = row_int(rows, 5),
		               .body = body,
		               .uses = (int)row_int(rows, 7),
		               .created = row_int(rows, 8),
		               .expires = row_int(rows, 9) };
	return OK;
}

enum code token_find(struct db *db, struct arena *a, enum token_kind kind, const char *text, struct token *ret,
                     struct err *err)
{
	struct token token;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT " TOKEN_COLUMNS " FROM token WHERE hash = $1 AND kind = $2 AND uses <> 0 AND expires > $3",
	             token_hash(text), (int)kind, clock_now()));
	bool found = rows_next(&rows);
	if (found) TRY(read_token(a, &rows, &token, err));
	TRY(rows_end(&rows, err));
	if (!found) FAIL(err, E_NOT_FOUND, N_("This link has been used already, or is too old."));
	*ret = token;
	return OK;
}

enum code token_spend(struct tx *tx, const struct token *token, struct err *err)
{
	struct db *db = tx_db(tx);
	TRY(db_run(db, err,
	           "UPDATE token SET uses = CASE WHEN uses > 0 THEN uses - 1 ELSE uses END "
	           "WHERE num = $1 AND uses <> 0 AND expires > $2",
	           token->num, clock_now()));
	if (db_changes(db) == 0) FAIL(err, E_NOT_FOUND, N_("This link has been used already, or is too old."));
	return OK;
}

enum code token_list_space(struct db *db, struct arena *a, enum token_kind kind, int64_t space, struct token **ret,
                           int *n, struct err *err)
{
	int64_t count = 0, now = clock_now();
	TRY(db_int(db, &count, 0, err,
	           "SELECT COUNT(*) FROM token WHERE space = $1 AND kind = $2 AND uses <> 0 AND expires > $3", space,
	           (int)kind, now));
	struct token *all = arena_array(a, struct token, (size_t)count + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT " TOKEN_COLUMNS
	             " FROM token WHERE space = $1 AND kind = $2 AND uses <> 0 AND expires > $3 "
	             "ORDER BY num DESC",
	             space, (int)kind, now));
	int found = 0;
	while (found < count && rows_next(&rows)) TRY(read_token(a, &rows, &all[found++], err));
	TRY(rows_end(&rows, err));
	*ret = all;
	*n = found;
	return OK;
}

enum code token_made(struct db *db, enum token_kind kind, int64_t person, int64_t *ret, struct err *err)
{
	return db_int(db, ret, 0, err,
	              "SELECT MAX(created) FROM token WHERE person = $1 AND kind = $2 AND uses <> 0 AND expires > $3",
	              person, (int)kind, clock_now());
}

enum code token_end(struct tx *tx, enum token_kind kind, int64_t space, int64_t num, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM token WHERE num = $1 AND kind = $2 AND space = $3", num, (int)kind,
	              space);
}

enum code token_end_person(struct tx *tx, enum token_kind kind, int64_t person, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM token WHERE person = $1 AND kind = $2", person, (int)kind);
}

enum code token_purge(struct tx *tx, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM token WHERE uses = 0 OR expires <= $1", clock_now());
}

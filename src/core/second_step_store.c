/* One row of `credential`, of the kind "totp": {"secret", "last": step of the last code, "spare": [hash, …]}. */
#include <sodium.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "core/second_step.h"

enum code second_step_due(struct db *db, int64_t person, bool *ret, struct err *err)
{
	int64_t found = 0;
	TRY(db_int(db, &found, 0, err, "SELECT 1 FROM credential WHERE person = $1 AND kind = 'totp'", person));
	*ret = found != 0;
	return OK;
}

static enum code write(struct tx *tx, struct arena *a, int64_t person, const json_t *state, struct err *err)
{
	return db_run(tx_db(tx), err,
	              "INSERT INTO credential (person, kind, secret, created) VALUES ($1, 'totp', $2, $3) "
	              "ON CONFLICT (person, kind) DO UPDATE SET secret = excluded.secret",
	              person, json_text(a, state), clock_now());
}

static char *hash_of(struct arena *a, const char *spare)
{
	struct hash hash = hash_blake2b("spar", NULL, spare, strlen(spare));
	return hash_hex(&hash, arena_alloc(a, HASH_HEX + 1));
}

/* 50 random bits: of no use to who may try a few times a minute. */
static void draw_spare(char out[static SPARE_TEXT + 1])
{
	char id[ID_TEXT + 1];
	id_format(id_random(), id);
	memcpy(out, id + ID_TEXT - 10, 5);
	out[5] = '-';
	memcpy(out + 6, id + ID_TEXT - 5, 5);
	out[SPARE_TEXT] = '\0';
}

enum code second_step_begin(struct tx *tx, struct arena *a, int64_t person, const uint8_t secret[static TOTP_SECRET],
                            char spare[SPARE_CODES][SPARE_TEXT + 1], struct err *err)
{
	char text[TOTP_SECRET_TEXT + 1];
	json_t *codes = json_keep(a, json_array());
	totp_secret_text(secret, text);
	for (int i = 0; i < SPARE_CODES; i++) {
		draw_spare(spare[i]);
		json_array_append_new(codes, json_string(hash_of(a, spare[i])));
	}
	const json_t *state = json_keep(a, json_pack("{s:s, s:I, s:O}", "secret", text, "last",
	                                             (json_int_t)totp_step(clock_now()), "spare", codes));
	return write(tx, a, person, state, err);
}

enum code second_step_end(struct tx *tx, int64_t person, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM credential WHERE person = $1 AND kind = 'totp'", person);
}

static enum code load(struct db *db, struct arena *a, int64_t person, json_t **ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT secret FROM credential WHERE person = $1 AND kind = 'totp'", person));
	const char *text = rows_next(&rows) ? arena_strdup(a, row_text(&rows, 0)) : NULL;
	TRY(rows_end(&rows, err));
	if (text == NULL) FAIL(err, E_NOT_FOUND, N_("There is no second step here."));
	return json_parse(a, text, strlen(text), ret, err);
}

/* The digits, or the letters of a spare code, without what people put between them. */
static const char *plain(struct arena *a, const char *typed)
{
	char *out = arena_strdup(a, typed), *to = out;
	for (const char *c = typed; *c; c++)
		if (*c != ' ' && *c != '-') *to++ = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
	*to = '\0';
	return out;
}

/* The step whose code it is, later than the last one used; 0: none. */
static int64_t step_of(const json_t *state, const char *code)
{
	uint8_t secret[TOTP_SECRET];
	int64_t now = totp_step(clock_now()), last = json_int(state, "last", 0);
	if (strlen(code) != TOTP_CODE || !totp_secret_parse(json_str_or(state, "secret", ""), secret)) return 0;
	for (int64_t step = now - 1; step <= now + 1; step++) {
		char right[TOTP_CODE + 1];
		totp_code(secret, step, right);
		if (step > last && sodium_memcmp(right, code, TOTP_CODE) == 0) return step;
	}
	return 0;
}

static bool take_spare(struct arena *a, json_t *state, const char *code)
{
	json_t *spare = json_object_get(state, "spare");
	if (strlen(code) != SPARE_TEXT - 1) return false;
	const char *hash = hash_of(a, arena_printf(a, "%.5s-%s", code, code + 5));
	for (size_t i = 0; i < json_array_size(spare); i++) {
		if (strcmp(hash, json_string_value(json_array_get(spare, i))) != 0) continue;
		json_array_remove(spare, i);
		return true;
	}
	return false;
}

enum code second_step_take(struct tx *tx, struct arena *a, int64_t person, const char *typed, bool *ret,
                           struct err *err)
{
	json_t *state;
	const char *code = plain(a, typed);
	TRY(load(tx_db(tx), a, person, &state, err));
	int64_t step = step_of(state, code);
	if (step) json_object_set_new(state, "last", json_integer(step));
	*ret = step != 0 || take_spare(a, state, code);
	return *ret ? write(tx, a, person, state, err) : OK;
}

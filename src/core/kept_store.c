#include "base/clock.h"
#include "core/index_key.h"
#include "core/kept.h"
#include "core/proposal.h"

enum code kept_list(struct db *db, struct arena *a, int64_t record, const json_t **ret, struct err *err)
{
	json_t *keys = json_keep(a, json_array());
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT field FROM kept WHERE record = $1 ORDER BY field", record));
	while (rows_next(&rows)) json_array_append_new(keys, json_string(row_text(&rows, 0)));
	TRY(rows_end(&rows, err));
	*ret = keys;
	return OK;
}

static bool is_public(const struct record *record, const char *key)
{
	const struct field *field = form_field_ever(record->form, key);
	return field && field->audience == AUDIENCE_PUBLIC;
}

static enum code mark(struct tx *tx, const struct record *record, const char *key, bool kept, struct err *err)
{
	if (!kept) return db_run(tx_db(tx), err, "DELETE FROM kept WHERE record = $1 AND field = $2", record->num, key);
	return db_run(
	        tx_db(tx), err,
	        "INSERT INTO kept (record, field, created) VALUES ($1, $2, $3) ON CONFLICT (record, field) DO UPDATE "
	        "SET created = excluded.created",
	        record->num, key, clock_now());
}

/* Where members alone read everything, nobody has to say anything yet. */
static enum code ask(struct tx *tx, const struct record *record, bool asked, struct err *err)
{
	int64_t left;
	if (asked && record->space->visibility == VISIBILITY_PUBLIC) return proposal_add(tx, record->num, err);
	TRY(db_int(tx_db(tx), &left, 0, err, "SELECT COUNT(*) FROM kept WHERE record = $1", record->num));
	return left ? OK : proposal_end(tx, record->num, err);
}

enum code kept_follow(struct tx *tx, struct arena *a, const struct record *record, const json_t *set, bool *ret,
                      struct err *err)
{
	const char *key;
	json_t *value;
	bool any = false, asked = false;
	(void)a;
	json_object_foreach ((json_t *)set, key, value) {
		if (!is_public(record, key)) continue;
		bool kept = !index_value_is_blank(value);
		TRY(mark(tx, record, key, kept, err));
		any = true;
		asked |= kept;
	}
	*ret = asked;
	return any ? ask(tx, record, asked, err) : OK;
}

enum code kept_answers(struct db *db, struct arena *a, const struct record *record, struct kept_answer **ret, int *n,
                       struct err *err)
{
	const json_t *keys;
	TRY(kept_list(db, a, record->num, &keys, err));
	struct kept_answer *all = arena_array(a, struct kept_answer, json_array_size(keys) + 1);
	int found = 0;
	for (size_t i = 0; i < json_array_size(keys); i++) {
		const char *key = json_string_value(json_array_get(keys, i));
		const json_t *open = json_object_get(record->parts[AUDIENCE_PUBLIC].values, key);
		struct kept_answer answer = { .field = form_field_ever(record->form, key),
			                      .value = json_object_get(record->parts[AUDIENCE_MEMBERS].values, key),
			                      .open = index_value_is_blank(open) ? NULL : open };
		if (answer.field && !index_value_is_blank(answer.value)) all[found++] = answer;
	}
	*ret = all;
	*n = found;
	return OK;
}

enum code kept_decide(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                      struct id id, enum kept_choice choice, struct err *err)
{
	struct record *record;
	struct kept_answer *all;
	struct issues issues;
	struct save save = { .actor = actor, .record = id, .releases = true };
	json_t *values = json_keep(a, json_object());
	int n;
	issues_init(&issues, a);
	TRY(record_load(tx_db(tx), a, model, &actor_program, id, &record, err));
	TRY(kept_answers(tx_db(tx), a, record, &all, &n, err));
	for (int i = 0; i < n; i++) {
		const char *key = all[i].field->key;
		const json_t *value = choice == KEPT_EVERYBODY ? all[i].value : all[i].open;
		if (value) json_object_set(values, key, (json_t *)value);
		else if (choice == KEPT_NOBODY) json_object_set_new(values, key, json_null());
	}
	save.values = values;
	save.state = record->state;
	if (json_object_size(values)) TRY(record_save(tx, a, model, &save, &issues, err));
	return proposal_end(tx, record->num, err);
}

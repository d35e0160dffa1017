/* Counts of choices, for quotas. */
#include "core/response_import.h"
#include "core/response_row.h"

void response_tally_init(struct response_tally *tally, struct arena *a, const struct form *form)
{
	*tally = (struct response_tally){ form, json_keep(a, json_object()) };
}

static void count_one(json_t *fields, const char *field, const char *choice, int by)
{
	json_t *choices = json_object_get(fields, field);
	if (choices == NULL) json_object_set_new(fields, field, choices = json_object());
	json_object_set_new(choices, choice, json_integer(json_int(choices, choice, 0) + by));
}

void response_tally_add(struct response_tally *tally, const json_t *values, int by)
{
	for (int f = 0; f < tally->form->nfields; f++) {
		const struct field *field = &tally->form->fields[f];
		const json_t *value = json_object_get(values, field->key);
		for (int c = 0; value && c < field->nchoices; c++)
			if (response_holds_choice(value, field->choices[c].key))
				count_one(tally->fields, field->key, field->choices[c].key, by);
	}
}

enum code response_tally_write(struct db *db, struct response_tally *tally, struct err *err)
{
	const char *field, *choice;
	json_t *choices, *n;
	json_object_foreach (tally->fields, field, choices)
		json_object_foreach (choices, choice, n)
			TRY(db_run(
			        db, err,
			        "INSERT INTO survey_quota (form, field, choice, n) VALUES ($1, $2, $3, $4) ON CONFLICT "
			        "(form, field, choice) DO UPDATE SET n = survey_quota.n + excluded.n",
			        tally->form->num, field, choice, (int64_t)json_integer_value(n)));
	json_object_clear(tally->fields);
	return OK;
}

enum code response_count_choices(struct db *db, const struct form *form, const json_t *values, int by, struct err *err)
{
	AUTO(arena_release) struct arena a = { 0 };
	struct response_tally tally;
	response_tally_init(&tally, &a, form);
	response_tally_add(&tally, values, by);
	return response_tally_write(db, &tally, err);
}

/* What a save asks: computed, checked. */
#include "base/clock.h"
#include "core/field_type.h"
#include "core/file_ref.h"
#include "core/form_answers.h"
#include "core/index_key.h"
#include "core/record_saving.h"
#include "core/relative_day.h"

static bool may_write(const struct saving *x, const struct field *field)
{
	struct thing thing = saving_thing(x);
	thing.audience = field->audience;
	return allowed(x->judged, x->created ? ACTION_CREATE : ACTION_EDIT, &thing);
}

static void check_value(struct saving *x, const char *key, const json_t *value)
{
	const struct field *field = form_field_ever(x->record->form, key);
	if (field == NULL) {
		issues_add(x->issues, key, N_("The form “%s” has no such question."), x->record->form->key);
		return;
	}
	if (!may_write(x, field)) issues_add(x->issues, key, N_("You may not change this answer."));
	if (form_field(x->record->form, key) == NULL) return; /* asked no more: kept as it was answered */
	if (!index_value_is_blank(value)) field->type->check(field, value, x->issues);
}

static struct form_answers *answers_after(const struct saving *x, const json_t *after)
{
	struct form_answers *answers = arena_new(x->a, struct form_answers);
	form_answers_init(answers, x->a, x->record->form, after, model_today(x->model, clock_now()));
	return answers;
}

static void check_answers(struct saving *x, const json_t *after)
{
	const struct form *form = x->record->form;
	struct form_answers *answers = answers_after(x, after);
	for (int i = 0; i < form->nfields; i++)
		if (!issues_of(x->issues, form->fields[i].key) && may_write(x, &form->fields[i]))
			form_check_answer(answers, &form->fields[i], x->issues);
}

/* Whatever was given for what is computed, it is worked out again. In a part that somebody else has saved since it was
 * opened, or that the person has not seen, it waits for the rest to be put together. */
static void compute(struct saving *x, json_t *after)
{
	const struct form *form = x->record->form;
	struct form_answers *answers = NULL;
	json_t *values = NULL;
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		if (!field->type->computes) continue;
		if (answers == NULL) answers = answers_after(x, after);
		if (values == NULL) values = json_keep(x->a, json_copy((json_t *)x->save->values));
		json_t *value = form_computes(answers, field);
		json_object_set(after, field->key, value ? value : json_null());
		json_object_del(values, field->key);
		if (json_equal(value ? value : json_null(), json_object_get(x->before, field->key))) continue;
		if (value == NULL && index_value_is_blank(json_object_get(x->before, field->key))) continue;
		if (x->parts[field->audience].current) json_object_set(values, field->key, value ? value : json_null());
		else x->computes_yet = true;
	}
	if (values) x->save->values = values;
}

/* The first revision holds all that the draft did. */
static void forget_draft(struct saving *x, const json_t *all)
{
	x->save->values = all;
	for (int i = 0; i < AUDIENCE_COUNT; i++) {
		x->parts[i].values = x->parts[i].conflict = NULL;
		x->record->parts[i] = (struct part){ 0 };
	}
}

/* Nobody hands on, by naming it, a file that she may not read. */
static enum code check_files(struct saving *x, struct err *err)
{
	const char *key;
	json_t *value;
	json_object_foreach ((json_t *)x->save->values, key, value) {
		struct hash *files;
		int n = json_equal(value, json_object_get(x->before, key)) ? 0 : file_list(x->a, value, &files);
		for (int i = 0; i < n; i++) {
			struct kept_file file;
			enum code code = file_find(x->db, x->a, x->model, x->save->actor, &files[i], &file, err);
			if (code == E_NOT_FOUND)
				issues_add(x->issues, key,
				           N_("One of these files is not here any more: send it again."));
			else TRY(code);
		}
	}
	return OK;
}

enum code saving_check(struct saving *x, struct err *err)
{
	const char *key;
	json_t *value, *after = json_keep(x->a, json_copy(x->before));
	json_object_foreach ((json_t *)x->save->values, key, value) {
		const struct field *field = form_field(x->record->form, key);
		if (field && field->type->computes) continue;
		check_value(x, key, value);
		json_object_set(after, key, value);
	}
	compute(x, after);
	if ((!saving_is_draft(x) || x->save->waits) && !x->save->mends) check_answers(x, after);
	if (x->issues->count == 0) TRY(check_files(x, err));
	if (x->publishes) forget_draft(x, after);
	return issues_code(x->issues, err);
}

/* What is answered, read and checked. */
#include "base/clock.h"
#include "core/form_answers.h"
#include "core/index_key.h"
#include "features/survey/answer.h"
#include "web/web.h"

json_t *answer_read(struct request *r, const struct survey_step *step, struct issues *issues)
{
	struct field_post post = request_post(r);
	json_t *typed = json_keep(r->arena, json_copy((json_t *)step->response->values));
	post.db = r->db;
	post.model = r->page.model;
	post.actor = &r->actor;
	for (int b = 0; b < step->nblocks; b++)
		for (int i = 0; i < step->blocks[b].n; i++) {
			const struct field *field = form_field(step->form, step->blocks[b].questions[i].field->key);
			json_t *value = field->type->read(field, &post, issues);
			if (value && issues_of(issues, field->key) == NULL) field->type->check(field, value, issues);
			if (value) json_object_set(typed, field->key, value);
			else json_object_del(typed, field->key);
		}
	return typed;
}

json_t *answer_sound(struct arena *a, const json_t *typed, const struct issues *issues)
{
	json_t *ret = json_keep(a, json_copy((json_t *)typed));
	for (const struct issue *i = issues->first; i; i = i->next) json_object_del(ret, i->field);
	return ret;
}

static void check_one(struct form_answers *answers, const struct field *field, struct issues *issues)
{
	const json_t *value = json_object_get(answers->values, field->key);
	if (issues_of(issues, field->key) || field->type->computes) return;
	if (!index_value_is_blank(value)) field->type->check(field, value, issues);
	if (issues_of(issues, field->key) == NULL) form_check_answer(answers, field, issues);
}

static struct form_answers *answers_of(const struct form *form, const json_t *asked, struct issues *issues)
{
	struct form_answers *answers = arena_new(issues->arena, struct form_answers);
	form_answers_init(answers, issues->arena, form, asked, date_from_days(clock_now() / 86400000));
	return answers;
}

void answer_check(const struct form *form, const json_t *asked, struct issues *issues)
{
	struct form_answers *answers = answers_of(form, asked, issues);
	for (int i = 0; i < form->nfields; i++)
		if (survey_asks(form, &form->fields[i], asked)) check_one(answers, &form->fields[i], issues);
}

void answer_check_step(const struct survey_step *step, const json_t *asked, struct issues *issues)
{
	struct form_answers *answers = answers_of(step->form, asked, issues);
	for (int b = 0; b < step->nblocks; b++)
		for (int i = 0; i < step->blocks[b].n; i++) {
			const struct field *field = form_field(step->form, step->blocks[b].questions[i].field->key);
			if (survey_asks(step->form, field, asked)) check_one(answers, field, issues);
		}
}

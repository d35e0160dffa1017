/* What a step is told of other pages, for the browser. */
#include <string.h>

#include "core/form_answers.h"
#include "core/relative_day.h"
#include "features/survey/survey_page.h"

/* What one expression looks at elsewhere than in this step. */
static void add_given(const struct page *p, struct form_answers *answers, const struct expression *e, json_t *given)
{
	const char *const *names;
	int n = e ? expression_uses(p->arena, e, &names) : 0;
	for (int i = 0; i < n; i++) {
		if (json_object_get(given, names[i])) continue;
		struct expression_value value = form_answer(answers, names[i]);
		const char *text = expression_value_text(p->arena, &value);
		json_object_set_new(given, names[i],
		                    json_pack("[s,s]", expression_type_name(value.type), text ? text : ""));
	}
}

static bool stands_here(const struct survey_step *step, const char *key)
{
	for (int b = 0; b < step->nblocks; b++)
		for (int i = 0; i < step->blocks[b].n; i++)
			if (strcmp(step->blocks[b].questions[i].field->key, key) == 0) return true;
	return false;
}

const char *survey_given(const struct page *p, const struct survey_step *step)
{
	struct form_answers *answers = arena_new(p->arena, struct form_answers);
	json_t *given = json_keep(p->arena, json_object());
	const json_t *asked = survey_values_asked(p->arena, step->form, step->response->values);
	if (step->form->survey->one_page) return NULL;
	form_answers_init(answers, p->arena, step->form, asked, model_today(p->model, p->now));
	for (int b = 0; b < step->nblocks; b++)
		for (int i = 0; i < step->blocks[b].n; i++) {
			const struct field *field = step->blocks[b].questions[i].field;
			add_given(p, answers, field->show_if, given);
			add_given(p, answers, field->computed, given);
			add_given(p, answers, field->constraint, given);
		}
	const char *key;
	void *next;
	json_t *value;
	json_object_foreach_safe(given, next, key, value) if (stands_here(step, key)) json_object_del(given, key);
	return json_object_size(given) ? json_text(p->arena, given) : NULL;
}

#include "features/preset/preset_answers.h"

#include <string.h>

#include "core/definition.h"
#include "core/response.h"
#include "features/people/code.h"
#include "features/preset/preset_target.h"

struct writing {
	struct arena *a;
	const char *path;
	const json_t *file;
	const struct model *model;
	const struct form *form;
	struct site *site;
	struct preset_targets *targets;
	int n;
};

static enum code write_rule(struct tx *tx, void *arg, struct err *err)
{
	struct writing *w = arg;
	json_t *definition = json_keep(w->a, json_copy((json_t *)w->form->definition));
	json_t *results = json_object_get(w->file, "results");
	if (results) json_object_set(definition, "results", results);
	const char *state = json_str(w->file, "state");
	if (state) {
		json_t *survey = json_copy(json_object_get(definition, "survey"));
		json_object_set_new(survey, "state", json_string(state));
		json_object_set_new(definition, "survey", survey);
	}
	return definition_save(tx, w->a, DEFINITION_FORM, w->form->key, definition, &actor_program, NULL, err);
}

static enum channel channel_of(const json_t *answer)
{
	for (enum channel channel = 0; channel < CHANNELS; channel++)
		if (strcmp(channel_key(channel), json_str_or(answer, "channel", "web")) == 0) return channel;
	return CHANNEL_WEB;
}

/* Checked as what somebody sends. */
static enum code check_values(const struct writing *w, const json_t *values, size_t place, struct err *err)
{
	struct issues issues;
	const char *key;
	json_t *value;
	issues_init(&issues, w->a);
	json_object_foreach ((json_t *)values, key, value) {
		const struct field *field = form_field(w->form, key);
		if (field == NULL) FAIL(err, E_INPUT, N_("%s: the form has no question “%s”"), w->path, key);
		field->type->check(field, value, &issues);
		if (issues.count) FAIL(err, E_INPUT, N_("%s: answer %d, “%s” is wrong"), w->path, (int)place + 1, key);
	}
	return OK;
}

static enum code write_answer(struct writing *w, struct tx *tx, const json_t *answer, size_t place, struct err *err)
{
	char code[CODE_TEXT + 1];
	struct response response;
	struct survey_target target = { 0 };
	bool full;
	const json_t *values = json_object_get(answer, "values");
	TRY(preset_target_next(w->targets, tx, &target, code, err));
	const struct response_new new = {
		.form = w->form, .lang = LANG_FR, .channel = channel_of(answer), .code = code, .target = target.num
	};
	TRY(check_values(w, values, place, err));
	TRY(response_begin(tx, &new, err));
	TRY(response_find(tx_db(tx), w->a, w->model, code, &response, err));
	TRY(response_complete(tx, w->a, &response, values, 0, &full, err));
	w->n += !full;
	return OK;
}

static enum code write_answers(struct tx *tx, void *arg, struct err *err)
{
	struct writing *w = arg;
	const json_t *answers = json_object_get(w->file, "answers");
	struct response_counts counts;
	w->n = 0;
	TRY(response_count(tx_db(tx), w->form, STAND_OVER, &counts, err));
	if (counts.complete) return OK; /* they are there, or people's own are */
	struct preset_targets targets = {
		.site = w->site, .a = w->a, .model = w->model, .form = w->form, .path = w->path
	};
	TRY(preset_targets_add(&targets, tx, json_object_get(w->file, "targets"), err));
	w->targets = &targets;
	for (size_t i = 0; i < json_array_size(answers); i++)
		TRY(write_answer(w, tx, json_array_get(answers, i), i, err));
	return OK;
}

static bool find_form(struct writing *w, struct site *site)
{
	w->model = site_model(site);
	w->form = model_form(w->model, json_str_or(w->file, "form", ""));
	return w->form && w->form->survey;
}

enum code preset_answers(struct site *site, struct arena *a, const char *path, const json_t *file, int *n,
                         struct err *err)
{
	struct writing w = { .a = a, .path = path, .file = file, .site = site };
	enum code code = OK;
	if (find_form(&w, site)) {
		code = site_write(site, write_rule, &w, err);
		model_release(w.model);
		if (find_form(&w, site) && code == OK) code = store_write(site_store(site), write_answers, &w, err);
	}
	model_release(w.model);
	if (code == OK) *n = w.n;
	return code;
}

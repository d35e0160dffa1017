#include "features/answers_in/answer_column.h"

#include <string.h>

#include "base/text.h"

/* What other programs, and ours, write besides answers. */
static bool is_of_program(const char *called)
{
	static const char *const names[] = { "id",
		                             "response id",
		                             "id de la reponse",
		                             "lastpage",
		                             "last page",
		                             "derniere page",
		                             "seed",
		                             "graine",
		                             "datestamp",
		                             "date last action",
		                             "date de la derniere action",
		                             "ipaddr",
		                             "ip address",
		                             "adresse ip",
		                             "refurl",
		                             "referrer url",
		                             "url de reference",
		                             "version",
		                             "labels" };
	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(names[i], called) == 0) return true;
	return false;
}

/* … and what an anonymous questionnaire keeps nothing of. */
static bool is_of_somebody(const char *called)
{
	static const char *const names[] = {
		"sent", "envoye", "submitdate", "date submitted", "date de soumission", "startdate", "channel", "canal",
		"name", "nom",    "begun",      "_name",          "date de debut"
	};
	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(names[i], called) == 0) return true;
	return false;
}

/* … and what is worked out again. */
static bool is_worked_out(const struct form *form, const char *name)
{
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		bool called = strcmp(field->key, name) == 0;
		for (int lang = 0; lang < LANG_COUNT; lang++)
			called |= strcmp(label_text(&field->label, (enum lang)lang), name) == 0;
		if (called && field->type->computes) return true;
	}
	return false;
}

/* "Q1. What do you use? [Line]": the code says more than the words do. */
static const struct answer_target *by_code(struct arena *a, const struct answer_targets *targets, const char *name)
{
	const char *point = strstr(name, ". ");
	if (point == NULL) return NULL;
	const char *code = answer_called(a, arena_strndup(a, name, (size_t)(point - name)));
	const json_t *at = json_object_get(targets->called, code);
	return at && json_integer_value(at) > 0 ? &targets->all[json_integer_value(at)] : NULL;
}

static const struct answer_target *find(struct arena *a, const struct answer_targets *targets, const char *name)
{
	const struct answer_target *exact = *name ? answer_target_find(targets, name) : NULL;
	if (exact) return exact;
	const json_t *at = json_object_get(targets->called, answer_headed(a, name));
	if (at == NULL || json_integer_value(at) < 0) at = json_object_get(targets->called, answer_called(a, name));
	if (at && json_integer_value(at) > 0) return &targets->all[json_integer_value(at)];
	const struct answer_target *target = by_code(a, targets, name);
	return target ? target : &targets->all[0];
}

static void take_samples(const struct grid *grid, int column, struct answer_column *ret)
{
	int n = 0;
	for (int s = 0; s < ANSWER_SAMPLES; s++) ret->samples[s] = "";
	for (int r = 0; r < grid->nrows && n < ANSWER_SAMPLES; r++) {
		const char *cell = grid->rows[r].cells[column];
		bool there = *cell == '\0';
		for (int s = 0; s < n; s++) there |= strcmp(ret->samples[s], cell) == 0;
		if (!there) ret->samples[n++] = cell;
	}
}

struct answer_column *answer_columns(struct arena *a, const struct answer_targets *targets, const struct grid *grid)
{
	struct answer_column *columns = arena_array(a, struct answer_column, (size_t)grid->ncolumns + 1);
	for (int i = 0; i < grid->ncolumns; i++) {
		const char *called = answer_called(a, grid->names[i]);
		columns[i] = (struct answer_column){ .name = grid->names[i],
			                             .target = find(a, targets, grid->names[i]) };
		columns[i].known = columns[i].target->kind == ANSWER_NONE &&
		                   (is_of_program(called) || is_of_somebody(called) ||
		                    is_worked_out(targets->form, grid->names[i]));
		take_samples(grid, i, &columns[i]);
	}
	return columns;
}

const struct answer_column *answer_columns_twice(const struct answer_column *columns, int n)
{
	for (int i = 0; i < n; i++)
		for (int j = 0; columns[i].target->kind && j < i; j++)
			if (columns[j].target == columns[i].target) return &columns[i];
	return NULL;
}

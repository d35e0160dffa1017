/* Results or answers of another territory: whatever the file says, shares are shares, and what is refused is told. */
#include <math.h>

#include "asked.h"
#include "features/restitution/compare_file.h"

/* The questions that are counted: those with choices, as result_load.c makes them. */
static void make_results(struct arena *a, const struct page *p, struct results *ret)
{
	const struct form *form = asked_form();
	*ret = (struct results){ .form = form };
	ret->questions = arena_array(a, struct result_question, (size_t)form_nasked(form) + 1);
	for (int i = 0; i < form_nasked(form); i++) {
		const struct field *field = form_asked(form, i);
		struct result_question *q = &ret->questions[ret->nquestions++];
		*q = (struct result_question){ .key = field->key,
			                       .field = field,
			                       .label = t(p, &field->label),
			                       .fill = field->nchoices ? FILL_CHOICES : FILL_TEXT,
			                       .kind = field->nchoices ? QUESTION_CHOICES : QUESTION_TEXTS };
		if (strcmp(field->type->name, "ranking") == 0) q->fill = FILL_FIRST;
		column_init(&q->column, a, strcmp(field->type->name, "choices") == 0 ? COLUMN_SETS : COLUMN_CODES, 0,
		            field->nchoices);
		q->keys = arena_array(a, const char *, (size_t)field->nchoices + 1);
		q->labels = arena_array(a, const char *, (size_t)field->nchoices + 1);
		for (int c = 0; c < field->nchoices; c++) {
			q->keys[c] = field->choices[c].key;
			q->labels[c] = t(p, &field->choices[c].label);
		}
	}
}

static void check_figure(const struct figure *figure)
{
	CHECK(figure->respondents >= 0);
	for (int i = 0; i < figure->nlines; i++) {
		const struct figure_cell *cell = figure->lines[i].cells;
		CHECK(cell->hidden || (cell->n >= 0 && cell->n <= figure->respondents));
		CHECK(cell->hidden || (cell->share >= 0 && cell->share <= 1));
		CHECK(cell->hidden || cell->n == 0 || cell->n >= figure->hide_below);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct model model;
	struct arena a;
	struct results results;
	struct err err;
	struct comparison *c;
	arena_init(&a);
	const struct page p = { .arena = &a, .lang = LANG_FR, .model = &model, .path = "/" };
	make_results(&a, &p, &results);
	c = arena_new(&a, struct comparison);
	c->form = results.form;
	enum code code = compare_add_file(&p, &results, "a.csv", (const char *)data, size, c, &err);
	CHECK(code == OK || code == E_INPUT || code == E_LIMIT);
	CHECK(c->ncolumns == (code == OK) && c->nrefusals <= COMPARE_REFUSALS);
	for (int i = 0; i < c->nrefusals; i++) CHECK(is_text(c->refusals[i].what) && is_text(c->refusals[i].why));
	for (int i = 0; code == OK && i < results.nquestions; i++)
		if (c->columns[0].figures[i]) check_figure(c->columns[0].figures[i]);
	arena_release(&a);
	return 0;
}

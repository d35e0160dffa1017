#include "features/result/result_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PAIRS_DRAWN = 24, PLACES_MAX = 60 };

static const struct field *whole_of(const struct result_question *question)
{
	return question->field ? question->field->whole : NULL;
}

static bool is_ranking(const struct field *field)
{
	return strcmp(field->type->name, "ranking") == 0;
}

bool table_goes_along(const struct results *results, int i)
{
	const struct field *whole = whole_of(&results->questions[i]);
	if (whole == NULL) return false;
	return is_ranking(whole) || (i > 0 && whole_of(&results->questions[i - 1]) == whole);
}

bool table_begins(const struct results *results, int i)
{
	return whole_of(&results->questions[i]) && !table_goes_along(results, i);
}

bool table_is_answered(const struct results *results, int i)
{
	const struct field *whole = whole_of(&results->questions[i]);
	for (; i < results->nquestions && whole_of(&results->questions[i]) == whole; i++)
		if (result_is_answered(results, &results->questions[i])) return true;
	return false;
}

bool result_is_unanswered(const struct results *results, int i)
{
	const struct result_question *question = &results->questions[i];
	if (result_is_own(question) || table_goes_along(results, i)) return false;
	return table_begins(results, i) ? !table_is_answered(results, i) : !result_is_answered(results, question);
}

bool table_is_whole(const struct results *results, int i)
{
	const struct result_question *question = &results->questions[i];
	const struct field *whole = whole_of(question);
	return whole && !is_ranking(whole) && question->kind == QUESTION_CHOICES &&
	       question->column.kind != COLUMN_SETS && strcmp(json_str_or(whole->definition, "answer", ""), "two") != 0;
}

const char *table_label(const struct page *p, const struct result_question *question)
{
	const struct field *whole = whole_of(question);
	return whole ? t(p, &whole->label) : question->label;
}

/* "Outils – le mail" of "Outils": "le mail" (part_make puts them together so). */
static const char *line_label(const struct page *p, const struct result_question *question)
{
	const char *whole = table_label(p, question), *label = question->label;
	size_t len = strlen(whole);
	if (strncmp(label, whole, len) != 0 || strncmp(label + len, " – ", strlen(" – ")) != 0) return label;
	return label + len + strlen(" – ");
}

/* ---- Charts ---- */

static struct html_safe stack_chart(const struct page *p, const struct result_table *table, const char *title,
                                    int number)
{
	int n = table->ncolumns;
	if (table->nlines > STACK_ROWS_MAX || n > STACK_PARTS_MAX) return (struct html_safe){ "", 0 };
	const char **rows = arena_array(p->arena, const char *, (size_t)table->nlines + 1);
	double *shares = arena_array(p->arena, double, (size_t)(table->nlines * n) + 1);
	for (int i = 0; i < table->nlines; i++) {
		const struct shown_question *s = table->lines[i].shown;
		rows[i] = table->lines[i].label;
		for (int c = 0; c < n; c++) shares[i * n + c] = s->hidden[c] ? NAN : s->all.choices[c].share;
	}
	const struct chart_stack stack = {
		.title = title,
		.summary =
		        table->opposed
		                ? _("One bar for each line, on both sides of the middle of its answers, all on one scale. All figures are in the table.")
		                : _("One bar for each line of the table, in parts of 100 %. All figures are in the table."),
		.rows = rows,
		.nrows = table->nlines,
		.nparts = n,
		.shares = shares,
		.opposed = table->opposed
	};
	return chart_stack_svg(p->arena, &stack, number);
}

static struct html_safe bars(const struct page *p, const char *title, const char *value_name, struct chart_mark *marks,
                             int n, int number)
{
	const struct chart chart = { .title = title,
		                     .summary = _("One bar for each line. All figures are in the table."),
		                     .value_name = value_name,
		                     .by_name = title,
		                     .shape = CHART_BARS,
		                     .marks = marks,
		                     .n = n };
	return chart_svg(p->arena, &chart, number);
}

/* Several choices in one line do not add up: a bar for each choice of each line, where they are few. */
static struct html_safe pairs_chart(const struct page *p, const struct result_table *table, const char *title,
                                    int number)
{
	struct chart_mark *marks = arena_array(p->arena, struct chart_mark, PAIRS_DRAWN);
	int n = 0;
	if (table->nlines * table->ncolumns > PAIRS_DRAWN) return (struct html_safe){ "", 0 };
	for (int i = 0; i < table->nlines; i++) {
		const struct shown_question *s = table->lines[i].shown;
		for (int c = 0; c < table->ncolumns; c++) {
			double share = s->all.choices[c].share;
			if (s->hidden[c] || isnan(share)) continue;
			marks[n++] = (struct chart_mark){ .label = page_printf(p, "%s%s%s", table->lines[i].label,
				                                               _(": "), table->columns[c]),
				                          .text = result_percent(p, share),
				                          .value = share };
		}
	}
	return bars(p, title, _("Of persons, %"), marks, n, number);
}

static struct html_safe lines_chart(const struct page *p, const struct result_table *table, const char *title,
                                    int number)
{
	struct chart_mark *marks = arena_array(p->arena, struct chart_mark, CHART_MARKS_MAX);
	int n = 0;
	for (int i = 0; i < table->nlines && n < CHART_MARKS_MAX; i++) {
		const struct shown_question *s = table->lines[i].shown;
		if (s->summary_hidden || isnan(s->summary.mean)) continue;
		marks[n++] = (struct chart_mark){ .label = table->lines[i].label,
			                          .text = result_number(p, s->summary.mean, 2),
			                          .value = s->summary.mean };
	}
	return bars(p, title, _("Mean"), marks, n, number);
}

/* ---- Tables ---- */

/* Of the same scale as the table's? */
static bool belongs(const struct result_question *question, const struct result_question *first)
{
	const char *a = question->field->path[1], *b = first->field->path[1];
	bool scales = strcmp(json_str_or(first->field->definition, "answer", ""), "two") == 0;
	return !scales || (a && b && strcmp(a, b) == 0);
}

static const char *scale_title(const struct page *p, const struct result_question *first)
{
	const char *label = line_label(p, first), *dash = NULL;
	if (strcmp(json_str_or(first->field->definition, "answer", ""), "two") != 0) return NULL;
	for (const char *at = strstr(label, " – "); at; at = strstr(at + 1, " – ")) dash = at;
	return dash ? dash + strlen(" – ") : NULL;
}

static const char *without_scale(const struct page *p, const char *label, const char *scale)
{
	size_t len = strlen(label), tail = scale ? strlen(scale) + strlen(" – ") : 0;
	return tail && len > tail ? arena_strndup(p->arena, label, len - tail) : label;
}

static void add_line(const struct page *p, const struct results *results, const struct result_question *question,
                     struct result_table *table)
{
	struct table_line *line = &table->lines[table->nlines++];
	line->label = without_scale(p, line_label(p, question), table->title);
	line->shown = shown_question_of(p, results, question);
	if (!isnan(line->shown->summary.mean)) table->sum += line->shown->summary.sum;
}

static void make_table(const struct page *p, const struct results *results, int first, int number,
                       struct result_table *ret)
{
	const struct result_question *q = &results->questions[first];
	struct result_table table = { .title = scale_title(p, q), .kind = q->kind };
	table.several = q->column.kind == COLUMN_SETS;
	table.opposed = json_bool(q->field->definition, "opposed", false);
	table.columns = q->labels;
	table.ncolumns = q->kind == QUESTION_CHOICES ? q->column.ncodes : 0;
	table.region = table.title ? page_printf(p, "%s – %s", table_label(p, q), table.title) : table_label(p, q);
	table.lines = arena_array(p->arena, struct table_line, RESULT_QUESTIONS_MAX);
	for (int i = first; i < results->nquestions && whole_of(&results->questions[i]) == whole_of(q); i++)
		if (belongs(&results->questions[i], q)) add_line(p, results, &results->questions[i], &table);
	if (table.kind == QUESTION_NUMBERS) table.chart = lines_chart(p, &table, table.region, number);
	else if (table.kind == QUESTION_CHOICES && table.several)
		table.chart = pairs_chart(p, &table, table.region, number);
	else if (table.kind == QUESTION_CHOICES) table.chart = stack_chart(p, &table, table.region, number);
	table.letters = table.kind == QUESTION_CHOICES && !table.several && table.chart.len > 0;
	*ret = table;
}

int result_tables_of(const struct page *p, const struct results *results, int i, int number, struct result_table **ret)
{
	struct result_table *tables = arena_array(p->arena, struct result_table, 2);
	make_table(p, results, i, number, &tables[0]);
	*ret = tables;
	if (tables[0].title == NULL || i + 1 >= results->nquestions ||
	    whole_of(&results->questions[i + 1]) != whole_of(&results->questions[i]))
		return 1;
	make_table(p, results, i + 1, number + RESULT_QUESTIONS_MAX, &tables[1]);
	return 2;
}

/* ---- Rankings ---- */

static int by_points(const void *a, const void *b)
{
	const struct ranked_line *x = a, *y = b;
	if (x->hidden != y->hidden) return x->hidden ? 1 : -1;
	if (x->ranked.points != y->ranked.points) return x->ranked.points < y->ranked.points ? 1 : -1;
	return strcmp(x->label, y->label);
}

static bool is_small(int count, int threshold)
{
	return count > 0 && count < threshold;
}

static int places_of(const struct results *results, const struct result_question *question,
                     const struct column **places)
{
	int n = 0;
	places[n++] = &question->column;
	for (int i = 0; i < results->nquestions && n < PLACES_MAX; i++)
		if (whole_of(&results->questions[i]) == question->field) places[n++] = &results->questions[i].column;
	return n;
}

const struct result_ranking *result_ranking_of(const struct page *p, const struct results *results,
                                               const struct result_question *question, int number)
{
	const struct column *places[PLACES_MAX];
	if (question->fill != FILL_FIRST || question->column.ncodes == 0) return NULL;
	int m = question->column.ncodes, nplaces = places_of(results, question, places);
	if (nplaces < 2) return NULL;
	struct result_ranking *ret = arena_new(p->arena, struct result_ranking);
	struct ranked *ranked = arena_array(p->arena, struct ranked, (size_t)m);
	struct chart_mark *marks = arena_array(p->arena, struct chart_mark, CHART_MARKS_MAX);
	int hide = results->rule.hide_below, drawn = 0;
	const struct shown_question *first = shown_question_of(p, results, question);
	ranking_make(places, nplaces, results->among, results->weights, ranked);
	ret->lines = arena_array(p->arena, struct ranked_line, (size_t)m);
	ret->respondents = first->all.respondents;
	for (int code = 0; code < m; code++) {
		ret->lines[ret->n++] =
		        (struct ranked_line){ .label = question->labels[code],
			                      .ranked = ranked[code],
			                      .share_first = first->all.choices[code].share,
			                      .hidden = first->hidden[code] || is_small(ranked[code].n, hide) ||
			                                is_small(ret->respondents - ranked[code].n, hide) };
	}
	qsort(ret->lines, (size_t)ret->n, sizeof(*ret->lines), by_points);
	for (int i = 0; i < ret->n && drawn < CHART_MARKS_MAX; i++)
		if (!ret->lines[i].hidden)
			marks[drawn++] = (struct chart_mark){ .label = ret->lines[i].label,
				                              .text = result_number(p, ret->lines[i].ranked.points, 0),
				                              .value = ret->lines[i].ranked.points };
	ret->chart = bars(p, question->label, _("Points"), marks, drawn, number);
	return ret;
}

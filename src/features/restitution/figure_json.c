/* Figures as they are kept, and what has changed since. */
#include <math.h>
#include <string.h>

#include "base/json.h"
#include "features/restitution/figure.h"
#include "features/result/result_page.h"

static json_t *number(double value)
{
	return isfinite(value) ? json_real(value) : json_null();
}

static json_t *cells_json(const struct figure_line *line, int n)
{
	json_t *cells = json_array();
	for (int i = 0; i < n; i++) {
		const struct figure_cell *cell = &line->cells[i];
		if (cell->hidden) json_array_append_new(cells, json_null());
		else
			json_array_append_new(cells, json_pack("[i, o, o, o]", cell->n, number(cell->share),
			                                       number(cell->low), number(cell->high)));
	}
	return cells;
}

static json_t *quotes_json(const struct figure *f)
{
	json_t *quotes = json_array();
	for (int i = 0; i < f->nquotes; i++) {
		char id[ID_TEXT + 1];
		json_array_append_new(quotes, json_string(id_format(f->quotes[i].mark, id)));
	}
	return quotes;
}

json_t *figure_json(struct arena *a, const struct figure *f)
{
	json_t *columns = json_array(), *lines = json_array(), *facts = json_array();
	for (int i = 0; i < f->ncolumns; i++)
		json_array_append_new(columns, json_pack("[s, i]", f->columns[i].label, f->columns[i].n));
	for (int i = 0; i < f->nlines; i++)
		json_array_append_new(lines, json_pack("{s:s, s:s, s:i, s:o}", "key", f->lines[i].key, "label",
		                                       f->lines[i].label, "n", f->lines[i].n, "cells",
		                                       cells_json(&f->lines[i], f->ncolumns ? f->ncolumns : 1)));
	for (int i = 0; i < f->nfacts; i++) json_array_append_new(facts, json_string(f->facts[i]));
	json_t *json = json_pack("{s:s, s:s, s:s, s:I, s:i, s:i, s:i, s:i, s:b, s:b, s:b, s:o, s:o, s:o}", "title",
	                         f->title ? f->title : "", "words", f->words, "form", f->form, "at", (json_int_t)f->at,
	                         "answers", f->answers, "respondents", f->respondents, "population", f->population,
	                         "hide", f->hide_below, "several", f->several, "weighted", f->weighted, "intervals",
	                         f->intervals, "columns", columns, "lines", lines, "facts", facts);
	if (f->numbers)
		json_object_set_new(
		        json, "numbers",
		        json_pack("[o, o, o, o]", number(f->mean), number(f->median), number(f->q1), number(f->q3)));
	if (f->nquotes) json_object_set_new(json, "quotes", quotes_json(f));
	if (f->whole) json_object_set_new(json, "whole", f->opposed ? json_string("opposed") : json_true());
	if (f->chosen) json_object_set_new(json, "chosen", json_true());
	return json_keep(a, json);
}

/* ---- Reading ---- */

static double real_of(const json_t *array, size_t i)
{
	const json_t *value = json_array_get(array, i);
	return json_is_number(value) ? json_number_value(value) : NAN;
}

static int count_of(const json_t *value)
{
	json_int_t n = json_integer_value(value);
	return n < -1 ? -1 : n > INT32_MAX ? INT32_MAX : (int)n;
}

static const struct figure_cell *read_cells(struct arena *a, const json_t *json, int n)
{
	struct figure_cell *cells = arena_array(a, struct figure_cell, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		const json_t *cell = json_array_get(json, (size_t)i);
		cells[i] = json_is_array(cell)
		                   ? (struct figure_cell){ false, count_of(json_array_get(cell, 0)), real_of(cell, 1),
			                                   real_of(cell, 2), real_of(cell, 3) }
		                   : (struct figure_cell){ true, 0, NAN, NAN, NAN };
	}
	return cells;
}

static void read_lines(struct arena *a, const json_t *json, struct figure *f)
{
	const json_t *columns = json_object_get(json, "columns"), *lines = json_object_get(json, "lines");
	struct figure_column *c = arena_array(a, struct figure_column, FIGURE_COLUMNS_MAX + 1);
	struct figure_line *l = arena_array(a, struct figure_line, FIGURE_LINES_MAX + 1);
	f->ncolumns = (int)MIN(json_array_size(columns), FIGURE_COLUMNS_MAX);
	f->nlines = (int)MIN(json_array_size(lines), FIGURE_LINES_MAX);
	for (int i = 0; i < f->ncolumns; i++) {
		const json_t *column = json_array_get(columns, (size_t)i);
		const char *label = json_string_value(json_array_get(column, 0));
		c[i] = (struct figure_column){ label ? label : "", count_of(json_array_get(column, 1)) };
	}
	for (int i = 0; i < f->nlines; i++) {
		const json_t *line = json_array_get(lines, (size_t)i);
		l[i] = (struct figure_line){ json_str_or(line, "key", ""), json_str_or(line, "label", ""),
			                     read_cells(a, json_object_get(line, "cells"),
			                                f->ncolumns ? f->ncolumns : 1),
			                     count_of(json_object_get(line, "n")) };
	}
	f->columns = c;
	f->lines = l;
}

static void read_quotes(struct arena *a, const json_t *json, struct figure *f)
{
	const json_t *quotes = json_object_get(json, "quotes");
	struct figure_quote *all = arena_array(a, struct figure_quote, FIGURE_QUOTES_MAX + 1);
	for (size_t i = 0; i < json_array_size(quotes) && f->nquotes < FIGURE_QUOTES_MAX; i++) {
		const char *id = json_string_value(json_array_get(quotes, i));
		if (id && id_parse(id, &all[f->nquotes].mark)) f->nquotes++;
	}
	f->quotes = all;
	f->chosen = json_bool(json, "chosen", false);
}

enum code figure_read(struct arena *a, const json_t *json, struct figure *ret, struct err *err)
{
	if (!json_is_object(json)) FAIL(err, E_INPUT, N_("These figures cannot be read."));
	const json_t *numbers = json_object_get(json, "numbers"), *facts = json_object_get(json, "facts");
	struct figure f = { .title = json_str_or(json, "title", ""),
		            .words = json_str_or(json, "words", ""),
		            .form = json_str_or(json, "form", ""),
		            .at = json_int(json, "at", 0),
		            .answers = count_of(json_object_get(json, "answers")),
		            .respondents = count_of(json_object_get(json, "respondents")),
		            .population = count_of(json_object_get(json, "population")),
		            .hide_below = count_of(json_object_get(json, "hide")),
		            .several = json_bool(json, "several", false),
		            .weighted = json_bool(json, "weighted", false),
		            .intervals = json_bool(json, "intervals", false),
		            .numbers = json_is_array(numbers),
		            .mean = real_of(numbers, 0),
		            .median = real_of(numbers, 1),
		            .q1 = real_of(numbers, 2),
		            .q3 = real_of(numbers, 3) };
	read_lines(a, json, &f);
	read_quotes(a, json, &f);
	f.whole = json_object_get(json, "whole") != NULL;
	f.opposed = strcmp(json_str_or(json, "whole", ""), "opposed") == 0;
	f.facts = arena_array(a, const char *, FIGURE_FACTS_MAX + 1);
	for (size_t i = 0; i < json_array_size(facts) && f.nfacts < FIGURE_FACTS_MAX; i++)
		if (json_is_string(json_array_get(facts, i)))
			f.facts[f.nfacts++] = json_string_value(json_array_get(facts, i));
	*ret = f;
	return OK;
}

/* ---- What has changed ---- */

static const char *cell_words(const struct page *p, const struct figure_cell *cell)
{
	if (cell->hidden) return _("hidden");
	return page_printf(p, _("%s (%s)"), page_number(p, cell->n), result_percent(p, cell->share));
}

static bool same_cell(const struct figure_cell *a, const struct figure_cell *b)
{
	return a->hidden == b->hidden && a->n == b->n;
}

static const struct figure_line *same_line(const struct figure *f, const struct figure_line *line)
{
	for (int i = 0; i < f->nlines; i++)
		if (*line->key ? strcmp(f->lines[i].key, line->key) == 0 : strcmp(f->lines[i].label, line->label) == 0)
			return &f->lines[i];
	return NULL;
}

struct telling {
	const struct page *p;
	const char **ret;
	int n, max;
};

static void tell(struct telling *t, const char *words)
{
	if (t->n < t->max) t->ret[t->n++] = words;
}

static void tell_line(struct telling *t, const struct figure *then, const struct figure_line *before,
                      const struct figure_line *after, const struct figure *now)
{
	const struct page *p = t->p;
	int n = then->ncolumns ? then->ncolumns : 1;
	for (int i = 0; i < n && i < (now->ncolumns ? now->ncolumns : 1); i++) {
		if (same_cell(&before->cells[i], &after->cells[i])) continue;
		const char *column = then->ncolumns ? page_printf(p, ", %s", then->columns[i].label) : "";
		tell(t, page_printf(p, _("%s%s: %s before, %s now"), before->label, column,
		                    cell_words(p, &before->cells[i]), cell_words(p, &after->cells[i])));
	}
}

static bool has_quote(const struct figure *f, struct id mark)
{
	for (int i = 0; i < f->nquotes; i++)
		if (id_equal(f->quotes[i].mark, mark)) return true;
	return false;
}

static void tell_quotes(struct telling *t, const struct figure *then, const struct figure *now)
{
	const struct page *p = t->p;
	int gone = 0, new = 0;
	for (int i = 0; i < then->nquotes; i++) gone += !has_quote(now, then->quotes[i].mark);
	for (int i = 0; i < now->nquotes; i++) new += !has_quote(then, now->quotes[i].mark);
	if (gone)
		tell(t, page_printf(p,
		                    _n("%d quotation would no longer stand here",
		                       "%d quotations would no longer stand here", gone),
		                    gone));
	if (new)
		tell(t, page_printf(
		                p, _n("%d more quotation would stand here", "%d more quotations would stand here", new),
		                new));
}

int figure_changes(const struct page *p, const struct figure *then, const struct figure *now, const char **ret, int max)
{
	struct telling t = { p, ret, 0, max };
	if (then->answers != now->answers)
		tell(&t, page_printf(p, _("%s answers before, %s now"), page_number(p, then->answers),
		                     page_number(p, now->answers)));
	if (then->ncolumns != now->ncolumns) tell(&t, _("The columns of the table are others now."));
	for (int i = 0; i < then->nlines; i++) {
		const struct figure_line *after = same_line(now, &then->lines[i]);
		if (after) tell_line(&t, then, &then->lines[i], after, now);
		else tell(&t, page_printf(p, _("“%s” is no line any more"), then->lines[i].label));
	}
	for (int i = 0; i < now->nlines; i++)
		if (same_line(then, &now->lines[i]) == NULL)
			tell(&t, page_printf(p, _("“%s” is a new line"), now->lines[i].label));
	tell_quotes(&t, then, now);
	for (int i = 0; i < now->nfacts; i++) {
		bool known = false;
		for (int k = 0; k < then->nfacts; k++) known |= strcmp(then->facts[k], now->facts[i]) == 0;
		if (!known) tell(&t, now->facts[i]);
	}
	return t.n;
}

#include "features/result/result_page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/survey.h"
#include "features/result/result_table.h"
#include "fields/chosen.h"
#include "net/uri.h"
#include "statistics/suppress.h"

enum {
	FROM_MAX = 100000,
	ZEROS_DRAWN = 8, /* with more choices, those that nobody gave have no bar */
};

/* ---- Addresses ---- */

void result_choices_read(const struct page *p, const struct form *form, const struct form_data *data,
                         struct result_choices *ret)
{
	struct result_choices c = { .form = form->key };
	const struct {
		const char *name, **to;
	} texts[] = { { "lignes", &c.rows }, { "colonnes", &c.columns }, { "selon", &c.by }, { "pour", &c.share },
		      { "mot", &c.word },    { "par", &c.compared },     { "part", &c.part } };
	const char *value;
	(void)p;
	for (size_t i = 0; i < COUNT(texts); i++) {
		value = form_data_get(data, texts[i].name);
		*texts[i].to = value ? value : "";
	}
	for (int i = 0; (value = result_choice_nth(data, i)) != NULL && c.nsi < RESULT_CHOSEN_MAX; i++)
		if (*value) c.si[c.nsi++] = value;
	value = form_data_get(data, "groupe");
	c.group = value && *value ? value : NULL;
	value = form_data_get(data, "suite");
	c.from = value ? (int)strtol(value, NULL, 10) : 0;
	if (c.from < 0 || c.from > FROM_MAX) c.from = 0;
	*ret = c;
}

static void keep(struct buf *url, const struct result_choices *choices, int without)
{
	for (int i = 0; i < choices->nsi; i++)
		if (i != without) uri_query_add(url, "si", choices->si[i]);
	if (choices->group && without != -1) uri_query_add(url, "groupe", choices->group);
}

static void keep_cross(struct buf *url, const struct result_choices *choices)
{
	if (*choices->rows) uri_query_add(url, "lignes", choices->rows);
	if (*choices->columns) uri_query_add(url, "colonnes", choices->columns);
	if (*choices->by) uri_query_add(url, "selon", choices->by);
	if (*choices->share) uri_query_add(url, "pour", choices->share);
}

static void begin_url(const struct page *p, struct buf *url, const struct result_choices *choices, const char *what)
{
	buf_init(url, p->arena, 0);
	buf_printf(url, "/-/results/%s%s", choices->form, what);
}

enum { WITHOUT_NONE = -2 };

const char *result_url_without(const struct page *p, const struct result_choices *choices, const char *what, int i)
{
	struct buf url;
	begin_url(p, &url, choices, what);
	keep(&url, choices, i);
	if (strcmp(what, "/cross") == 0) keep_cross(&url, choices);
	if (strcmp(what, "/compare") == 0 && *choices->compared) uri_query_add(&url, "par", choices->compared);
	return buf_str(&url);
}

const char *result_url(const struct page *p, const struct result_choices *choices, const char *what)
{
	return result_url_without(p, choices, what, WITHOUT_NONE);
}

const char *result_url_cross(const struct page *p, const struct result_choices *choices, const char *rows)
{
	struct buf url;
	begin_url(p, &url, choices, "/cross");
	keep(&url, choices, WITHOUT_NONE);
	uri_query_add(&url, "lignes", rows);
	return buf_str(&url);
}

const char *result_url_compare(const struct page *p, const struct result_choices *choices, const char *by,
                               const struct format *format)
{
	struct buf url;
	begin_url(p, &url, choices, format ? arena_printf(p->arena, "/file/%s", format->name) : "/compare");
	keep(&url, choices, WITHOUT_NONE);
	if (*by) uri_query_add(&url, "par", by);
	return buf_str(&url);
}

const char *result_url_map_file(const struct page *p, const struct result_choices *choices, const char *field,
                                const struct format *format)
{
	struct buf url;
	begin_url(p, &url, choices, arena_printf(p->arena, "/file/%s", format->name));
	keep(&url, choices, WITHOUT_NONE);
	uri_query_add(&url, "carte", field);
	if (*choices->part) uri_query_add(&url, "part", choices->part);
	return buf_str(&url);
}

bool compare_takes(const struct result_question *question)
{
	return question->kind == QUESTION_CHOICES && question->column.ncodes > 1;
}

const char *result_url_texts(const struct page *p, const struct result_choices *choices, const char *word, int from)
{
	struct buf url;
	buf_init(&url, p->arena, 0);
	buf_puts(&url, p->path ? arena_strndup(p->arena, p->path, strcspn(p->path, "?")) : "");
	keep(&url, choices, WITHOUT_NONE);
	if (*word) uri_query_add(&url, "mot", word);
	if (from) uri_query_add(&url, "suite", arena_printf(p->arena, "%d", from));
	return buf_str(&url);
}

const char *result_url_file(const struct page *p, const struct result_choices *choices, const struct format *format,
                            bool cross)
{
	struct buf url;
	begin_url(p, &url, choices, arena_printf(p->arena, "/file/%s", format->name));
	keep(&url, choices, WITHOUT_NONE);
	if (cross) keep_cross(&url, choices);
	return buf_str(&url);
}

/* ---- Words ---- */

const char *result_count(const struct page *p, const struct results *results)
{
	if (results->among)
		return page_printf(p, _n("%s answer of %s", "%s answers of %s", results->counted),
		                   page_number(p, results->counted), page_number(p, results->n));
	return page_printf(p, _n("%s answer", "%s answers", results->n), page_number(p, results->n));
}

const char *result_interval(const struct page *p, struct interval interval)
{
	if (isnan(interval.low)) return "–";
	return page_printf(p, _("%s to %s"), result_percent(p, interval.low), result_percent(p, interval.high));
}

const char *result_interval_numbers(const struct page *p, struct interval interval)
{
	if (isnan(interval.low)) return "–";
	return page_printf(p, _("%s to %s"), result_number(p, interval.low, 2), result_number(p, interval.high, 2));
}

const char *result_hidden_words(const struct page *p, const struct results *results)
{
	(void)results;
	return _("hidden");
}

const char *result_chance(const struct page *p, double chance)
{
	if (isnan(chance)) return "–";
	if (chance < 0.0001) return page_printf(p, _("under %s"), result_number(p, 0.0001, 4));
	return result_number(p, chance, 4);
}

static const struct {
	const char *key, *words;
} shares[CROSS_SHARES] = { { "ligne", N_("of each line") },
	                   { "colonne", N_("of each column") },
	                   { "total", N_("of all") } };

const char *share_words(const struct page *p, enum cross_share share)
{
	return tr(p->lang, shares[share].words);
}

const char *share_key(enum cross_share share)
{
	return shares[share].key;
}

const char *choice_value(const struct page *p, const struct result_question *question, int code)
{
	return arena_printf(p->arena, "%s:%s", question->key, question->keys[code]);
}

const struct view *result_map(const struct page *p, const struct form *form)
{
	for (int i = 0; i < p->model->nviews; i++) {
		const struct view *view = &p->model->views[i];
		if (view->form == form && view->map.place && view->nwhere == 0 && !view->saved && page_sees(p, view))
			return view;
	}
	return NULL;
}

bool result_has_words_beside(const struct result_question *question)
{
	return question->field && question->field->whole == NULL && question->fill == FILL_CHOICES &&
	       (chosen_asks_other(question->field) || chosen_asks_comment(question->field));
}

bool result_shows_texts(const struct page *p, const struct results *results)
{
	return !results->source->confidential(p, results->form) || results->source->may(p, results->form);
}

bool result_reports(const struct page *p, const struct form *form)
{
	const struct space *space = form->survey ? survey_space(p->model, form) : &p->model->spaces[0];
	return page_signed_in(p) && form->confidential == 0 &&
	       allowed(p->actor, ACTION_MANAGE, &(struct thing){ .kind = KIND_RESPONSE, .space = space });
}

/* ---- One question ---- */

static bool is_small(int count, int threshold)
{
	return count > 0 && count < threshold;
}

static void hide(const struct page *p, const struct results *results, struct shown_question *s)
{
	int n = s->all.n, threshold = results->rule.hide_below;
	s->hidden = arena_array(p->arena, bool, (size_t)n + 1);
	if (threshold == 0) return;
	if (s->counted.column.kind == COLUMN_SETS) {
		for (int i = 0; i < n; i++) {
			int count = s->all.choices[i].n;
			s->hidden[i] = is_small(count, threshold) || is_small(s->all.respondents - count, threshold);
		}
		s->missing_hidden = is_small(s->all.missing, threshold) || is_small(s->all.respondents, threshold);
	} else {
		int *counts = arena_array(p->arena, int, (size_t)n + 1);
		bool *hidden = arena_array(p->arena, bool, (size_t)n + 1);
		for (int i = 0; i < n; i++) counts[i] = s->all.choices[i].n;
		counts[n] = s->all.missing;
		suppress_line(counts, n + 1, threshold, hidden);
		memcpy(s->hidden, hidden, (size_t)n * sizeof(bool));
		s->missing_hidden = hidden[n];
	}
	s->summary_hidden = s->all.respondents < threshold;
}

static const char *summary_of(const struct page *p, const struct shown_question *s)
{
	int most = -1;
	for (int i = 0; i < s->all.n; i++)
		if (!s->hidden[i] && (most < 0 || s->all.choices[i].n > s->all.choices[most].n)) most = i;
	if (most < 0) return _("Nothing to show");
	return page_printf(p, _("Most often: %s, %s. All figures are in the table."), s->counted.labels[most],
	                   result_percent(p, s->all.choices[most].share));
}

static void make_chart(const struct page *p, struct shown_question *s)
{
	struct chart_mark *marks = arena_array(p->arena, struct chart_mark, CHART_MARKS_MAX);
	struct chart chart = { .title = s->question->label,
		               .value_name = _("Answers"),
		               .by_name = s->question->label,
		               .shape = CHART_BARS,
		               .marks = marks };
	for (int i = 0; i < s->all.n; i++) {
		const struct frequency *f = &s->all.choices[i];
		if (s->hidden[i] || (f->n == 0 && s->all.n > ZEROS_DRAWN)) continue;
		if (chart.n == CHART_MARKS_MAX) break;
		marks[chart.n++] = (struct chart_mark){ .label = s->counted.labels[i],
			                                .text = result_percent(p, f->share),
			                                .value = isnan(f->share) ? 0 : f->share };
	}
	chart.summary = summary_of(p, s);
	s->chart = chart;
}

const struct view *const *result_groups_of(const struct page *p, const struct form *form)
{
	const struct view **groups = arena_array(p->arena, const struct view *, RESULT_GROUPS_MAX + 1);
	result_groups(p, form, groups);
	return groups;
}

const char *result_view_url(const struct page *p, const struct view *view)
{
	for (const struct view *const *group = result_groups_of(p, view->form); *group; group++)
		if (*group == view)
			return arena_printf(p->arena, "/-/results/%s?groupe=%s", view->form->key, view->key);
	return arena_printf(p->arena, "/-/results/%s", view->form->key);
}

bool result_is_own(const struct result_question *question)
{
	return question->field == NULL;
}

bool result_is_answered(const struct results *results, const struct result_question *question)
{
	const struct column *column = &question->column;
	if (result_is_own(question)) return false;
	return (results->among ? set_common(column->said, results->among, column->words)
	                       : set_count(column->said, column->words)) > 0;
}

int results_unanswered(const struct results *results)
{
	int n = 0;
	for (int i = 0; i < results->nquestions; i++) n += result_is_unanswered(results, i);
	return n;
}

bool cross_signs(const struct result_cross *cross)
{
	for (int i = 0; i < cross->nlayers; i++)
		if (cross->layers[i].words.signs) return true;
	return false;
}

const struct shown_question *shown_question_of(const struct page *p, const struct results *results,
                                               const struct result_question *question)
{
	struct shown_question *ret = arena_new(p->arena, struct shown_question), s = { .question = question };
	int population = results->rule.population;
	question_banded(p, question, &s.counted);
	frequencies_make(p->arena, &s.counted.column, results->among, results->weights, population, &s.all);
	/* Of those who are narrowed, the population is not known. */
	s.intervals = population > 0 && results->among == NULL && s.all.respondents < population;
	hide(p, results, &s);
	if (question->kind == QUESTION_NUMBERS) {
		summary_make(p->arena, &question->column, results->among, results->weights, &s.summary);
		s.mean = interval_mean(s.summary.mean, s.summary.sd, s.summary.n, results->among ? 0 : population);
	}
	make_chart(p, &s);
	*ret = s;
	return ret;
}

/* ---- Cross-tables ---- */

const char *cross_cell(const struct page *p, const struct result_cross *cross, const struct cross_layer *layer,
                       int cell)
{
	if (layer->hidden[cell]) return _("hidden");
	return result_percent(p, cross_share_of(layer, cross->share, cell));
}

struct html_safe cross_chart(const struct page *p, const struct result_cross *cross, const struct cross_layer *layer,
                             int number)
{
	int rows = layer->cross.rows, parts = layer->cross.columns;
	if (layer->cross.several || rows > STACK_ROWS_MAX || parts > STACK_PARTS_MAX)
		return (struct html_safe){ "", 0 };
	const char **labels = arena_array(p->arena, const char *, (size_t)rows + 1);
	double *parted = arena_array(p->arena, double, (size_t)(rows * parts) + 1);
	int n = 0;
	for (int row = 0; row < rows; row++) {
		if (layer->cross.row_counts[row] == 0) continue;
		for (int part = 0; part < parts; part++)
			parted[n * parts + part] = cross_share_of(layer, SHARE_ROW, row * parts + part);
		labels[n++] = layer->row.labels[row];
	}
	const struct chart_stack stack = {
		.title = page_printf(p, _("%s, by %s"), cross->column->label, cross->row->label),
		.summary = _("One bar for each line of the table, in parts of 100 %. All figures are in the table."),
		.rows = labels,
		.nrows = n,
		.nparts = parts,
		.shares = parted
	};
	return chart_stack_svg(p->arena, &stack, number);
}

struct html_safe means_chart(const struct page *p, const struct result_cross *cross, int number)
{
	struct chart_mark *marks = arena_array(p->arena, struct chart_mark, CHART_MARKS_MAX);
	struct chart chart = { .title = page_printf(p, _("%s: mean by group"), cross->number->label),
		               .summary = _("One bar for each line. All figures are in the table."),
		               .value_name = _("Mean"),
		               .by_name = _("Group"),
		               .shape = CHART_BARS,
		               .marks = marks };
	for (int i = 0; i < cross->nmeans && chart.n < CHART_MARKS_MAX; i++)
		if (!cross->means[i].hidden)
			marks[chart.n++] =
			        (struct chart_mark){ .label = cross->means[i].label,
				                     .text = result_number(p, cross->means[i].summary.mean, 2),
				                     .value = cross->means[i].summary.mean };
	return chart_svg(p->arena, &chart, number);
}

const struct result_cross *result_compared(const struct page *p, const struct results *results,
                                           const struct result_question *by, const struct result_question *question)
{
	struct result_cross *cross = arena_new(p->arena, struct result_cross);
	result_cross_make(p, results, by, question, NULL, SHARE_ROW, cross);
	return cross;
}

#include "features/result/result_pair.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/response_pair.h"
#include "features/result/answer_fills.h"
#include "statistics/suppress.h"

/* ---- One of the two, its pairs first ---- */

struct place {
	int64_t num;
	int at;
};

struct side {
	struct answer_fills fills;
	struct place *places; /* of its pairs, by number */
	int npairs, n, most;
	struct result_question *questions;
	int nquestions;
};

static int by_num(const void *a, const void *b)
{
	int64_t x = ((const struct place *)a)->num, y = ((const struct place *)b)->num;
	return (x > y) - (x < y);
}

static enum code take(void *context, const struct response *response, struct err *err)
{
	struct side *side = context;
	const struct place wanted = { .num = response->num };
	const struct place *found = side->npairs ? bsearch(&wanted, side->places, (size_t)side->npairs,
	                                                   sizeof(*side->places), by_num)
	                                         : NULL;
	const struct answer answer = { .values = response->values };
	(void)err;
	if (found == NULL && side->n == side->most) return OK;
	answer_fills_take(&side->fills, found ? found->at : side->n++, &answer);
	return OK;
}

static enum code read_side(const struct page *p, const struct response_walk *walk, const struct response_pair *pairs,
                           int npairs, bool after, struct side *side, struct err *err)
{
	struct response_counts counts;
	TRY(response_count(p->db, walk->form, walk->stand, &counts, err));
	*side = (struct side){ .npairs = npairs, .n = npairs, .most = (int)MIN(counts.shown, ANSWERS_MOST) };
	side->most = MAX(side->most, npairs);
	side->places = arena_array(p->arena, struct place, (size_t)npairs + 1);
	for (int i = 0; i < npairs; i++)
		side->places[i] = (struct place){ after ? pairs[i].after : pairs[i].before, i };
	if (npairs) qsort(side->places, (size_t)npairs, sizeof(*side->places), by_num);
	answer_fills_begin(&side->fills, p, p->arena, walk->form, &answer_responses, side->most, NULL, false);
	TRY(response_each(p->db, walk, take, side, err));
	answer_fills_end(&side->fills, side->n, &side->questions, &side->nquestions);
	return OK;
}

/* ---- A question of both ---- */

static bool is_small(int count, int threshold)
{
	return count > 0 && count < threshold;
}

/* Would what is not in the pairs be found by taking them away? */
static bool tells_apart(const struct result_question *q, int paired, int threshold)
{
	return is_small(set_count(q->column.said, q->column.words) - paired, threshold);
}

static void take_numbers(const struct page *p, const struct result_question *one, const struct result_question *other,
                         int npairs, int threshold, struct pair_question *q)
{
	double *before = arena_array(p->arena, double, (size_t)npairs + 1);
	double *after = arena_array(p->arena, double, (size_t)npairs + 1);
	bool hidden[3];
	for (int i = 0; i < npairs; i++) {
		if (!column_said(&one->column, i) || !column_said(&other->column, i)) continue;
		before[q->n] = one->column.numbers[i];
		after[q->n++] = other->column.numbers[i];
	}
	paired_make(p->arena, before, after, q->n, &q->numbers);
	const int moved[] = { q->numbers.rose, q->numbers.fell, q->numbers.same };
	suppress_line(moved, 3, threshold, hidden);
	q->moves_hidden = hidden[0] || hidden[1] || hidden[2];
	q->is_number = true;
	q->ranked = strcmp(other->field->type->name, "scale") == 0;
}

/* The choice of an answer among those of both; −1: none of them. */
static int choice_of(const struct result_question *question, int i, const char *const *keys, int n)
{
	for (int code = 0; code < question->column.ncodes; code++)
		for (int k = 0; k < n && column_has(&question->column, i, code); k++)
			if (strcmp(question->keys[code], keys[k]) == 0) return k;
	return -1;
}

static void add_choices(const struct result_question *question, const char **keys, struct pair_question *q)
{
	for (int code = 0; code < question->column.ncodes; code++) {
		int k = 0;
		while (k < q->nchoices && strcmp(keys[k], question->keys[code]) != 0) k++;
		if (k < q->nchoices || k == PAIR_CHOICES_MAX) continue;
		keys[k] = question->keys[code];
		q->labels[q->nchoices++] = question->labels[code];
	}
}

/* Totals are shown: where one is small, nothing less than the whole table is safe (statistics/suppress.h). */
static void hide_moves(struct pair_question *q, int threshold)
{
	int cells = q->nchoices * q->nchoices;
	suppress_table(q->counts, q->nchoices, q->nchoices, threshold, q->hidden);
	for (int k = 0; k < q->nchoices; k++)
		q->withheld |= is_small(q->before[k], threshold) || is_small(q->after[k], threshold);
	for (int cell = 0; cell < cells; cell++) q->any_hidden |= q->hidden[cell];
}

static void take_choices(const struct page *p, const struct result_question *one, const struct result_question *other,
                         int npairs, int threshold, struct pair_question *q)
{
	const char *keys[PAIR_CHOICES_MAX];
	q->labels = arena_array(p->arena, const char *, PAIR_CHOICES_MAX);
	add_choices(other, keys, q);
	add_choices(one, keys, q);
	q->counts = arena_array(p->arena, int, (size_t)q->nchoices *(size_t)q->nchoices + 1);
	q->hidden = arena_array(p->arena, bool, (size_t)q->nchoices *(size_t)q->nchoices + 1);
	q->before = arena_array(p->arena, int, (size_t)q->nchoices + 1);
	q->after = arena_array(p->arena, int, (size_t)q->nchoices + 1);
	for (int i = 0; i < npairs; i++) {
		int from = choice_of(one, i, keys, q->nchoices), to = choice_of(other, i, keys, q->nchoices);
		if (from < 0 || to < 0) continue;
		q->counts[from * q->nchoices + to]++;
		q->before[from]++;
		q->after[to]++;
		q->n++;
	}
	moves_make(q->counts, q->nchoices, &q->moves);
	hide_moves(q, threshold);
}

/* ---- In words ---- */

static const char *words_of(const struct page *p, const struct pair_question *q)
{
	if (q->n < PAIR_SURE_MIN) return _("Too few answered twice for a change to be told from chance.");
	if (!q->is_number) {
		if (q->any_hidden) return _("Some counts are hidden: whether it is chance is not told.");
		if (q->moves.moved == 0) return _("Nobody changed their answer.");
		if (q->moves.moved < PAIR_SURE_MIN)
			return _("Too few changed their answer for it to be told from chance.");
		return q->moves.p < 0.05 ? _("Answers moved in one direction more than chance alone would make.")
		                         : _("No imbalance in the moves that chance alone would not make.");
	}
	if (q->numbers.rose + q->numbers.fell == 0) return _("Nobody changed their answer.");
	/* What is hidden is in the ranks too; the mean and its interval are told anyhow. */
	double p_value = q->ranked && !q->moves_hidden ? q->numbers.v_p : q->numbers.t_p;
	if (!(p_value < 0.05) && !(q->numbers.sd <= 0)) return _("No change that chance alone would not make.");
	return q->numbers.difference > 0 ? _("It rose, more than chance alone would make.")
	                                 : _("It fell, more than chance alone would make.");
}

/* ---- All of them ---- */

static bool goes_together(const struct result_question *one, const struct result_question *other)
{
	bool counted = other->kind == QUESTION_NUMBERS
	                       ? other->fill == FILL_NUMBER
	                       : other->kind == QUESTION_CHOICES && other->column.kind == COLUMN_CODES &&
	                                 (other->fill == FILL_CHOICES || other->fill == FILL_YES_NO) &&
	                                 MAX(one->column.ncodes, other->column.ncodes) <= PAIR_CHOICES_MAX;
	return counted && one->field && other->field && one->field->type == other->field->type &&
	       one->kind == other->kind && one->column.kind == other->column.kind;
}

static struct result_question *find(const struct page *p, const struct side *side, const char *key)
{
	for (int i = 0; i < side->nquestions; i++)
		if (strcmp(side->questions[i].key, key) == 0 && side->questions[i].field &&
		    export_may_know(p, side->questions[i].field))
			return &side->questions[i];
	return NULL;
}

static void take_question(const struct page *p, struct result_question *one, struct result_question *other,
                          struct result_pair *ret)
{
	struct pair_question q = { .key = other->key };
	question_word(p, one);
	question_word(p, other);
	q.label = other->label;
	if (other->kind == QUESTION_NUMBERS) take_numbers(p, one, other, ret->pairs, ret->hide_below, &q);
	else take_choices(p, one, other, ret->pairs, ret->hide_below, &q);
	if (q.n == 0) return;
	q.withheld |= q.n < ret->hide_below || tells_apart(one, q.n, ret->hide_below) ||
	              tells_apart(other, q.n, ret->hide_below);
	q.words = words_of(p, &q);
	ret->questions[ret->n++] = q;
}

const struct form *result_before(const struct page *p, const struct form *form)
{
	const char *key = form->survey ? form->survey->after : NULL;
	const struct form *before = key ? model_form(p->model, key) : NULL;
	return before && before != form && before->survey && result_seen(p, before) ? before : NULL;
}

static int hidden_below(const struct page *p, const struct form *form)
{
	struct result_rule rule;
	result_rule_read(p, form, &rule);
	return rule.hide_below;
}

enum code result_pair_load(const struct page *p, const struct form *before, const struct form *after,
                           struct result_pair *ret, struct err *err)
{
	struct result_pair x = { .before = before, .after = after };
	const struct response_walk first = answer_walk(p, before), second = answer_walk(p, after);
	struct side one, other;
	struct response_pair *pairs;
	x.hide_below = MAX(hidden_below(p, before), hidden_below(p, after));
	x.anonymous = before->survey->anonymity == ANONYMITY_ANONYMOUS ||
	              after->survey->anonymity == ANONYMITY_ANONYMOUS;
	*ret = x;
	if (x.anonymous) return OK;
	TRY(response_pairs(p->db, p->arena, &first, &second, &pairs, &x.pairs, err));
	TRY(read_side(p, &first, pairs, x.pairs, false, &one, err));
	TRY(read_side(p, &second, pairs, x.pairs, true, &other, err));
	x.before_only = one.n - x.pairs;
	x.after_only = other.n - x.pairs;
	x.few = x.pairs == 0 || x.pairs < x.hide_below;
	x.questions = arena_array(p->arena, struct pair_question, (size_t)other.nquestions + 1);
	for (int i = 0; i < other.nquestions && !x.few; i++) {
		struct result_question *again = find(p, &other, other.questions[i].key);
		struct result_question *asked = again ? find(p, &one, again->key) : NULL;
		if (asked && goes_together(asked, again)) take_question(p, asked, again, &x);
	}
	*ret = x;
	return OK;
}

/* ---- For the page ---- */

const char *pair_cell(const struct page *p, const struct pair_question *q, int cell)
{
	return q->hidden[cell] ? _("hidden") : page_number(p, q->counts[cell]);
}

const char *pair_url(const struct page *p, const struct form *after, const struct format *format)
{
	return arena_printf(p->arena, "/-/results/%s/pair%s%s", after->key, format ? "/file/" : "",
	                    format ? format->name : "");
}

static void mark(const struct page *p, struct chart *chart, struct chart_mark *marks, const char *label, double value,
                 const char *text)
{
	(void)p;
	marks[chart->n++] = (struct chart_mark){ .label = label, .text = text, .value = value };
}

struct html_safe pair_chart(const struct page *p, const struct pair_question *q, int number)
{
	struct chart_mark *marks = arena_array(p->arena, struct chart_mark, PAIR_CHOICES_MAX * 2);
	struct chart chart = { .title = page_printf(p, _("%s: before and after"), q->label),
		               .summary = _("Two bars, before and after. All figures are in the table."),
		               .value_name = q->is_number ? _("Mean") : _("Number"),
		               .by_name = _("When"),
		               .shape = CHART_BARS,
		               .marks = marks };
	if (q->is_number) {
		mark(p, &chart, marks, _("Before"), q->numbers.before, result_number(p, q->numbers.before, 2));
		mark(p, &chart, marks, _("After"), q->numbers.after, result_number(p, q->numbers.after, 2));
	}
	for (int k = 0; k < q->nchoices; k++) {
		mark(p, &chart, marks, page_printf(p, _("%s – before"), q->labels[k]), q->before[k],
		     page_number(p, q->before[k]));
		mark(p, &chart, marks, page_printf(p, _("%s – after"), q->labels[k]), q->after[k],
		     page_number(p, q->after[k]));
	}
	return chart_svg(p->arena, &chart, number);
}

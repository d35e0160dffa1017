#include "features/result/result_words.h"

#include <math.h>

#include "statistics/distribution.h"

#define NOTABLE 2.0
#define CHANCE 0.05

int cross_sign(const struct cross *cross, int cell)
{
	double residual = cross->residuals[cell];
	if (isnan(residual) || fabs(residual) < NOTABLE) return 0;
	return residual > 0 ? 1 : -1;
}

static const char *chance_words(const struct page *p, double chance)
{
	if (chance < 0.001) return _("less than once in a thousand");
	if (chance < 0.01) return _("less than once in a hundred");
	if (chance < 0.05) return _("less than once in twenty");
	return page_printf(p, _("about %d times in a hundred"), (int)lround(chance * 100));
}

static const char *strength_words(const struct page *p, double v)
{
	if (v < 0.1) return _("These two answers go together, but hardly.");
	if (v < 0.2) return _("These two answers go together, weakly.");
	if (v < 0.4) return _("These two answers clearly go together.");
	return _("These two answers strongly go together.");
}

/* ---- Cells ---- */

static bool is_notable(const struct cross *cross, int cell, double beyond)
{
	double residual = fabs(cross->residuals[cell]);
	double scale = cross->effective / cross->total;
	return !isnan(residual) && residual >= beyond && cross->expected[cell] * scale >= 1;
}

/* Beyond which a residual comes by chance once in 20 tables, whichever of its cells it is in. */
static double bonferroni(const struct cross *cross)
{
	double beyond = NOTABLE;
	while (chi2_above(beyond * beyond, 1) * cross->rows * cross->columns > CHANCE) beyond += 0.01;
	return beyond;
}

static const char *cell_words(const struct page *p, const struct result_question *row,
                              const struct result_question *column, const struct cross *cross, int cell)
{
	int r = cell / cross->columns, c = cell % cross->columns;
	double share = cross->weights[cell] / cross->row_weights[r];
	double others = (cross->column_weights[c] - cross->weights[cell]) / (cross->total - cross->row_weights[r]);
	return page_printf(p,
	                   cross->residuals[cell] > 0
	                           ? _("“%s” answer “%s” more often than the others: %s, against %s.")
	                           : _("“%s” answer “%s” less often than the others: %s, against %s."),
	                   row->labels[r], column->labels[c], result_percent(p, share), result_percent(p, others));
}

static void find_notable(const struct page *p, const struct result_question *row, const struct result_question *column,
                         const struct cross *cross, const bool *hidden, double beyond, struct cross_words *words)
{
	bool told[COLUMN_CODES_MAX] = { false };
	while (words->nnotable < WORDS_NOTABLE_MAX) {
		int best = -1;
		for (int cell = 0; cell < cross->rows * cross->columns; cell++) {
			if (hidden[cell] || !is_notable(cross, cell, beyond) || (cell < COLUMN_CODES_MAX && told[cell]))
				continue;
			if (best < 0 || fabs(cross->residuals[cell]) > fabs(cross->residuals[best])) best = cell;
		}
		if (best < 0 || best >= COLUMN_CODES_MAX) return;
		told[best] = true;
		words->notable[words->nnotable++] = cell_words(p, row, column, cross, best);
	}
}

/* ---- The whole ---- */

static const char *why_nothing(const struct page *p, const struct cross *cross)
{
	if (cross->n == 0) return _("Nobody answered both questions.");
	if (cross->n < WORDS_ANSWERS_MIN)
		return page_printf(p,
		                   _n("Only %d person answered both questions: too few to compare anything.",
		                      "Only %d persons answered both questions: too few to compare anything.",
		                      cross->n),
		                   cross->n);
	return NULL;
}

static void say_cells(const struct page *p, const struct result_question *row, const struct result_question *column,
                      const struct cross *cross, const bool *hidden, struct cross_words *words)
{
	find_notable(p, row, column, cross, hidden, bonferroni(cross), words);
	words->signs = words->nnotable > 0;
	words->verdict = words->nnotable ? _("Some answers stand out:")
	                                 : _("Nothing stands out: such differences are often seen by chance.");
}

static void say_whole(const struct page *p, const struct result_question *row, const struct result_question *column,
                      const struct cross *cross, const struct cross_test *test, const bool *hidden,
                      struct cross_words *words)
{
	bool exact = !isnan(test->exact);
	double chance = exact ? test->exact : test->p;
	if (test->df == 0) {
		words->verdict = _(
		        "All gave the same answer to one of the two questions: there is nothing to compare.");
	} else if (!exact && !cross_test_holds(test)) {
		words->verdict = page_printf(
		        p,
		        _("The numbers are too small to say whether these differences come by chance: "
		          "%d of the %d cells should have less than 5 answers."),
		        test->few, test->cells);
	} else if (chance >= CHANCE) {
		words->verdict = page_printf(p, _("Nothing notable: a difference like this one comes by chance %s."),
		                             chance_words(p, chance));
	} else {
		words->verdict = page_printf(p, _("%s By chance, such a difference would come %s."),
		                             strength_words(p, test->v), chance_words(p, chance));
		words->signs = true;
		find_notable(p, row, column, cross, hidden, NOTABLE, words);
	}
}

static const char *caution(const struct page *p, const struct results *results, const struct cross *cross)
{
	if (results->rule.population > 0 && cross->n >= results->rule.population)
		return _("Everybody concerned has answered: the differences are what they are, no chance is in them.");
	return _(
	        "That two answers go together does not say that one causes the other. Chance is reckoned as if those who "
	        "answered had been drawn by lot.");
}

void cross_words(const struct page *p, const struct results *results, const struct result_question *row,
                 const struct result_question *column, const struct cross *cross, const struct cross_test *test,
                 const bool *hidden, bool any_hidden, struct cross_words *ret)
{
	struct cross_words words = { .verdict = why_nothing(p, cross) };
	if (words.verdict == NULL && any_hidden) {
		/* Of cells that are shown, what is shown with them says the same. */
		say_cells(p, row, column, cross, hidden, &words);
		words.caution = _(
		        "Some cells are too small to be shown. What is reckoned of the whole table would give them away: "
		        "it is not shown either.");
	} else if (words.verdict == NULL) {
		if (cross->several) say_cells(p, row, column, cross, hidden, &words);
		else say_whole(p, row, column, cross, test, hidden, &words);
		words.caution = caution(p, results, cross);
	}
	*ret = words;
}

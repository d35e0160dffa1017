#include "features/survey/rate_page.h"

#include <math.h>

#include "features/result/result.h"

const char *rate_percent(const struct page *p, double share)
{
	return result_percent(p, share);
}

static int points(const struct rate_class *class)
{
	return (int)lround(100 * (class->of_answers - class->of_population));
}

const char *rate_difference(const struct page *p, const struct rate_class *class)
{
	int n = points(class), size = n < 0 ? -n : n;
	const char *words = page_printf(p, _n("%d point", "%d points", size), size);
	if (n == 0) return _("the same");
	return arena_printf(p->arena, "%s %s", n < 0 ? "−" : "+", words);
}

static const char *name_of(const struct page *p, const struct rate_class *class)
{
	return *class->name ? class->name : _("not known");
}

const char *const *rate_words(const struct page *p, const struct rate_shown *shown)
{
	const struct rate_table *table = &shown->table;
	const char **words = arena_array(p->arena, const char *, (size_t)table->n + 2);
	int n = 0;
	if (table->answered < RATE_ENOUGH) words[n++] = _("Too few answers yet to tell who is missing.");
	for (int i = 0; i < table->n && table->answered >= RATE_ENOUGH; i++) {
		const struct rate_class *class = &table->classes[i];
		const char *answers = rate_percent(p, class->of_answers), *all = rate_percent(p, class->of_population);
		if (class->population == 0) continue;
		if (points(class) <= -RATE_NOTABLE)
			words[n++] = page_printf(p,
			                         _("“%s” answer less than the others: %s of the answers, %s of all."),
			                         name_of(p, class), answers, all);
		if (points(class) >= RATE_NOTABLE)
			words[n++] = page_printf(p,
			                         _("“%s” answer more than the others: %s of the answers, %s of all."),
			                         name_of(p, class), answers, all);
	}
	if (n == 0) words[n++] = _("Those who have answered are shared out as all are, to 5 points.");
	words[n] = NULL;
	return words;
}

const char *rate_test_words(const struct page *p, const struct rate_table *table)
{
	if (!table->tested) return _("The numbers are too small for a test of chi-squared.");
	return page_printf(
	        p,
	        table->p < 0.05
	                ? _("Chi-squared %s, %d degrees of freedom, p = %s: chance alone would seldom make such a "
	                    "difference.")
	                : _("Chi-squared %s, %d degrees of freedom, p = %s: chance could make such a difference."),
	        result_number(p, table->chi2, 2), table->df, result_number(p, table->p, 3));
}

/* How the answers came: what stands in the notes of method of a report. */
#include <string.h>

#include "core/definition.h"
#include "core/survey_target.h"
#include "features/restitution/figure.h"
#include "features/result/result_page.h"
#include "features/survey/survey_page.h"

enum { VERSIONS_TOLD = 30 };

static void add(struct figure *f, const char *fact)
{
	if (f->nfacts < FIGURE_FACTS_MAX) f->facts[f->nfacts++] = fact;
}

static void tell_population(const struct page *p, const struct results *results, struct figure *f)
{
	int population = results->rule.population;
	if (population >= results->n && population > 0)
		add(f, page_printf(p, _("Population: %s; %s answered (%s)."), page_number(p, population),
		                   page_number(p, results->n), result_percent(p, (double)results->n / population)));
	else
		add(f, page_printf(p, _("%s answers are counted; how many are concerned in all is not known."),
		                   page_number(p, results->n)));
	if (*t(p, &results->rule.note)) add(f, t(p, &results->rule.note));
}

static enum code tell_field(const struct page *p, const struct results *results, struct figure *f, struct err *err)
{
	const struct form *form = results->form;
	struct response_counts counts;
	TRY(response_count(p->db, form, survey_stands(p, form), &counts, err));
	if (counts.first)
		add(f, page_printf(p, _("Answered from %s to %s."), page_date(p, counts.first),
		                   page_date(p, counts.last)));
	add(f, form->survey->anonymity == ANONYMITY_ANONYMOUS
	               ? _("Anonymous answers: nothing says who gave which, nor when.")
	       : form->survey->anonymity == ANONYMITY_CONFIDENTIAL
	               ? _("Confidential answers: who answered is known, and shown beside no answer.")
	               : _("Answers with names, which this report does not give."));
	if (counts.complete > counts.shown)
		add(f, page_printf(p, _("%s answers that were sent are counted later, with others."),
		                   page_number(p, counts.complete - counts.shown)));
	return OK;
}

static void tell_channels(const struct page *p, const struct results *results, struct figure *f)
{
	const struct result_question *question = results_question(results, "_channel");
	struct figure by;
	struct err err;
	struct buf out;
	const struct figure_spec spec = { .kind = FIGURE_TABLE, .form = results->form, .questions = { "_channel" } };
	if (question == NULL || figure_make(p, &spec, results, &by, &err) != OK) return;
	buf_init(&out, p->arena, 0);
	for (int i = 0; i < by.nlines; i++) {
		const struct figure_cell *cell = &by.lines[i].cells[0];
		if (!cell->hidden && cell->n == 0) continue;
		buf_printf(&out, "%s%s %s", out.len ? ", " : "", by.lines[i].label,
		           cell->hidden ? _("(hidden)")
		                        : page_printf(p, "%s (%s)", page_number(p, cell->n),
		                                      result_percent(p, cell->share)));
	}
	if (out.len) add(f, page_printf(p, _("How it was answered: %s."), buf_str(&out)));
}

static enum code tell_targets(const struct page *p, const struct results *results, struct figure *f, struct err *err)
{
	int64_t counts[TARGET_STATES], all = 0;
	TRY(survey_target_counts(p->db, results->form, counts, err));
	for (int i = 0; i < TARGET_STATES; i++) all += i == TARGET_DUPLICATE ? 0 : counts[i];
	if (all == 0) return OK;
	add(f, page_printf(p, _("It was sent to %s; %s of them answered (%s)."), page_number(p, all),
	                   page_number(p, counts[TARGET_ANSWERED]),
	                   result_percent(p, (double)counts[TARGET_ANSWERED] / (double)all)));
	return OK;
}

static void tell_weights(const struct page *p, const struct results *results, struct figure *f)
{
	struct buf out;
	const char *key;
	json_t *totals;
	buf_init(&out, p->arena, 0);
	json_object_foreach ((json_t *)results->rule.weigh, key, totals) {
		const struct result_question *question = results_question(results, key);
		if (question) buf_printf(&out, "%s%s", out.len ? ", " : "", question->label);
	}
	if (results->weights && out.len)
		add(f,
		    page_printf(
		            p,
		            _("Weighted to known totals of: %s. Percentages are weighted, numbers are those of answers."),
		            buf_str(&out)));
	else add(f, _("Not weighted: each answer counts once."));
}

/* The days on which the questions were corrected since the first answer. */
static enum code tell_versions(const struct page *p, const struct results *results, struct figure *f, struct err *err)
{
	struct definition_version *versions;
	struct response_counts counts;
	struct buf out;
	int n;
	const char *before = "";
	buf_init(&out, p->arena, 0);
	TRY(response_count(p->db, results->form, survey_stands(p, results->form), &counts, err));
	TRY(definition_versions(p->db, p->arena, DEFINITION_FORM, results->form->key, VERSIONS_TOLD, &versions, &n,
	                        err));
	for (int i = n - 1; i >= 0 && counts.first; i--) {
		const char *day = page_date(p, versions[i].at);
		if (versions[i].at <= counts.first || strcmp(day, before) == 0) continue;
		buf_printf(&out, "%s%s", out.len ? ", " : "", day);
		before = day;
	}
	if (out.len)
		add(f, page_printf(p, _("The questionnaire was corrected while it was answered: %s."), buf_str(&out)));
	return OK;
}

enum code method_make(const struct page *p, const struct results *results, struct figure *f, struct err *err)
{
	f->facts = arena_array(p->arena, const char *, FIGURE_FACTS_MAX + 1);
	f->title = page_printf(p, _("How the answers came: %s"), t(p, &results->form->label));
	f->respondents = results->n;
	tell_population(p, results, f);
	if (results->form->survey) {
		TRY(tell_field(p, results, f, err));
		TRY(tell_targets(p, results, f, err));
		tell_channels(p, results, f);
		TRY(tell_versions(p, results, f, err));
	}
	tell_weights(p, results, f);
	if (f->hide_below > 1)
		add(f,
		    page_printf(
		            p,
		            _("Counts from 1 to %d are hidden, and others with them, so that nobody can be told apart."),
		            f->hide_below - 1));
	add(f,
	    _("Intervals are at 95 %; they suppose that those who did not answer are like those who did, which is often wrong."));
	return OK;
}

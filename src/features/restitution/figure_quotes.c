/* What people said of a theme, nobody being named (features/coding/quotations.h). */
#include <string.h>

#include "features/coding/quotations.h"
#include "features/restitution/figure.h"
#include "features/result/result_page.h"

enum code figure_quotes_make(const struct page *p, const struct figure_spec *spec, struct figure *ret, struct err *err)
{
	struct theme_quotes found;
	enum quotation_choice choice = spec->first ? QUOTE_FIRST : QUOTE_PUBLISHED;
	int max = spec->first ? spec->first : spec->most ? spec->most : FIGURE_QUOTES_USUAL;
	if (*spec->theme == '\0') FAIL(err, E_NOT_FOUND, N_("Say which theme is to be quoted, after the form."));
	TRY(quotations_of_theme(p, spec->form, spec->theme, choice, max, &found, err));
	/* Somebody answers for what was chosen; nobody does for the first ones. */
	if (spec->form->survey && found.people < RULE_HIDE_CONFIDENTIAL)
		FAIL(err, E_NOT_FOUND,
		     N_("Too few have answered for results to be shown without telling who said what."));
	if (spec->first && found.hidden)
		FAIL(err, E_NOT_FOUND, N_("Too few speak of “%s” to quote them without choosing what."), found.theme);
	if (found.n == 0)
		FAIL(err, E_NOT_FOUND, N_("Nothing that was said of “%s” is chosen to be quoted yet."), found.theme);
	struct figure_quote *quotes = arena_array(p->arena, struct figure_quote, (size_t)found.n + 1);
	for (int i = 0; i < found.n; i++)
		quotes[i] = (struct figure_quote){ found.all[i].mark, found.all[i].words, found.all[i].question };
	*ret = (struct figure){ .title = page_printf(p, _("What was said of “%s”"), found.theme),
		                .words = "",
		                .form = t(p, &spec->form->label),
		                .at = p->now,
		                .answers = found.people,
		                .quotes = quotes,
		                .nquotes = found.n,
		                .chosen = spec->first == 0 };
	return OK;
}

enum code figure_quotes_say(const struct page *p, const struct form *form, struct figure *figure, struct err *err)
{
	struct id *marks = arena_array(p->arena, struct id, (size_t)figure->nquotes + 1);
	struct quotation *said = arena_array(p->arena, struct quotation, (size_t)figure->nquotes + 1);
	struct figure_quote *quotes = arena_array(p->arena, struct figure_quote, (size_t)figure->nquotes + 1);
	if (figure->nquotes == 0 || form == NULL) return OK;
	for (int i = 0; i < figure->nquotes; i++) marks[i] = figure->quotes[i].mark;
	TRY(quotations_of_marks(p, form, marks, figure->nquotes, figure->chosen ? QUOTE_PUBLISHED : QUOTE_FIRST, said,
	                        err));
	for (int i = 0; i < figure->nquotes; i++)
		quotes[i] = (struct figure_quote){ marks[i], said[i].words, said[i].question };
	figure->quotes = quotes;
	return OK;
}

const char *figure_quotes_source(const struct page *p, const struct figure *f, bool frozen)
{
	struct buf out;
	int gone = 0;
	buf_init(&out, p->arena, 0);
	for (int i = 0; i < f->nquotes; i++) gone += f->quotes[i].words == NULL;
	buf_puts(
	        &out,
	        f->chosen
	                ? page_printf(
	                          p,
	                          _n("%d quotation chosen among what %s people wrote, word for word; nobody is named.",
	                             "%d quotations chosen among what %s people wrote, word for word; nobody is named.",
	                             f->nquotes - gone),
	                          f->nquotes - gone, page_number(p, f->answers))
	                : page_printf(
	                          p,
	                          _n("The first quotation (%d) among what %s people wrote, word for word; nobody is named.",
	                             "The first quotations (%d) among what %s people wrote, word for word; nobody is named.",
	                             f->nquotes - gone),
	                          f->nquotes - gone, page_number(p, f->answers)));
	buf_printf(&out, " %s",
	           page_printf(p, frozen ? _("The choice of %s.") : _("As they are on %s; they go on changing."),
	                       page_date(p, f->at)));
	if (gone)
		buf_printf(&out, " %s",
		           page_printf(p, _n("%d was withdrawn since.", "%d were withdrawn since.", gone), gone));
	return buf_str(&out);
}

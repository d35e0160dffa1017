/* Each organisation sees its own answers beside the whole: by its code or its account, once the results are public or told in
 * a report that others than who looks after it read. Not of anonymous questionnaires: nothing says which answers are hers. */
#include <string.h>

#include "core/field_type.h"
#include "core/form_part.h"
#include "features/people/code.h"
#include "features/restitution/own_answers.h"
#include "features/restitution/own_answers.html.h"
#include "features/restitution/restitution.h"
#include "features/restitution/restitution_web.h"
#include "features/result/result_page.h"
#include "features/survey/survey_web.h"
#include "web/web.h"

/* ---- Hers ---- */

static enum code find(struct request *r, const struct form **form, struct response *ret, struct err *err)
{
	char code[CODE_TEXT + 1];
	bool by_code = strncmp(r->route->pattern, "/-/s/", 5) == 0;
	*form = NULL;
	if (by_code) {
		if (!code_read(r->params[0], code)) FAIL(err, E_NOT_FOUND, N_("This code opens nothing here."));
		TRY(response_find(r->db, r->arena, r->page.model, code, ret, err));
		*form = ret->form;
	} else {
		TRY(survey_of_route(r, form, err));
		if (r->actor.person == 0)
			FAIL(err, E_SIGN_IN, N_("Sign in, or come with your code, to see your answers."));
		if ((*form)->survey->anonymity == ANONYMITY_ANONYMOUS) return OK;
		TRY(response_of_person(r->db, r->arena, r->page.model, *form, r->actor.person, ret, err));
	}
	r->page.space = survey_space(r->page.model, *form);
	return OK;
}

static enum code is_told(struct request *r, const struct form *form, bool *ret, struct err *err)
{
	struct restitution *reports;
	int n;
	*ret = result_seen(&r->page, form);
	TRY(restitution_list(r->db, r->arena, r->page.model, form->num, &reports, &n, err));
	for (int i = 0; i < n; i++) *ret |= reports[i].state != RESTITUTION_DRAFT;
	return OK;
}

/* ---- Beside the whole ---- */

static const char *words_of(const struct page *p, const struct result_question *question, const json_t *value)
{
	return value == NULL || json_is_null(value) ? "" : field_plain(p, question->field, value);
}

static void compare(const struct page *p, const struct results *results, const struct result_question *question,
                    const json_t *values, struct own_answer *ret)
{
	const struct figure_spec spec = { .kind = FIGURE_TABLE, .form = results->form, .questions = { question->key } };
	const json_t *value = field_value(question->field, values);
	struct figure *figure = arena_new(p->arena, struct figure);
	struct err err;
	*ret = (struct own_answer){ .question = question->label, .words = words_of(p, question, value) };
	ret->hers = arena_array(p->arena, bool, FIGURE_LINES_MAX + 1);
	if (question->kind == QUESTION_TEXTS || figure_make(p, &spec, results, figure, &err) != OK) return;
	ret->figure = figure;
	for (int i = 0; i < figure->nlines; i++) ret->hers[i] = response_holds_choice(value, figure->lines[i].key);
}

static void fill(struct request *r, const struct form *form, const struct response *response, struct own_answers *x)
{
	struct page *p = &r->page, *own = arena_new(r->arena, struct page);
	struct results results;
	struct err err;
	*own = *p;
	own->actor = &actor_program; /* what is told hides small counts, whoever reads it (figure.h) */
	if (figure_results(own, form, &results, &err) != OK) {
		x->why = page_error(p, &err);
		return;
	}
	struct own_answer *answers = arena_array(r->arena, struct own_answer, (size_t)results.nquestions + 1);
	for (int i = 0; i < results.nquestions; i++) {
		const struct result_question *question = &results.questions[i];
		if (question->field && !question->field->hidden)
			compare(p, &results, question, response->values, &answers[x->n++]);
	}
	x->answers = answers;
	x->all = results.n;
}

enum code own_answers_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	const struct form *form;
	struct response response;
	struct own_answers x = { 0 };
	bool told;
	TRY(web_limit(r, LIMIT_ANSWER, NULL, err));
	enum code found = find(r, &form, &response, err);
	if (found != OK && found != E_GONE && (found != E_NOT_FOUND || form == NULL)) return found;
	http_set(r->response, "Cache-Control", "no-store");
	p->title = _("Your answers beside those of all");
	p->hidden = true;
	if (form == NULL) return found; /* anonymous and sent: nothing leads to the questionnaire either */
	x.form = form;
	TRY(is_told(r, form, &told, err));
	if (form->survey->anonymity == ANONYMITY_ANONYMOUS)
		x.why = _(
		        "This questionnaire is anonymous: nothing says which answers are yours, so they cannot be shown to you.");
	else if (found != OK || response.state != RESPONSE_COMPLETE)
		x.why = _("You have not sent answers to this questionnaire.");
	else if (!told) x.why = _("The results are not told yet: come back when the report is open to comments.");
	else fill(r, form, &response, &x);
	own_answers_page(request_out(r), p, &x);
	return OK;
}

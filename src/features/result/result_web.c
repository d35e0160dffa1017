#include "features/result/result_web.h"

#include <string.h>

#include "features/result/result.html.h"
#include "features/result/result_compare.html.h"
#include "features/result/result_cross.html.h"
#include "features/result/result_file.h"
#include "features/result/result_pair.html.h"
#include "web/web.h"

static const char *const names[] = { "si",   "si[]", "groupe", "lignes", "colonnes", "selon",
	                             "pour", "mot",  "suite",  "par",    NULL };

/* Counting thousands of answers costs: what visitors may ask for is kept for them, and not often made again. */
enum code result_find(struct request *r, const struct form **form, struct result_choices *choices, struct err *err)
{
	*form = model_form(r->page.model, r->params[0]);
	if (*form == NULL) FAIL(err, E_NOT_FOUND, N_("There are no results at this address."));
	if (!result_seen(&r->page, *form)) {
		if (!page_signed_in(&r->page)) FAIL(err, E_SIGN_IN, N_("Sign in to see these results."));
		FAIL(err, E_NOT_FOUND, N_("There are no results at this address."));
	}
	TRY(web_limit(r, LIMIT_SEARCH, NULL, err));
	result_choices_read(&r->page, *form, &r->query, choices);
	r->page.hidden = true;
	request_share(r, names);
	return OK;
}

static enum code list_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	const struct form **forms = arena_array(r->arena, const struct form *, (size_t)p->model->nforms + 1);
	int n = 0;
	(void)err;
	for (int i = 0; i < p->model->nforms; i++)
		if (result_seen(p, &p->model->forms[i])) forms[n++] = &p->model->forms[i];
	p->title = _("Results");
	p->hidden = true;
	results_list_page(request_out(r), p, forms, n);
	return OK;
}

static enum code results_show(struct request *r, struct err *err)
{
	const struct form *form;
	struct result_choices choices;
	struct results results;
	struct page *p = &r->page;
	TRY(result_find(r, &form, &choices, err));
	TRY(results_load(p, form, &r->query, NULL, &results, err));
	p->title = page_printf(p, _("Results: %s"), t(p, &form->plural));
	results_page(request_out(r), p, &results, &choices, page_shapes(p));
	return OK;
}

/* ---- Cross-tables ---- */

static enum cross_share share_of(const struct result_choices *choices)
{
	for (int i = 0; i < CROSS_SHARES; i++)
		if (strcmp(share_key(i), choices->share) == 0) return i;
	return SHARE_ROW;
}

static const struct result_question *crossed(const struct results *results, const char *key)
{
	const struct result_question *question = results_question(results, key);
	return question && cross_takes(question) ? question : NULL;
}

/* NULL: two different questions were not chosen. */
static const struct result_cross *make_cross(struct request *r, const struct results *results,
                                             const struct result_choices *choices)
{
	const struct result_question *row = crossed(results, choices->rows),
	                             *column = crossed(results, choices->columns);
	const struct result_question *by = crossed(results, choices->by);
	struct result_cross *cross = arena_new(r->arena, struct result_cross);
	if (row == NULL || column == NULL || row == column) return NULL;
	if (by == row || by == column) by = NULL;
	result_cross_make(&r->page, results, row, column, by, share_of(choices), cross);
	return cross;
}

static enum code cross_show(struct request *r, struct err *err)
{
	const struct form *form;
	struct result_choices choices;
	struct results results;
	struct page *p = &r->page;
	TRY(result_find(r, &form, &choices, err));
	TRY(results_load(p, form, &r->query, NULL, &results, err));
	const struct result_cross *cross = make_cross(r, &results, &choices);
	p->title = cross ? page_printf(p, _("“%s” and “%s”"), cross->row->label, cross->column->label)
	                 : _("Two questions crossed");
	cross_page(request_out(r), p, &results, &choices, cross);
	return OK;
}

/* ---- All questions by the choices of one ---- */

/* NULL: it cannot be asked so. */
static const struct result_question *compared(const struct results *results, const struct result_choices *choices)
{
	const struct result_question *by = results_question(results, choices->compared);
	return by && compare_takes(by) ? by : NULL;
}

static enum code compare_show(struct request *r, struct err *err)
{
	const struct form *form;
	struct result_choices choices;
	struct results results;
	struct page *p = &r->page;
	TRY(result_find(r, &form, &choices, err));
	TRY(results_load(p, form, &r->query, NULL, &results, err));
	const struct result_question *by = compared(&results, &choices);
	p->title = by ? page_printf(p, _("All answers, compared by “%s”"), by->label) : _("Compare groups");
	result_compare_page(request_out(r), p, &results, &choices, by);
	return OK;
}

/* ---- Open answers ---- */

static void choose_texts(struct request *r, const struct result_question *question,
                         const struct result_choices *choices, struct shown_texts *ret)
{
	struct arena *a = r->arena;
	ret->texts = arena_array(a, const char *, RESULT_TEXTS_SHOWN);
	for (int i = 0; i < question->ntexts; i++) {
		if (*choices->word && !text_has_stem(a, question->texts[i], choices->word)) continue;
		if (ret->all++ < choices->from || ret->ntexts == RESULT_TEXTS_SHOWN) continue;
		ret->texts[ret->ntexts++] = question->texts[i];
	}
}

static enum code texts_show(struct request *r, struct err *err)
{
	const struct form *form;
	struct result_choices choices;
	struct results results;
	struct page *p = &r->page;
	TRY(result_find(r, &form, &choices, err));
	TRY(results_load(p, form, &r->query, r->params[1], &results, err));
	const struct result_question *question = results_question(&results, r->params[1]);
	bool words = question && (question->kind == QUESTION_TEXTS || result_has_words_beside(question));
	if (!words || results.few || !result_shows_texts(p, &results))
		FAIL(err, E_NOT_FOUND, N_("There are no results at this address."));
	struct shown_texts texts = { .question = question };
	texts.nwords = result_words(p, question, results.rule.hide_below, &texts.words);
	choose_texts(r, question, &choices, &texts);
	p->title = question->label;
	texts_page(request_out(r), p, &results, &choices, &texts);
	return OK;
}

/* ---- Files ---- */

/* ---- Before and after ---- */

static enum code load_pair(struct request *r, struct result_pair *ret, struct err *err)
{
	const struct form *form;
	struct result_choices choices;
	TRY(result_find(r, &form, &choices, err));
	const struct form *before = result_before(&r->page, form);
	if (before == NULL) FAIL(err, E_NOT_FOUND, N_("There are no results at this address."));
	return result_pair_load(&r->page, before, form, ret, err);
}

static enum code pair_show(struct request *r, struct err *err)
{
	struct result_pair pair;
	TRY(load_pair(r, &pair, err));
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("Before and after: %s")),
	                            t(&r->page, &pair.after->label));
	result_pair_page(request_out(r), &r->page, &pair);
	return OK;
}

static const struct format *format_named(const char *name)
{
	for (int i = 0; formats[i]; i++)
		if (result_takes(formats[i]) && strcmp(formats[i]->name, name) == 0) return formats[i];
	return NULL;
}

static enum code pair_file(struct request *r, struct err *err)
{
	struct result_pair pair;
	const struct format *format = format_named(r->params[1]);
	if (format == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(web_limit(r, LIMIT_EXPORT, NULL, err));
	TRY(load_pair(r, &pair, err));
	const struct results results = { .form = pair.after };
	return result_file_write(r, &results, &(struct result_tables){ .pair = &pair }, format, err);
}

static enum code file_show(struct request *r, struct err *err)
{
	const struct form *form;
	const struct format *format = format_named(r->params[1]);
	struct result_choices choices;
	struct results results;
	TRY(result_find(r, &form, &choices, err));
	if (format == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(web_limit(r, LIMIT_EXPORT, NULL, err));
	if (*request_query(r, "carte")) {
		struct answer_map map;
		TRY(result_map_load(r, form, &choices, request_query(r, "carte"), &results, &map, err));
		return result_file_write(r, &results, &(struct result_tables){ .map = &map }, format, err);
	}
	TRY(results_load(&r->page, form, &r->query, NULL, &results, err));
	const struct result_tables tables = { make_cross(r, &results, &choices), compared(&results, &choices), NULL,
		                              NULL };
	if (tables.cross == NULL && *choices.rows) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	if (tables.by == NULL && *choices.compared) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	return result_file_write(r, &results, &tables, format, err);
}

#define READ ACTION_READ, KIND_RECORD
#define MANAGE ACTION_MANAGE, KIND_MODEL

const struct feature result_feature = {
	.name = "result",
	.routes = ROUTES(
	        { HTTP_GET, "/-/results", list_show, READ, N_("The forms whose results one may see"), 0, false },
	        { HTTP_GET, "/-/results/:form", results_show, READ, N_("The answers of a form, counted"), 0, false },
	        { HTTP_GET, "/-/results/:form/cross", cross_show, READ, N_("Two questions of a form crossed"), 0,
	          false },
	        { HTTP_GET, "/-/results/:form/compare", compare_show, READ,
	          N_("All answers of a form, compared by the choices of one question: years, territories, kept groups"),
	          0, false },
	        { HTTP_GET, "/-/results/:form/pair", pair_show, READ,
	          N_("What moved in those who answered before and after"), 0, false },
	        { HTTP_GET, "/-/results/:form/pair/file/:format", pair_file, READ, N_("The same as a file"), 0, false },
	        { HTTP_POST, "/-/results/:form/group", result_group_post, MANAGE,
	          N_("Keep a group of answers under a name, or take one away"), 0, false },
	        { HTTP_GET, "/-/results/:form/map/:field", results_map, READ,
	          N_("Where the answers come from, counted by commune"), 0, false },
	        { HTTP_GET, "/-/results/:form/texts/:field", texts_show, READ,
	          N_("Open answers, and the words that come back in them"), 0, false },
	        { HTTP_GET, "/-/results/:form/file/:format", file_show, READ,
	          N_("The tables of results as a file, for other programs"), 0, false },
	        { HTTP_GET, "/-/form/:form/results", rule_show, MANAGE,
	          N_("Who sees the results of a form, and what they rest on"), 0, false },
	        { HTTP_POST, "/-/form/:form/results", rule_post, MANAGE,
	          N_("Say who sees the results of a form, and what they rest on"), 0, false }),
};

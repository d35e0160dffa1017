#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/form_change.h"
#include "features/form_edit/form_edit.h"
#include "features/form_edit/form_settings.h"
#include "features/result/result_page.h"
#include "features/result/result_web.h"
#include "features/result/rule.html.h"

enum { TOTAL_MAX = RULE_POPULATION_MAX };

struct writing {
	struct request *r;
	struct rule_page x;
	struct results results;
	struct issues issues;
	json_t *rule; /* as it shall be */
};

bool rule_may_weigh(const struct rule_page *x, const struct result_question *question)
{
	if (question->kind != QUESTION_CHOICES || question->column.kind != COLUMN_CODES || result_is_own(question) ||
	    question->left_out || question->column.ncodes < 2)
		return false;
	for (int i = 0; i < x->nweighed; i++)
		if (strcmp(x->weighed[i].key, question->key) == 0) return false;
	return true;
}

/* ---- As it is ---- */

static void add_weighed(struct writing *w, const char *key, const json_t *totals)
{
	const struct result_question *question = results_question(&w->results, key);
	struct arena *a = w->r->arena;
	if (question == NULL || w->x.nweighed == RULE_WEIGHED_MAX || !rule_may_weigh(&w->x, question)) return;
	struct rule_weighed *weighed = &w->x.weighed[w->x.nweighed++];
	*weighed =
	        (struct rule_weighed){ .key = question->key, .label = question->label, .n = question->column.ncodes };
	weighed->totals = arena_array(a, struct rule_total, (size_t)weighed->n + 1);
	for (int i = 0; i < weighed->n; i++) {
		int64_t total = json_int(totals, question->keys[i], 0);
		weighed->totals[i] = (struct rule_total){ .key = question->keys[i],
			                                  .label = question->labels[i],
			                                  .typed = arena_printf(a, "%lld", (long long)total),
			                                  .answers = set_count(column_set(&question->column, i),
			                                                       question->column.words) };
	}
}

static const char *number_text(struct arena *a, int number)
{
	return number ? arena_printf(a, "%d", number) : "";
}

static enum code begin(struct request *r, struct writing *w, struct err *err)
{
	static const struct form_data none;
	const struct form *form;
	struct page *p = &r->page;
	const char *key;
	json_t *totals;
	TRY(form_edit_find(r, &form, err));
	*w = (struct writing){ .r = r, .x = { .form = form } };
	issues_init(&w->issues, r->arena);
	TRY(results_load(p, form, &none, NULL, &w->results, err));
	struct rule_page *x = &w->x;
	x->results = &w->results;
	x->weighed = arena_array(r->arena, struct rule_weighed, RULE_WEIGHED_MAX);
	x->public = w->results.rule.public;
	x->confidential = w->results.source->confidential(p, form);
	x->population = number_text(r->arena, w->results.rule.population);
	x->hide_below = number_text(r->arena, w->results.rule.hide_below);
	x->note = t(p, &w->results.rule.note);
	x->mark = definition_mark(r->arena, form_settings_part(r->arena, form->definition));
	json_object_foreach ((json_t *)w->results.rule.weigh, key, totals) add_weighed(w, key, totals);
	return OK;
}

static enum code show(struct writing *w, int status)
{
	struct page *p = &w->r->page;
	p->title = page_printf(p, _("Results of “%s”"), t(p, &w->x.form->plural));
	p->hidden = true;
	if (w->issues.count) p->issues = &w->issues;
	w->r->response->status = status;
	rule_page(request_out(w->r), p, &w->x);
	return OK;
}

enum code rule_show(struct request *r, struct err *err)
{
	struct writing *w = arena_new(r->arena, struct writing);
	TRY(begin(r, w, err));
	return show(w, 200);
}

/* ---- Saving ---- */

/* −1: it is no number, or not between. */
static int read_number(struct writing *w, const char *name, const char *typed, int least, int most)
{
	char *end;
	long number = strtol(typed, &end, 10);
	if (*typed == '\0') return 0;
	if (*end == '\0' && (number == 0 || (number >= least && number <= most))) return (int)number;
	issues_add(&w->issues, name, N_("Write a whole number from %d to %d, or leave it empty."), least, most);
	return -1;
}

static bool is_dropped(struct writing *w, const char *key)
{
	const char *dropped;
	for (int i = 0; (dropped = form_data_nth(&w->r->form, "drop[]", i)) != NULL; i++)
		if (strcmp(dropped, key) == 0) return true;
	return false;
}

static void read_totals(struct writing *w, json_t *weigh, struct rule_weighed *weighed, int number)
{
	json_t *totals = json_object();
	for (int i = 0; i < weighed->n; i++) {
		const char *name = arena_printf(w->r->arena, "total-%d-%d", number, i);
		weighed->totals[i].typed = request_form(w->r, name);
		int total = read_number(w, name, weighed->totals[i].typed, 1, TOTAL_MAX);
		if (total > 0) json_object_set_new(totals, weighed->totals[i].key, json_integer(total));
	}
	if (is_dropped(w, weighed->key)) json_decref(totals);
	else json_object_set_new(weigh, weighed->key, totals);
}

/* As many of each as answered, to begin with: nothing weighs more than another. */
static void begin_totals(struct writing *w, json_t *weigh, const char *key)
{
	int before = w->x.nweighed;
	add_weighed(w, key, NULL);
	if (w->x.nweighed == before) return;
	struct rule_weighed *added = &w->x.weighed[before];
	json_t *totals = json_object();
	for (int i = 0; i < added->n; i++)
		if (added->totals[i].answers)
			json_object_set_new(totals, added->totals[i].key, json_integer(added->totals[i].answers));
	json_object_set_new(weigh, key, totals);
}

/* In the reader's language; what it says in others stays. */
static enum code read_note(struct writing *w, struct err *err)
{
	struct request *r = w->r;
	const char *typed = request_form(r, "note");
	const json_t *before = json_object_get(json_object_get(w->x.form->definition, "results"), "note");
	char *clean;
	w->x.note = typed;
	TRY(text_clean(r->arena, typed, strlen(typed), TEXT_BLOCK, &clean, err));
	clean = text_trim(r->arena, clean);
	if (text_length(clean) > RULE_NOTE_MAX)
		issues_add(&w->issues, "note", N_("This is too long: %d letters at most."), RULE_NOTE_MAX);
	if (*clean == '\0') return OK;
	json_t *note = json_is_object(before) ? json_copy((json_t *)before) : json_object();
	json_object_set_new(note, lang_tag(r->page.lang), json_string(clean));
	json_object_set_new(w->rule, "note", note);
	return OK;
}

static void read(struct writing *w)
{
	struct request *r = w->r;
	struct rule_page *x = &w->x;
	json_t *weigh = json_keep(r->arena, json_object());
	w->rule = json_keep(r->arena, json_object());
	x->public = *request_form(r, "public") != '\0';
	x->population = request_form(r, "population");
	x->hide_below = request_form(r, "hide_below");
	x->mark = request_form(r, "_mark");
	int population = read_number(w, "population", x->population, 1, RULE_POPULATION_MAX);
	int hide = read_number(w, "hide_below", x->hide_below, x->confidential ? RULE_HIDE_CONFIDENTIAL : 2,
	                       RULE_HIDE_MAX);
	if (x->public) json_object_set_new(w->rule, "public", json_true());
	if (population > 0) json_object_set_new(w->rule, "population", json_integer(population));
	if (hide > 0) json_object_set_new(w->rule, "hide_below", json_integer(hide));
	for (int i = 0; i < x->nweighed; i++) read_totals(w, weigh, &x->weighed[i], i);
	if (w->issues.count == 0 && *request_form(r, "weigh")) begin_totals(w, weigh, request_form(r, "weigh"));
	if (json_object_size(weigh)) json_object_set(w->rule, "weigh", weigh);
	/* Those are kept on the page of results. */
	json_t *groups = json_object_get(json_object_get(x->form->definition, "results"), "groups");
	if (groups) json_object_set(w->rule, "groups", groups);
}

static const char *const ours[] = { "results", NULL };

enum code rule_post(struct request *r, struct err *err)
{
	struct writing *w = arena_new(r->arena, struct writing);
	TRY(begin(r, w, err));
	TRY(form_edit_limit(r, err));
	int before = w->x.nweighed;
	read(w);
	TRY(read_note(w, err));
	if (w->issues.count) return show(w, 422);
	json_t *kept = json_keep(r->arena, json_object());
	if (json_object_size(w->rule)) json_object_set(kept, "results", w->rule);
	struct form_write write = { .r = r,
		                    .form = w->x.form->key,
		                    .mark = w->x.mark,
		                    .apply = form_apply_named,
		                    .names = ours,
		                    .field = kept };
	bool goes_on = w->x.nweighed > before; /* the numbers of the question chosen are still to be given */
	int status;
	TRY(form_write_settings(&write, &w->issues, &w->x.mark, &status, err));
	if (status) return show(w, status);
	return request_redirect(r,
	                        goes_on ? arena_printf(r->arena, "/-/form/%s/results", write.form)
	                                : arena_printf(r->arena, "/-/results/%s", write.form),
	                        "formulaire");
}

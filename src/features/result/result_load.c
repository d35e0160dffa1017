#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "core/condition.h"
#include "core/field_type.h"
#include "core/index_key.h"
#include "core/moment.h"
#include "core/relative_day.h"
#include "features/result/answer_columns.h"
#include "features/result/result_weight.h"
#include "fields/scale.h"
#include "formats/format.h"

/* Answers of pages being taken into columns. */
struct loading {
	const struct page *p;
	const struct form *form;
	const struct answer_source *source;
	const char *wanted_texts;
	struct answer_fills fills;
	const struct view *groups[RESULT_GROUPS_MAX];
	int ngroups;
	const struct view *asked_group; /* that narrows the answers, or NULL */
	uint64_t *in_group;
	int n, most;
	struct date today;
};

/* ---- Kept groups ---- */

/* What is asked of this moment is answered by the index alone (core/condition.h). */
static bool can_be_group(const struct view *view, const struct form *form)
{
	if (view->form != form || view->nwhere == 0) return false;
	for (int i = 0; i < view->nwhere; i++) {
		const struct field *field = form_field(form, view->where[i].field);
		if (field == NULL || field->type->now) return false;
	}
	return true;
}

int result_groups(const struct page *p, const struct form *form, const struct view **ret)
{
	int n = 0;
	for (int i = 0; i < p->model->nviews && n < RESULT_GROUPS_MAX; i++) {
		const struct view *view = &p->model->views[i];
		if (can_be_group(view, form) && page_sees(p, view)) ret[n++] = view;
	}
	return n;
}

static bool in_view(const struct loading *l, const struct view *view, const json_t *values)
{
	struct arena scratch;
	bool holds = true;
	arena_init(&scratch);
	for (int i = 0; i < view->nwhere && holds; i++) {
		struct condition_test test;
		struct index_entries entries;
		holds = condition_resolve(&scratch, &view->where[i], l->form, &l->today, &test);
		if (!holds) break;
		index_entries_read(&scratch, test.field, json_object_get(values, test.field->key), &entries);
		holds = condition_test_holds(&test, entries.keys, entries.nkeys);
	}
	arena_release(&scratch);
	return holds;
}

/* ---- Taking answers ---- */

static void begin(void *context, int most)
{
	struct loading *l = context;
	l->most = most;
	l->in_group = answer_set(l->p->arena, (most + 63) / 64);
	answer_fills_begin(&l->fills, l->p, l->p->arena, l->form, l->source, most, l->wanted_texts, l->ngroups > 0);
}

static void take(void *context, const struct answer *answer)
{
	struct loading *l = context;
	const struct page *p = l->p;
	if (l->n == l->most) return;
	answer_fills_take(&l->fills, l->n, answer);
	for (int i = 0; i < l->ngroups; i++)
		if (in_view(l, l->groups[i], answer->values))
			fill_take_key(l->fills.group, l->n, l->groups[i]->key, t(p, &l->groups[i]->title));
	if (l->asked_group && in_view(l, l->asked_group, answer->values))
		l->in_group[l->n / 64] |= UINT64_C(1) << l->n % 64;
	l->n++;
}

/* ---- Narrowing ---- */

const struct result_question *results_question(const struct results *results, const char *key)
{
	for (int i = 0; i < results->nquestions; i++)
		if (strcmp(results->questions[i].key, key) == 0) return &results->questions[i];
	return NULL;
}

static void narrow(struct results *r, uint64_t *among, const uint64_t *to, int words)
{
	for (int i = 0; i < words; i++) among[i] &= to[i];
	r->among = among;
}

/* "genre:association" */
static bool find_choice(const struct results *r, const char *text, const struct result_question **question, int *code)
{
	const char *colon = strchr(text, ':');
	for (int i = 0; colon && i < r->nquestions; i++) {
		const struct result_question *q = &r->questions[i];
		size_t len = strlen(q->key);
		if (len != (size_t)(colon - text) || memcmp(q->key, text, len) != 0 || q->kind != QUESTION_CHOICES)
			continue;
		for (*code = 0; *code < q->column.ncodes; ++*code) {
			*question = q;
			if (strcmp(q->keys[*code], colon + 1) == 0) return true;
		}
	}
	return false;
}

bool result_has_choice(const struct results *results, const char *text)
{
	const struct result_question *question;
	int code;
	return find_choice(results, text, &question, &code);
}

struct narrowing {
	const struct result_question *question;
	uint64_t *set;
};

/* Links say "si"; a form, where the name comes back, "si[]". */
const char *result_choice_nth(const struct form_data *choices, int i)
{
	int n = 0;
	while (form_data_nth(choices, "si", n)) n++;
	return i < n ? form_data_nth(choices, "si", i) : form_data_nth(choices, "si[]", i - n);
}

/* Choices of one question widen, those of others narrow. */
struct narrowings {
	struct narrowing all[RESULT_CHOSEN_MAX];
	int n;
};

static bool add_choice(const struct page *p, const struct results *r, const char *text, int words,
                       struct narrowings *ns, const struct result_question **question, int *code)
{
	int at = 0;
	if (!find_choice(r, text, question, code)) return false;
	while (at < ns->n && ns->all[at].question != *question) at++;
	if (at == ns->n) ns->all[ns->n++] = (struct narrowing){ *question, answer_set(p->arena, words) };
	for (int k = 0; k < (*question)->column.words; k++)
		ns->all[at].set[k] |= column_set(&(*question)->column, *code)[k];
	return true;
}

static void read_choices(const struct page *p, struct results *r, const struct form_data *choices, uint64_t *among,
                         int words)
{
	struct narrowings ns = { .n = 0 };
	const struct result_question *question;
	const char *text;
	int code;
	for (int i = 0; (text = result_choice_nth(choices, i)) != NULL && r->nchosen < RESULT_CHOSEN_MAX; i++) {
		if (!add_choice(p, r, text, words, &ns, &question, &code)) continue;
		r->chosen_words[r->nchosen++] = page_printf(p, "%s%s%s", question->label, _(": "),
		                                            question->labels[code]);
	}
	for (int i = 0; i < ns.n; i++) narrow(r, among, ns.all[i].set, words);
}

/* ---- Groups that the form keeps ---- */

/* Who is in it; nobody, where its choices are not there any more. */
static uint64_t *group_set(const struct page *p, const struct results *r, const struct kept_group *group, int words)
{
	struct narrowings ns = { .n = 0 };
	const struct result_question *question;
	uint64_t *set = answer_set(p->arena, words);
	int code;
	for (int i = 0; i < group->nsi; i++)
		if (!add_choice(p, r, group->si[i], words, &ns, &question, &code)) return set;
	for (int k = 0; k < words; k++) set[k] = ns.n ? ns.all[0].set[k] : 0;
	for (int i = 1; i < ns.n; i++)
		for (int k = 0; k < words; k++) set[k] &= ns.all[i].set[k];
	return set;
}

/* They are one more question, "_group", beside the lists of pages that are there already. */
static void add_groups(const struct page *p, struct results *r, int words)
{
	struct result_question *question = (struct result_question *)results_question(r, "_group");
	int before = question ? question->column.ncodes : 0, n = before + r->rule.ngroups;
	if (r->rule.ngroups == 0 || r->rule.hide_below > 0 || n > COLUMN_CODES_MAX) return;
	struct result_question groups = { .key = "_group", .fill = FILL_DYNAMIC, .kind = QUESTION_CHOICES };
	const char **keys = arena_array(p->arena, const char *, (size_t)n + 1);
	const char **labels = arena_array(p->arena, const char *, (size_t)n + 1);
	column_init(&groups.column, p->arena, COLUMN_SETS, words * 64, n);
	groups.column.n = r->n;
	for (int code = 0; code < n; code++) {
		const struct kept_group *kept = code < before ? NULL : &r->rule.groups[code - before];
		const uint64_t *set = kept ? group_set(p, r, kept, words) : column_set(&question->column, code);
		keys[code] = kept ? kept->key : question->keys[code];
		labels[code] = kept ? t(p, &kept->label) : question->labels[code];
		for (int k = 0; k < words; k++) {
			groups.column.bits[(size_t)code * (size_t)words + (size_t)k] = set[k];
			groups.column.said[k] |= set[k];
		}
	}
	groups.keys = keys;
	groups.labels = labels;
	groups.label = tr(p->lang, N_("Kept group"));
	if (question) *question = groups;
	else r->questions[r->nquestions++] = groups;
}

static void narrow_to_group(const struct page *p, struct results *r, const char *key, uint64_t *among, int words)
{
	for (int i = 0; key && i < r->rule.ngroups; i++) {
		const struct kept_group *group = &r->rule.groups[i];
		if (strcmp(group->key, key) != 0) continue;
		narrow(r, among, group_set(p, r, group, words), words);
		r->chosen_words[r->nchosen++] = t(p, &group->label);
		return;
	}
}

static void apply_choices(const struct page *p, struct results *r, const struct answer_columns *columns,
                          const struct loading *l, const struct form_data *choices)
{
	int words = columns->words;
	uint64_t *among = answer_set(p->arena, words);
	for (int i = 0; i < r->n; i++) among[i / 64] |= UINT64_C(1) << i % 64;
	if (l->asked_group) {
		narrow(r, among, l->in_group, words);
		r->chosen_words[r->nchosen++] = t(p, &l->asked_group->title);
	} else narrow_to_group(p, r, form_data_get(choices, "groupe"), among, words);
	read_choices(p, r, choices, among, words);
	r->counted = r->among ? set_count(r->among, words) : r->n;
	r->few = r->n > 0 && r->n < r->rule.hide_below;
}

/* ---- All of it ---- */

/* Read for this page alone. */
static enum code own_columns(struct loading *l, const struct answer_columns **ret, struct answer_counts *counts,
                             struct err *err)
{
	const struct answer_sink sink = { begin, take, l };
	struct answer_columns *columns = arena_new(l->p->arena, struct answer_columns);
	TRY(l->source->read(l->p, l->form, &sink, counts, err));
	columns->n = l->n;
	columns->words = (l->most + 63) / 64;
	answer_fills_end(&l->fills, l->n, &columns->questions, &columns->nquestions);
	*ret = columns;
	return OK;
}

/* In the reader's words, those that she may know of. */
void results_take_questions(const struct page *p, struct results *r, const struct answer_columns *columns)
{
	r->n = columns->n;
	r->questions = arena_array(p->arena, struct result_question, (size_t)columns->nquestions + 2);
	for (int i = 0; i < columns->nquestions; i++) {
		struct result_question *question = &r->questions[r->nquestions];
		if (columns->questions[i].field && !export_may_know(p, columns->questions[i].field)) continue;
		*question = columns->questions[i];
		question_word(p, question);
		r->nquestions++;
	}
}

static void take_texts(struct loading *l, struct results *r)
{
	for (int i = 0; i < l->fills.asked; i++)
		for (int k = 0; k < r->nquestions; k++)
			if (r->questions[k].field == l->fills.all[i]->field)
				fill_texts(l->fills.all[i], r->among, &r->questions[k]);
}

enum code results_load(const struct page *p, const struct form *form, const struct form_data *choices,
                       const char *wanted_texts, struct results *ret, struct err *err)
{
	static const struct form_data nothing;
	struct loading *l = arena_new(p->arena, struct loading);
	struct results r = { .form = form, .source = answer_source_of(form) };
	const struct answer_columns *columns;
	*l = (struct loading){ .p = p, .form = form, .source = r.source, .wanted_texts = wanted_texts };
	l->today = model_today(p->model, p->now);
	result_rule_read(p, form, &r.rule);
	/* Who was among the answers to one question and not to another would be found by comparing: result_rule.h. */
	if (r.rule.hide_below == 0) l->ngroups = result_groups(p, form, l->groups);
	else choices = &nothing;
	const char *group = form_data_get(choices, "groupe");
	for (int i = 0; group && i < l->ngroups; i++)
		if (strcmp(l->groups[i]->key, group) == 0) l->asked_group = l->groups[i];
	bool shared = r.source->keys && wanted_texts == NULL && l->ngroups == 0;
	TRY(shared ? answer_columns_now(p, form, r.source, &columns, &r.beside, err)
	           : own_columns(l, &columns, &r.beside, err));
	results_take_questions(p, &r, columns);
	add_groups(p, &r, columns->words);
	apply_choices(p, &r, columns, l, choices);
	results_weigh(p, &r);
	take_texts(l, &r);
	*ret = r;
	return OK;
}

/* ---- Words for numbers ---- */

const char *result_number(const struct page *p, double number, int decimals)
{
	if (!isfinite(number)) return "–";
	char *text = arena_printf(p->arena, "%.*f", decimals, number);
	char canonical[NUMBER_SIZE];
	struct err err;
	/* Typed as in English: a point for decimals, no grouping. */
	if (number_parse(text, LANG_EN, canonical, &err) != OK) return text;
	return number_format(p->arena, canonical, 0, p->lang);
}

const char *result_percent(const struct page *p, double share)
{
	if (!isfinite(share)) return "–";
	return page_printf(p, _("%s %%"), result_number(p, share * 100, share > 0 && share < 0.01 ? 1 : 0));
}

/* A step of a scale, with its words where it has some: "5 – tout à fait". */
static const char *step_words(const struct page *p, const struct field *field, int step)
{
	const char *words = scale_words(p, field, step);
	if (*words == '\0') return arena_printf(p->arena, "%d", step);
	return scale_in_words(field) ? words : page_printf(p, "%d – %s", step, words);
}

/* All steps of a scale are told, those that nobody chose too. */
static void scale_steps(const struct page *p, const struct result_question *question, struct result_question *ret)
{
	const struct column *numbers = &question->column;
	int from = scale_from(question->field), n = scale_to(question->field) - from + 1;
	ret->kind = QUESTION_CHOICES;
	column_init(&ret->column, p->arena, COLUMN_CODES, numbers->words * 64, n);
	ret->column.n = numbers->n;
	for (int i = 0; i < numbers->n; i++) {
		double at = column_said(numbers, i) ? numbers->numbers[i] - from : -1;
		if (at >= 0 && at < n) column_say(&ret->column, i, (int)at);
	}
	ret->keys = arena_array(p->arena, const char *, (size_t)n + 1);
	ret->labels = arena_array(p->arena, const char *, (size_t)n + 1);
	for (int step = 0; step < n; step++) {
		ret->keys[step] = arena_printf(p->arena, "%d", from + step);
		ret->labels[step] = step_words(p, question->field, from + step);
	}
}

void question_banded(const struct page *p, const struct result_question *question, struct result_question *ret)
{
	double from[RESULT_BANDS], to[RESULT_BANDS];
	*ret = *question;
	if (question->kind != QUESTION_NUMBERS) return;
	if (question->field && strcmp(question->field->type->name, "scale") == 0) {
		scale_steps(p, question, ret);
		return;
	}
	column_bands(&question->column, p->arena, RESULT_BANDS, &ret->column, from, to);
	ret->kind = QUESTION_CHOICES;
	ret->keys = arena_array(p->arena, const char *, RESULT_BANDS + 1);
	ret->labels = arena_array(p->arena, const char *, RESULT_BANDS + 1);
	for (int band = 0; band < ret->column.ncodes; band++) {
		const char *low = result_number(p, from[band], 2), *high = result_number(p, to[band], 2);
		ret->keys[band] = arena_printf(p->arena, "%d", band);
		ret->labels[band] = strcmp(low, high) == 0 ? low : page_printf(p, _("%s to %s"), low, high);
	}
}

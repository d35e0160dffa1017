#include "features/coding/theme_result.h"

#include <string.h>

#include "features/coding/coding_page.h"

static int chosen_places(const struct codebook *book, bool headings, int *places)
{
	int n = 0;
	for (int i = 0; i < book->n; i++)
		if (book->codes[i].state == CODE_USED && (!headings || book->codes[i].parent < 0)) places[n++] = i;
	return n;
}

/* With the headings that they stand under. */
static void widen(const struct codebook *book, bool *set)
{
	for (int i = book->n - 1; i >= 0; i--)
		if (set[i] && book->codes[i].parent >= 0) set[book->codes[i].parent] = true;
}

static void take_text(struct theme_result *r, const struct coding_text *text, const int *places, int n, int *texts)
{
	bool set[CODES_MAX];
	int unit = text->unit;
	if (!coding_is_coded(r->c, text)) return;
	r->read++;
	r->differ += coding_differs(r->c, text) && !coding_is_decided(text);
	r->decided += coding_is_decided(text);
	if (unit < 0 || unit >= r->themes.column.n) return;
	coding_set(r->c, text, set);
	widen(&r->c->book, set);
	column_say_none(&r->themes.column, unit);
	for (int i = 0; i < n; i++) {
		if (!set[places[i]]) continue;
		if (!column_has(&r->themes.column, unit, i)) column_say(&r->themes.column, unit, i);
		texts[i]++;
	}
}

static enum code load_results(const struct page *p, const struct coding *c, struct results *ret, struct err *err)
{
	static const struct form_data nothing;
	if (c->people_are_answers) return results_load(p, c->list.form, &nothing, NULL, ret, err);
	*ret = (struct results){ .form = c->list.form, .source = &answer_records, .n = c->units, .counted = c->units };
	return OK;
}

enum code theme_result_make(const struct page *p, const struct coding *c, bool headings, struct theme_result *ret,
                            struct err *err)
{
	struct theme_result r = { .c = c };
	int *places = arena_array(p->arena, int, CODES_MAX + 1), *texts = arena_array(p->arena, int, CODES_MAX + 1);
	const char **labels = arena_array(p->arena, const char *, CODES_MAX + 1);
	const char **keys = arena_array(p->arena, const char *, CODES_MAX + 1);
	int n = chosen_places(&c->book, headings, places);
	TRY(load_results(p, c, &r.results, err));
	for (int i = 0; i < n; i++) {
		labels[i] = c->book.codes[places[i]].name;
		keys[i] = arena_printf(p->arena, "%d", i);
	}
	r.themes = (struct result_question){
		.key = "_themes", .kind = QUESTION_CHOICES, .label = _("Themes"), .keys = keys, .labels = labels
	};
	column_init(&r.themes.column, p->arena, COLUMN_SETS, r.results.n, n);
	for (int i = 0; i < c->n; i++) take_text(&r, &c->texts[i], places, n, texts);
	r.places = places;
	r.texts = texts;
	*ret = r;
	ret->shown = shown_question_of(p, &ret->results, &ret->themes);
	return OK;
}

void theme_result_counts(const struct page *p, const struct theme_result *result, struct theme_counts *ret)
{
	const struct codebook *book = &result->c->book;
	const struct shown_question *shown = result->shown;
	struct theme_counts counts = {
		.list = result->c->list, .people = shown->all.respondents, .read = result->read, .texts = result->c->n
	};
	counts.counts = arena_array(p->arena, struct theme_count, (size_t)shown->all.n + 1);
	for (int i = 0; i < shown->all.n; i++) {
		const struct book_code *code = &book->codes[result->places[i]];
		bool hidden = shown->hidden[i] || result->results.few;
		counts.counts[counts.n++] = (struct theme_count){ .code = code->id,
			                                          .name = code->name,
			                                          .depth = code->depth,
			                                          .colour = code->colour,
			                                          .people = hidden ? 0 : shown->all.choices[i].n,
			                                          .texts = hidden ? 0 : result->texts[i],
			                                          .share = hidden ? 0 : shown->all.choices[i].share,
			                                          .hidden = hidden };
	}
	*ret = counts;
}

bool theme_crosses(const struct theme_result *result, const struct result_question *question)
{
	return result->c->people_are_answers && cross_takes(question);
}

const struct theme_counts *themes_beside_of(const struct page *p, const struct form *form, const char *key)
{
	struct theme_counts *counts = arena_new(p->arena, struct theme_counts);
	struct err err;
	return coding_offered(p) && theme_counts_of(p, form, key, counts, &err) == OK ? counts : NULL;
}

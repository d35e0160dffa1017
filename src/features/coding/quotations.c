#include "features/coding/quotations.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "features/coding/theme_result.h"

struct quoting {
	const struct page *p;
	const struct coding *c;
	int place;
	enum quotation_choice choice;
	int max;
	struct quotation *all;
	int n;
};

static bool is_wanted(const struct quoting *q, const struct coding_text *text, const struct coding_mark *mark,
                      int place)
{
	bool set[CODES_MAX];
	if (place < 0 || (q->place >= 0 && !codebook_is_under(&q->c->book, place, q->place))) return false;
	if ((q->choice == QUOTE_CITED || q->choice == QUOTE_PUBLISHED) && !mark->cited) return false;
	if (!coding_is_decided(text)) return true;
	coding_set(q->c, text, set);
	return set[place];
}

/* Two coders on the same passage are one quotation. */
static struct quotation *same(const struct quoting *q, const char *text, const char *theme, const char *words)
{
	for (int i = q->n - 1; i >= 0 && q->all[i].text == text; i--)
		if (q->all[i].theme == theme && strcmp(q->all[i].words, words) == 0) return &q->all[i];
	return NULL;
}

static void quote(struct quoting *q, const struct coding_text *text, const struct coding_mark *mark)
{
	const struct page *p = q->p;
	struct passage_at at;
	bool moved;
	char id[ID_TEXT + 1];
	int place = coding_mark_place(q->c, mark);
	if (!is_wanted(q, text, mark, place)) return;
	bool found = coding_mark_at(text, mark, &at, &moved),
	     published = q->choice == QUOTE_PUBLISHED || q->choice == QUOTE_FIRST;
	if (published && !found) return;
	const char *words = at.begin < 0 ? text->words : found ? coding_part(p->arena, text->words, at) : mark->words;
	const char *theme = q->c->book.codes[place].name;
	struct quotation *twin = same(q, text->id, theme, words);
	if (twin) {
		if (mark->cited && !twin->cited) twin->mark = mark->id;
		twin->cited |= mark->cited;
		return;
	}
	if (q->n == q->max) return;
	q->all[q->n++] = (struct quotation){ .words = words,
		                             .question = text->question,
		                             .who = published ? NULL : text->who,
		                             .url = published ? NULL : text->url,
		                             .theme = theme,
		                             .list = arena_strdup(p->arena, id_format(q->c->list.id, id)),
		                             .text = text->id,
		                             .mark = mark->id,
		                             .whole = mark->begin < 0,
		                             .cited = mark->cited,
		                             .moved = moved && found && mark->begin >= 0,
		                             .lost = !found };
}

static void quote_list(struct quoting *q)
{
	for (int i = 0; i < q->c->n; i++)
		for (int k = 0; k < q->c->texts[i].nmarks; k++)
			quote(q, &q->c->texts[i], &q->c->all.marks[q->c->texts[i].mark + k]);
}

/* Those to be quoted first; a stable order otherwise. */
static void cited_first(const struct page *p, struct quotation *all, int n)
{
	struct quotation *sorted = arena_array(p->arena, struct quotation, (size_t)n + 1);
	int at = 0;
	for (int cited = 1; cited >= 0; cited--)
		for (int i = 0; i < n; i++)
			if (all[i].cited == (bool)cited) sorted[at++] = all[i];
	if (n) memcpy(all, sorted, (size_t)n * sizeof(*all));
}

enum code quotations_of_list(const struct page *p, const struct coding *c, int place, enum quotation_choice choice,
                             int max, struct quotation **ret, int *n, struct err *err)
{
	struct quoting q = { .p = p, .c = c, .place = place, .choice = choice, .max = MIN(max, QUOTATIONS_MAX) };
	(void)err;
	q.all = arena_array(p->arena, struct quotation, (size_t)q.max + 1);
	quote_list(&q);
	cited_first(p, q.all, q.n);
	*ret = q.all;
	*n = q.n;
	return OK;
}

static bool has_mark(const struct quotation *all, int n, struct id mark)
{
	for (int i = 0; i < n; i++)
		if (id_equal(all[i].mark, mark)) return true;
	return false;
}

/* A text stands in several lists of one book once. */
static int add_new(struct quotation *all, int n, int max, const struct quotation *more, int nmore)
{
	int before = n;
	for (int i = 0; i < nmore && n < max; i++)
		if (!has_mark(all, before, more[i].mark)) all[n++] = more[i];
	return n;
}

enum code quotations_of_code(const struct page *p, struct id code, enum quotation_choice choice, int max,
                             struct quotation **ret, int *n, struct err *err)
{
	struct page reading = *p;
	struct codebook book;
	struct coding_list *lists;
	int place, nlists, found = 0;
	max = MIN(max, QUOTATIONS_MAX);
	struct quotation *all = arena_array(p->arena, struct quotation, (size_t)max + 1);
	if (choice == QUOTE_PUBLISHED) reading.actor = &actor_program;
	TRY(codebook_of_code(p->db, p->arena, p->model, reading.actor, code, &book, &place, err));
	TRY(coding_lists(p->db, p->arena, p->model, reading.actor, NULL, &lists, &nlists, err));
	for (int i = 0; i < nlists; i++) {
		struct coding *c = arena_new(p->arena, struct coding);
		struct quotation *more;
		int nmore;
		struct err none;
		if (lists[i].book != book.num || !coding_form_fits(&reading, lists[i].form)) continue;
		if (coding_open(&reading, &lists[i], &book, c, &none) != OK) continue;
		TRY(quotations_of_list(&reading, c, book.codes[place].counts, choice, max, &more, &nmore, err));
		found = add_new(all, found, max, more, nmore);
	}
	cited_first(p, all, found);
	*ret = all;
	*n = found;
	return OK;
}

/* ---- For reports ---- */

static int theme_named(const struct page *p, const struct codebook *book, const char *theme)
{
	struct id id;
	bool by_id = id_parse(theme, &id);
	const char *folded = text_fold(p->arena, theme);
	for (int i = 0; i < book->n; i++)
		if (by_id ? id_equal(book->codes[i].id, id)
		          : book->codes[i].state == CODE_USED &&
		                    strcmp(text_fold(p->arena, book->codes[i].name), folded) == 0)
			return book->codes[i].counts;
	return -1;
}

/* Whether so few have the theme in this list that it is not to be told of them. Nothing is counted here, so what is hidden to
 * protect another count does not matter. */
static enum code count_theme(const struct page *p, const struct coding *c, int place, struct theme_quotes *quotes,
                             struct err *err)
{
	struct theme_result result;
	TRY(theme_result_make(p, c, false, &result, err));
	int least = MAX(result.results.rule.hide_below, c->list.form->survey ? RULE_HIDE_CONFIDENTIAL : 0);
	quotes->people += result.shown->all.respondents;
	for (int i = 0; i < result.shown->all.n; i++)
		if (result.places[i] == place && result.shown->all.choices[i].n < least) quotes->hidden = true;
	return OK;
}

enum code quotations_of_theme(const struct page *p, const struct form *form, const char *theme,
                              enum quotation_choice choice, int max, struct theme_quotes *ret, struct err *err)
{
	struct coding_list *lists;
	struct theme_quotes quotes = { 0 };
	int nlists;
	max = MIN(max, QUOTATIONS_MAX);
	quotes.all = arena_array(p->arena, struct quotation, (size_t)max + 1);
	TRY(coding_lists(p->db, p->arena, p->model, p->actor, form, &lists, &nlists, err));
	for (int i = 0; i < nlists && coding_form_fits(p, form); i++) {
		struct codebook book;
		struct coding *c = arena_new(p->arena, struct coding);
		struct quotation *more;
		int nmore;
		TRY(codebook_load_num(p->db, p->arena, p->model, p->actor, lists[i].book, &book, err));
		int place = theme_named(p, &book, theme);
		if (place < 0) continue;
		quotes.theme = book.codes[place].name;
		TRY(coding_open(p, &lists[i], &book, c, err));
		TRY(count_theme(p, c, place, &quotes, err));
		TRY(quotations_of_list(p, c, place, choice, max, &more, &nmore, err));
		quotes.n = add_new(quotes.all, quotes.n, max, more, nmore);
	}
	if (quotes.theme == NULL) FAIL(err, E_NOT_FOUND, N_("No theme that you may read here is called “%s”."), theme);
	*ret = quotes;
	return OK;
}

static bool is_told(const char *const *names, int n, const char *name)
{
	for (int i = 0; i < n; i++)
		if (strcmp(names[i], name) == 0) return true;
	return false;
}

int quotations_themes(const struct page *p, const struct form *form, const char **ret, int max)
{
	struct coding_list *lists;
	struct err none;
	int nlists, n = 0;
	if (coding_lists(p->db, p->arena, p->model, p->actor, form, &lists, &nlists, &none) != OK) return 0;
	for (int i = 0; i < nlists; i++) {
		struct codebook book;
		if (codebook_load_num(p->db, p->arena, p->model, p->actor, lists[i].book, &book, &none) != OK) continue;
		for (int k = 0; k < book.n && n < max; k++)
			if (book.codes[k].state == CODE_USED && !is_told(ret, n, book.codes[k].name))
				ret[n++] = book.codes[k].name;
	}
	return n;
}

static int place_among(const struct id *marks, int n, struct id mark)
{
	for (int i = 0; i < n; i++)
		if (id_equal(marks[i], mark)) return i;
	return -1;
}

static void say_marks(struct quoting *q, const struct id *marks, int n, struct quotation *ret)
{
	for (int i = 0; i < q->c->n; i++) {
		const struct coding_text *text = &q->c->texts[i];
		for (int k = 0; k < text->nmarks; k++) {
			const struct coding_mark *mark = &q->c->all.marks[text->mark + k];
			int at = place_among(marks, n, mark->id);
			q->n = 0;
			if (at >= 0 && ret[at].words == NULL) quote(q, text, mark);
			if (q->n) ret[at] = q->all[0];
		}
	}
}

enum code quotations_of_marks(const struct page *p, const struct form *form, const struct id *marks, int n,
                              enum quotation_choice choice, struct quotation *ret, struct err *err)
{
	struct page program = *p;
	struct coding_list *lists;
	int nlists;
	program.actor = &actor_program;
	for (int i = 0; i < n; i++) ret[i] = (struct quotation){ .mark = marks[i] };
	TRY(coding_lists(p->db, p->arena, p->model, &actor_program, form, &lists, &nlists, err));
	for (int i = 0; i < nlists; i++) {
		struct codebook book;
		struct coding *c = arena_new(p->arena, struct coding);
		struct quotation one[2];
		struct quoting q = { .p = &program, .c = c, .place = -1, .choice = choice, .max = 1, .all = one };
		TRY(codebook_load_num(p->db, p->arena, p->model, &actor_program, lists[i].book, &book, err));
		TRY(coding_open(&program, &lists[i], &book, c, err));
		say_marks(&q, marks, n, ret);
	}
	return OK;
}

enum code theme_counts_of(const struct page *p, const struct form *form, const char *field, struct theme_counts *ret,
                          struct err *err)
{
	struct coding_list *lists;
	int n;
	TRY(coding_lists(p->db, p->arena, p->model, p->actor, form, &lists, &n, err));
	for (int i = 0; i < n; i++) {
		struct codebook book;
		struct coding *c = arena_new(p->arena, struct coding);
		struct theme_result *result = arena_new(p->arena, struct theme_result);
		if (field && !coding_list_takes(&lists[i], field)) continue;
		if (!coding_form_fits(p, form)) continue;
		TRY(codebook_load_num(p->db, p->arena, p->model, p->actor, lists[i].book, &book, err));
		if (field) lists[i].fields = field;
		TRY(coding_open(p, &lists[i], &book, c, err));
		TRY(theme_result_make(p, c, false, result, err));
		theme_result_counts(p, result, ret);
		return OK;
	}
	FAIL(err, E_NOT_FOUND, N_("not found"));
}

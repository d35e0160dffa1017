/* The steps of who answers: in which order the pages come, and what each shows. */
#include <stdlib.h>
#include <string.h>

#include "core/form_answers.h"
#include "features/survey/survey_page.h"
#include "page/form.h"

/* ---- Another order for each response, the same whenever it is opened ---- */

struct drawn {
	struct hash hash;
	int i;
};

static int by_hash(const void *a, const void *b)
{
	return hash_compare(&((const struct drawn *)a)->hash, &((const struct drawn *)b)->hash);
}

static struct hash draw(struct id seed, const char *key)
{
	struct hash hash = { { 0 } };
	char text[128] = "";
	size_t len = MIN(strlen(key), sizeof(text) - sizeof(seed.b));
	memcpy(text, seed.b, sizeof(seed.b));
	memcpy(text + sizeof(seed.b), key, len);
	hash = hash_blake2b("rand", NULL, text, sizeof(seed.b) + len);
	return hash;
}

void survey_order(const struct form *form, struct id seed, int order[static SURVEY_PAGES_MAX])
{
	const struct survey *survey = form->survey;
	struct drawn drawn[SURVEY_PAGES_MAX];
	for (int i = 0; i < survey->npages; i++) order[i] = i;
	if (!survey->random || survey->npages < 4) return;
	int n = survey->npages - 2;
	for (int i = 0; i < n; i++) drawn[i] = (struct drawn){ draw(seed, survey->pages[i + 1].key), i + 1 };
	qsort(drawn, (size_t)n, sizeof(drawn[0]), by_hash);
	for (int i = 0; i < n; i++) order[i + 1] = drawn[i].i;
}

/* ---- A step ---- */

static struct label piped_label(const struct page *p, const struct form *form, const json_t *values,
                                const struct label *label)
{
	struct label ret;
	for (int lang = 0; lang < LANG_COUNT; lang++)
		ret.text[lang] = label->text[lang] ? survey_piped(p, form, values, label->text[lang]) : NULL;
	return ret;
}

/* Does its condition look at a question that is answered at the same time: of the same page, or of any where all are shown? */
static bool looks_here(const struct page *p, const struct form *form, const struct field *field)
{
	bool whole = p->asked_whole || form->survey->one_page;
	for (int i = 0; i < form->nfields; i++)
		if ((whole || form->survey->page_of[i] == form->survey->page_of[field->position]) &&
		    expression_looks_at(field->show_if, form->fields[i].key))
			return true;
	return false;
}

/* Where all pages are shown, those with a condition are too: it may come to hold. */
static bool may_show(const struct page *p, const struct form *form, int page, const json_t *values)
{
	bool whole = p->asked_whole || form->survey->one_page;
	return (whole && form->survey->pages[page].show_if) || survey_page_asks(form, page, values);
}

static const char *only_if_words(const struct page *p, const struct form *form, const struct expression *condition)
{
	return page_printf(p, _("To fill in if %s."), condition_said(p, form, condition));
}

static bool is_shown(const struct page *p, const struct form *form, const struct field *field, const json_t *values)
{
	const struct expression *page = form->survey->pages[form->survey->page_of[field->position]].show_if;
	bool whole = p->asked_whole || form->survey->one_page;
	if (field->hidden) return false;
	return survey_asks(form, field, values) || looks_here(p, form, field) || (whole && page);
}

static const struct field *question_field(const struct page *p, const struct response *response,
                                          const struct field *field, const json_t *asked)
{
	struct field *shown = arena_new(p->arena, struct field);
	*shown = *field;
	if (asked) shown->label = piped_label(p, response->form, asked, &field->label);
	if (asked) shown->help = piped_label(p, response->form, asked, &field->help);
	shown->unfolded = true;
	shown->audience = AUDIENCE_PUBLIC; /* who reads answers is said once, for all */
	return shown;
}

static void add_block(const struct page *p, struct survey_step *step, int page, const json_t *asked,
                      const json_t *typed, int *number)
{
	const struct response *response = step->response;
	const struct form *form = step->form;
	const struct survey_page *said = &form->survey->pages[page];
	struct survey_block *block = &step->blocks[step->nblocks++];
	struct drawn *drawn = arena_array(p->arena, struct drawn, (size_t)form->nfields + 1);
	int n = 0;
	for (int i = 0; i < form->nfields; i++)
		if (form->survey->page_of[i] == page && is_shown(p, form, &form->fields[i], asked))
			drawn[n++] = (struct drawn){ draw(response->id, form->fields[i].key), i };
	if (said->random && n && asked) qsort(drawn, (size_t)n, sizeof(drawn[0]), by_hash);
	bool apart = said->show_if && (p->asked_whole || form->survey->one_page);
	*block = (struct survey_block){
		.title = asked ? survey_piped(p, form, asked, t(p, &said->label)) : t(p, &said->label),
		.text = asked ? survey_piped(p, form, asked, t(p, &said->text)) : t(p, &said->text),
		.key = said->key,
		.only_if = apart ? only_if_words(p, form, said->show_if) : NULL,
		.live = apart ? condition_live(p, form, said->show_if) : NULL,
		.mixed = said->random,
		.questions = arena_array(p->arena, struct survey_question, (size_t)n + 1),
		.n = n
	};
	for (int i = 0; i < n; i++) {
		const struct field *field = &form->fields[drawn[i].i];
		bool sure = survey_counts(field) && survey_asks(form, field, asked);
		block->questions[i] = (struct survey_question){
			.field = question_field(p, response, field, asked),
			.value = json_object_get(typed, field->key),
			.number = *number += sure,
			.only_if = looks_here(p, form, field) ? only_if_words(p, form, field->show_if) : NULL
		};
	}
}

/* Questions asked on the pages before a place of the order. */
static int asked_before(const struct form *form, const int *order, int place, const json_t *asked)
{
	int n = 0;
	for (int k = 0; k < place; k++)
		for (int i = 0; i < form->nfields; i++)
			n += form->survey->page_of[i] == order[k] && survey_counts(&form->fields[i]) &&
			     survey_asks(form, &form->fields[i], asked);
	return n;
}

void survey_step(const struct page *p, const struct response *response, const char *base, int page, const json_t *typed,
                 struct survey_step *ret)
{
	const struct form *form = response->form;
	const struct survey *survey = form->survey;
	int order[SURVEY_PAGES_MAX];
	const json_t *asked = survey_values_asked(p->arena, form, response->values);
	survey_order(form, response->id, order);
	*ret = (struct survey_step){ .response = response,
		                     .form = form,
		                     .base = base,
		                     .page = survey->pages[order[page]].key,
		                     .blocks = arena_array(p->arena, struct survey_block, (size_t)survey->npages + 1),
		                     .total = survey_count(form, asked),
		                     .kiosk = response->channel == CHANNEL_KIOSK };
	int number = survey->one_page ? 0 : asked_before(form, order, page, asked);
	ret->first = number + 1;
	for (int k = survey->one_page ? 0 : page; k < survey->npages; k++) {
		if (may_show(p, form, order[k], asked))
			add_block(p, ret, order[k], asked, typed ? typed : response->values, &number);
		if (!survey->one_page) break;
	}
	ret->last = number;
	ret->minutes = survey_minutes(form, asked, survey->random || survey->one_page ? 0 : order[page]);
	ret->has_before = !survey->one_page && survey_next(response, asked, page - 1, -1) >= 0;
	/* What is answered here may open a page that is shut so far. */
	ret->is_last = survey->one_page || page == survey->npages - 1;
}

void survey_step_whole(const struct page *p, const struct response *response, struct survey_step *ret)
{
	const struct form *form = response->form;
	const struct survey *survey = form->survey;
	int number = 0;
	*ret = (struct survey_step){ .response = response,
		                     .form = form,
		                     .base = "",
		                     .page = survey->pages[0].key,
		                     .blocks = arena_array(p->arena, struct survey_block, (size_t)survey->npages + 1),
		                     .total = survey_count(form, NULL) };
	for (int k = 0; k < survey->npages; k++) add_block(p, ret, k, NULL, NULL, &number);
}

int survey_next(const struct response *response, const json_t *values, int from, int by)
{
	int order[SURVEY_PAGES_MAX];
	const struct form *form = response->form;
	survey_order(form, response->id, order);
	for (int k = from; k >= 0 && k < form->survey->npages; k += by)
		if (survey_page_asks(form, order[k], values)) return k;
	return -1;
}

int survey_place(const struct response *response, const char *key)
{
	int order[SURVEY_PAGES_MAX];
	const struct survey *survey = response->form->survey;
	survey_order(response->form, response->id, order);
	for (int k = 0; k < survey->npages; k++)
		if (strcmp(survey->pages[order[k]].key, key) == 0) return k;
	return -1;
}

const char *survey_where(const struct page *p, const struct survey_step *step)
{
	if (step->last <= step->first) return page_printf(p, _("Question %d of %d"), step->first, step->total);
	return page_printf(p, _("Questions %d to %d of %d"), step->first, step->last, step->total);
}

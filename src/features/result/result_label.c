/* Questions and their choices in the reader's words. */
#include <string.h>

#include "features/result/result.h"

static const char *own_words(const struct page *p, const char *key)
{
	static const struct {
		const char *key, *words;
	} own[] = { { "_space", N_("Space") },
		    { "_year", N_("Year of the answer") },
		    { "_channel", N_("How it was answered") },
		    { "_group", N_("Kept group") } };
	for (size_t i = 0; i < COUNT(own); i++)
		if (strcmp(own[i].key, key) == 0) return tr(p->lang, own[i].words);
	return key;
}

static const char *question_words(const struct page *p, const struct result_question *q)
{
	if (q->field == NULL) return own_words(p, q->key);
	const char *label = t(p, &q->field->label);
	if (q->fill == FILL_FIRST) return page_printf(p, _("%s – in first place"), label);
	if (q->fill == FILL_YEAR) return page_printf(p, _("%s (year)"), label);
	return label;
}

/* Of choices as the field has them, or as they were found. */
static const char *choice_words(const struct page *p, const struct result_question *q, int code)
{
	const struct field *field = q->field;
	if (q->left_out && code == q->column.ncodes - 1) return _("Other answers");
	if (q->labels && q->labels[code]) return q->labels[code];
	if (q->fill == FILL_YES_NO) return code == 0 ? _("Yes") : _("No");
	if (field == NULL)
		return strcmp(q->key, "_channel") == 0 ? tr(p->lang, answer_channel_words(q->keys[code]))
		                                       : q->keys[code];
	const struct choice *choice = field_choice(field, q->keys[code]);
	if (choice) return t(p, &choice->label);
	return field->type->key_label ? field->type->key_label(field, q->keys[code], p) : q->keys[code];
}

void question_word(const struct page *p, struct result_question *question)
{
	int n = question->kind == QUESTION_CHOICES ? question->column.ncodes : 0;
	const char **labels = arena_array(p->arena, const char *, (size_t)n + 1);
	question->label = question_words(p, question);
	for (int code = 0; code < n; code++) labels[code] = choice_words(p, question, code);
	question->labels = labels;
}

#include "features/answers_in/answers_in_page.h"

#include "base/text.h"

enum { SAMPLE = 60, WORDS = 90 };

const char *answer_control(const struct page *p, int i)
{
	return arena_printf(p->arena, "c-%d", i);
}

const char *answer_sample(const struct page *p, const char *text)
{
	return text_cut(p->arena, text, SAMPLE);
}

const char *answers_in_url(const struct page *p, const struct form *form, const char *rest)
{
	return arena_printf(p->arena, "%s%s", survey_url(p, form, "/import"), rest);
}

const char *answers_undo_url(const struct page *p, const struct answer_import *import)
{
	char id[ID_TEXT + 1];
	return arena_printf(p->arena, "/-/answers-in/%s/undo", id_format(import->id, id));
}

static const char *words_of_field(const struct page *p, const struct answer_target *target)
{
	const char *label = text_cut(p->arena, t(p, &target->field->label), WORDS);
	const char *choice = target->choice ? t(p, &target->choice->label) : NULL;
	switch (target->kind) {
	case ANSWER_CHOICE: return page_printf(p, _("%s – ticked: %s"), label, choice);
	case ANSWER_OTHER: return page_printf(p, _("%s – words of “other”"), label);
	case ANSWER_COMMENT:
		if (choice) return page_printf(p, _("%s – comment on: %s"), label, choice);
		return page_printf(p, _("%s – comment"), label);
	default: return label;
	}
}

const char *answer_target_words(const struct page *p, const struct answer_target *target)
{
	switch (target->kind) {
	case ANSWER_NONE: return _("Leave it out");
	case ANSWER_SENT: return _("When it was answered");
	case ANSWER_BEGUN: return _("When it was begun");
	case ANSWER_CHANNEL: return _("How it was answered");
	case ANSWER_NAME: return _("Who answered");
	case ANSWER_CODE: return _("Personal code");
	case ANSWER_LANGUAGE: return _("Language");
	default: return words_of_field(p, target);
	}
}

int answer_columns_matched(const struct answer_sheet *sheet)
{
	int n = 0;
	for (int i = 0; i < sheet->grid.ncolumns; i++) n += sheet->columns[i].target->kind != ANSWER_NONE;
	return n;
}

int answer_columns_unknown(const struct answer_sheet *sheet)
{
	int n = 0;
	for (int i = 0; i < sheet->grid.ncolumns; i++)
		n += sheet->columns[i].target->kind == ANSWER_NONE && !sheet->columns[i].known;
	return n;
}

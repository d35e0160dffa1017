/* The words of a letter to a target, its {placeholders} replaced. */
#ifndef PARVIS_SURVEY_WAVE_LETTER_H
#define PARVIS_SURVEY_WAVE_LETTER_H

#include "core/survey_wave.h"
#include "page/page.h"

/* What may stand in a letter, in both languages; ends with a NULL word. */
struct placeholder {
	const char *fr, *en; /* "{nom}", "{name}" */
	const char *means;   /* message id */
};
extern const struct placeholder placeholders[];

/* The language of a target's letters: its own, else the site's; the other one where nothing is said in it. */
enum lang target_lang(const struct page *p, const struct survey_wave *wave, const struct survey_target *target);
/* A text with what it says of this target; `code` opens the questionnaire. */
const char *letter_words(const struct page *p, const struct survey_target *target, const char *code, enum lang lang,
                         const char *text);
/* Has a text the link, in either language? */
bool letter_has_link(const char *text);
/* What stands in a new letter: the first one, or a reminder. */
const char *letter_subject(enum lang lang, bool reminder);
const char *letter_text(enum lang lang, bool reminder);

#endif

/* The pages of planned letters. */
#ifndef PARVIS_FEATURES_SURVEY_WAVE_H
#define PARVIS_FEATURES_SURVEY_WAVE_H

#include "features/survey/campaign.h"
#include "features/survey/wave_letter.h"

/* What is typed of one. */
struct wave_typed {
	const char *day, *time;
	const char *subject[LANG_COUNT], *text[LANG_COUNT];
};

struct wave_list {
	const struct form *form;
	const struct survey_wave *waves;
	int n;
	struct wave_typed typed; /* of the one to add */
};

enum { WAVE_NAMES_SHOWN = 20 };
struct wave_shown {
	const struct survey_wave *wave;
	struct wave_typed typed;
	int by[TARGET_CHANNELS]; /* who waits for it now, as each is reached */
	int waiting;
	const struct survey_target *first; /* whose letter is shown; NULL: nobody's */
	const char *subject, *text;        /* as that one reads it */
	const char *const *names;          /* of those who wait for it */
	int nnames;
};

const char *wave_url(const struct page *p, const struct survey_wave *wave, const char *rest);
const char *wave_id_text(const struct page *p, const struct survey_wave *wave);
const char *wave_text_name(const struct page *p, const char *what, enum lang lang);

#endif

/* Settings as people read them. */
#ifndef PARVIS_SETTING_WORDS_H
#define PARVIS_SETTING_WORDS_H

#include "features/setting/config.h"
#include "page/page.h"

/* A value: the words of the choice, the value itself, "none", or "(hidden)". */
const char *setting_value_words(const struct page *p, enum setting setting, const char *value);
/* The words of the nth choice, or of the values themselves. */
const char *setting_choice(const struct page *p, const struct setting_row *row, int i, const char **value);

#endif

/* What the template of the rule against advertisements asks of C. */
#ifndef PARVIS_SPAM_PAGE_H
#define PARVIS_SPAM_PAGE_H

#include "core/spam.h"
#include "page/form.h"

struct spam_level {
	int threshold;
	const char *words; /* message id */
};
enum { SPAM_LEVELS = 3 };
extern const struct spam_level spam_levels[SPAM_LEVELS];

#endif

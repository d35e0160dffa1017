/* What a template with messages needs: something named p that has a language. */
#ifndef TEST_GOLDEN_H
#define TEST_GOLDEN_H

#include "base/i18n.h"

struct golden_page {
	enum lang lang;
};

#endif

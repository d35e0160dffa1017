/* The screens of a report. */
#ifndef PARVIS_REPORT_SCREEN_H
#define PARVIS_REPORT_SCREEN_H

#include "features/report/report_text.h"

struct report_screen {
	int at, n;    /* 0: the title */
	int from, to; /* blocks */
};
/* The first block of each; how many. */
int report_screens(const struct report_text *text, int *first, int most);

#endif

/* The screens of a report. */
#ifndef PARVIS_RESTITUTION_SCREEN_H
#define PARVIS_RESTITUTION_SCREEN_H

#include "features/restitution/restitution_text.h"

struct restitution_screen {
	int at, n;    /* 0: the title */
	int from, to; /* blocks */
};
/* The first block of each; how many. */
int restitution_screens(const struct restitution_text *text, int *first, int most);

#endif

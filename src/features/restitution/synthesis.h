/* What stands on the page of synthesis of a report: blocks chosen by hand; as long as none was, its first section. */
#ifndef PARVIS_SYNTHESIS_H
#define PARVIS_SYNTHESIS_H

#include "features/restitution/restitution_page.h"

enum { SYNTHESIS_MAX = 60 };

struct synthesis {
	bool *chosen; /* by block */
	int n;        /* how many */
	int lost;     /* chosen once, and gone from the text */
	int pages;    /* of A4 that it takes */
};

#endif

/* A view for a screen in a hall: one record after the other, by itself. */
#ifndef PARVIS_SCREEN_H
#define PARVIS_SCREEN_H

#include "page/page.h"
#include "views/view_type.h"

enum { SCREEN_RECORDS = 50 /* that turn, the first of the view */, SCREEN_SECONDS = 15 /* each */ };

struct screen {
	const struct view_list *list;
	int at; /* which record is shown, from 0 */
	bool paused;
	struct html_safe code; /* QR code of the record, or of the list where nothing is in it */
};

/* The same with another record, turning or not; the choices made in the list stay. */
const char *screen_address(const struct page *p, const struct screen *screen, int at, bool paused);
/* Which comes after, which before: round and round. */
int screen_next(const struct screen *screen);
int screen_before(const struct screen *screen);

#endif

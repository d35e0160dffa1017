/* Used by the templates of opening hours. */
#ifndef PARVIS_FIELDS_HOURS_H
#define PARVIS_FIELDS_HOURS_H

#include "page/page.h"

/* Days that say the same, one after the other: "du lundi au vendredi", "9 h – 12 h". */
struct hours_line {
	const char *days, *times;
};

/* The lines of one season; `season` is "" all year. */
struct hours_table {
	const char *season;
	struct hours_line *lines;
	int n;
};

/* The boxes of the form: what is typed for each day (from 1, holidays last), and the other rules. */
struct hours_boxes {
	const char *days[9], *more;
};

/* "lundi", "jours fériés". */
const char *hours_day_name(enum lang lang, int day);
/* Id and name of the box of a day; what describes it. */
const char *hours_id(const struct page *p, const struct field *field, int day);
const char *hours_name(const struct page *p, const struct field *field, int day);
const char *hours_described(const struct page *p, const struct field *field);

#endif

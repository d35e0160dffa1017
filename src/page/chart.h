/*
 * Charts as SVG (SVG 2, WAI-ARIA Graphics): one series, drawn by the server, named and described for
 * screen readers, each value written beside its mark. What has no value is hatched, not only of another
 * colour. Colours are the style sheet's. The same figures stand in a table beside: the caller's.
 */
#ifndef PARVIS_CHART_H
#define PARVIS_CHART_H

#include "base/arena.h"
#include "base/html.h"
#include "core/model.h"

enum { CHART_MARKS_MAX = 120 };

struct chart_mark {
	const char *label;
	const char *text; /* the value, as written for the reader */
	const char *url;  /* of what is counted, for the table; or NULL */
	double value;
	bool rest; /* stands for what was not said */
};

struct chart {
	const char *title;
	const char *summary;    /* a sentence: what a glance tells */
	const char *value_name; /* what the values are: "structures", "Postes, moyenne" */
	const char *by_name;    /* what the marks stand for */
	enum chart_shape shape;
	const struct chart_mark *marks; /* at most CHART_MARKS_MAX */
	int n;
	int left_out; /* marks that there was no room for */
};

/* `number` makes ids that differ from those of the other charts of the page. Nothing without marks. */
struct html_safe chart_svg(struct arena *a, const struct chart *chart, int number);

#endif

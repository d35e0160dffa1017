/*
 * The site's colours, made from its one colour (the setting "colour", "#rrggbb") or that of a space: same hue,
 * lightness by role, contrast checked against the papers and inks of src/web/front/tokens.css, in light and in
 * dark. Whatever the colour, what is written with them can be read.
 */
#ifndef PARVIS_THEME_H
#define PARVIS_THEME_H

#include <stdbool.h>
#include <stddef.h>

#define THEME_ROOT "/-/theme/"

struct theme {
	char colour[8]; /* "#12523f" */
	char css[640];
	size_t len;
	char path[48]; /* "/-/theme/1a2b3c4d5e6f7081.css": another content, another address */
};

/* Is it "#rrggbb"? */
bool theme_is_colour(const char *text);

/* The theme of a colour; of the usual one when it is NULL or not a colour. The calling thread's, until
 * its next calls with other colours. */
const struct theme *theme_of(const char *colour);

enum { THEME_COLOUR = 8 /* "#12523f" */ };
bool theme_colour_valid(const char *colour);
/* One of its colours ("accent", "masthead"…) by day or by night. */
void theme_tint(const char *colour, const char *property, bool dark, char ret[static THEME_COLOUR]);

#endif

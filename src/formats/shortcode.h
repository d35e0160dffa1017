/* Shortcodes of WordPress, "[gallery ids=1,2]", "[caption]…[/caption]". */
#ifndef PARVIS_SHORTCODE_H
#define PARVIS_SHORTCODE_H

#include "formats/html_markdown.h"

/* The text without them; what stands between two stays; each is noted among what is lost, but captions, whose picture
 * and words stay. */
const char *shortcodes_removed(struct arena *a, const char *html, size_t len, struct html_markdown *ret);

#endif

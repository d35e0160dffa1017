/* HTML that other programs wrote → its words on one line, without marks: for names and labels. */
#ifndef PARVIS_HTML_PLAIN_H
#define PARVIS_HTML_PLAIN_H

#include "base/arena.h"

/* What is no HTML comes out as it is. Scripts and styles say nothing. */
const char *html_plain(struct arena *a, const char *html);

#endif

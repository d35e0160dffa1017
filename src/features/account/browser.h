/* The browser of a session, in plain words. */
#ifndef PARVIS_BROWSER_H
#define PARVIS_BROWSER_H

#include "page/page.h"

/* "Firefox on Windows", from what it says of itself in User-Agent (RFC 9110 §10.1.5). */
const char *browser_words(const struct page *p, const char *agent);

#endif

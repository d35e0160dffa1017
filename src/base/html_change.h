/*
 * HTML that the program wrote (elements and attributes well formed, values between double quotes), written again with
 * other addresses and without some of its elements: for pages that are read elsewhere, in an archive or a feed.
 */
#ifndef PARVIS_HTML_CHANGE_H
#define PARVIS_HTML_CHANGE_H

#include "base/arena.h"
#include "base/buf.h"

enum html_keep {
	HTML_KEEP,
	HTML_OPEN, /* what is inside stays, the element goes */
	HTML_DROP, /* both go */
};

struct html_change {
	void *context;
	enum html_keep (*element)(void *context, const char *name);
	/* The value that it has then: `value`, which stays as it is written, another one, or NULL: the attribute goes. An
	 * attribute without value has "". */
	const char *(*attribute)(void *context, struct arena *a, const char *name, const char *value);
};

/* Whatever the bytes, it ends, and what comes out holds no element that `element` refuses. */
void html_change(struct buf *out, struct arena *a, const struct html_change *change, const char *html, size_t len);

#endif

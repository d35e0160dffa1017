/*
 * WordPress exports (WXR 1.0 to 1.2: RSS 2.0 with WordPress' own elements), read whole. No document type, no entity, no
 * network. Texts are as they are in the file, "" when absent; what goes beyond the limits is refused.
 */
#ifndef PARVIS_WXR_H
#define PARVIS_WXR_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

enum { WXR_ITEMS = 50000, WXR_COMMENTS = 200000 /* of the whole file */, WXR_TERMS = 200 /* of an item */ };

struct wxr_comment {
	int line;
	const char *id, *parent; /* "0": none */
	const char *author, *date, *date_gmt, *content;
	const char *approved; /* "1", "0", "spam", "trash", "post-trashed" */
	const char *type;     /* "", "comment", "pingback", "trackback" */
	struct wxr_comment *next;
};

struct wxr_item {
	int line;
	const char *id, *type, *status, *title, *link, *slug, *author, *date, *content, *excerpt, *password;
	const char *file;             /* of an attachment: its address */
	const char *picture;          /* id of the attachment that stands for it */
	const char *terms[WXR_TERMS]; /* categories and tags, each once */
	int nterms;
	struct wxr_comment *comments; /* in the order of the file */
	struct wxr_item *next;
};

/* Who is named by the item's author. */
struct wxr_author {
	const char *login, *name;
	struct wxr_author *next;
};

struct wxr {
	const char *site; /* its address, or "" */
	struct wxr_item *items;
	struct wxr_author *authors;
	int n;
};

/* E_INPUT: it is not one, or is cut. E_LIMIT: over the limits above. */
enum code wxr_read(struct arena *a, const char *text, size_t len, struct wxr *ret, struct err *err) MUST;

/* The name shown for a login; the login when the file says no more. */
const char *wxr_author_name(const struct wxr *wxr, const char *login);

#endif

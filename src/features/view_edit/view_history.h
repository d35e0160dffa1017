/* What became of a view, change by change. */
#ifndef PARVIS_VIEW_HISTORY_H
#define PARVIS_VIEW_HISTORY_H

#include "core/definition.h"
#include "features/view_edit/view_edit.h"

struct view_version {
	int64_t version, at;      /* ms UTC */
	const char *who;          /* NULL: the program */
	const char *const *words; /* what changed; NULL after the last */
	bool present;
};

enum { VIEW_VERSIONS = 50 /* shown */ };

const char *view_version_url(const struct page *p, const struct view *view, const struct view_version *version);

/* The site's views and those taken away, with their last change. */
struct view_line {
	const struct view *view; /* NULL: it was taken away */
	const char *key, *title; /* of what was taken away */
	const char *who;
	int64_t at;
	struct view_uses uses;
};

#endif

/* What the page of a space's archives asks of C. */
#ifndef PARVIS_ARCHIVE_PAGE_H
#define PARVIS_ARCHIVE_PAGE_H

#include "features/admin/admin.h"
#include "features/archive/archive.h"
#include "features/space/space.h"
#include "page/icon.h"

struct archive_state {
	const struct space *space;
	const struct archive *list;
	int n;
	const char *story; /* as typed */
	bool may_close;    /* the site's first space stays open */
};

const char *archive_action_url(const struct page *p, const struct archive_state *s, const struct archive *archive,
                               const char *more);
/* When it goes. */
const char *archive_until(const struct page *p, const struct archive *archive);

#endif

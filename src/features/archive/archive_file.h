/* Pictures and files of an archive. */
#ifndef PARVIS_ARCHIVE_FILE_H
#define PARVIS_ARCHIVE_FILE_H

#include "features/archive/archive_zip.h"
#include "page/page.h"

struct archive_files {
	struct archive_zip *zip;
	struct arena *arena;
	json_t *known; /* address → path in the archive, or null: it stays on the site */
	int64_t bytes, n, left_out;
};

/* The path of the file at that address of the site ("/-/file/…", "/-/asset/…"), put into the archive the first time;
 * *ret NULL when it is not in it. What the page's reader may not read is not. */
enum code archive_file(struct archive_files *f, const struct page *p, const char *address, const char **ret,
                       struct err *err) MUST;

#endif

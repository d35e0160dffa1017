/* The page of a long import. */
#ifndef PARVIS_IMPORT_RUN_PAGE_H
#define PARVIS_IMPORT_RUN_PAGE_H

#include "features/import/import_run.h"

struct run_list {
	struct import_line *lines;
	int n, all, from;
};

struct run_page {
	const struct import_run *run;
	const struct import_kind *kind;
	struct run_list comes, stays;
};

/* "/-/imports/…" */
const char *run_url(const struct page *p, const struct import_run *run);
/* "Looked at: 320 of 10,000". */
const char *run_progress(const struct page *p, const struct import_run *run);
/* How it stands, in a few words. */
const char *run_state_words(const struct page *p, const struct import_run *run);
/* The choices of its kind. */
void run_choices(struct buf *out, const struct page *p, const struct run_page *s);
/* "viennent=100" */
const char *run_lines_query(const struct page *p, const struct run_page *s, bool comes, int from);
bool run_has(const struct import_run *run); /* did it bring anything that can be taken back? */

#endif

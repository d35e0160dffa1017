/* Making an archive (archive.h), and what its templates ask of C. */
#ifndef PARVIS_ARCHIVE_MAKE_H
#define PARVIS_ARCHIVE_MAKE_H

#include "core/comment.h"
#include "features/archive/archive.h"
#include "page/page.h"
#include "views/view_type.h"

/* A form or a view that the archive has a list of. */
struct archive_section {
	const char *url, *title; /* from the root */
	int64_t records;
};

/* What is being put into one, as its pages need to know it. */
struct archive_site {
	const struct space *space;
	enum archive_scope scope;
	const char *asker;             /* her name; "" when it is as a visitor */
	struct archive_section *forms; /* those that have pages, in the site's order */
	const struct form **kinds;     /* the same ones */
	int nforms;
	struct archive_section *views;
	int nviews;
	int64_t records, files;
	int64_t left_out; /* files that are too many */
	int dated;        /* pages with a date, in agenda.ics */
	const char *root; /* of the page being written: "" or "../" */
};

/* Writes it as `page` reads the space; its arena is emptied between two pages. `path` must not exist; it appears whole,
 * and is deleted when it fails. */
enum code archive_make(struct store *store, const struct page *page, struct archive *archive, const char *asker,
                       const char *path, struct err *err) MUST;

const char *archive_licence(const struct page *p);
/* From the page being written to what is at `path`. */
const char *archive_url(const struct page *p, const struct archive_site *s, const char *path);
/* What it is, what was left out, its licence: one sentence or more each; ends with NULL. */
const char *const *archive_lines(const struct page *p, const struct archive_site *s);

#endif

/* What the templates of administration ask of C. */
#ifndef PARVIS_ADMIN_PAGE_H
#define PARVIS_ADMIN_PAGE_H

#include "core/record.h"
#include "features/admin/admin.h"
#include "features/admin/admin_store.h"
#include "store/job.h"

/* A page that administrators go to, with what it is for. */
struct admin_door {
	const char *url, *icon, *name, *help; /* message ids */
	bool administers;                     /* for administrators only */
};
extern const struct admin_door admin_doors[]; /* ends with a row without an address */

/* A piece of work: what it is, how it stands. */
struct job_words {
	const struct job_row *row;
	const char *words, *state; /* in the reader's language */
	bool care, recurs;
};

/* What takes room. */
struct disk_state {
	int64_t database, files, backups, available, total;
	const struct big_file *big;
	const struct record **holders; /* of big, NULL: none that is there */
	int nbig;
	const struct form_room *forms;
	int nforms;
	struct growth month;
	int months; /* until the disk is full at that pace; 0: not soon */
};

const char *job_url(const struct page *p, const struct job_row *row, const char *more);

#endif

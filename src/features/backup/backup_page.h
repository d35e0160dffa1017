/* What the templates of backups ask of C. */
#ifndef PARVIS_BACKUP_PAGE_H
#define PARVIS_BACKUP_PAGE_H

#include "features/admin/admin.h"
#include "features/backup/shelf.h"

struct shelf_page {
	const struct shelved *list;
	int n;
	bool making, trying;          /* under way */
	const char *rhythm, *trouble; /* how often they are made; what the last one met, NULL: nothing */
	int kept;
};

const char *backup_url(const struct page *p, const struct shelved *s, const char *more);

#endif

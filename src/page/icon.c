#include "page/icon.h"

#include <stdlib.h>
#include <string.h>

#include "page/icon_rows.h"

static int compare(const void *name, const void *row)
{
	return strcmp(name, ((const struct icon_row *)row)->name);
}

static const struct icon_row *find(const char *name)
{
	if (name == NULL) return NULL;
	return bsearch(name, icon_rows, COUNT(icon_rows), sizeof(icon_rows[0]), compare);
}

struct html_safe icon(const char *name)
{
	const struct icon_row *row = find(name);
	return row ? row->html : (struct html_safe){ "", 0 };
}

bool icon_exists(const char *name)
{
	return find(name) != NULL;
}

/* Links and embeds of a text that lead elsewhere from now on, written again where they stand. */
#ifndef PARVIS_RICH_RENAME_H
#define PARVIS_RICH_RENAME_H

#include <stdbool.h>

#include "base/arena.h"

struct rich_renaming {
	void *context;
	/* What a target becomes; NULL leaves it. What it gives has none of []|\`<*_~{} and no line's end, and is
	 * at most 99 bytes. */
	const char *(*name)(void *context, const char *target);
	bool (*names)(const char *word); /* is the rest of {{word rest}} such a target? */
};

/*
 * Each [[target]] and {{word target}} is asked for. Only what rich_read (rich/markdown.h) finds as a link or
 * an embed is written again: never code, nor what only looks like one. Words after the bar stay. All else
 * stays byte for byte. NULL: nothing changed.
 */
const char *rich_rename(struct arena *a, const char *source, const struct rich_renaming *renaming);

#endif

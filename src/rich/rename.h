/* Links of a text that lead elsewhere from now on, written again where they stand. */
#ifndef PARVIS_RICH_RENAME_H
#define PARVIS_RICH_RENAME_H

#include "base/arena.h"

/*
 * `name` is asked for each [[target]] what it becomes; NULL leaves it. What it gives has no bracket, bar,
 * backslash or line's end, and at most 99 bytes. Only what rich_read (rich/markdown.h) finds as a link is
 * written again: never code, nor what only looks like one. Words after the bar stay. All else stays byte for
 * byte. NULL: nothing changed.
 */
const char *rich_rename(struct arena *a, const char *source,
                        const char *(*name)(void *context, const char *target), void *context);

#endif

/* Plain files read whole and folders listed, for presets, imports and settings. */
#ifndef PARVIS_DISK_H
#define PARVIS_DISK_H

#include "base/arena.h"
#include "base/err.h"

/* The content, NUL-terminated; at most `max` bytes (E_LIMIT). E_NOT_FOUND when there is no such file. */
enum code disk_read(struct arena *a, const char *path, size_t max, char **ret, size_t *len,
                    struct err *err) MUST;
/* Names in a folder that end in `suffix`, sorted; an absent folder has none. */
enum code disk_list(struct arena *a, const char *path, const char *suffix, char ***ret, int *n,
                    struct err *err) MUST;

#endif

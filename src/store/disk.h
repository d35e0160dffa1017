/* Plain files read whole and folders listed, for presets, imports and settings. */
#ifndef PARVIS_DISK_H
#define PARVIS_DISK_H

#include "base/arena.h"
#include "base/err.h"

/* The content, NUL-terminated; at most `max` bytes (E_LIMIT). E_NOT_FOUND when there is no such file. */
enum code disk_read(struct arena *a, const char *path, size_t max, char **ret, size_t *len, struct err *err) MUST;
/* Names in a folder that end in `suffix`, sorted; an absent folder has none. */
enum code disk_list(struct arena *a, const char *path, const char *suffix, char ***ret, int *n, struct err *err) MUST;

/* Writes the whole of a text file, readable by its owner only: beside, synced, then in its place, so that it is
 * never half written. */
enum code disk_write(const char *path, const char *text, struct err *err) MUST;
/* Deletes a folder and all that is in it; what is not there is fine. Follows no link. */
enum code disk_remove(const char *path, struct err *err) MUST;
/* Bytes of the plain files in a folder (not in its folders); 0 when it is not there. */
int64_t disk_folder_size(const char *path);
/* Of the disk that holds `path`: bytes that the program may still write, and in all. */
enum code disk_room(const char *path, int64_t *available, int64_t *total, struct err *err) MUST;

#endif

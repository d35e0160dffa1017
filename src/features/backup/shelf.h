/*
 * The backups that the site keeps in its own folder, backups/: each a file of features/backup/backup.h, with what
 * is known of it beside (NAME.json). They are of no use when the disk breaks: people take them away.
 */
#ifndef PARVIS_SHELF_H
#define PARVIS_SHELF_H

#include "base/arena.h"
#include "base/err.h"
#include "features/backup/backup.h"

struct shelved {
	const char *name; /* "site-2026-11-28-140512.zip" */
	int64_t made, bytes;
	int64_t rows, files; /* of it; 0: not known */
	const char *hash;    /* SHA-256 of the file, in hexadecimal; "": not known */
	bool by_itself;      /* nobody asked for it: it goes when there are enough */
	int64_t tested;      /* when; 0: never */
	bool sound;          /* what that said, in one word … */
	const char *said;    /* … and in some */
};

/* The folder, made if need be. */
enum code shelf_folder(struct arena *a, const char *dir, const char **ret, struct err *err) MUST;
const char *shelf_path(struct arena *a, const char *dir, const char *name);
/* The newest first. */
enum code shelf_list(struct arena *a, const char *dir, struct shelved **ret, int *n, struct err *err) MUST;
/* E_NOT_FOUND for any name that is not in the list. */
enum code shelf_find(struct arena *a, const char *dir, const char *name, struct shelved *ret, struct err *err) MUST;
/* Keeps what is known of it. */
enum code shelf_note(struct arena *a, const char *dir, const struct shelved *shelved, struct err *err) MUST;
enum code shelf_delete(struct arena *a, const char *dir, const char *name, struct err *err) MUST;
/* Bytes of all of them. */
int64_t shelf_size(struct arena *a, const char *dir);
/* E_FULL when the disk has less than that, and some to go on with. */
enum code shelf_room(const char *dir, int64_t bytes, struct err *err) MUST;

#endif

/*
 * Files in records. A value names one as {"file": "<sha-256>", …}, at any depth. Whoever may read a part
 * of a record may read the files that its values name, and named in earlier versions; whoever sent a file
 * may read it for a day, and put it into a record. What no record holds any more is collected.
 */
#ifndef PARVIS_FILE_REF_H
#define PARVIS_FILE_REF_H

#include "core/record.h"

enum { FILE_GRACE_MS = 24 * 3600 * 1000 };

/* The files that a value names, each once, in no particular order; returns how many. */
int file_list(struct arena *a, const json_t *value, struct hash **ret);

/* After a save: adds what the record's values name. */
enum code file_refs_add(struct tx *tx, struct arena *a, const struct record *record, struct err *err) MUST;
/* Computes all again, from the revisions that are there: once one was erased. */
enum code file_refs_rebuild(struct tx *tx, struct arena *a, const struct record *record, struct err *err) MUST;

/* A file as kept: of a picture, also its size in pixels. */
struct kept_file {
	struct hash hash;
	int64_t size;
	const char *type;
	int width, height; /* 0: not a picture */
	bool everybody;    /* visitors read it too */
};

/* E_NOT_FOUND for what the actor may not read. */
enum code file_find(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                    const struct hash *hash, struct kept_file *ret, struct err *err) MUST;
/* The size of a picture whose longest side is `side` at most (media/picture.h), or the next larger one
 * there is. `picture` was found; the result is as readable. */
enum code file_find_size(struct db *db, struct arena *a, const struct kept_file *picture, int side,
                         struct kept_file *ret, struct err *err) MUST;

/* What a person sent: hers for a day. Noted together with the file (file_keep). */
enum code file_note_upload(struct tx *tx, int64_t person, const struct hash *hash, struct err *err) MUST;
enum code file_note_picture(struct tx *tx, const struct hash *file, int side, const struct hash *version, int width,
                            int height, struct err *err) MUST;

/* Deletes the files that nothing names and nobody sent since a day. `ret`: how many. */
enum code files_collect(struct store *store, int *ret, struct err *err) MUST;

#endif

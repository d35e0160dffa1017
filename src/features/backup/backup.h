/*
 * A whole site in one file, made while the site runs: a ZIP archive (APPNOTE 6.3; Zip64 when large) of
 *
 *	backup.json          what it is: {"format": 1, "schema": …, "made": …, "tables": [{"name", "rows",
 *	                     "size", "sha256"}, …], "files": …}
 *	table/NAME.jsonl     a line of column names, then a line for each row, by its key: JSON
 *	                     arrays, with {"hex": "…"} for bytes
 *	files/HASH           the files of records, by their SHA-256
 *	parvis.conf          the settings, but for how PostgreSQL is reached
 *	settings.conf        those made in the browser
 *
 * Its last 64 bytes, the comment of the archive, are the SHA-256 of all before them, in hexadecimal.
 *
 * It does not depend on the database: a site goes from SQLite to PostgreSQL, and back, this way. What is
 * computed (indexes, search) is not in it, nor are sessions: people sign in again.
 */
#ifndef PARVIS_BACKUP_H
#define PARVIS_BACKUP_H

#include "store/store.h"

enum { BACKUP_FORMAT = 1 };

struct backup_figures {
	int64_t rows, files;
	int64_t erased;   /* by the ledger, once restored */
	int64_t bytes;    /* of the archive */
	struct hash hash; /* of the archive: SHA-256 */
};

/* What stands in the two files of settings (features/setting/config.h); "": nothing. */
struct backup_settings {
	const char *file, *browser;
};
enum { BACKUP_TEXTS = 2 };
extern const char *const backup_text_names[BACKUP_TEXTS]; /* in the same order */

/* Reads one snapshot of the database, then the files it names. `path` must not exist (E_CONFLICT); it
 * appears when it is whole, readable by its owner only. */
enum code backup_make(struct store *store, const struct backup_settings *settings, const char *path,
                      struct backup_figures *ret, struct err *err) MUST;

/* What a backup holds, read and verified: every row and every file against its hash, then the whole (E_INPUT
 * says what is damaged, before anything is written). */
struct backup;
enum code backup_open(struct arena *a, const char *path, struct backup **ret, struct err *err) MUST;
void backup_close(struct backup *backup); /* NULL is fine */
/* For struct store_options. */
int backup_schema(const struct backup *backup);
/* When it was made, in ms UTC. */
int64_t backup_made(const struct backup *backup);
/* The content of one of backup_text_names, or NULL. Memory: the arena's. */
const char *backup_text(const struct backup *backup, int i);
/* Fills a store that was just created at that schema; E_CONFLICT when there is a site in it. What is
 * computed is missing until record_rebuild. An error leaves a part of the site, to be thrown away. */
enum code backup_restore(struct backup *backup, struct store *store, struct backup_figures *ret, struct err *err) MUST;

#endif

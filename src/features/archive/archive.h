/*
 * A space in one file that outlives the site: an archive (ZIP) with pages to read from a disk, in any browser and
 * without this program, and the same as data for other programs.
 *
 *	index.html             what the space is, and what is in the archive
 *	LISEZMOI.txt           (README.txt) what this file is, when it was made, its licence, what was left out
 *	pages/ADDRESS.html     each page, with its comments
 *	listes/FORM.html       the pages of each form
 *	vues/VIEW.html         the site's lists, as far as they hold pages of the space
 *	fichiers/…             pictures and files
 *	donnees/FORM.csv       the same pages as data; .json, with the questions in .questions.json and who saved what
 *	                       when in .historique.csv
 *	style.css
 *
 * It is made by a job, on disk, as somebody reads the space: what she may not read is not in it. Only who asked for
 * it takes it away; it goes after ARCHIVE_KEPT_MS, and at once when anything of the site is erased.
 */
#ifndef PARVIS_ARCHIVE_H
#define PARVIS_ARCHIVE_H

#include "core/actor.h"
#include "store/job.h"

#define ARCHIVE_KEPT_MS (7LL * 24 * 3600 * 1000)
#define ARCHIVE_FILES_MAX (4LL * 1024 * 1024 * 1024) /* bytes of files; the others are named, and stay on the site */
enum { ARCHIVE_ERROR_MAX = 300, ARCHIVES_SHOWN = 20 };

/* Kept in the table. As whom it is made. */
enum archive_scope { ARCHIVE_PUBLIC /* a visitor */, ARCHIVE_OWN /* who asks */, ARCHIVE_SCOPES };

struct archive {
	int64_t num;
	struct id id;
	int64_t space, person;
	enum archive_scope scope;
	int64_t created, made; /* ms UTC; made: 0, not yet */
	int64_t records, files, bytes;
	const char *error; /* of the last try, "" */
};

/* Asks for one, with its job; one that is not made yet, of the same scope, is not asked for twice. `base_url`: of the
 * site, for the links that lead back to it. */
enum code archive_ask(struct tx *tx, const struct space *space, int64_t person, enum archive_scope scope,
                      const char *base_url, enum lang lang, struct err *err) MUST;
/* Those of one person, of that space, the newest first. */
enum code archive_list(struct db *db, struct arena *a, const struct space *space, int64_t person, struct archive **ret,
                       int *n, struct err *err) MUST;
/* E_NOT_FOUND too when it is another person's. */
enum code archive_find(struct db *db, struct arena *a, struct id id, int64_t person, struct archive *ret,
                       struct err *err) MUST;
enum code archive_load(struct db *db, struct arena *a, int64_t num, struct archive *ret, struct err *err) MUST;
/* What became of it. */
enum code archive_note(struct tx *tx, const struct archive *archive, struct err *err) MUST;
enum code archive_delete(struct tx *tx, int64_t num, struct err *err) MUST;
/* Forgets those of before `before` (ms UTC). */
enum code archive_purge(struct tx *tx, int64_t before, struct err *err) MUST;
/* The names of the files of those that are there. */
enum code archive_names(struct db *db, struct arena *a, json_t **ret, struct err *err) MUST;
/* Pages of a space and a form, published or archived, by their number, from `after` on. */
enum code archive_records(struct db *db, const struct space *space, const struct form *form, int64_t after,
                          int64_t *ret, int max, int *n, struct err *err) MUST;

const char *archive_folder(struct arena *a, struct store *store);
/* "0123….zip", in that folder. */
const char *archive_name(struct arena *a, struct id id);

/* Jobs: makes the one of the payload; comes back, and lets the old ones go. The context is the site. */
enum code archive_job(struct store *store, const struct job *job, void *context, struct err *err);
enum code archive_upkeep(struct store *store, const struct job *job, void *context, struct err *err);
/* All of them go: what was erased may be in them. */
enum code archive_forget(struct store *store, struct err *err) MUST;

#endif

/* What a backup depends on, read from the database. */
#ifndef PARVIS_BACKUP_SIZE_H
#define PARVIS_BACKUP_SIZE_H

#include "store/store.h"

/* About how many bytes it takes at most: the files, and the database as it is. */
enum code backup_expected_size(struct store *store, int64_t *ret, struct err *err) MUST;
/* Those noted in the database, in the order of their hashes. */
enum code backup_list_files(struct db *db, struct arena *a, struct hash **ret, int64_t *n, struct err *err) MUST;
/* Is there a site in this database already? */
enum code backup_is_empty(struct store *store, bool *ret, struct err *err) MUST;
/* When the site was made. */
enum code backup_site_born(struct store *store, int64_t *ret, struct err *err) MUST;

#endif

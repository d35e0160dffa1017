/* A site made of a backup, ready to be served. */
#ifndef PARVIS_RESTORE_H
#define PARVIS_RESTORE_H

#include "core/site.h"
#include "features/backup/backup.h"

/* In `dir`, which is new or empty, on `postgres` (NULL: SQLite): everything that the backup holds, and all that is
 * computed from it; what the ledger of erasures says, where one stands there (store/ledger.h). The files of
 * settings are left to the caller. `reserve` as in store_options. */
enum code restore_site(struct backup *backup, const char *dir, const char *postgres, int64_t reserve,
                       struct backup_figures *ret, struct err *err) MUST;

#endif

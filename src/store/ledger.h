/*
 * The ledger of erasures: a file of the data folder, outside the database and outside backups, to which each
 * erasure is added, and fsynced, before its transaction commits. A database brought back from an older backup
 * holds what was erased since: with the ledger it is erased again (core/erasure.h). One line of JSON for each;
 * what the lines say is core's; nothing in it names anybody.
 *
 * Every data folder has one, empty at first, so that it is looked for when a backup is brought back.
 *
 * An erasure that was noted and whose commit failed is in it all the same: it had been asked for.
 */
#ifndef PARVIS_LEDGER_H
#define PARVIS_LEDGER_H

#include "base/json.h"
#include "store/store.h"

#define LEDGER_NAME "effacements.journal"

/* Adds a line, an object, with the time ("at", ms UTC). Last thing before a write ends. */
enum code ledger_add(struct tx *tx, struct arena *a, json_t *line, struct err *err) MUST;

/* The lines of a ledger, an array in their order; empty when there is no such file (*found says). E_INPUT:
 * damaged, but for a last line that was never finished: what it stood for was not committed. */
enum code ledger_read(struct arena *a, const char *path, json_t **ret, bool *found, struct err *err) MUST;
/* That of a store. */
const char *ledger_path(struct arena *a, const struct store *store);
/* Copies a ledger into a data folder, made if absent, before its store is opened; nothing when one stands there
 * already. */
enum code ledger_copy(struct arena *a, const char *from, const char *dir, struct err *err) MUST;

#endif

/* All that the site holds about a person, as an archive (ZIP): mes-donnees.html to read, mes-donnees.json for
 * other programs, and the files that she sent. */
#ifndef PARVIS_DATA_ARCHIVE_H
#define PARVIS_DATA_ARCHIVE_H

#include "web/request.h"

#define DATA_FILES_MAX (1024LL * 1024 * 1024) /* bytes of files; the others are named, and taken from their pages */

/* As a file without a name, which the caller closes. Snapshots come and go meanwhile. */
enum code data_archive(struct request *r, int64_t person, int *fd, int64_t *size, struct err *err) MUST;

#endif

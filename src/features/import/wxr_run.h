/* A WordPress export as a long import (import_run.h). Choices: file, images (hashes; images may be ""), post, page (forms),
 * space; once it was read, source. */
#ifndef PARVIS_WXR_RUN_H
#define PARVIS_WXR_RUN_H

#include "features/import/import_run.h"

#define WXR_RUN_TYPE "application/xml"
#define WXR_RUN_IMAGES "application/zip"
enum { WXR_RUN_BYTES = 32 << 20 };

extern const struct import_kind wxr_run_kind;

#endif

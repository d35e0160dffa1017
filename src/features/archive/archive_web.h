/* Archives of spaces, and archiving them: their addresses. */
#ifndef PARVIS_ARCHIVE_WEB_H
#define PARVIS_ARCHIVE_WEB_H

#include "web/route.h"

extern const struct feature archive_feature;

#endif

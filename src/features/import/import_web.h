/* A WordPress export, brought in by facilitators in the browser. */
#ifndef PARVIS_IMPORT_WEB_H
#define PARVIS_IMPORT_WEB_H

#include "web/route.h"

extern const struct feature import_feature;

#endif

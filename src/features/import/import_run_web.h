/* Addresses of long imports. */
#ifndef PARVIS_IMPORT_RUN_WEB_H
#define PARVIS_IMPORT_RUN_WEB_H

#include "web/route.h"

extern const struct feature import_run_feature;

#endif

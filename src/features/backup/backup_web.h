/* Backups in the browser: made, tried, taken away. */
#ifndef PARVIS_BACKUP_WEB_H
#define PARVIS_BACKUP_WEB_H

#include "web/route.h"

extern const struct feature backup_feature;

#endif

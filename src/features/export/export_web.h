/* Addresses of exports. */
#ifndef PARVIS_EXPORT_WEB_H
#define PARVIS_EXPORT_WEB_H

#include "web/route.h"

extern const struct feature export_feature;

#endif

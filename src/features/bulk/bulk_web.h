/* One change on several records of a view, taken back in one click. */
#ifndef PARVIS_BULK_WEB_H
#define PARVIS_BULK_WEB_H

#include "web/route.h"

extern const struct feature bulk_feature;

#endif

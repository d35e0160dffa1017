/* The check of the data, from the browser. */
#ifndef PARVIS_CHECK_WEB_H
#define PARVIS_CHECK_WEB_H

#include "web/route.h"

extern const struct feature check_feature;

#endif

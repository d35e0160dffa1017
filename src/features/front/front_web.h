/* Where the site is shaped: its menu, its home page, its name and colour. */
#ifndef PARVIS_FRONT_WEB_H
#define PARVIS_FRONT_WEB_H

#include "web/route.h"

extern const struct feature front_feature;

#endif

/* What belongs to the site as a whole: its files and colours, the language, who may do what, robots. */
#ifndef PARVIS_SITE_WEB_H
#define PARVIS_SITE_WEB_H

#include "web/route.h"

extern const struct feature site_feature;

#endif

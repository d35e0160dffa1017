/* What is new: a page and a feed. */
#ifndef PARVIS_RECENT_WEB_H
#define PARVIS_RECENT_WEB_H

#include "web/route.h"

extern const struct feature recent_feature;

#endif

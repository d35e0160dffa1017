/* Choosing when a draft is published by itself. */
#ifndef PARVIS_SCHEDULED_WEB_H
#define PARVIS_SCHEDULED_WEB_H

#include "web/route.h"

extern const struct feature scheduled_feature;

#endif

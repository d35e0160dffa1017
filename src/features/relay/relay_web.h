/* The pages of making known elsewhere. */
#ifndef PARVIS_RELAY_WEB_H
#define PARVIS_RELAY_WEB_H

#include "web/route.h"

extern const struct feature relay_feature;

#endif

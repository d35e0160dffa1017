/* Saying thank you. */
#ifndef PARVIS_THANKS_WEB_H
#define PARVIS_THANKS_WEB_H

#include "web/route.h"

extern const struct feature thanks_feature;

#endif

/* Pages of the lists that people keep. */
#ifndef PARVIS_SAVED_WEB_H
#define PARVIS_SAVED_WEB_H

#include "web/route.h"

extern const struct feature saved_feature;

#endif

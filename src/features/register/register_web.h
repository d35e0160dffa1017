/* Pages of the register of processing. */
#ifndef PARVIS_REGISTER_WEB_H
#define PARVIS_REGISTER_WEB_H

#include "web/route.h"

extern const struct feature register_feature;

#endif

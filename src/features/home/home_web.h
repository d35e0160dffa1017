/* The home page: blocks from the setting "home". */
#ifndef PARVIS_HOME_WEB_H
#define PARVIS_HOME_WEB_H

#include "web/route.h"

extern const struct feature home_feature;

#endif

/* Pages about children: a parent's answer, the desk, growing up. */
#ifndef PARVIS_MINOR_WEB_H
#define PARVIS_MINOR_WEB_H

#include "web/route.h"

extern const struct feature minor_feature;

#endif

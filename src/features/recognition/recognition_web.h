/* The page that thanks everybody, and what is sent of it. */
#ifndef PARVIS_RECOGNITION_WEB_H
#define PARVIS_RECOGNITION_WEB_H

#include "web/route.h"

extern const struct feature recognition_feature;

#endif

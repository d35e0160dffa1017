/* A page on paper. */
#ifndef PARVIS_PRINT_WEB_H
#define PARVIS_PRINT_WEB_H

#include "web/route.h"

extern const struct feature print_feature;

#endif

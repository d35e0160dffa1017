/* All the features, each with its routes. To add one: 1. its folder; 2. its row in features.c. */
#ifndef PARVIS_FEATURES_H
#define PARVIS_FEATURES_H

#include "web/route.h"

extern const struct feature *const features[]; /* ends with NULL */

#endif

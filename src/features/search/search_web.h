/* Search over all that the reader may see. */
#ifndef PARVIS_SEARCH_WEB_H
#define PARVIS_SEARCH_WEB_H

#include "web/route.h"

extern const struct feature search_feature;

#endif

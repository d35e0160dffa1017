/* What one may bring: the page behind "Contribute". */
#ifndef PARVIS_CONTRIBUTE_WEB_H
#define PARVIS_CONTRIBUTE_WEB_H

#include "web/route.h"

extern const struct feature contribute_feature;

#endif

/* Pages where templates are written by those who look after the site. */
#ifndef PARVIS_TEMPLATE_WEB_H
#define PARVIS_TEMPLATE_WEB_H

#include "web/route.h"

extern const struct feature template_feature;

#endif

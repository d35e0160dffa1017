/* The site's views, made and changed in the browser. */
#ifndef PARVIS_VIEW_EDIT_WEB_H
#define PARVIS_VIEW_EDIT_WEB_H

#include "web/route.h"

extern const struct feature view_edit_feature;

#endif

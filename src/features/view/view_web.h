/* Pages of views, and the site's own short addresses. */
#ifndef PARVIS_VIEW_WEB_H
#define PARVIS_VIEW_WEB_H

#include "web/route.h"

extern const struct feature view_feature;

/* Handlers of files of this folder. */
handler view_points, view_drawing;

#endif

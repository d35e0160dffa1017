/* The page that lists the shortcuts of the keyboard (page/shortcut.h) and lets one do without. */
#ifndef PARVIS_SHORTCUT_WEB_H
#define PARVIS_SHORTCUT_WEB_H

#include "web/route.h"

extern const struct feature shortcut_feature;

#endif

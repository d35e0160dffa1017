/* Pages that share a page, and codes to scan. */
#ifndef PARVIS_SHARE_WEB_H
#define PARVIS_SHARE_WEB_H

#include "web/route.h"

extern const struct feature share_feature;

/* Handlers of files of this folder. */
handler frame_show, frame_record_show, oembed_show, screen_show;

#endif

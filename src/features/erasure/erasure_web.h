/* Erasing a page, or a version of it, for ever; and the trash. */
#ifndef PARVIS_ERASURE_WEB_H
#define PARVIS_ERASURE_WEB_H

#include "web/route.h"

extern const struct feature erasure_feature;

handler erase_record_show, erase_record_post, erase_version_show, erase_version_post, trash_show;

#endif

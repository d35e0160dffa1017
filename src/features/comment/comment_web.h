/* Comments below records: their form, their feed, closing a thread. */
#ifndef PARVIS_COMMENT_WEB_H
#define PARVIS_COMMENT_WEB_H

#include "web/route.h"

extern const struct feature comment_feature;

#endif

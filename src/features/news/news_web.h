/* What somebody is told, what she follows, how letters stop. */
#ifndef PARVIS_NEWS_WEB_H
#define PARVIS_NEWS_WEB_H

#include "web/route.h"

extern const struct feature news_feature;

#endif

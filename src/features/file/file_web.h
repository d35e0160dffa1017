/* Files that people sent, and the site's own pictures, as addresses. */
#ifndef PARVIS_FILE_WEB_H
#define PARVIS_FILE_WEB_H

#include "web/route.h"

extern const struct feature file_feature;

#endif

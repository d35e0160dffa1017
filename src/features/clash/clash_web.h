/* What else takes place then and there, asked while a form is filled in. */
#ifndef PARVIS_CLASH_WEB_H
#define PARVIS_CLASH_WEB_H

#include "web/route.h"

extern const struct feature clash_feature;

#endif

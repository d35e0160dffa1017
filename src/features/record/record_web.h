/* Pages of records: show, add, correct, history, comparison, two versions, trash. */
#ifndef PARVIS_RECORD_WEB_H
#define PARVIS_RECORD_WEB_H

#include "web/route.h"

extern const struct feature record_feature;

#endif

/* Surveys of LimeSurvey sent in the browser: looked at, then made here, with their answers. */
#ifndef PARVIS_LIMESURVEY_WEB_H
#define PARVIS_LIMESURVEY_WEB_H

#include "web/route.h"

extern const struct feature limesurvey_feature;

#endif

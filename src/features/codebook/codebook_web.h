/* The code book of a questionnaire, and the questionnaire as a file of LimeSurvey. */
#ifndef PARVIS_CODEBOOK_WEB_H
#define PARVIS_CODEBOOK_WEB_H

#include "web/route.h"

extern const struct feature codebook_feature;

#endif

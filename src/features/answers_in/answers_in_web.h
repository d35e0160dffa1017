/* Answers to a questionnaire that come in by a file: sent, looked at, taken in, taken back. */
#ifndef PARVIS_ANSWERS_IN_WEB_H
#define PARVIS_ANSWERS_IN_WEB_H

#include "web/route.h"

extern const struct feature answers_in_feature;

#endif

/* The words of advertisements and how strict the rule is, for who looks after a space. */
#ifndef PARVIS_SPAM_WEB_H
#define PARVIS_SPAM_WEB_H

#include "web/route.h"

extern const struct feature spam_feature;

#endif

/* The legal notice, and the page where it is written. */
#ifndef PARVIS_LEGAL_WEB_H
#define PARVIS_LEGAL_WEB_H

#include "web/route.h"

extern const struct feature legal_feature;

#endif

/* The log of who did what, for administrators. */
#ifndef PARVIS_AUDIT_WEB_H
#define PARVIS_AUDIT_WEB_H

#include "web/route.h"

extern const struct feature audit_feature;

#endif

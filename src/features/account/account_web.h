/* Sign in and out, one's own account. */
#ifndef PARVIS_ACCOUNT_WEB_H
#define PARVIS_ACCOUNT_WEB_H

#include "web/route.h"

extern const struct feature account_feature;

#endif

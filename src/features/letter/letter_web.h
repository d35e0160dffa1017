/* Letters that the site sent or could not send, for administrators. */
#ifndef PARVIS_LETTER_WEB_H
#define PARVIS_LETTER_WEB_H

#include "web/route.h"

extern const struct feature letter_feature;

#endif

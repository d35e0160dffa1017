/* Looking after a form or a page: offered to others, taken up, handed over, put to sleep with its story, woken. One code
 * for both; spaces, which have members, do so in features/space. */
#ifndef PARVIS_CARE_WEB_H
#define PARVIS_CARE_WEB_H

#include "web/route.h"

extern const struct feature care_feature;

#endif

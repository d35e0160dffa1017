/* Looking after a form, a page or a space: offered to others, taken up, handed over, put to sleep with its story, woken; and
 * what nobody has touched for long. */
#ifndef PARVIS_CARE_WEB_H
#define PARVIS_CARE_WEB_H

#include "web/request.h"
#include "web/route.h"

extern const struct feature care_feature;

/* Handlers of dormant_web.c, for the table. */
enum code dormant_show(struct request *r, struct err *err);
enum code dormant_post(struct request *r, struct err *err);

#endif

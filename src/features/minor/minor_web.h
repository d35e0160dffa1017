/* Pages about children: a parent's answer, the desk, growing up. */
#ifndef PARVIS_MINOR_WEB_H
#define PARVIS_MINOR_WEB_H

#include "web/request.h"
#include "web/route.h"

extern const struct feature minor_feature;

/* Handler of kept_web.c, for the table. */
enum code kept_post(struct request *r, struct err *err);

#endif

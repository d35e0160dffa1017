/* Addresses of results. */
#ifndef PARVIS_RESULT_WEB_H
#define PARVIS_RESULT_WEB_H

#include "web/route.h"

extern const struct feature result_feature;

/* rule_web.c */
enum code rule_show(struct request *r, struct err *err);
enum code rule_post(struct request *r, struct err *err);

/* group_web.c */
enum code group_post(struct request *r, struct err *err);

#endif

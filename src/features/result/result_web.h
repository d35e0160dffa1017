/* Addresses of results. */
#ifndef PARVIS_RESULT_WEB_H
#define PARVIS_RESULT_WEB_H

#include "features/result/result_map.h"
#include "features/result/result_page.h"
#include "web/route.h"

extern const struct feature result_feature;

/* rule_web.c */
enum code rule_show(struct request *r, struct err *err);
enum code rule_post(struct request *r, struct err *err);

/* map_web.c */
enum code results_map(struct request *r, struct err *err);
/* The answers, and those of `field` as a map. E_NOT_FOUND: it says no places, or nothing of them is shown. */
enum code result_map_load(struct request *r, const struct form *form, const struct result_choices *choices,
                          const char *field, struct results *results, struct answer_map *ret, struct err *err) MUST;
/* What every page of results begins with: the form, and what the address chose. */
enum code result_find(struct request *r, const struct form **form, struct result_choices *choices, struct err *err);

/* group_web.c */
enum code result_group_post(struct request *r, struct err *err);

#endif

/* Debates (core/debate.h): taking position, alone or as a group before one screen. */
#ifndef PARVIS_DEBATE_WEB_H
#define PARVIS_DEBATE_WEB_H

#include "features/debate/debate_page.h"
#include "web/route.h"

extern const struct feature debate_feature;

handler group_show, group_post;

/* The debate named in the address. */
enum code debate_of_route(struct request *r, enum action action, const struct debate_shown **ret, struct err *err) MUST;

#endif

/* A page on paper. */
#ifndef PARVIS_PRINT_WEB_H
#define PARVIS_PRINT_WEB_H

#include "web/request.h"
#include "web/route.h"

extern const struct feature print_feature;

/* Handlers of printed_web.c. */
enum code printed_note_show(struct request *r, struct err *err);
enum code printed_note_post(struct request *r, struct err *err);
enum code printed_show(struct request *r, struct err *err);
enum code printed_act_post(struct request *r, struct err *err);

#endif

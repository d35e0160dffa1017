/* People and their roles, first run. */
#ifndef PARVIS_PEOPLE_WEB_H
#define PARVIS_PEOPLE_WEB_H

#include "web/route.h"

extern const struct feature people_feature;

/* Handlers of the other files of this folder, for the table. */
enum code first_run_show(struct request *r, struct err *err);
enum code first_run_post(struct request *r, struct err *err);

/* What was typed in a field of one line, clean. */
enum code people_typed(struct request *r, const char *name, const char **ret, struct err *err) MUST;
/* The level that a field names; `fallback` for anything but a row of `roles` or LEVEL_VISITOR. */
enum level people_level(struct request *r, const char *name, enum level fallback);
/* password_hash, without holding the snapshot meanwhile. */
enum code people_hash(struct request *r, const char *password, const char **ret, struct err *err) MUST;

#endif

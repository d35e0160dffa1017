/* Administration: how the site is, its work in the background, its disk. */
#ifndef PARVIS_ADMIN_WEB_H
#define PARVIS_ADMIN_WEB_H

#include "web/route.h"

extern const struct feature admin_feature;

/* Handlers of the other files of this folder, for the table. */
enum code jobs_show(struct request *r, struct err *err);
enum code job_again_post(struct request *r, struct err *err);
enum code job_drop_post(struct request *r, struct err *err);
enum code disk_show(struct request *r, struct err *err);

#endif

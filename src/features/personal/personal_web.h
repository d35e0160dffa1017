/* Personal data: one's own as a file, the erasure of an account. */
#ifndef PARVIS_PERSONAL_WEB_H
#define PARVIS_PERSONAL_WEB_H

#include "web/route.h"

extern const struct feature personal_feature;

/* Handlers of erase_web.c and erase_answer_web.c. */
enum code erase_own_show(struct request *r, struct err *err);
enum code erase_own_post(struct request *r, struct err *err);
enum code erase_keep_post(struct request *r, struct err *err);
enum code erase_person_show(struct request *r, struct err *err);
enum code erase_person_post(struct request *r, struct err *err);
enum code erasures_show(struct request *r, struct err *err);
enum code erasure_show(struct request *r, struct err *err);
enum code erasure_post(struct request *r, struct err *err);
/* Of data_web.c. */
enum code data_show(struct request *r, struct err *err);
enum code data_post(struct request *r, struct err *err);
enum code my_data_show(struct request *r, struct err *err);
enum code my_data_post(struct request *r, struct err *err);

#endif

/* The addresses of spaces: see space.h. */
#ifndef PARVIS_SPACE_WEB_H
#define PARVIS_SPACE_WEB_H

#include "features/space/space.h"
#include "web/route.h"

extern const struct feature space_feature;

/* The space of the address, if the reader may do this to it; its pages have its colours. */
enum code space_of_route(struct request *r, enum action action, const struct space **ret, struct err *err) MUST;
enum code space_limit(struct request *r, struct err *err) MUST;

/* Handlers of the other files of this folder, for the table. */
enum code space_new_show(struct request *r, struct err *err);
enum code space_new_post(struct request *r, struct err *err);
enum code space_settings_show(struct request *r, struct err *err);
enum code space_settings_post(struct request *r, struct err *err);
enum code space_delete_post(struct request *r, struct err *err);
enum code space_join_show(struct request *r, struct err *err);
enum code space_join_post(struct request *r, struct err *err);
enum code space_withdraw_post(struct request *r, struct err *err);
enum code space_leave_show(struct request *r, struct err *err);
enum code space_leave_post(struct request *r, struct err *err);
enum code space_answer_post(struct request *r, struct err *err);
enum code space_hand_show(struct request *r, struct err *err);
enum code space_hand_post(struct request *r, struct err *err);

#endif

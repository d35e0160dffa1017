/* What a record becomes besides its text: draft, archive, trash, another space; and the pages that ask. */
#ifndef PARVIS_LIFE_WEB_H
#define PARVIS_LIFE_WEB_H

#include "web/route.h"

/* One handler for all that changes the state at once: its table knows the routes. */
handler state_post;
handler trash_form, move_form, move_post, drafts_show, delete_form, delete_post;

/* The record named in the address, for this action. */
enum code record_of_route(struct request *r, enum action action, struct record **ret, struct err *err) MUST;

#endif

/* Signing up to what takes place; who organises it sees who comes, and notes who came. */
#ifndef PARVIS_SIGNUP_WEB_H
#define PARVIS_SIGNUP_WEB_H

#include "features/signup/signup_page.h"
#include "web/route.h"

extern const struct feature signup_feature;

/* The record named in the address, for this action, and how one signs up to it. */
enum code signup_of_route(struct request *r, enum action action, const struct signup_shown **ret, struct err *err) MUST;
/* A number of people: what was typed, 0 where nothing was. False: it is none. */
bool signup_read_count(const char *typed, int *ret);
/* Is the party one that the event takes? Mistakes under "adults" and "children". */
void signup_check_party(const struct signup_offer *offer, const char *adults, const char *children, int *na, int *nc,
                        struct issues *issues);

/* signup_list_web.c, signup_file_web.c */
handler signups_show, signups_post, signup_came_post, signup_admit_post, signup_remove_post, signups_file;

/* The organiser's page for the day in the address; its list. */
enum code signup_board_of(struct request *r, struct signup_board *ret, struct err *err) MUST;

#endif

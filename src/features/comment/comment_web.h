/* Comments below records: their form, their feed, closing a thread; discussions as a forum. */
#ifndef PARVIS_COMMENT_WEB_H
#define PARVIS_COMMENT_WEB_H

#include "web/route.h"

extern const struct feature comment_feature;

handler talks_show, solve_post, split_show, split_post, names_show;

#endif

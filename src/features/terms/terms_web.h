/* Pages of the texts that people accept. */
#ifndef PARVIS_TERMS_WEB_H
#define PARVIS_TERMS_WEB_H

#include "web/route.h"

extern const struct feature terms_feature;

/* The version that an address or a form names; 0: none. */
int terms_number(const char *typed);

/* Of terms_admin_web.c. */
handler terms_list_show, terms_new_show, terms_new_post, terms_edit_show, terms_edit_post;

#endif

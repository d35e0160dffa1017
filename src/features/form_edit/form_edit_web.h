/* The pages where forms are shaped by those who look after the site. */
#ifndef PARVIS_FORM_EDIT_WEB_H
#define PARVIS_FORM_EDIT_WEB_H

#include "web/route.h"

extern const struct feature form_edit_feature;

#endif

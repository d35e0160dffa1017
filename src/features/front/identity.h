#ifndef PARVIS_IDENTITY_H
#define PARVIS_IDENTITY_H

#include "features/front/front.h"

/* The name, the sentence and the colour of the site, being written. */
struct identity {
	struct front f;
	json_t *typed; /* name, tagline, colour */
	const char *mark;
	bool meanwhile, preview;
};

/* A colour of the theme made from what is typed: "accent", "masthead"… (page/theme.h). */
const char *identity_tint(const struct page *p, const struct identity *i, const char *property, bool dark);
const char *identity_name(const struct page *p, const struct identity *i);
/* Do links and buttons need a darker colour than this one? */
bool identity_darker(const struct identity *i);

handler identity_show, identity_post;

#endif

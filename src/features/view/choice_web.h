/*
 * Choices that a browser keeps for a list, because its reader asked for it: a cookie for each list, "choix-<slug>", which
 * holds the query of its address. Its bare address then leads there; the visitors' page cache leaves such readers out.
 */
#ifndef PARVIS_CHOICE_WEB_H
#define PARVIS_CHOICE_WEB_H

#include "features/view/view_list.h"
#include "web/route.h"

handler choices_show, choices_post;

/* The query that the bare address of the list leads to, or NULL. */
const char *choices_kept(struct request *r, const struct view *view);
const char *choices_cookie(const struct page *p, const struct view *view);
const char *choice_words(const struct page *p, const struct field *field, const char *key);

#endif

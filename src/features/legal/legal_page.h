/* What the templates of the legal notice ask of C. */
#ifndef PARVIS_LEGAL_PAGE_H
#define PARVIS_LEGAL_PAGE_H

#include "features/legal/legal.h"
#include "features/register/register.h"
#include "features/setting/setting_page.h"

/* Whoever is named responsible for personal data, or else who publishes the site; "". */
const char *legal_controller(const struct page *p);
const char *legal_access(const struct page *p);
/* One line of legal_embed.c's table, or the sentence that stands for it. */
void legal_line(struct buf *out, const struct page *p, const char *name);

#endif

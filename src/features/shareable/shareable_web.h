/* Shareable versions: their addresses. */
#ifndef PARVIS_SHAREABLE_WEB_H
#define PARVIS_SHAREABLE_WEB_H

#include "core/news.h"
#include "features/shareable/shareable_page.h"
#include "web/route.h"

extern const struct feature shareable_feature;

/* Handlers of the other file of this folder, for the table. */
handler prepare_show, prepare_post;

/* As the reader stands to it; false: it is not for her. */
bool shareable_view(const struct page *p, const struct shareable *s, struct shareable_view *ret);

/* Tells one person, on the site and by letter as she wants; who may not read the page gets a letter at once. */
enum code shareable_tell(struct tx *tx, const struct page *p, const struct shareable *s, int64_t person,
                         enum news_kind kind, struct err *err) MUST;
/* All those who are concerned, and who prepares it; not who does it. */
enum code shareable_tell_all(struct tx *tx, const struct page *p, const struct shareable *s, enum news_kind kind,
                             struct err *err) MUST;

#endif

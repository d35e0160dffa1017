/* The rights in words, for their page. */
#ifndef PARVIS_RIGHTS_H
#define PARVIS_RIGHTS_H

#include "page/page.h"

/* Who has this role. */
const char *level_meaning(const struct page *p, enum level level);
/* Who reads and who writes in the space. */
const char *space_rules(const struct page *p, const struct space *space);
/* Does the reader know of the space? */
bool space_is_known(const struct page *p, const struct space *space);
/* "from member on", or NULL when there is no such action on such a thing. */
const char *right_words(const struct page *p, enum action action, enum kind kind);

#endif

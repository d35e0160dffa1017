/* The site's own time: what is true now there, and until when. */
#ifndef PARVIS_WHEN_H
#define PARVIS_WHEN_H

#include "base/date.h"
#include "page/page.h"

/* The page's moment, in the site's time zone. */
struct datetime page_local(const struct page *p);
/* What the page says is true until that local time, or until the clocks change. */
void page_until(const struct page *p, const struct datetime *local);
void page_until_ms(const struct page *p, int64_t ms); /* UTC */

#endif

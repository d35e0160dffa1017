/* JSON Feed 1.1 (jsonfeed.org/version/1.1), written entry by entry. */
#ifndef PARVIS_JSON_FEED_H
#define PARVIS_JSON_FEED_H

#include "formats/feed.h"

#define JSON_FEED_TYPE "application/feed+json; charset=utf-8"

void json_feed_begin(struct buf *out, struct arena *a, const struct feed_head *feed);
/* `first`: of the feed. */
void json_feed_entry(struct buf *out, struct arena *a, const struct feed_entry *entry, bool first);
void json_feed_end(struct buf *out);

#endif

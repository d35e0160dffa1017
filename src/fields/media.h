/* Used by the templates of pictures and files. */
#ifndef PARVIS_FIELDS_MEDIA_H
#define PARVIS_FIELDS_MEDIA_H

#include "base/json.h"
#include "page/page.h"

/* Of an item of a files field: "PDF", "1,2 Mo", the name of its icon, "audio" or "video" when browsers
 * play it (else NULL). */
const char *item_kind(const struct page *p, const json_t *item);
const char *item_weight(const struct page *p, const json_t *item);
const char *item_icon(const json_t *item);
const char *item_media(const json_t *item);

/* What is said in a recording, with its formatting. */
struct html_safe item_transcript(const struct page *p, const json_t *item);
/* Id and name of a control of the recording number i; under 0: of the one that is being chosen. */
const char *media_id(const struct page *p, const struct field *field, int i, const char *part);
const char *media_name(const struct page *p, const struct field *field, int i, const char *part);

/* Id and name of a control of the item number i. */
const char *item_id(const struct page *p, const struct field *field, int i, const char *part);
const char *item_name(const struct page *p, const struct field *field, int i, const char *part);

#endif

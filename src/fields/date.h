/* What types of dates share: three small boxes and perhaps an hour, and keys that are ISO 8601 texts. */
#ifndef PARVIS_FIELD_DATE_H
#define PARVIS_FIELD_DATE_H

#include "base/date.h"
#include "core/field_type.h"

/* Posted as <key><prefix>.day, .month, .year, .time, or whole as <key><prefix> → ISO text; what was typed, with a
 * mistake, when it is no date; NULL when nothing was. */
const char *date_boxes_read(const struct field *field, const struct field_post *post, const char *prefix,
                            struct issues *issues);
/* `text`: as date_boxes_read gave it. */
void date_boxes_edit(struct buf *out, const struct page *p, const struct field *field, const char *prefix,
                     const char *text);

/* As struct field_type's. A condition may also name a month: "2026-12". */
const char *date_key(const struct field *field, const char *text, struct arena *a);
const char *date_key_end(const char *key, struct arena *a);
const char *date_key_label(const struct field *field, const char *key, const struct page *p);

#endif

/* What field types share: cleaned texts in, strings and lists out. */
#ifndef PARVIS_VALUE_H
#define PARVIS_VALUE_H

#include "base/text.h"
#include "core/field_type.h"
#include "page/page.h"

/* A text cleaned for keeping, or NULL when blank; bad characters are a mistake of the field. */
const char *value_clean(const struct field *field, const char *text, enum text_kind kind, struct issues *issues);
/* The posted text named <key><suffix>, cleaned; NULL when blank or absent. */
const char *value_posted(const struct field *field, const struct field_post *post, const char *suffix,
                         enum text_kind kind, struct issues *issues);
/* A JSON string kept in the issues' arena; NULL for NULL. */
json_t *value_string(struct issues *issues, const char *text);

/* The string a value holds, "" when it is something else. */
const char *value_str(const json_t *value);
/* A mistake for each option that is none of the words of its type. */
void option_words_check(const struct field *field, struct issues *issues);
/* An option of the field's definition. */
int64_t value_option(const struct field *field, const char *name, int64_t fallback);
/* One that is a number, written as a number or as a text; NULL when it is not given. */
const char *value_bound(const struct field *field, const char *name, struct arena *a);

/* False, and a mistake, when `value` is not a string of at most `max` characters, all to be seen. */
bool value_check_string(const struct field *field, const json_t *value, int64_t max, struct issues *issues);

/* As text, as a line of a card: for types whose value is one string. */
void value_show_string(struct buf *out, const struct page *p, const struct field *field, const json_t *value);
void value_text_string(struct buf *out, enum lang lang, const struct field *field, const json_t *value);
/* The texts of a list. */
void value_join(struct buf *out, const json_t *list, const char *separator);
void value_index_string(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink);

#endif

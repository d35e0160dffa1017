/* What the types whose value is the key of one choice share (struct field's choices). */
#ifndef PARVIS_CHOICE_H
#define PARVIS_CHOICE_H

#include "fields/value.h"
#include "page/page.h"

/* By its key, or by its label in any language, folded; NULL when there is none. */
const struct choice *choice_find(const struct field *field, const char *text, struct arena *a);

json_t *choice_import(const struct field *field, const char *text, struct issues *issues);
json_t *choice_read(const struct field *field, const struct field_post *post, struct issues *issues);
void choice_check(const struct field *field, const json_t *value, struct issues *issues);
void choice_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value);
/* The boxes of several choices, and those ticked in words; "" for none. */
void choices_boxes(struct buf *out, const struct page *p, const struct field *field, const json_t *value);
const char *choices_chosen(const struct page *p, const struct field *field, const json_t *value);
/* Below the boxes: "Tick at most 3 of them."; "" where any number will do. */
const char *choices_limits(const struct page *p, const struct field *field);
/* The item of that key in a value, one item or a list; NULL: it is not there. */
const json_t *choice_item(const json_t *value, const char *key);
/* The controls of all choices, of this type: "radio" or "checkbox". */
void choice_options(struct buf *out, const struct page *p, const struct field *field, const char *type,
                    const json_t *chosen, bool folded);
/* Those of one choice, with "not said" where it may stay unsaid. */
void choice_radios(struct buf *out, const struct page *p, const struct field *field, const json_t *value);
/* Of a field with "other": what people read for it. */
const char *choice_other_label(const struct page *p, const struct field *field);
void choice_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value);
void choice_index_one(const struct field *field, const json_t *item, struct index_sink *sink);
/* What every type with choices asks of its definition, and the words of its order. */
void choice_check_definition(const struct field *field, struct issues *issues);
extern const struct option_word choice_orders[];
bool choice_grouped(const struct field *field);
void choice_text(struct buf *out, enum lang lang, const struct field *field, const json_t *value);
void choice_index(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink);
const char *choice_key(const struct field *field, const char *text, struct arena *a);
const char *choice_key_label(const struct field *field, const char *key, const struct page *p);

#endif

/* What the readers of a text share: the parser and its settings, small pieces of syntax of our own. */
#ifndef PARVIS_RICH_SCAN_H
#define PARVIS_RICH_SCAN_H

#include <md4c.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"

/* Hands the text to md4c; `callbacks` holds the five functions. What it returns is what stopped it: 0
 * at the end, or what a callback answered. *cut: the text was over `max` bytes. */
int scan_text(struct arena *a, const char *text, size_t max, MD_PARSER callbacks, void *data, bool *cut);

/* An attribute as text, its entities undone. */
const char *scan_attribute(struct arena *a, const MD_ATTRIBUTE *attribute);

/* The target of a wiki link. In a cell of a table its bar may be written \|, which the parser takes
 * for a part of the target: *words is then what follows it, else NULL. */
const char *scan_wiki(struct arena *a, const MD_SPAN_WIKILINK_DETAIL *link, const char **words);

/* "&eacute;" → "é". Names that are not in our short list come back as written. */
const char *scan_entity(struct arena *a, const char *s, size_t len);

/* The next #tag of a piece of text that begins after `before` (the last character of the piece
 * before, or a space). False when there is none. */
struct scan_tag {
	size_t start, len; /* with its # */
};
bool scan_tag(const char *s, size_t len, size_t from, bool after_word, struct scan_tag *ret);
/* Does the piece end in a letter or digit, or in what keeps a # from opening a tag? */
bool scan_ends_word(const char *s, size_t len);

/* "{{name arguments}}" and nothing else. */
bool scan_embed(struct arena *a, const char *s, size_t len, const char **name, const char **arguments);

#endif

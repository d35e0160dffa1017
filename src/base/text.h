/*
 * Text as people write it: UTF-8 (RFC 3629), normalisation (Unicode NFC), folding for search and
 * order, words, cutting, French typography. Pure functions; results live in the arena.
 */
#ifndef PARVIS_TEXT_H
#define PARVIS_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

/* ---- Characters ---- */

/* Reads the first character of `s`. Returns its length in bytes (1 to 4), 0 when `len` is 0 or the
 * bytes are not UTF-8 (overlong forms, surrogates and cut sequences are not). */
size_t text_decode(const char *s, size_t len, uint32_t *ret);
/* Writes one character (at most U+10FFFF); returns its length in bytes. */
size_t text_encode(uint32_t c, char out[static 4]);
void text_put(struct buf *out, uint32_t c);

/* All UTF-8, and no NUL. */
bool text_valid(const char *s, size_t len);
/* Text of old files, where it is not UTF-8: Windows-1252 (WHATWG Encoding). */
const char *text_from_windows_1252(struct arena *a, const char *text, size_t len, size_t *ret);
/* How many characters; a byte that is not UTF-8 counts for one. */
size_t text_length(const char *s);
/* A letter, a digit or a mark on one. */
bool text_is_word(uint32_t c);
bool text_is_space(uint32_t c); /* any white space, no-break ones too */

/* ---- Cleaning ---- */

enum text_kind {
	TEXT_LINE,  /* one line: white space in runs and at both ends is folded */
	TEXT_BLOCK, /* lines end in \n; white space is kept */
};

/* What comes from outside, made fit to keep: NFC, no control characters, no bidirectional
 * overrides, line ends as \n. E_INPUT if it is not UTF-8 or holds a NUL. */
enum code text_clean(struct arena *a, const char *s, size_t len, enum text_kind kind, char **ret, struct err *err) MUST;
/* The same text with U+FFFD for each byte that is not UTF-8 and each NUL. */
char *text_repair(struct arena *a, const char *s, size_t len);
/* Unicode normalisation form C. Text that is not UTF-8 comes back as it is. */
char *text_nfc(struct arena *a, const char *s);

/* Nothing that shows: empty, white space, invisible characters. NULL is blank. */
bool text_is_blank(const char *s);
/* Without the white space at both ends. */
char *text_trim(struct arena *a, const char *s);
/* With a small first letter, as inside a sentence; initials ("EPN du quartier") stay. */
char *text_inside(struct arena *a, const char *s);
/* At most `chars` characters, the last of which is … if something was cut; between words where one
 * ends in the last third, never inside a group that is seen as one character. */
char *text_cut(struct arena *a, const char *s, size_t chars);

/* ---- Search, order, addresses ---- */

/* For comparing as people search: lower case, no accents, œ as oe, ligatures undone; apostrophes,
 * quotes, dashes and white space are one space; none at the ends. "L’Europe" gives "l europe". */
char *text_fold(struct arena *a, const char *s);
void text_fold_into(struct buf *out, const char *s, size_t len);

/* Bytes whose binary order is the order of a French dictionary, word by word: folded letters and
 * digits, then accents from left to right as a tie-break (cote, coté, côte, côté). Valid UTF-8
 * without NUL, at most `max` bytes (at least 16). Articles are kept. */
char *text_sort_key(struct arena *a, const char *s, size_t max);

/* "Fête de l’été !" gives "fete-de-l-ete": [a-z0-9] and single inner hyphens, at most `max` bytes,
 * cut between words where possible. "" when nothing of the text is left. */
char *text_slug(struct arena *a, const char *s, size_t max);

/* Words of a text, for search and extracts: letters and digits, cut at anything else (apostrophes
 * and hyphens too). `struct text_words w = { text, len, 0 }; while (text_words_next(&w, &word))`.
 */
struct text_words {
	const char *s;
	size_t len, at;
};
struct text_word {
	size_t start, len; /* bytes of the original text */
};
bool text_words_next(struct text_words *words, struct text_word *ret);

/* ---- French typography, for display only ---- */

/* Apostrophes as ’, ... as …, narrow no-break space (U+202F) before ; ! ? » % € and after «,
 * no-break space before a colon. Addresses, times (14:30) and emoticons are left alone. Idempotent.
 */
char *text_typography_fr(struct arena *a, const char *s);

/* The same for a text that comes in pieces (Markdown). Start with { 0 } for each paragraph. */
struct typography {
	uint32_t before; /* the last character written, 0 at the start of a line */
};
void typography_fr(struct typography *t, const char *s, size_t len, struct buf *out);

#endif

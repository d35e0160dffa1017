/*
 * What compiled templates call. Each function escapes for one HTML context (WHATWG HTML §13); the
 * template compiler chooses the function from the context, _Generic from the C type, so a value of
 * a type not listed here does not compile. Only struct html_safe passes unescaped, and only its
 * makers (the Markdown renderer, the sanitiser, icons, charts, QR) may build one.
 */
#ifndef PARVIS_HTML_H
#define PARVIS_HTML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* HTML that was made safe by its maker. The memory is the maker's (usually an arena). */
struct html_safe {
	const char *ptr;
	size_t len;
};

/* Escape & < > " ' and write. NULL writes nothing. */
void html_text_str(struct buf *out, const char *s);
void html_text_int(struct buf *out, long long n);
void html_text_uint(struct buf *out, unsigned long long n);
void html_text_safe(struct buf *out, struct html_safe h);
/* At the start of a URL attribute: relative addresses, #fragments, and the schemes http, https,
 * mailto, tel, geo, webcal; anything else is written as "#". */
void html_url_str(struct buf *out, const char *s);
/* Inside a URL, after literal text: percent-encodes all but unreserved characters (RFC 3986 §2.3). */
void html_url_part_str(struct buf *out, const char *s);
void html_url_part_int(struct buf *out, long long n);

#define html_text(out, v) \
	_Generic((v), char *: html_text_str, const char *: html_text_str,                          \
	         struct html_safe: html_text_safe, int: html_text_int, long: html_text_int,        \
	         long long: html_text_int, unsigned: html_text_uint, unsigned long: html_text_uint, \
	         unsigned long long: html_text_uint)((out), (v))

/* In an attribute: as text, but safe HTML is refused. */
#define html_attr(out, v) \
	_Generic((v), char *: html_text_str, const char *: html_text_str, int: html_text_int,      \
	         long: html_text_int, long long: html_text_int, unsigned: html_text_uint,          \
	         unsigned long: html_text_uint, unsigned long long: html_text_uint)((out), (v))

#define html_url(out, v) _Generic((v), char * : html_url_str, const char * : html_url_str)((out), (v))

#define html_url_part(out, v) \
	_Generic((v), char *: html_url_part_str, const char *: html_url_part_str,                  \
	         int: html_url_part_int, long: html_url_part_int,                                  \
	         long long: html_url_part_int)((out), (v))

#endif

/* UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF. */
#ifndef PARVIS_NET_UTF8_H
#define PARVIS_NET_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the `len` bytes are whole, valid sequences. NUL is a character like another. */
bool utf8_is_valid(const char *text, size_t len);

#endif

/* What both kinds of forms do to a text. */
#ifndef PARVIS_FORM_TEXT_H
#define PARVIS_FORM_TEXT_H

#include <stddef.h>

#include "base/err.h"

/* Checks UTF-8 and NUL (E_INPUT), makes every line end (CRLF, CR) an LF, in place; ends with NUL.
 */
enum code form_text(char *text, size_t *len, struct err *err) MUST;

#endif

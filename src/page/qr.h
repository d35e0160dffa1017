/* QR codes (ISO/IEC 18004), for paper: byte mode, error correction level M, quiet zone of 4
 * modules. */
#ifndef PARVIS_QR_H
#define PARVIS_QR_H

#include "base/arena.h"
#include "base/err.h"
#include "base/html.h"

enum { QR_TEXT_MAX = 1024 };

/* An <svg> of `text` (an address, UTF-8, 1 to QR_TEXT_MAX bytes), black on white in any theme,
 * named `label` for screen readers ("" if the address stands beside it). E_INPUT if empty, E_LIMIT
 * if too long. */
enum code qr_svg(struct arena *a, const char *text, const char *label, struct html_safe *ret, struct err *err) MUST;

/* The same as a PNG file, grey, QR_PIXELS pixels a module, appended to `out`. E_INPUT, E_LIMIT as above. */
enum { QR_PIXELS = 10 };
enum code qr_png(struct arena *a, const char *text, struct buf *out, struct err *err) MUST;

#endif

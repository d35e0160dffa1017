#include "page/qr.h"

#include <qrencode.h>
#include <string.h>

enum { QUIET = 4 };

/* Dark modules of a row, run by run, as rectangles one module high. */
static void put_row(struct buf *out, const unsigned char *row, int width, int y)
{
	for (int x = 0; x < width;) {
		int end = x;
		while (end < width && (row[end] & 1)) end++;
		if (end > x)
			buf_printf(out, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, end - x, end - x);
		x = end > x ? end : x + 1;
	}
}

enum code qr_svg(struct arena *a, const char *text, const char *label, struct html_safe *ret,
                 struct err *err)
{
	size_t len = strlen(text);
	if (len == 0) FAIL(err, E_INPUT, N_("A QR code needs a text."));
	if (len > QR_TEXT_MAX) FAIL(err, E_LIMIT, N_("The text is too long for a QR code."));
	QRcode *code = QRcode_encodeData((int)len, (const unsigned char *)text, 0, QR_ECLEVEL_M);
	if (code == NULL) die("out of memory");

	struct buf out;
	buf_init(&out, a, 0);
	int side = code->width + 2 * QUIET;
	buf_printf(&out,
	           "<svg class=\"qr\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" ",
	           side, side);
	if (*label) {
		buf_lit(&out, "role=\"img\" aria-label=\"");
		html_attr(&out, label);
		buf_lit(&out, "\"");
	} else {
		buf_lit(&out, "aria-hidden=\"true\"");
	}
	buf_printf(&out,
	           " shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/>"
	           "<path fill=\"#000\" d=\"",
	           side, side);
	for (int y = 0; y < code->width; y++)
		put_row(&out, code->data + (size_t)y * (size_t)code->width, code->width, y);
	buf_lit(&out, "\"/></svg>");
	QRcode_free(code);
	*ret = (struct html_safe) { buf_str(&out), out.len };
	return OK;
}

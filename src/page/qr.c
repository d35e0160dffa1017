#include "page/qr.h"

#include <png.h>
#include <pthread.h>
#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

enum { QUIET = 4, KEPT = 512 };

/* A code takes as long to draw as a quarter of the page around it, and is always the same: the paths of
 * the last ones are kept, each in the place that the hash of its text gives. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct kept {
	struct hash text;
	int side; /* 0: empty */
	char *path;
	size_t len;
} kept[KEPT];

/* Dark modules of a row, run by run, as rectangles one module high. */
static void put_row(struct buf *out, const unsigned char *row, int width, int y)
{
	for (int x = 0; x < width;) {
		int end = x;
		while (end < width && (row[end] & 1)) end++;
		if (end > x) buf_printf(out, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, end - x, end - x);
		x = end > x ? end : x + 1;
	}
}

static struct kept *place_of(const struct hash *text)
{
	return &kept[(text->b[0] | text->b[1] << 8) % KEPT];
}

/* Appends the path and gives the side, in modules; 0 when it is not kept. */
static int put_kept(struct buf *out, const struct hash *text)
{
	pthread_mutex_lock(&lock);
	const struct kept *k = place_of(text);
	bool found = k->side && hash_compare(&k->text, text) == 0;
	if (found) buf_add(out, k->path, k->len);
	int side = found ? k->side : 0;
	pthread_mutex_unlock(&lock);
	return side;
}

static void keep(const struct hash *text, int side, const struct buf *path)
{
	char *copy = malloc(path->len);
	if (copy == NULL) die("out of memory");
	memcpy(copy, path->data, path->len);
	pthread_mutex_lock(&lock);
	struct kept *k = place_of(text);
	free(k->path);
	*k = (struct kept){ *text, side, copy, path->len };
	pthread_mutex_unlock(&lock);
}

static QRcode *encode(const char *text)
{
	QRcode *code = QRcode_encodeData((int)strlen(text), (const unsigned char *)text, 0, QR_ECLEVEL_M);
	if (code == NULL) die("out of memory");
	return code;
}

/* As put_kept, never 0. */
static int put_drawn(struct buf *out, const struct hash *hash, const char *text)
{
	QRcode *code = encode(text);
	for (int y = 0; y < code->width; y++)
		put_row(out, code->data + (size_t)y * (size_t)code->width, code->width, y);
	int side = code->width + 2 * QUIET;
	QRcode_free(code);
	keep(hash, side, out);
	return side;
}

static enum code check_text(const char *text, struct err *err)
{
	if (*text == '\0') FAIL(err, E_INPUT, N_("A QR code needs a text."));
	if (strlen(text) > QR_TEXT_MAX) FAIL(err, E_LIMIT, N_("The text is too long for a QR code."));
	return OK;
}

enum code qr_svg(struct arena *a, const char *text, const char *label, struct html_safe *ret, struct err *err)
{
	TRY(check_text(text, err));
	struct hash hash = hash_blake2b("qrco", NULL, text, strlen(text));
	struct buf path, out;
	buf_init(&path, a, 0);
	int side = put_kept(&path, &hash);
	if (side == 0) side = put_drawn(&path, &hash, text);

	buf_init(&out, a, 0);
	buf_printf(&out, "<svg class=\"qr\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" ", side, side);
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
	buf_add(&out, path.data, path.len);
	buf_lit(&out, "\"/></svg>");
	*ret = (struct html_safe){ buf_str(&out), out.len };
	return OK;
}

/* One byte a pixel, white but for the dark modules. */
static unsigned char *paint(struct arena *a, const QRcode *code, int side)
{
	unsigned char *pixels = arena_alloc(a, (size_t)side * (size_t)side);
	memset(pixels, 0xFF, (size_t)side * (size_t)side);
	for (int y = 0; y < code->width * QR_PIXELS; y++)
		for (int x = 0; x < code->width * QR_PIXELS; x++)
			if (code->data[y / QR_PIXELS * code->width + x / QR_PIXELS] & 1)
				pixels[(y + QUIET * QR_PIXELS) * side + x + QUIET * QR_PIXELS] = 0;
	return pixels;
}

enum code qr_png(struct arena *a, const char *text, struct buf *out, struct err *err)
{
	TRY(check_text(text, err));
	QRcode *code = encode(text);
	int side = (code->width + 2 * QUIET) * QR_PIXELS;
	const unsigned char *pixels = paint(a, code, side);
	QRcode_free(code);
	png_image image = { .version = PNG_IMAGE_VERSION,
		            .width = (png_uint_32)side,
		            .height = (png_uint_32)side,
		            .format = PNG_FORMAT_GRAY };
	png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
	char *file = arena_alloc(a, size);
	if (!png_image_write_to_memory(&image, file, &size, 0, pixels, 0, NULL))
		FAIL(err, E_IO, N_("The code cannot be drawn: %s"), arena_strdup(a, image.message));
	buf_add(out, file, size);
	return OK;
}

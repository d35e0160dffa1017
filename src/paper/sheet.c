#include "paper/sheet.h"

#include <cairo-pdf.h>
#include <math.h>
#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "paper/font.h"
#include "paper/hyphen.h"

enum { CODE_CHARS = 1024, QUIET = 2 };

static const double shorter[PAPER_SIZES] = { 841.89, 595.28, 419.53 };
static const double longer[PAPER_SIZES] = { 1190.55, 841.89, 595.28 };
static const double ems[PAPER_SIZES] = { 14, 10, 8.5 };

static cairo_status_t write_out(void *out, const unsigned char *data, unsigned int len)
{
	buf_add(out, data, len);
	return CAIRO_STATUS_SUCCESS;
}

static double tint(const char *colour, int i)
{
	char digits[3] = "00";
	if (colour && strlen(colour) == 7) memcpy(digits, colour + 1 + 2 * i, 2);
	return (double)strtol(digits, NULL, 16) / 255;
}

enum code sheet_open(struct sheet *s, struct arena *a, const struct paper *paper, struct buf *out, struct err *err)
{
	PangoFontMap *fonts = font_map_new();
	if (fonts == NULL)
		FAIL(err, E_IO, N_("The fonts of sheets are not installed (packages fonts-lato, fonts-dejavu-core)."));
	double width = shorter[paper->size], height = longer[paper->size];
	*s = (struct sheet){ .arena = a, .paper = paper, .fonts = fonts, .em = ems[paper->size] };
	s->width = paper->landscape ? height : width;
	s->height = paper->landscape ? width : height;
	s->margin = width * 0.065;
	s->red = tint(paper->colour, 0);
	s->green = tint(paper->colour, 1);
	s->blue = tint(paper->colour, 2);
	s->surface = cairo_pdf_surface_create_for_stream(write_out, out, s->width, s->height);
	cairo_pdf_surface_restrict_to_version(s->surface, CAIRO_PDF_VERSION_1_5);
	cairo_pdf_surface_set_metadata(s->surface, CAIRO_PDF_METADATA_TITLE, paper->title);
	if (paper->site) cairo_pdf_surface_set_metadata(s->surface, CAIRO_PDF_METADATA_AUTHOR, paper->site);
	s->cr = cairo_create(s->surface);
	s->pango = pango_font_map_create_context(fonts);
	pango_context_set_language(s->pango, pango_language_from_string(paper->lang));
	pango_context_set_round_glyph_positions(s->pango, FALSE);
	s->made.pages = 1;
	return OK;
}

enum code sheet_close(struct sheet *s, struct err *err)
{
	cairo_destroy(s->cr);
	cairo_surface_finish(s->surface);
	cairo_status_t status = cairo_surface_status(s->surface);
	cairo_surface_destroy(s->surface);
	g_object_unref(s->pango);
	g_object_unref(s->fonts);
	if (status != CAIRO_STATUS_SUCCESS)
		FAIL(err, E_IO, N_("the sheet cannot be drawn: %s"), cairo_status_to_string(status));
	return OK;
}

void sheet_next(struct sheet *s)
{
	cairo_show_page(s->cr);
	s->made.pages++;
}

/* ---- Texts ---- */

static PangoLayout *lay(struct sheet *s, double width, const struct style *style, double size, const char *text)
{
	PangoLayout *layout = pango_layout_new(s->pango);
	PangoFontDescription *font = pango_font_description_new();
	pango_font_description_set_family(font, FONT_FAMILY);
	pango_font_description_set_weight(font, (PangoWeight)style->weight);
	pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
	pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	if (size < 2 * s->em) pango_layout_set_line_spacing(layout, 1.12F);
	if (style->centred) pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER);
	text = text_repair(s->arena, text, strlen(text));
	pango_layout_set_text(layout, style->hyphens ? hyphen_text(s->arena, s->paper->lang, text) : text, -1);
	return layout;
}

static double height_of(PangoLayout *layout)
{
	int height;
	pango_layout_get_size(layout, NULL, &height);
	return (double)height / PANGO_SCALE;
}

/* In a link's attributes, the address stands between quotes: one that could end them is not linked. */
static bool linkable(const char *url)
{
	return url && *url && strpbrk(url, "'\\ \n") == NULL;
}

static void show(struct sheet *s, struct box box, const struct style *style, PangoLayout *layout)
{
	bool link = linkable(style->url);
	cairo_tag_begin(s->cr, style->tag, NULL);
	if (link) cairo_tag_begin(s->cr, CAIRO_TAG_LINK, arena_printf(s->arena, "uri='%s'", style->url));
	if (style->white) cairo_set_source_rgb(s->cr, 1, 1, 1);
	else if (style->accent) cairo_set_source_rgb(s->cr, s->red, s->green, s->blue);
	else cairo_set_source_rgb(s->cr, 0.11, 0.11, 0.12);
	cairo_move_to(s->cr, box.x, box.y);
	pango_cairo_show_layout(s->cr, layout);
	if (link) cairo_tag_end(s->cr, CAIRO_TAG_LINK);
	cairo_tag_end(s->cr, style->tag);
}

double sheet_text(struct sheet *s, struct box box, const struct style *style, const char *text, bool draw)
{
	if (text == NULL || *text == '\0') return 0;
	PangoLayout *layout = lay(s, box.width, style, style->size, text);
	double height = height_of(layout);
	if (height > box.height) {
		pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
		pango_layout_set_height(layout, (int)(box.height * PANGO_SCALE));
		height = height_of(layout);
		if (draw) s->made.cut = true;
	}
	if (height > box.height + 0.5) height = 0; /* not one line fits */
	else if (draw) show(s, box, style, layout);
	g_object_unref(layout);
	return height;
}

static bool breaks_word(PangoLayout *layout)
{
	int n;
	const char *text = pango_layout_get_text(layout);
	const PangoLogAttr *attrs = pango_layout_get_log_attrs_readonly(layout, &n);
	for (GSList *l = pango_layout_get_lines_readonly(layout); l && l->next; l = l->next) {
		const PangoLayoutLine *line = l->data;
		long at = g_utf8_pointer_to_offset(text, text + line->start_index + line->length);
		if (at < n && !attrs[at].is_line_break && !attrs[at].is_white) return true;
	}
	return false;
}

double sheet_fit(struct sheet *s, struct box box, const struct style *style, double least, const char *text)
{
	for (double size = style->size; size > least; size *= 0.94) {
		PangoLayout *layout = lay(s, box.width, style, size, text);
		bool fits = height_of(layout) <= box.height && !breaks_word(layout);
		g_object_unref(layout);
		if (fits) return size;
	}
	return least;
}

void sheet_foot(struct sheet *s)
{
	const struct paper *paper = s->paper;
	const struct style small = { .tag = "P", .size = s->em * 0.85, .weight = PANGO_WEIGHT_NORMAL };
	const char *text = arena_printf(s->arena, "%s%s%s – %d", paper->site ? paper->site : "",
	                                paper->footer && *paper->footer ? " – " : "",
	                                paper->footer ? paper->footer : "", s->made.pages);
	struct box box = { s->margin, s->height - s->margin * 0.75, s->width - 2 * s->margin, s->em * 1.3 };
	sheet_fill(s, (struct box){ s->margin, box.y - s->em * 0.3, box.width, 0.6 }, s->red, s->green, s->blue);
	sheet_text(s, box, &small, text_cut(s->arena, text, PAPER_LINE_CHARS), true);
}

/* ---- Shapes ---- */

void sheet_fill(struct sheet *s, struct box box, double red, double green, double blue)
{
	cairo_set_source_rgb(s->cr, red, green, blue);
	cairo_rectangle(s->cr, box.x, box.y, box.width, box.height);
	cairo_fill(s->cr);
}

void sheet_accent(struct sheet *s, struct box box)
{
	sheet_fill(s, box, s->red, s->green, s->blue);
}

bool sheet_code(struct sheet *s, struct box box, const char *url)
{
	if (url == NULL || *url == '\0' || strlen(url) > CODE_CHARS) return false;
	QRcode *code = QRcode_encodeData((int)strlen(url), (const unsigned char *)url, 0, QR_ECLEVEL_M);
	if (code == NULL) return false;
	double module = box.width / (code->width + 2 * QUIET);
	sheet_fill(s, box, 1, 1, 1);
	cairo_tag_begin(s->cr, "Figure", NULL);
	cairo_set_source_rgb(s->cr, 0, 0, 0);
	for (int y = 0; y < code->width; y++)
		for (int x = 0; x < code->width;) {
			int end = x;
			while (end < code->width && (code->data[y * code->width + end] & 1)) end++;
			if (end > x)
				cairo_rectangle(s->cr, box.x + (x + QUIET) * module, box.y + (y + QUIET) * module,
				                (end - x) * module, module);
			x = end > x ? end : x + 1;
		}
	cairo_fill(s->cr);
	cairo_tag_end(s->cr, "Figure");
	QRcode_free(code);
	return true;
}

void sheet_picture(struct sheet *s, struct box box, const struct paper_picture *picture)
{
	cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, picture->width, picture->height);
	/* Written into the file as it is: cairo reads its header only. */
	if (cairo_surface_set_mime_data(image, CAIRO_MIME_TYPE_JPEG, picture->data, picture->size, NULL, NULL) ==
	    CAIRO_STATUS_SUCCESS) {
		double scale = fmax(box.width / picture->width, box.height / picture->height);
		cairo_save(s->cr);
		cairo_tag_begin(s->cr, "Figure", NULL);
		cairo_rectangle(s->cr, box.x, box.y, box.width, box.height);
		cairo_clip(s->cr);
		cairo_translate(s->cr, box.x + (box.width - picture->width * scale) / 2,
		                box.y + (box.height - picture->height * scale) / 2);
		cairo_scale(s->cr, scale, scale);
		cairo_set_source_surface(s->cr, image, 0, 0);
		cairo_paint(s->cr);
		cairo_tag_end(s->cr, "Figure");
		cairo_restore(s->cr);
	}
	cairo_surface_destroy(image);
}

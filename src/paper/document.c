#include "paper/document.h"

#include <cairo-pdf.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "paper/finish.h"
#include "paper/sheet.h"

struct setting {
	struct sheet *s;
	const struct paper_document *d;
	double y, top, bottom, width;
	int *pages; /* of each leaf that is a heading */
	bool told;  /* the pages are known */
	bool full;
};

static const struct style styles[] = {
	[LEAF_HEADING] = { .tag = "H2", .weight = PANGO_WEIGHT_HEAVY, .accent = true },
	[LEAF_TEXT] = { .tag = "P", .weight = PANGO_WEIGHT_NORMAL, .hyphens = true },
	[LEAF_ITEM] = { .tag = "P", .weight = PANGO_WEIGHT_NORMAL, .hyphens = true },
	[LEAF_QUOTE] = { .tag = "P", .weight = PANGO_WEIGHT_MEDIUM, .hyphens = true },
	[LEAF_NOTE] = { .tag = "P", .weight = PANGO_WEIGHT_NORMAL },
	[LEAF_TABLE] = { .tag = "P", .weight = PANGO_WEIGHT_BOLD },
	[LEAF_BARS] = { .tag = "P", .weight = PANGO_WEIGHT_BOLD },
};

/* ---- Pages ---- */

static bool next_page(struct setting *t)
{
	struct sheet *s = t->s;
	sheet_foot(s);
	if (s->made.pages == PAPER_PAGES) {
		s->made.cut = t->full = true;
		return false;
	}
	sheet_next(s);
	t->y = t->top = s->margin;
	return true;
}

/* Room for so much, on this sheet or the next one. */
static bool make_room(struct setting *t, double height)
{
	if (t->full) return false;
	return t->y + height <= t->bottom || t->y <= t->top ? true : next_page(t);
}

static double put(struct setting *t, double x, double width, const struct style *style, const char *text, bool draw)
{
	struct box box = { x, t->y, width, draw ? t->bottom - t->y + 2 : t->bottom - t->top };
	return sheet_text(t->s, box, style, text, draw);
}

/* ---- Texts ---- */

static double size_of(const struct setting *t, const struct paper_leaf *leaf)
{
	double em = t->s->em;
	if (leaf->kind == LEAF_HEADING) return em * (leaf->level <= 1 ? 1.6 : leaf->level == 2 ? 1.25 : 1.08);
	return leaf->kind == LEAF_NOTE ? em * 0.85 : em;
}

static void set_piece(struct setting *t, const struct paper_leaf *leaf, const char *text)
{
	struct style style = styles[leaf->kind];
	double em = t->s->em, x = t->s->margin, width = t->width;
	style.size = size_of(t, leaf);
	if (leaf->kind == LEAF_HEADING) style.tag = leaf->level <= 1 ? "H2" : leaf->level == 2 ? "H3" : "H4";
	if (leaf->kind == LEAF_ITEM || leaf->kind == LEAF_QUOTE) {
		x += em * 1.2;
		width -= em * 1.2;
	}
	double height = put(t, x, width, &style, text, false);
	/* A heading stands with some lines of what follows. */
	if (!make_room(t, height + (leaf->kind == LEAF_HEADING ? em * 4 : 0))) return;
	if (leaf->kind == LEAF_QUOTE) sheet_accent(t->s, (struct box){ t->s->margin, t->y, em * 0.25, height });
	if (leaf->kind == LEAF_ITEM)
		sheet_text(t->s, (struct box){ t->s->margin + em * 0.3, t->y, em, em * 2 }, &style, "•", true);
	t->y += put(t, x, width, &style, text, true);
}

/* What is longer than a sheet is cut between words. */
static void set_text(struct setting *t, const struct paper_leaf *leaf)
{
	const char *text = leaf->text;
	while (*text && !t->full) {
		size_t len = strlen(text);
		if (len > DOCUMENT_PIECE) {
			len = DOCUMENT_PIECE;
			while (len > DOCUMENT_PIECE / 2 && text[len] != ' ' && text[len] != '\n') len--;
			while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80) len--;
			if (len == 0) len = strlen(text);
		}
		set_piece(t, leaf, text_trim(t->s->arena, arena_strndup(t->s->arena, text, len)));
		text += len;
	}
}

static void set_heading(struct setting *t, int i)
{
	const struct paper_leaf *leaf = &t->d->leaves[i];
	if (t->y > t->top) t->y += t->s->em * (leaf->level <= 1 ? 1.1 : 0.6);
	set_text(t, leaf);
	t->pages[i] = t->s->made.pages;
	if (t->told)
		cairo_pdf_surface_add_outline(t->s->surface, CAIRO_PDF_OUTLINE_ROOT, leaf->text,
		                              arena_printf(t->s->arena, "page=%d", t->pages[i]), 0);
	t->y += t->s->em * 0.3;
}

/* ---- Tables ---- */

static double column_width(const struct setting *t, const struct paper_leaf *leaf, int column)
{
	double first = leaf->columns <= 4 ? 0.46 : 0.3;
	if (leaf->columns == 1) return t->width;
	return t->width * (column == 0 ? first : (1 - first) / (leaf->columns - 1));
}

static double set_row(struct setting *t, const struct paper_leaf *leaf, int row, bool draw)
{
	struct sheet *s = t->s;
	double x = s->margin, most = 0, em = s->em;
	if (draw) cairo_tag_begin(s->cr, "TR", NULL);
	for (int column = 0; column < leaf->columns; column++) {
		double width = column_width(t, leaf, column);
		const char *text = leaf->cells[row * leaf->columns + column],
		           *tag = row == 0 || column == 0 ? "TH" : "TD";
		const struct style style = { .tag = "P",
			                     .size = em * 0.88,
			                     .weight = row == 0 ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL };
		if (draw) cairo_tag_begin(s->cr, tag, NULL);
		most = fmax(most, put(t, x + em * 0.2, width - em * 0.4, &style, text, draw));
		if (draw) cairo_tag_end(s->cr, tag);
		x += width;
	}
	if (draw) cairo_tag_end(s->cr, "TR");
	return most + em * 0.35;
}

static void rule(const struct setting *t, double grey)
{
	sheet_fill(t->s, (struct box){ t->s->margin, t->y - t->s->em * 0.15, t->width, 0.6 }, grey, grey, grey);
}

static void set_table(struct setting *t, const struct paper_leaf *leaf)
{
	bool open = false;
	if (leaf->columns > DOCUMENT_COLUMNS_MAX) return;
	double head = set_row(t, leaf, 0, false);
	for (int row = 1; row <= leaf->rows; row++) {
		double height = set_row(t, leaf, row, false);
		if (t->y + height + (open ? 0 : head) > t->bottom && t->y > t->top) {
			if (open) cairo_tag_end(t->s->cr, "Table");
			open = false;
			if (!next_page(t)) return;
		}
		if (!open) {
			cairo_tag_begin(t->s->cr, "Table", NULL);
			open = true;
			t->y += set_row(t, leaf, 0, true);
			rule(t, 0.3);
		}
		t->y += set_row(t, leaf, row, true);
		rule(t, 0.8);
	}
	if (open) cairo_tag_end(t->s->cr, "Table");
}

/* ---- Bars: a table of labels and values, with what the eye takes in ---- */

static void set_bar(struct setting *t, const struct paper_leaf *leaf, int row, double height)
{
	struct sheet *s = t->s;
	double em = s->em, label = t->width * 0.42, value = em * 5, room = t->width - label - value - em;
	const struct style style = { .tag = "P", .size = em * 0.9, .weight = PANGO_WEIGHT_NORMAL };
	double share = leaf->shares[row];
	struct box bar = { s->margin + label + em * 0.5, t->y + em * 0.1, isnan(share) ? 0 : fmax(room * share, 0.8),
		           em * 1.1 };
	cairo_tag_begin(s->cr, "TR", NULL);
	cairo_tag_begin(s->cr, "TH", NULL);
	put(t, s->margin, label, &style, leaf->cells[row * 2], true);
	cairo_tag_end(s->cr, "TH");
	cairo_tag_begin(s->cr, "TD", NULL);
	put(t, bar.x + bar.width + em * 0.4, value, &style, leaf->cells[row * 2 + 1], true);
	cairo_tag_end(s->cr, "TD");
	cairo_tag_end(s->cr, "TR");
	if (!isnan(share)) sheet_accent(s, bar);
	t->y += height;
}

static void set_bars(struct setting *t, const struct paper_leaf *leaf)
{
	struct sheet *s = t->s;
	const struct style style = { .tag = "P", .size = s->em * 0.9, .weight = PANGO_WEIGHT_NORMAL };
	bool open = false;
	for (int row = 0; row < leaf->rows; row++) {
		double height = fmax(put(t, s->margin, t->width * 0.42, &style, leaf->cells[row * 2], false),
		                     s->em * 1.3) +
		                s->em * 0.3;
		if (t->y + height > t->bottom && t->y > t->top) {
			if (open) cairo_tag_end(s->cr, "Table");
			open = false;
			if (!next_page(t)) return;
		}
		if (!open) cairo_tag_begin(s->cr, "Table", NULL);
		open = true;
		set_bar(t, leaf, row, height);
	}
	if (open) cairo_tag_end(s->cr, "Table");
}

/* Its words stand with the first lines at least. */
static void set_figure(struct setting *t, const struct paper_leaf *leaf)
{
	double em = t->s->em;
	t->y += em * 0.3;
	if (!make_room(t, em * (leaf->rows < 6 ? 3 + 1.8 * leaf->rows : 8))) return;
	set_text(t, leaf);
	t->y += em * 0.25;
	if (leaf->kind == LEAF_TABLE) set_table(t, leaf);
	else set_bars(t, leaf);
}

/* ---- All of it ---- */

static void set_head(struct setting *t)
{
	struct sheet *s = t->s;
	const struct paper *paper = s->paper;
	double side = s->em * 6;
	struct style style = { .tag = "H1", .size = s->em * 2.4, .weight = PANGO_WEIGHT_HEAVY, .white = true };
	const char *title = text_cut(s->arena, paper->title, PAPER_TITLE_CHARS);
	struct box box = { s->margin, s->margin * 0.7, s->width - 3 * s->margin - side, side };
	style.size = sheet_fit(s, box, &style, s->em * 1.2, title);
	double height = sheet_text(s, box, &style, title, false), band = fmax(height, side) + s->margin;
	box.y = (band - height) / 2;
	sheet_accent(s, (struct box){ 0, 0, s->width, band });
	sheet_text(s, box, &style, title, true);
	sheet_code(s, (struct box){ s->width - s->margin - side, (band - side) / 2, side, side }, paper->url);
	t->top = t->y = band + s->margin * 0.5;
	if (t->d->under && *t->d->under) {
		const struct paper_leaf under = { .kind = LEAF_NOTE, .text = t->d->under };
		set_text(t, &under);
		t->y += s->em * 0.6;
	}
}

static void set_contents(struct setting *t)
{
	double em = t->s->em;
	const struct paper_leaf head = { .kind = LEAF_HEADING, .level = 2, .text = t->d->contents };
	set_text(t, &head);
	t->y += em * 0.3;
	for (int i = 0; i < t->d->n; i++) {
		const struct paper_leaf *leaf = &t->d->leaves[i];
		if (leaf->kind != LEAF_HEADING || leaf->level > 2) continue;
		const struct style style = { .tag = "P",
			                     .size = em * 0.95,
			                     .weight = leaf->level == 1 ? PANGO_WEIGHT_MEDIUM : PANGO_WEIGHT_NORMAL };
		double in = leaf->level == 1 ? 0 : em * 1.2;
		double height = put(t, t->s->margin + in, t->width - in - em * 3, &style, leaf->text, false);
		if (!make_room(t, height)) return;
		put(t, t->s->margin + in, t->width - in - em * 3, &style, leaf->text, true);
		struct box box = { t->s->margin + t->width - em * 2.5, t->y, em * 2.5, em * 2 };
		sheet_text(t->s, box, &style, arena_printf(t->s->arena, "%d", t->pages[i]), true);
		t->y += height + em * 0.1;
	}
	t->y += em * 0.6;
}

static void set_leaf(struct setting *t, int i)
{
	const struct paper_leaf *leaf = &t->d->leaves[i];
	if (leaf->kind == LEAF_HEADING) set_heading(t, i);
	else if (leaf->kind == LEAF_TABLE || leaf->kind == LEAF_BARS) set_figure(t, leaf);
	else set_text(t, leaf);
	t->y += t->s->em * (leaf->kind == LEAF_ITEM ? 0.2 : 0.5);
}

static enum code make(struct arena *a, const struct paper_document *d, int *pages, bool told, struct buf *pdf,
                      struct paper_made *made, struct err *err)
{
	struct sheet s;
	TRY(sheet_open(&s, a, &d->paper, pdf, err));
	struct setting t = { .s = &s, .d = d, .pages = pages, .told = told, .width = s.width - 2 * s.margin };
	t.bottom = s.height - s.margin * 1.2 - s.em * 1.6;
	set_head(&t);
	if (d->contents) set_contents(&t);
	for (int i = 0; i < d->n && !t.full; i++) set_leaf(&t, i);
	if (t.full) {
		const struct style more = {
			.tag = "P", .size = s.em, .weight = PANGO_WEIGHT_BOLD, .url = d->paper.url
		};
		sheet_text(&s, (struct box){ s.margin, t.bottom + s.em * 0.2, t.width, s.em * 1.5 }, &more,
		           d->paper.more, true);
	} else sheet_foot(&s);
	TRY(sheet_close(&s, err));
	*made = s.made;
	return OK;
}

enum code document_make(struct arena *a, const struct paper_document *document, struct buf *out, struct paper_made *ret,
                        struct err *err)
{
	struct paper_made made;
	struct buf pdf;
	int *pages = arena_array(a, int, (size_t)document->n + 1);
	/* A first time to know on which sheet each heading stands. */
	for (int pass = document->contents ? 0 : 1; pass < 2; pass++) {
		buf_init(&pdf, a, 0);
		TRY(make(a, document, pages, pass == 1, &pdf, &made, err));
	}
	TRY(finish_pdf(&document->paper, &pdf, err));
	buf_add(out, pdf.data, pdf.len);
	*ret = made;
	return OK;
}

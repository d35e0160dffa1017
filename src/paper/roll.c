#include "paper/roll.h"

#include <math.h>

#include "base/text.h"
#include "paper/finish.h"
#include "paper/sheet.h"

/* Shares of the width: number of the line, name, with whom, signature. */
static const double widths[] = { 0.06, 0.34, 0.24, 0.36 };
enum { CELLS = 4 };

struct table {
	struct sheet *s;
	const struct roll *roll;
	double y, bottom, row;
	bool open; /* a table is under way on this page */
};

static void line(struct sheet *s, double y, double height)
{
	sheet_fill(s, (struct box){ s->margin, y, s->width - 2 * s->margin, height }, 0.45, 0.45, 0.47);
}

static struct box cell_box(const struct table *t, int column)
{
	const struct sheet *s = t->s;
	double all = s->width - 2 * s->margin, x = s->margin;
	for (int i = 0; i < column; i++) x += widths[i] * all;
	return (struct box){ x + s->em * 0.3, t->y, widths[column] * all - s->em * 0.6, t->row };
}

/* One cell, its text in the middle of its line; an empty one is a cell all the same. */
static void put_cell(struct table *t, int column, const char *tag, const char *text, int weight)
{
	struct sheet *s = t->s;
	struct box box = cell_box(t, column);
	const struct style style = { .tag = "P", .size = column == 0 ? s->em * 0.85 : s->em, .weight = weight };
	double height = sheet_text(s, box, &style, text, false);
	box.y += (t->row - height) / 2;
	box.height = t->row;
	cairo_tag_begin(s->cr, tag, NULL);
	sheet_text(s, box, &style, text, true);
	cairo_tag_end(s->cr, tag);
}

static void put_row(struct table *t, const char *tag, const char *const cells[CELLS], int weight)
{
	struct sheet *s = t->s;
	double all = s->width - 2 * s->margin, x = s->margin;
	cairo_tag_begin(s->cr, "TR", NULL);
	for (int i = 0; i < CELLS; i++) put_cell(t, i, tag, cells[i], weight);
	cairo_tag_end(s->cr, "TR");
	for (int i = 1; i < CELLS; i++) {
		x += widths[i - 1] * all;
		sheet_fill(s, (struct box){ x, t->y, 0.5, t->row }, 0.75, 0.75, 0.76);
	}
	t->y += t->row;
	line(s, t->y, 0.5);
}

static void begin_table(struct table *t)
{
	const char *const heads[CELLS] = { "", t->roll->heads[0], t->roll->heads[1], t->roll->heads[2] };
	cairo_tag_begin(t->s->cr, "Table", NULL);
	t->open = true;
	line(t->s, t->y, 1);
	put_row(t, "TH", heads, PANGO_WEIGHT_BOLD);
}

static void end_table(struct table *t)
{
	if (t->open) cairo_tag_end(t->s->cr, "Table");
	t->open = false;
}

/* What it is of, at the top of the first page; the others begin with their table. */
static void draw_head(struct table *t)
{
	struct sheet *s = t->s;
	const struct roll *roll = t->roll;
	double side = s->em * 6, width = s->width - 2 * s->margin - side - s->em;
	const struct {
		struct style style;
		const char *text;
	} lines[] = {
		{ { .tag = "P", .size = s->em, .weight = PANGO_WEIGHT_BOLD, .accent = true }, roll->heading },
		{ { .tag = "H1", .size = s->em * 1.9, .weight = PANGO_WEIGHT_HEAVY }, roll->paper.title },
		{ { .tag = "P", .size = s->em * 1.1, .weight = PANGO_WEIGHT_BOLD }, roll->when },
		{ { .tag = "P", .size = s->em, .weight = PANGO_WEIGHT_NORMAL }, roll->where },
	};
	double y = s->margin;
	for (size_t i = 0; i < COUNT(lines); i++) {
		if (lines[i].text == NULL || *lines[i].text == '\0') continue;
		const char *text = text_cut(s->arena, lines[i].text, PAPER_TITLE_CHARS);
		y += sheet_text(s, (struct box){ s->margin, y, width, s->em * 7 }, &lines[i].style, text, true) +
		     s->em * 0.2;
	}
	sheet_code(s, (struct box){ s->width - s->margin - side, s->margin, side, side }, roll->paper.url);
	t->y = fmax(y, s->margin + side) + s->em;
}

/* False: there are too many pages. */
static bool make_room(struct table *t, double height)
{
	if (t->y + height <= t->bottom) return true;
	end_table(t);
	sheet_foot(t->s);
	if (t->s->made.pages == PAPER_PAGES) return false;
	sheet_next(t->s);
	t->y = t->s->margin;
	return true;
}

static bool draw_rows(struct table *t)
{
	struct sheet *s = t->s;
	const struct roll *roll = t->roll;
	for (int i = 0; i < roll->n + roll->blank; i++) {
		const char *number = arena_printf(s->arena, "%d", i + 1);
		bool empty = i >= roll->n;
		const char *const cells[CELLS] = { number,
			                           empty ? ""
			                                 : text_cut(s->arena, roll->rows[i].name, PAPER_TITLE_CHARS),
			                           empty ? "" : roll->rows[i].detail, "" };
		if (!make_room(t, t->row)) return false;
		if (!t->open) begin_table(t);
		put_row(t, "TD", cells, PANGO_WEIGHT_NORMAL);
		s->made.entries += !empty;
	}
	return true;
}

static void draw(struct sheet *s, const struct roll *roll)
{
	struct table t = { .s = s, .roll = roll, .row = s->em * 2.6 };
	const struct style total = { .tag = "P", .size = s->em * 1.05, .weight = PANGO_WEIGHT_BOLD };
	const struct style small = { .tag = "P", .size = s->em * 0.85, .weight = PANGO_WEIGHT_NORMAL };
	t.bottom = s->height - s->margin * 1.2 - s->em * 1.6;
	draw_head(&t);
	bool whole = draw_rows(&t);
	if (whole) whole = make_room(&t, s->em * 6);
	if (!whole) {
		s->made.cut = true;
		return;
	}
	end_table(&t);
	struct box box = { s->margin, t.y + s->em * 0.8, s->width - 2 * s->margin, s->em * 2 };
	box.y += sheet_text(s, box, &total, roll->total, true) + s->em * 0.4;
	sheet_text(s, box, &small, roll->notice, true);
	sheet_foot(s);
}

enum code roll_make(struct arena *a, const struct roll *roll, struct buf *out, struct paper_made *ret, struct err *err)
{
	struct sheet s;
	struct buf pdf;
	buf_init(&pdf, a, 0);
	TRY(sheet_open(&s, a, &roll->paper, &pdf, err));
	draw(&s, roll);
	TRY(sheet_close(&s, err));
	TRY(finish_pdf(&roll->paper, &pdf, err));
	buf_add(out, pdf.data, pdf.len);
	*ret = s.made;
	return OK;
}

#include "paper/flow.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

/* How each kind is set: columns upright and lying, codes, what of an entry is said. */
static const struct setting {
	int upright, lying;
	bool codes;
	int chars; /* of an entry's text */
} settings[PAPER_KINDS] = {
	[PAPER_PROGRAMME] = { 1, 2, false, 240 },
	[PAPER_CRIER] = { 2, 3, true, 400 },
	[PAPER_LEAFLET] = { 2, 3, false, PAPER_TEXT_CHARS },
	[PAPER_MINUTES] = { 1, 2, false, PAPER_PARAGRAPH_CHARS },
};

struct flow {
	struct sheet *s;
	const struct setting *setting;
	int columns, column;
	double width, gap; /* of a column, between two */
	double top, bottom, y;
	const char *heading; /* the last one set in this column */
};

/* ---- Pages ---- */

/* Beside the title, its gap too. */
static double logo_room(const struct sheet *s, double side)
{
	const struct paper_picture *logo = s->paper->logo;
	double wide = logo->height > 0 ? side * logo->width / logo->height : 0;
	return wide > 0 ? fmin(wide, side * 2) + s->margin * 0.5 : 0;
}

/* The band above the first page; a line above the others. */
static void begin_page(struct flow *f)
{
	struct sheet *s = f->s;
	f->column = 0;
	f->heading = NULL;
	f->top = s->margin;
	if (s->made.pages == 1) {
		double side = s->em * 6;
		struct style style = { .tag = "H1", .size = s->em * 3, .weight = PANGO_WEIGHT_HEAVY, .white = true };
		const char *title = text_cut(s->arena, s->paper->title, PAPER_TITLE_CHARS);
		struct box box = { s->margin, s->margin * 0.7, s->width - 3 * s->margin - side, side };
		double logo = s->paper->logo ? logo_room(s, side) : 0;
		box.x += logo;
		box.width -= logo;
		style.size = sheet_fit(s, box, &style, s->em * 1.2, title);
		double height = sheet_text(s, box, &style, title, false), band = fmax(height, side) + s->margin * 1.4;
		box.y = (band - height) / 2;
		sheet_accent(s, (struct box){ 0, 0, s->width, band });
		if (logo > 0)
			sheet_logo(s, (struct box){ s->margin, (band - side) / 2, logo - s->margin * 0.5, side }, true);
		sheet_text(s, box, &style, title, true);
		sheet_code(s, (struct box){ s->width - s->margin - side, (band - side) / 2, side, side },
		           s->paper->url);
		f->top = band + s->margin * 0.7;
	}
	f->y = f->top;
}

static bool next_column(struct flow *f)
{
	f->heading = NULL;
	if (++f->column < f->columns) {
		f->y = f->top;
		return true;
	}
	sheet_foot(f->s);
	if (f->s->made.pages == PAPER_PAGES) return false;
	sheet_next(f->s);
	begin_page(f);
	return true;
}

/* ---- An entry ---- */

/* Sets it, or measures how high it is. */
static double set_entry(struct flow *f, const struct paper_entry *e, bool draw)
{
	struct sheet *s = f->s;
	double em = s->em, x = s->margin + f->column * (f->width + f->gap), y = f->y, side = 0;
	bool head = e->heading && *e->heading && (f->heading == NULL || strcmp(f->heading, e->heading) != 0);
	const struct style heading = { .tag = "H2", .size = em * 1.25, .weight = PANGO_WEIGHT_HEAVY, .accent = true };
	const struct {
		struct style style;
		const char *text;
		int chars;
	} lines[] = {
		{ { .tag = head ? "H3" : "H2", .size = em * 1.1, .weight = PANGO_WEIGHT_BOLD, .url = e->url },
		  e->title,
		  PAPER_TITLE_CHARS },
		{ { .tag = "P", .size = em, .weight = PANGO_WEIGHT_BOLD, .accent = true }, e->when, PAPER_LINE_CHARS },
		{ { .tag = "P", .size = em * 0.95, .weight = PANGO_WEIGHT_MEDIUM }, e->where, PAPER_LINE_CHARS },
		{ { .tag = "P", .size = em * 0.95, .weight = PANGO_WEIGHT_NORMAL, .hyphens = true },
		  e->text,
		  f->setting->chars },
	};
	if (head) {
		struct box box = { x, y + (y > f->top ? em * 0.6 : 0), f->width, em * 4 };
		y = box.y + sheet_text(s, box, &heading, e->heading, draw) + em * 0.35;
	}
	double begun = y;
	if (f->setting->codes && e->url && *e->url) side = fmin(em * 6, f->width * 0.35);
	for (size_t i = 0; i < COUNT(lines); i++) {
		if (lines[i].text == NULL || *lines[i].text == '\0' || y >= f->bottom) continue;
		/* Measured from the top of a column: what is higher than that is cut there. */
		double room = draw ? f->bottom - y : (f->bottom - f->top) - (y - f->y);
		if (room <= 0) break;
		struct box box = { x, y, f->width - (side ? side + em * 0.6 : 0), room };
		y += sheet_text(s, box, &lines[i].style, text_cut(s->arena, lines[i].text, (size_t)lines[i].chars),
		                draw);
	}
	if (side && draw) sheet_code(s, (struct box){ x + f->width - side, begun, side, side }, e->url);
	return fmax(y, begun + side) - f->y;
}

static bool place_entry(struct flow *f, const struct paper_entry *e)
{
	double height = set_entry(f, e, false);
	if (f->y > f->top && f->y + height > f->bottom) {
		if (!next_column(f)) return false;
	}
	height = set_entry(f, e, true);
	f->heading = e->heading;
	f->y += height + f->s->em * 0.9;
	f->s->made.entries++;
	return true;
}

void flow_draw(struct sheet *s)
{
	const struct paper *paper = s->paper;
	struct flow f = { .s = s, .setting = &settings[paper->kind] };
	f.columns = paper->landscape ? f.setting->lying : f.setting->upright;
	f.gap = s->margin * 0.6;
	f.width = (s->width - 2 * s->margin - (f.columns - 1) * f.gap) / f.columns;
	f.bottom = s->height - s->margin * 1.2 - s->em * 1.6;
	begin_page(&f);
	for (int i = 0; i < paper->n && i < PAPER_ENTRIES; i++)
		if (!place_entry(&f, &paper->entries[i])) break;
	bool over = s->made.entries < paper->n;
	if (over) {
		const struct style more = { .tag = "P", .size = s->em, .weight = PANGO_WEIGHT_BOLD, .url = paper->url };
		s->made.cut = true;
		sheet_text(s, (struct box){ s->margin, f.bottom + s->em * 0.2, s->width - 2 * s->margin, s->em * 1.5 },
		           &more, paper->more, true);
	}
	if (!over || s->made.pages < PAPER_PAGES) sheet_foot(s);
}

/* What may stand in a strip, but tables, measured and drawn by the same lines. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "paper/questionnaire_strip.h"

#define CELL_WIDTH 5.6
#define CELL_HEIGHT 7.0
#define LINE_HEIGHT 9.0
#define MANY 8 /* options */

static const struct style said = { .tag = "P", .size = 10.5, .weight = PANGO_WEIGHT_NORMAL };
static const struct style small = { .tag = "P", .size = 9, .weight = PANGO_WEIGHT_NORMAL };
static const struct style tiny = { .tag = "P", .size = 6.5, .weight = PANGO_WEIGHT_NORMAL };
static const struct style question = { .tag = "H3", .size = 11, .weight = PANGO_WEIGHT_BOLD };
static const struct style number = { .tag = "P", .size = 11, .weight = PANGO_WEIGHT_HEAVY, .accent = true };
static const struct style advice = { .tag = "P", .size = 9.5, .weight = PANGO_WEIGHT_MEDIUM, .accent = true };

double draw_text(struct draw *d, double left, double right, double y, const struct style *style, const char *text)
{
	struct box box = { MM(left), y, MM(right - left), 2000 };
	return sheet_text(&d->s, box, style, text, d->drawing);
}

void draw_outline(struct draw *d, struct box box)
{
	if (!d->drawing) return;
	cairo_set_source_rgb(d->s.cr, 0.15, 0.15, 0.17);
	cairo_set_line_width(d->s.cr, 0.8);
	cairo_rectangle(d->s.cr, box.x, box.y, box.width, box.height);
	cairo_stroke(d->s.cr);
}

void draw_cross(struct draw *d, struct box box)
{
	if (!d->drawing) return;
	cairo_t *cr = d->s.cr;
	cairo_set_source_rgb(cr, 0.1, 0.15, 0.55);
	cairo_set_line_width(cr, 1.4);
	cairo_move_to(cr, box.x - 0.5, box.y - 0.5);
	cairo_line_to(cr, box.x + box.width + 0.5, box.y + box.height + 0.5);
	cairo_move_to(cr, box.x + box.width + 0.5, box.y - 0.5);
	cairo_line_to(cr, box.x - 0.5, box.y + box.height + 0.5);
	cairo_stroke(cr);
}

static int tenths(double points)
{
	return (int)lround(points * 254 / 72);
}

static void note(struct draw *d, struct paper_mark mark)
{
	struct marks *marks = d->marks;
	if (marks->n == marks->room) {
		int room = marks->room ? 2 * marks->room : 256;
		struct paper_mark *all = arena_array(d->s.arena, struct paper_mark, (size_t)room);
		if (marks->n) memcpy(all, marks->all, (size_t)marks->n * sizeof(*all));
		marks->all = all;
		marks->room = room;
	}
	marks->all[marks->n++] = mark;
}

/* Only pages that are placed have marks: while strips are measured, page is 0. */
void draw_mark(struct draw *d, enum paper_mark_kind kind, struct box box, const struct ask *ask, const char *part,
               const char *choice, int place)
{
	int x = tenths(box.x), y = tenths(box.y), right = tenths(box.x + box.width),
	    bottom = tenths(box.y + box.height);
	struct box on = { MM(x / 10.0), MM(y / 10.0), MM((right - x) / 10.0), MM((bottom - y) / 10.0) };
	if (d->marks && d->page)
		note(d, (struct paper_mark){ kind, d->page, x, y, right - x, bottom - y, ask, part ? part : "",
		                             choice ? choice : "", place });
	if (!d->drawing) return;
	if (kind == MARK_CORNER) sheet_fill(&d->s, on, 0, 0, 0);
	else if (kind == MARK_LINE && ask && !ask->written)
		sheet_fill(&d->s, (struct box){ on.x, on.y + on.height - 0.6, on.width, 0.6 }, 0.35, 0.35, 0.37);
	else if (kind != MARK_CODE) draw_outline(d, on);
}

/* ---- Head ---- */

static double lay_head(struct draw *d, const struct strip *strip, double y)
{
	const struct ask *ask = strip->ask;
	double top = y;
	if (*ask->condition) y += draw_text(d, TEXT_LEFT, PAGE_RIGHT, y, &advice, ask->condition) + MM(1.4);
	if (ask->number) draw_text(d, PAGE_LEFT, TEXT_LEFT, y, &number, arena_printf(d->s.arena, "%d", ask->number));
	y += draw_text(d, TEXT_LEFT, PAGE_RIGHT, y, ask->kind == ASK_TOLD && ask->number == 0 ? &said : &question,
	               ask->label);
	if (*ask->help) y += draw_text(d, TEXT_LEFT, PAGE_RIGHT, y + MM(0.6), &small, ask->help) + MM(0.6);
	if (*ask->rule) y += draw_text(d, TEXT_LEFT, PAGE_RIGHT, y + MM(0.6), &small, ask->rule) + MM(0.6);
	return y - top + MM(1.8);
}

static double lay_section(struct draw *d, const struct strip *strip, double y)
{
	const struct style title = { .tag = "H2", .size = 15, .weight = PANGO_WEIGHT_HEAVY, .accent = true };
	const struct ask_section *section = strip->section;
	double top = y;
	if (d->drawing) sheet_accent(&d->s, (struct box){ MM(PAGE_LEFT), y, MM(PAGE_RIGHT - PAGE_LEFT), 1.2 });
	y += MM(2);
	y += draw_text(d, PAGE_LEFT, PAGE_RIGHT, y, &title, section->title);
	if (*section->condition)
		y += draw_text(d, PAGE_LEFT, PAGE_RIGHT, y + MM(1), &advice, section->condition) + MM(1);
	if (*section->text) y += draw_text(d, PAGE_LEFT, PAGE_RIGHT, y + MM(1), &said, section->text) + MM(1);
	return y - top + MM(3);
}

/* ---- Boxes ---- */

/* Set on a line of the height of one box: the text's first line beside the middle of the box. */
static double lay_box(struct draw *d, const struct ask *ask, const char *part, const struct ask_option *option, int n,
                      double left, double right, double y)
{
	struct box box = { MM(left + 4), y + MM(0.5), MM(BOX), MM(BOX) };
	if (n) draw_text(d, left, left + 4, y + MM(1.4), &tiny, arena_printf(d->s.arena, "%d", n));
	draw_mark(d, MARK_BOX, box, ask, part, option->key, 0);
	double height = draw_text(d, left + 4 + BOX + 1.8, right, y + MM(0.4), &said, option->label);
	return fmax(height + MM(1.6), MM(LEADING));
}

static double lay_boxes(struct draw *d, const struct strip *strip, double y)
{
	double width = (PAGE_RIGHT - TEXT_LEFT) / strip->columns, height = 0;
	bool numbered = strip->ask->kind != ASK_SCALE; /* what stands aside of a scale has none */
	for (int c = 0; c < strip->columns; c++) {
		int at = c * strip->rows + strip->i;
		if (at >= strip->noptions) break;
		const struct ask_option *option = &strip->options[at];
		double left = TEXT_LEFT + c * width + option->depth * 6;
		height = fmax(height, lay_box(d, strip->ask, strip->part, option, numbered ? at + 1 : 0, left,
		                              TEXT_LEFT + (c + 1) * width - 2, y));
	}
	return height;
}

static bool on_lines(struct draw *d, const struct ask_option *options, int n, double width, int lines)
{
	bool drawing = d->drawing, fits = true;
	d->drawing = false;
	for (int i = 0; fits && i < n; i++)
		fits = options[i].depth == 0 &&
		       draw_text(d, 0, width, 0, &said, options[i].label) < said.size * (lines * 1.35 + 0.35);
	d->drawing = drawing;
	return fits;
}

/* Short words beside each other, one line each; two columns of two lines where there are many. */
int strip_columns(struct draw *d, const struct ask_option *options, int n)
{
	for (int columns = MIN(n, 4); columns > 1; columns--)
		if (on_lines(d, options, n, (PAGE_RIGHT - TEXT_LEFT) / columns - 4 - BOX - 3.8,
		             columns == 2 && n >= MANY ? 2 : 1))
			return columns;
	return 1;
}

/* The number of "other" follows those of the others. */
static double lay_other(struct draw *d, const struct strip *strip, double y)
{
	const struct ask_option *option = strip->options;
	bool drawing = d->drawing;
	struct box words = { MM(TEXT_LEFT + 4 + BOX + 1.8), y, MM(70), 2000 };
	double width = 18;
	d->drawing = false;
	while (width < 70 && draw_text(d, 0, width, 0, &said, option->label) > said.size * 1.7) width += 4;
	d->drawing = drawing;
	lay_box(d, strip->ask, strip->part, option, strip->i + 1, TEXT_LEFT, TEXT_LEFT + 4 + BOX + 1.8 + width,
	        y + MM(1.5));
	struct box line = { words.x + MM(width + 1), y - MM(1), MM(PAGE_RIGHT) - words.x - MM(width + 1), MM(7.5) };
	draw_mark(d, MARK_LINE, line, strip->ask, "", option->key, 0);
	return MM(LINE_HEIGHT);
}

/* ---- To write ---- */

static double lay_line(struct draw *d, const struct strip *strip, double y)
{
	double left = TEXT_LEFT;
	const char *words = strip->i < 0 ? strip->ask->comment : "";
	if (*words) {
		draw_text(d, left, left + 40, y + MM(3.2), &small, words);
		left += 40;
	}
	struct box line = { MM(left), y, MM(PAGE_RIGHT - left), MM(LINE_HEIGHT - 1) };
	draw_mark(d, MARK_LINE, line, strip->ask, *words ? "comment" : "", "", MAX(strip->i, 0));
	return MM(LINE_HEIGHT);
}

static double cells(struct draw *d, const struct ask *ask, const char *part, double left, double y)
{
	int place = 0;
	char between[5] = "";
	for (const char *at = ask->cells; *at;) {
		uint32_t c;
		size_t len = text_decode(at, strlen(at), &c);
		if (len == 0 || len >= sizeof(between)) break;
		if (*at == '#') {
			struct box cell = { MM(left), y, MM(CELL_WIDTH), MM(CELL_HEIGHT) };
			draw_mark(d, MARK_CELL, cell, ask, part, "", place++);
			left += CELL_WIDTH;
		} else {
			memcpy(between, at, len);
			between[len] = '\0';
			draw_text(d, left + 1, left + 6, y + MM(1.4), &said, between);
			left += 4;
		}
		at += len;
	}
	return left;
}

static double lay_cells(struct draw *d, const struct strip *strip, double y)
{
	const struct ask *ask = strip->ask;
	const struct ask_option *row = ask->nrows ? &ask->rows[strip->i] : NULL;
	double left = TEXT_LEFT, height = 0;
	if (row) {
		height = draw_text(d, left, left + 78, y + MM(1.4), &said, row->label);
		left += 80;
	}
	left = cells(d, ask, row ? row->key : "", left, y);
	if (*ask->unit) draw_text(d, left + 2, PAGE_RIGHT, y + MM(1.4), &said, ask->unit);
	return fmax(MM(CELL_HEIGHT + 1.8), height + MM(2.5));
}

/* ---- Scales, ranks ---- */

/* In numbers, with the words of its ends; or in words, each below its box. */
static double lay_scale(struct draw *d, const struct strip *strip, double y)
{
	const struct style under = { .tag = "P", .size = 8.5, .weight = PANGO_WEIGHT_NORMAL, .centred = true };
	const struct ask *ask = strip->ask;
	bool numbers = ask->low != NULL;
	double left = TEXT_LEFT, right = PAGE_RIGHT, height = 0, words = 0;
	if (numbers) {
		double ends = *ask->low || *ask->high ? 30 : 0;
		words = draw_text(d, left, left + ends - 2, y + MM(4.4), &small, ask->low);
		right = fmin(right - ends, left + ends + ask->noptions * 16.0);
		left += ends;
		words = fmax(words, draw_text(d, right + 2, right + 2 + ends, y + MM(4.4), &small, ask->high));
	}
	double width = (right - left) / ask->noptions;
	for (int i = 0; i < ask->noptions; i++) {
		double x = left + i * width;
		struct box box = { MM(x + (width - BOX) / 2), y + MM(numbers ? 4.2 : 0.5), MM(BOX), MM(BOX) };
		draw_mark(d, MARK_BOX, box, ask, "", ask->options[i].key, 0);
		height = fmax(height, draw_text(d, x + 0.5, x + width - 0.5, numbers ? y : y + MM(BOX + 1.5), &under,
		                                ask->options[i].label));
	}
	return numbers ? fmax(MM(4.4) + words, MM(4.4 + BOX)) + MM(2) : MM(BOX + 1.5) + height + MM(2);
}

static double lay_rank(struct draw *d, const struct strip *strip, double y)
{
	const struct ask_option *option = &strip->ask->options[strip->i];
	struct box cell = { MM(TEXT_LEFT + 4), y, MM(CELL_WIDTH + 1), MM(CELL_HEIGHT) };
	draw_mark(d, MARK_CELL, cell, strip->ask, "", option->key, 0);
	double height = draw_text(d, TEXT_LEFT + 13, PAGE_RIGHT, y + MM(1.4), &said, option->label);
	return fmax(MM(CELL_HEIGHT + 1.4), height + MM(2.4));
}

double strip_lay(struct draw *d, const struct strip *strip, double y)
{
	switch (strip->kind) {
	case STRIP_COVER: return questionnaire_cover(d, y);
	case STRIP_SECTION: return lay_section(d, strip, y);
	case STRIP_HEAD: return lay_head(d, strip, y);
	case STRIP_BOXES: return lay_boxes(d, strip, y);
	case STRIP_OTHER: return lay_other(d, strip, y);
	case STRIP_LINE: return lay_line(d, strip, y);
	case STRIP_CELLS: return lay_cells(d, strip, y);
	case STRIP_TABLE_HEAD: return strip_table_head(d, strip, y);
	case STRIP_TABLE_ROW: return strip_table_row(d, strip, y);
	case STRIP_ROW_NAME: return strip_row_name(d, strip, y);
	case STRIP_SCALE: return lay_scale(d, strip, y);
	case STRIP_RANK: return lay_rank(d, strip, y);
	case STRIP_GAP: break;
	}
	return MM(5);
}

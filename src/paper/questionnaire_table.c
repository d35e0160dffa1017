/* The strips of tables of questions: heads, rows, and names of lines where the table is too wide. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "paper/questionnaire_strip.h"

#define COLUMN_BOXES 13.0 /* of a table, at least */
#define COLUMN_WRITTEN 24.0
#define LINE_SHARE 0.36 /* of a table's width, for the names of its lines */

static const struct style said = { .tag = "P", .size = 10.5, .weight = PANGO_WEIGHT_NORMAL };
static const struct style small = { .tag = "P", .size = 9, .weight = PANGO_WEIGHT_NORMAL };

static double width_of(const struct ask *ask)
{
	return (PAGE_RIGHT - TEXT_LEFT) * (ask->written && ask->noptions <= 1 ? 0.5 : LINE_SHARE);
}

static int columns_of(const struct ask *ask)
{
	return MAX(ask->noptions + ask->nsecond, 1);
}

static double column_width(const struct ask *ask)
{
	return (PAGE_RIGHT - TEXT_LEFT - width_of(ask)) / columns_of(ask);
}

static const struct ask_option *column_at(const struct ask *ask, int i)
{
	return i < ask->noptions ? &ask->options[i] : &ask->second[i - ask->noptions];
}

/* As wide as a word of the heads, set small, needs at most. */
static double longest_word(const struct ask *ask)
{
	size_t longest = 0;
	for (int i = 0; i < ask->noptions + ask->nsecond; i++)
		for (const char *at = column_at(ask, i)->label; *at; at += *at == ' ') {
			size_t len = strcspn(at, " ");
			longest = MAX(longest, text_length(at) - text_length(at + len));
			at += len;
		}
	return (double)longest * 1.55 + 1;
}

bool strip_too_wide(struct draw *d, const struct ask *ask)
{
	(void)d;
	double least = ask->written ? COLUMN_WRITTEN : COLUMN_BOXES;
	return column_width(ask) < fmax(least, MIN(longest_word(ask), 30));
}

static void begin_row(struct draw *d)
{
	if (d->drawing) cairo_tag_begin(d->s.cr, "TR", NULL);
}

static void end_row(struct draw *d)
{
	if (d->drawing) cairo_tag_end(d->s.cr, "TR");
}

/* One cell with a text, which may be empty. */
static double table_text(struct draw *d, const char *tag, double left, double right, double y,
                         const struct style *style, const char *text)
{
	if (d->drawing) cairo_tag_begin(d->s.cr, tag, NULL);
	double height = draw_text(d, left, right, y, style, text);
	if (d->drawing) cairo_tag_end(d->s.cr, tag);
	return height;
}

double strip_table_head(struct draw *d, const struct strip *strip, double y)
{
	const struct style head = { .tag = "P", .size = 8.5, .weight = PANGO_WEIGHT_MEDIUM, .centred = true };
	const struct ask *ask = strip->ask;
	double left = TEXT_LEFT + width_of(ask), width = column_width(ask), height = 0, top = y;
	for (int s = 0; ask->nsecond && s < 2; s++) {
		double from = left + (s ? ask->noptions * width : 0), n = s ? ask->nsecond : ask->noptions;
		height = fmax(height, draw_text(d, from, from + n * width, y, &head, ask->scales[s]));
	}
	y += height;
	height = 0;
	begin_row(d);
	table_text(d, "TH", TEXT_LEFT, left, y, &head, "");
	for (int i = 0; i < ask->noptions + ask->nsecond; i++)
		height = fmax(height, table_text(d, "TH", left + i * width + 0.5, left + (i + 1) * width - 0.5, y,
		                                 &head, column_at(ask, i)->label));
	end_row(d);
	return y + height - top + MM(1.2);
}

static void rule(struct draw *d, double y)
{
	if (d->drawing)
		sheet_fill(&d->s, (struct box){ MM(TEXT_LEFT), y, MM(PAGE_RIGHT - TEXT_LEFT), 0.4 }, 0.7, 0.7, 0.72);
}

double strip_table_row(struct draw *d, const struct strip *strip, double y)
{
	const struct ask *ask = strip->ask;
	const struct ask_option *row = &ask->rows[strip->i];
	double left = TEXT_LEFT + width_of(ask), width = column_width(ask);
	bool drawing = d->drawing;
	d->drawing = false;
	double words = draw_text(d, TEXT_LEFT, left - 2, y, &said, row->label);
	d->drawing = drawing;
	double height = fmax(words + MM(3), MM(ask->written ? 10 : 8));
	rule(d, y);
	begin_row(d);
	table_text(d, "TH", TEXT_LEFT, left - 2, y + (height - words) / 2, &said, row->label);
	for (int i = 0; i < columns_of(ask); i++) {
		double x = left + i * width + (i >= ask->noptions && ask->nsecond ? 1.5 : 0);
		const char *scale = ask->nsecond ? (i < ask->noptions ? "first" : "second") : NULL;
		const char *part = scale ? arena_printf(d->s.arena, "%s.%s", row->key, scale) : row->key;
		const char *column = ask->noptions ? column_at(ask, i)->key : "";
		if (drawing) cairo_tag_begin(d->s.cr, "TD", NULL);
		if (ask->written)
			draw_mark(d, MARK_LINE,
			          (struct box){ MM(x + 0.6), y + MM(1), MM(width - 1.2 - (*ask->unit ? 18 : 0)),
			                        height - MM(2) },
			          ask, part, column, 0);
		else
			draw_mark(
			        d, MARK_BOX,
			        (struct box){ MM(x + (width - BOX) / 2), y + (height - MM(BOX)) / 2, MM(BOX), MM(BOX) },
			        ask, part, column, 0);
		if (*ask->unit) draw_text(d, x + width - 17, x + width, y + MM(3), &small, ask->unit);
		if (drawing) cairo_tag_end(d->s.cr, "TD");
	}
	end_row(d);
	return height;
}

double strip_row_name(struct draw *d, const struct strip *strip, double y)
{
	const struct style name = { .tag = "P", .size = 10.5, .weight = PANGO_WEIGHT_MEDIUM };
	const char *words = strip->ask->rows[strip->i].label;
	if (strip->ask->nsecond && *strip->ask->scales[strip->columns])
		words = arena_printf(d->s.arena, "%s – %s", words, strip->ask->scales[strip->columns]);
	return draw_text(d, TEXT_LEFT, PAGE_RIGHT, y + MM(1), &name, words) + MM(2);
}

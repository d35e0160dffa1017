/* What each page has around its questions, and what the first begins with. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "paper/questionnaire_strip.h"

/* Millimetres. The corner marks are black squares; the code has its white rim. */
#define CORNER 5.0
#define CORNER_AT 10.0
#define CODE_SIZE 24.0
#define CODE_LEFT 166.0
#define CODE_TOP 10.0
#define SHEET_WIDTH 5.6
#define SHEET_HEIGHT 7.0
#define PAPER_WIDTH 210.0
#define PAPER_HEIGHT 297.0

static const struct style small = { .tag = "P", .size = 8.5, .weight = PANGO_WEIGHT_NORMAL };
static const struct style strong = { .tag = "P", .size = 9.5, .weight = PANGO_WEIGHT_BOLD };
static const struct style said = { .tag = "P", .size = 10.5, .weight = PANGO_WEIGHT_NORMAL, .hyphens = true };
static const struct style told = { .tag = "P", .size = 10, .weight = PANGO_WEIGHT_NORMAL };

static void corners(struct draw *d)
{
	const double far_x = PAPER_WIDTH - CORNER_AT - CORNER, far_y = PAPER_HEIGHT - CORNER_AT - CORNER;
	const double at[4][2] = {
		{ CORNER_AT, CORNER_AT }, { far_x, CORNER_AT }, { CORNER_AT, far_y }, { far_x, far_y }
	};
	for (int i = 0; i < 4; i++)
		draw_mark(d, MARK_CORNER, (struct box){ MM(at[i][0]), MM(at[i][1]), MM(CORNER), MM(CORNER) }, NULL, "",
		          "", i);
}

/* On a copy for nobody, the number by which its pages stay together; else the code. */
static void whose(struct draw *d, double y)
{
	struct arena *a = d->s.arena;
	const struct questionnaire *q = d->q;
	const struct style code = { .tag = "P", .size = 12, .weight = PANGO_WEIGHT_BOLD };
	const char *name = d->copy ? d->copy->name : "";
	if (d->copy && d->copy->code) {
		const char *line = arena_printf(a, "%s%s%s", d->copy->code, *name ? " – " : "", name);
		draw_text(d, PAGE_LEFT, 160, y + MM(1), &code, text_cut(a, line, 70));
		return;
	}
	draw_text(d, PAGE_LEFT, PAGE_LEFT + 53, y + MM(1.6), &small,
	          tr(q->lang, N_("Sheet number (filled in by the team)")));
	for (int i = 0; i < QUESTIONNAIRE_DIGITS; i++)
		draw_mark(d, MARK_SHEET,
		          (struct box){ MM(PAGE_LEFT + 54 + i * SHEET_WIDTH), y, MM(SHEET_WIDTH), MM(SHEET_HEIGHT) },
		          NULL, "", "", i);
}

void questionnaire_frame(struct draw *d)
{
	struct arena *a = d->s.arena;
	const struct questionnaire *q = d->q;
	const struct style page = { .tag = "P", .size = 10, .weight = PANGO_WEIGHT_BOLD, .centred = true };
	struct box code = { MM(CODE_LEFT), MM(CODE_TOP), MM(CODE_SIZE), MM(CODE_SIZE) };
	double y = MM(10.5);
	corners(d);
	draw_mark(d, MARK_CODE, code, NULL, "", "", 0);
	if (d->drawing) sheet_code(&d->s, code, q->code(a, q->context, d->page, d->copy));
	y += draw_text(d, PAGE_LEFT, 162, y, &strong, text_cut(a, q->paper.title, 80));
	y += draw_text(d, PAGE_LEFT, 162, y + MM(0.5), &small,
	               arena_printf(a, tr(q->lang, N_("%1$s – page %2$d of %3$d")), q->name, d->page, d->pages)) +
	     MM(2.5);
	whose(d, fmax(y, MM(21)));
	draw_text(d, PAGE_LEFT + 10, PAGE_RIGHT - 10, MM(280.5), &page,
	          arena_printf(a, tr(q->lang, N_("Page %1$d of %2$d")), d->page, d->pages));
}

/* ---- The beginning ---- */

static double paragraphs(struct draw *d, double left, double y, const struct style *style, const char *text)
{
	double top = y;
	while (*text) {
		const char *end = strstr(text, "\n\n");
		size_t len = end ? (size_t)(end - text) : strlen(text);
		y += draw_text(d, left, PAGE_RIGHT, y, style, arena_strndup(d->s.arena, text, len)) + MM(1.6);
		text += len;
		text += strspn(text, "\n");
	}
	return y - top;
}

static double heading(struct draw *d, double y, const char *text)
{
	const struct style style = { .tag = "H2", .size = 11.5, .weight = PANGO_WEIGHT_BOLD, .accent = true };
	return draw_text(d, PAGE_LEFT, PAGE_RIGHT, y + MM(2), &style, text) + MM(3);
}

/* One line of how to fill in, behind its example. */
static double example(struct draw *d, double y, int which, const char *words)
{
	struct box box = { MM(PAGE_LEFT + 2), y + MM(0.2), MM(BOX), MM(BOX) };
	for (int i = 0; i < (which ? 2 : 1); i++) {
		struct box at = { box.x + i * MM(BOX + 2), box.y, box.width, box.height };
		if (which == 1 && i == 0 && d->drawing) sheet_fill(&d->s, at, 0.1, 0.15, 0.55);
		draw_outline(d, which < 2
		                        ? at
		                        : (struct box){ box.x + i * MM(BOX + 0.6), box.y, MM(BOX + 0.6), MM(BOX + 1) });
		if (which == 0 || (which == 1 && i == 1)) draw_cross(d, at);
		if (which == 2) {
			const struct style digit = { .tag = "P", .size = 10, .weight = PANGO_WEIGHT_MEDIUM };
			draw_text(d, PAGE_LEFT + 3.4 + i * (BOX + 0.6), PAGE_LEFT + 10 + i * 5, box.y + MM(0.5), &digit,
			          i ? "2" : "4");
		}
	}
	double height = draw_text(d, PAGE_LEFT + 16, PAGE_RIGHT, y + MM(0.2), &told, words);
	return fmax(height, MM(BOX + 1)) + MM(1.6);
}

static double how(struct draw *d, double y)
{
	enum lang lang = d->q->lang;
	double top = y;
	y += heading(d, y, tr(lang, N_("How to fill it in")));
	y += example(d, y, 0, tr(lang, N_("Cross the box of your answer with a blue or black pen.")));
	y += example(d, y, 1, tr(lang, N_("A mistake? Fill the wrong box in completely, and cross the right one.")));
	y += example(d, y, 2,
	             tr(lang, N_("One digit in each cell; write texts on their lines, in capitals if you can.")));
	y += draw_text(
	             d, PAGE_LEFT, PAGE_RIGHT, y, &told,
	             tr(lang,
	                N_("Leave out what you do not want to answer. The small numbers and the black squares help to "
	                   "enter the answers: do not write on them."))) +
	     MM(1.5);
	return y - top;
}

double questionnaire_cover(struct draw *d, double y)
{
	const struct style title = { .tag = "H1", .size = 23, .weight = PANGO_WEIGHT_HEAVY };
	const struct style asker = { .tag = "P", .size = 11, .weight = PANGO_WEIGHT_BOLD, .accent = true };
	const struct questionnaire *q = d->q;
	double top = y;
	y += draw_text(d, PAGE_LEFT, PAGE_RIGHT, y, &asker, q->asker) + MM(1);
	y += draw_text(d, PAGE_LEFT, PAGE_RIGHT, y, &title, q->paper.title) + MM(3);
	y += paragraphs(d, PAGE_LEFT, y, &said, q->welcome) + MM(1.5);
	double promise = y;
	y += paragraphs(d, PAGE_LEFT + 5, y, &told, q->promise);
	if (d->drawing)
		sheet_accent(&d->s, (struct box){ MM(PAGE_LEFT), promise, MM(1.2), fmax(y - promise - MM(1.6), 0) });
	y += how(d, y);
	if (*q->back) {
		y += heading(d, y, tr(q->lang, N_("Where to return it")));
		y += paragraphs(d, PAGE_LEFT, y, &told, q->back);
	}
	if (*q->online) y += draw_text(d, PAGE_LEFT, PAGE_RIGHT, y, &told, q->online) + MM(1.6);
	return y - top + MM(4);
}

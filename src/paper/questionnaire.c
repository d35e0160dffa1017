#include "paper/questionnaire.h"

#include <stdlib.h>
#include <string.h>

#include "paper/finish.h"
#include "paper/questionnaire_strip.h"

struct plan {
	struct draw *d;
	struct strip *strips;
	int n, room;
	double y; /* of the page under way */
	int page;
};

static struct strip *add(struct plan *plan, struct strip strip)
{
	if (plan->n == plan->room) {
		int room = plan->room ? 2 * plan->room : 256;
		struct strip *all = arena_array(plan->d->s.arena, struct strip, (size_t)room);
		if (plan->n) memcpy(all, plan->strips, (size_t)plan->n * sizeof(*all));
		plan->strips = all;
		plan->room = room;
	}
	plan->strips[plan->n] = strip;
	return &plan->strips[plan->n++];
}

/* ---- What a question is made of ---- */

static void add_grid(struct plan *plan, const struct ask *ask, const struct ask_option *options, int n,
                     const char *part)
{
	while (n > 0 && options[n - 1].writes) n--; /* they come last, each on a line of its own */
	int columns = n ? strip_columns(plan->d, options, n) : 1, rows = (n + columns - 1) / columns;
	for (int i = 0; i < rows; i++)
		add(plan, (struct strip){ .kind = STRIP_BOXES,
		                          .ask = ask,
		                          .options = options,
		                          .noptions = n,
		                          .columns = columns,
		                          .rows = rows,
		                          .i = i,
		                          .part = part });
}

static void add_others(struct plan *plan, const struct ask *ask)
{
	for (int i = 0; i < ask->noptions; i++)
		if (ask->options[i].writes)
			add(plan,
			    (struct strip){ .kind = STRIP_OTHER, .ask = ask, .options = &ask->options[i], .i = i });
}

/* As questions below each other, where its columns have no room. */
static void add_wide_table(struct plan *plan, const struct ask *ask)
{
	for (int i = 0; i < ask->nrows; i++)
		for (int s = 0; s < (ask->nsecond ? 2 : 1); s++) {
			const char *row = ask->rows[i].key;
			const char *part = ask->nsecond ? arena_printf(plan->d->s.arena, "%s.%s", row,
			                                               s ? "second" : "first")
			                                : row;
			add(plan, (struct strip){ .kind = STRIP_ROW_NAME, .ask = ask, .i = i, .columns = s });
			add_grid(plan, ask, s ? ask->second : ask->options, s ? ask->nsecond : ask->noptions, part);
		}
}

static void add_rows(struct plan *plan, const struct ask *ask, enum strip_kind kind, int n)
{
	for (int i = 0; i < n; i++) add(plan, (struct strip){ .kind = kind, .ask = ask, .i = i });
}

static void add_table(struct plan *plan, const struct ask *ask)
{
	if (!ask->written && strip_too_wide(plan->d, ask)) {
		add_wide_table(plan, ask);
		return;
	}
	if (ask->noptions) add(plan, (struct strip){ .kind = STRIP_TABLE_HEAD, .ask = ask });
	add_rows(plan, ask, STRIP_TABLE_ROW, ask->nrows);
}

static void add_ask(struct plan *plan, const struct ask *ask)
{
	add(plan, (struct strip){ .kind = STRIP_HEAD, .ask = ask });
	switch (ask->kind) {
	case ASK_TOLD: break;
	case ASK_BOXES:
		add_grid(plan, ask, ask->options, ask->noptions, "");
		add_others(plan, ask);
		break;
	case ASK_LINES: add_rows(plan, ask, STRIP_LINE, ask->lines); break;
	case ASK_CELLS: add_rows(plan, ask, STRIP_CELLS, ask->nrows ? ask->nrows : 1); break;
	case ASK_TABLE: add_table(plan, ask); break;
	case ASK_SCALE:
		add(plan, (struct strip){ .kind = STRIP_SCALE, .ask = ask });
		add_grid(plan, ask, ask->aside, ask->naside, "");
		break;
	case ASK_RANK: add_rows(plan, ask, STRIP_RANK, ask->noptions); break;
	}
	if (ask->comment) add(plan, (struct strip){ .kind = STRIP_LINE, .ask = ask, .i = -1 });
	add(plan, (struct strip){ .kind = STRIP_GAP, .ask = ask });
}

/* ---- Where it stands ---- */

static void turn(struct plan *plan)
{
	plan->page++;
	plan->y = MM(PAGE_TOP);
}

static void put(struct plan *plan, struct strip *strip)
{
	strip->page = plan->page;
	strip->y = plan->y;
	plan->y += strip->height;
}

static double height_of(const struct strip *strips, int n)
{
	double height = 0;
	for (int i = 0; i < n; i++) height += strips[i].height;
	return height;
}

/* A head stays with what follows it, and a table that goes on has its head again. */
static void put_long(struct plan *plan, int from, int until)
{
	struct strip head = { .kind = STRIP_GAP };
	for (int i = from; i < until; i++) {
		struct strip *strip = &plan->strips[i];
		bool leads = strip->kind == STRIP_SECTION || strip->kind == STRIP_HEAD ||
		             strip->kind == STRIP_ROW_NAME || strip->kind == STRIP_TABLE_HEAD;
		double height = strip->height;
		for (int j = i; leads && j + 1 < until; j++) {
			height += plan->strips[j + 1].height;
			if (plan->strips[j + 1].kind > STRIP_HEAD && plan->strips[j + 1].kind != STRIP_TABLE_HEAD)
				break;
		}
		if (plan->y + height > MM(PAGE_BOTTOM) && strip->kind != STRIP_GAP) {
			turn(plan);
			if (strip->kind == STRIP_TABLE_ROW && head.kind == STRIP_TABLE_HEAD) {
				struct strip again = head;
				put(plan, &again);
				add(plan, again);
				strip = &plan->strips[i]; /* they may have moved */
			}
		}
		if (strip->kind == STRIP_TABLE_HEAD) head = *strip;
		put(plan, strip);
	}
}

/* Strips from…until stay together where a page has room for them; white below them may be lost. */
static void place(struct plan *plan, int from, int until)
{
	int last = until - (plan->strips[until - 1].kind == STRIP_GAP);
	double height = height_of(plan->strips + from, last - from), room = MM(PAGE_BOTTOM - PAGE_TOP);
	bool whole = height <= room;
	if (plan->y + height > MM(PAGE_BOTTOM) && (whole || plan->y > MM(PAGE_TOP) + room / 2)) turn(plan);
	if (whole)
		for (int i = from; i < until; i++) put(plan, &plan->strips[i]);
	else put_long(plan, from, until);
}

static void measure(struct plan *plan, int from)
{
	for (int i = from; i < plan->n; i++) plan->strips[i].height = strip_lay(plan->d, &plan->strips[i], 0);
}

static void make_plan(struct plan *plan, int *page_of)
{
	const struct questionnaire *q = plan->d->q;
	int n = 0;
	turn(plan);
	add(plan, (struct strip){ .kind = STRIP_COVER });
	measure(plan, 0);
	place(plan, 0, 1);
	for (int s = 0; s < q->nsections; s++) {
		const struct ask_section *section = &q->sections[s];
		int from = plan->n;
		if (*section->title || *section->text || *section->condition)
			add(plan, (struct strip){ .kind = STRIP_SECTION, .section = section });
		for (int i = 0; i < section->n; i++) {
			int ask = plan->n;
			add_ask(plan, &section->asks[i]);
			measure(plan, from);
			int until = plan->n; /* heads that come back are put behind, already placed */
			place(plan, from, until);
			page_of[n++] = plan->strips[ask].page;
			from = plan->n;
		}
	}
}

static int asks_of(const struct questionnaire *q)
{
	int n = 0;
	for (int s = 0; s < q->nsections; s++) n += q->sections[s].n;
	return n;
}

/* ---- Drawn ---- */

/* In the order of the pages, whatever was put behind. */
static void draw_copy(struct draw *d, const struct plan *plan)
{
	d->pages = plan->page;
	for (d->page = 1; d->page <= d->pages; d->page++) {
		const struct ask *table = NULL;
		questionnaire_frame(d);
		for (int i = 0; i < plan->n; i++) {
			const struct strip *strip = &plan->strips[i];
			bool row = strip->kind == STRIP_TABLE_HEAD || strip->kind == STRIP_TABLE_ROW;
			if (strip->page != d->page) continue;
			if (table && (!row || strip->ask != table)) {
				if (d->drawing) cairo_tag_end(d->s.cr, "Table");
				table = NULL;
			}
			if (row && table == NULL) {
				if (d->drawing) cairo_tag_begin(d->s.cr, "Table", NULL);
				table = strip->ask;
			}
			strip_lay(d, strip, strip->y);
		}
		if (table && d->drawing) cairo_tag_end(d->s.cr, "Table");
		if (d->drawing) cairo_show_page(d->s.cr);
	}
}

static int by_place(const void *a, const void *b)
{
	const struct strip *x = a, *y = b;
	if (x->page != y->page) return x->page - y->page;
	return x->y < y->y ? -1 : x->y > y->y;
}

static enum code work(struct arena *a, const struct questionnaire *q, struct buf *pdf, bool drawn,
                      struct questionnaire_made *ret, struct err *err)
{
	struct marks marks = { 0 };
	struct draw d = { .q = q, .marks = &marks };
	struct plan plan = { .d = &d };
	int *page_of = arena_array(a, int, (size_t)asks_of(q) + 1);
	TRY(sheet_open(&d.s, a, &q->paper, pdf, err));
	make_plan(&plan, page_of);
	qsort(plan.strips, (size_t)plan.n, sizeof(plan.strips[0]), by_place);
	bool fits = plan.page <= PAPER_PAGES && plan.page * (int64_t)q->ncopies <= QUESTIONNAIRE_SHEETS;
	d.drawing = drawn;
	for (int i = 0; fits && i < (drawn ? q->ncopies : 1); i++) {
		d.copy = &q->copies[i];
		draw_copy(&d, &plan);
		d.marks = NULL;
	}
	enum code code = sheet_close(&d.s, err);
	if (!fits)
		FAIL(err, E_LIMIT,
		     N_("This makes too many pages for one file (%d at most): print fewer copies at once."),
		     plan.page > PAPER_PAGES ? PAPER_PAGES : QUESTIONNAIRE_SHEETS);
	*ret = (struct questionnaire_made){ plan.page, marks.all, marks.n, page_of };
	return code;
}

enum code questionnaire_plan(struct arena *a, const struct questionnaire *q, struct questionnaire_made *ret,
                             struct err *err)
{
	struct buf none;
	buf_init(&none, a, 0);
	return work(a, q, &none, false, ret, err);
}

enum code questionnaire_make(struct arena *a, const struct questionnaire *q, struct buf *out,
                             struct questionnaire_made *ret, struct err *err)
{
	struct buf pdf;
	buf_init(&pdf, a, 0);
	TRY(work(a, q, &pdf, true, ret, err));
	TRY(finish_pdf(&q->paper, &pdf, err));
	buf_add(out, pdf.data, pdf.len);
	return OK;
}

#include "features/spreadsheet/grid.h"

#include <string.h>

#include "base/text.h"
#include "formats/csv.h"
#include "formats/workbook.h"

static const struct grid_limits of_pages = { GRID_COLUMNS, GRID_ROWS, false };

struct reading {
	struct arena *a;
	const struct grid_limits *limits;
	struct grid grid;
	int room;
};

static void begin(struct reading *r, struct arena *a, const struct grid_limits *limits)
{
	*r = (struct reading){ .a = a, .limits = limits };
}

/* One more row; their array grows by doubling. */
static struct grid_row *room_for_row(struct reading *r)
{
	struct grid *grid = &r->grid;
	if (grid->nrows == r->room) {
		int room = r->room ? 2 * r->room : 64;
		struct grid_row *rows = arena_array(r->a, struct grid_row, (size_t)room);
		if (grid->nrows) memcpy(rows, grid->rows, (size_t)grid->nrows * sizeof(*rows));
		grid->rows = rows;
		r->room = room;
	}
	return &grid->rows[grid->nrows++];
}

static enum code take_names(struct reading *r, const char *const *cells, int n, struct err *err)
{
	struct grid *grid = &r->grid;
	while (n && text_is_blank(cells[n - 1])) n--;
	if (n > r->limits->columns)
		FAIL(err, E_LIMIT, N_("This file has %d columns; %d at most can be read at once."), n,
		     r->limits->columns);
	grid->names = arena_array(r->a, const char *, (size_t)n + 1);
	grid->ncolumns = n;
	for (int i = 0; i < n; i++) {
		char *clean;
		TRY(text_clean(r->a, cells[i], strlen(cells[i]), TEXT_LINE, &clean, err));
		grid->names[i] = *clean ? text_cut(r->a, clean, 100) : arena_printf(r->a, "%c", 'A' + i % 26);
	}
	return OK;
}

static bool is_blank(const char *const *cells, int n)
{
	for (int i = 0; i < n; i++)
		if (!text_is_blank(cells[i])) return false;
	return true;
}

/* The first row with something in it names the columns. */
static enum code take_row(void *arg, int line, const char *const *cells, int n, struct err *err)
{
	struct reading *r = arg;
	struct grid *grid = &r->grid;
	if (is_blank(cells, n)) return OK;
	if (grid->ncolumns == 0) return take_names(r, cells, n, err);
	if (is_blank(cells, MIN(n, grid->ncolumns))) return OK;
	if (grid->nrows == r->limits->rows && r->limits->answers)
		FAIL(err, E_LIMIT, N_("This file has more than %d rows. Cut it into several files."), r->limits->rows);
	if (grid->nrows == r->limits->rows)
		FAIL(err, E_LIMIT,
		     N_("This file has more than %d rows. Cut it into several files, or ask whoever runs the site to import it."),
		     r->limits->rows);
	struct grid_row *row = room_for_row(r);
	row->line = line;
	row->cells = arena_array(r->a, const char *, (size_t)grid->ncolumns + 1);
	for (int i = 0; i < grid->ncolumns; i++) {
		row->cells[i] = i < n ? text_trim(r->a, cells[i]) : "";
		if (strlen(row->cells[i]) > GRID_CELL)
			FAIL(err, E_LIMIT, N_("Line %d: the column “%s” holds more than %d characters."), line,
			     grid->names[i], GRID_CELL);
	}
	return OK;
}

static enum code end(struct reading *r, struct grid *ret, struct err *err)
{
	if (r->grid.ncolumns == 0 && r->limits->answers)
		FAIL(err, E_INPUT,
		     N_("There is nothing in it. The first row names the columns, the others are the answers."));
	if (r->grid.ncolumns == 0)
		FAIL(err, E_INPUT,
		     N_("There is nothing in it. The first row names the columns, the others are the pages."));
	if (r->grid.nrows == 0 && r->limits->answers)
		FAIL(err, E_INPUT, N_("There is only a first row. It names the columns; the others are the answers."));
	if (r->grid.nrows == 0)
		FAIL(err, E_INPUT, N_("There is only a first row. It names the columns; the others are the pages."));
	*ret = r->grid;
	return OK;
}

static enum code read_csv(struct reading *r, const char *text, size_t len, struct grid *ret, struct err *err)
{
	struct csv csv;
	const char **cells;
	int n;
	TRY(csv_open(&csv, r->a, text, len, err));
	for (;;) {
		TRY(csv_row(&csv, &cells, &n, err));
		if (n == 0) break;
		TRY(take_row(r, csv.line, cells, n, err));
	}
	return end(r, ret, err);
}

enum code grid_read_csv(struct arena *a, const char *text, size_t len, struct grid *ret, struct err *err)
{
	struct reading r;
	begin(&r, a, &of_pages);
	return read_csv(&r, text, len, ret, err);
}

enum code grid_read_within(struct arena *a, const char *bytes, size_t len, const struct grid_limits *limits,
                           struct grid *ret, struct err *err)
{
	struct reading r;
	struct workbook_rows rows = { take_row, &r };
	begin(&r, a, limits);
	if (!package_is(bytes, len)) return read_csv(&r, bytes, len, ret, err);
	TRY(workbook_read(a, bytes, len, &rows, err));
	return end(&r, ret, err);
}

enum code grid_read(struct arena *a, const char *bytes, size_t len, struct grid *ret, struct err *err)
{
	return grid_read_within(a, bytes, len, &of_pages, ret, err);
}

static void write_cell(struct buf *out, const char *text)
{
	buf_putc(out, '"');
	for (; *text; text++) {
		if (*text == '"') buf_putc(out, '"');
		buf_putc(out, *text);
	}
	buf_putc(out, '"');
}

static void write_row(struct buf *out, const char *const *cells, int n)
{
	for (int i = 0; i < n; i++) {
		if (i) buf_putc(out, ',');
		write_cell(out, cells[i]);
	}
	buf_puts(out, "\n");
}

static int lines_of(const char *const *cells, int n)
{
	int lines = 1;
	for (int i = 0; i < n; i++)
		for (const char *c = cells[i]; *c; c++) lines += *c == '\n';
	return lines;
}

/* Empty lines stand where they stood, so that each row is found again in the person's own file. */
void grid_write_csv(struct buf *out, const struct grid *grid)
{
	int line = 1 + lines_of(grid->names, grid->ncolumns);
	write_row(out, grid->names, grid->ncolumns);
	for (int r = 0; r < grid->nrows; r++) {
		for (; line < grid->rows[r].line; line++) buf_puts(out, "\n");
		write_row(out, grid->rows[r].cells, grid->ncolumns);
		line += lines_of(grid->rows[r].cells, grid->ncolumns);
	}
}

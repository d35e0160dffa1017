#include "formats/csv.h"

#include <string.h>

#include "base/text.h"

/* The separator that stands most often in the first line, outside quotes. */
static char find_separator(const char *text, size_t len)
{
	static const char candidates[] = { ',', ';', '\t' };
	int counts[COUNT(candidates)] = { 0 };
	bool quoted = false;
	for (size_t i = 0; i < len && (quoted || (text[i] != '\n' && text[i] != '\r')); i++) {
		if (text[i] == '"') quoted = !quoted;
		for (size_t c = 0; c < COUNT(candidates) && !quoted; c++) counts[c] += text[i] == candidates[c];
	}
	size_t best = 0;
	for (size_t c = 1; c < COUNT(candidates); c++)
		if (counts[c] > counts[best]) best = c;
	return candidates[best];
}

enum code csv_open(struct csv *csv, struct arena *a, const char *text, size_t len, struct err *err)
{
	if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
		text += 3;
		len -= 3;
	}
	if (memchr(text, '\0', len)) FAIL(err, E_INPUT, N_("this is not a text file: it holds NUL bytes"));
	if (!text_valid(text, len)) text = text_from_windows_1252(a, text, len, &len);
	*csv = (struct csv){
		.arena = a, .at = text, .end = text + len, .separator = find_separator(text, len), .next_line = 1
	};
	return OK;
}

/* Steps over one line end: CR LF, LF or CR. */
static bool end_of_line(struct csv *csv)
{
	if (csv->at < csv->end && *csv->at == '\r') {
		csv->at++;
		if (csv->at < csv->end && *csv->at == '\n') csv->at++;
	} else if (csv->at < csv->end && *csv->at == '\n') {
		csv->at++;
	} else {
		return csv->at == csv->end;
	}
	csv->next_line++;
	return true;
}

static void skip_line(struct csv *csv)
{
	while (csv->at < csv->end && *csv->at != '\n' && *csv->at != '\r') csv->at++;
	(void)end_of_line(csv);
}

/* From the quote that opens a cell to behind the one that closes it. If there is none, nobody knows
 * what was meant: reading goes on with the line after the quote. */
static enum code skip_quoted(struct csv *csv, struct err *err)
{
	const char *from = csv->at;
	int line = csv->next_line;
	for (const char *s = from + 1; s < csv->end; s++) {
		bool more = s + 1 < csv->end;
		if (*s == '"' && !(more && s[1] == '"')) {
			csv->at = s + 1;
			return OK;
		}
		if (*s == '"') s++;
		csv->next_line += *s == '\n' || (*s == '\r' && !(more && s[1] == '\n'));
	}
	csv->next_line = line;
	skip_line(csv);
	FAIL(err, E_INPUT, N_("line %d: a quote is never closed"), line);
}

/* Writes a cell without its quotes to `out`, unless that is NULL; returns its length. What stands
 * behind the closing quote is kept. */
static size_t unquote(char *out, const char *s, const char *end)
{
	bool quoted = s < end && *s == '"';
	size_t len = 0;
	for (s += quoted; s < end; s++) {
		if (quoted && *s == '"') {
			quoted = s + 1 < end && s[1] == '"';
			if (!quoted) continue;
			s++;
		}
		if (out) out[len] = *s;
		len++;
	}
	return len;
}

static enum code copy_cell(struct csv *csv, const char *from, const char **ret, struct err *err)
{
	size_t len = unquote(NULL, from, csv->at);
	if (len > CSV_CELL) FAIL(err, E_LIMIT, N_("line %d: a cell is over %d bytes"), csv->line, CSV_CELL);
	char *cell = arena_alloc(csv->arena, len + 1);
	unquote(cell, from, csv->at);
	*ret = cell;
	return OK;
}

static bool is_blank(const char *const *cells, int n)
{
	for (int i = 0; i < n; i++)
		if (!text_is_blank(cells[i])) return false;
	return true;
}

static bool end_of_row(struct csv *csv)
{
	if (csv->at == csv->end || *csv->at != csv->separator) return end_of_line(csv);
	csv->at++;
	return false;
}

/* A row that is refused is read to its end too. */
static enum code read_row(struct csv *csv, const char ***cells, int *n, struct err *err)
{
	const char *row[CSV_COLUMNS];
	int count = 0;
	enum code code = OK;
	csv->line = csv->next_line;
	do {
		const char *from = csv->at;
		if (from < csv->end && *from == '"') TRY(skip_quoted(csv, err));
		while (csv->at < csv->end && *csv->at != csv->separator && *csv->at != '\n' && *csv->at != '\r')
			csv->at++;
		if (code != OK) continue;
		if (count == CSV_COLUMNS)
			code = err_set(err, E_LIMIT, N_("line %d: over %d columns"), csv->line, CSV_COLUMNS);
		else code = copy_cell(csv, from, &row[count++], err);
	} while (!end_of_row(csv));
	TRY(code);
	*cells = arena_memdup(csv->arena, row, sizeof(row[0]) * (size_t)count);
	*n = count;
	return OK;
}

enum code csv_row(struct csv *csv, const char ***cells, int *n, struct err *err)
{
	while (csv->at < csv->end) {
		const char **row;
		int count;
		TRY(read_row(csv, &row, &count, err));
		if (is_blank(row, count)) continue;
		*cells = row;
		*n = count;
		return OK;
	}
	*n = 0;
	return OK;
}

void csv_write(struct buf *out, const char *cell)
{
	bool formula = *cell && strchr("=+-@\t\r", *cell) != NULL;
	if (!formula && strpbrk(cell, "\",;\t\r\n") == NULL) {
		buf_puts(out, cell);
		return;
	}
	buf_putc(out, '"');
	if (formula) buf_putc(out, '\'');
	for (; *cell; cell++) {
		if (*cell == '"') buf_putc(out, '"');
		buf_putc(out, *cell);
	}
	buf_putc(out, '"');
}

void csv_line(struct buf *out, const char *const *cells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i) buf_putc(out, ',');
		csv_write(out, cells[i]);
	}
	buf_lit(out, "\r\n");
}

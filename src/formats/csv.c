#include "formats/csv.h"

#include <string.h>

#include "base/text.h"

/* Windows-1252's own characters, 0x80 to 0x9F (WHATWG Encoding, index windows-1252). */
static const uint32_t windows_1252[32] = {
	0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
	0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
	0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
};

static const char *from_windows_1252(struct arena *a, const char *text, size_t len, size_t *ret)
{
	struct buf out;
	buf_init(&out, a, 0);
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];
		text_put(&out, c >= 0x80 && c <= 0x9F ? windows_1252[c - 0x80] : c);
	}
	*ret = out.len;
	return buf_str(&out);
}

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
	if (!text_valid(text, len)) text = from_windows_1252(a, text, len, &len);
	*csv = (struct csv){ .arena = a,
		             .at = text,
		             .end = text + len,
		             .separator = find_separator(text, len),
		             .next_line = 1 };
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

/* A cell that began with a quote: up to the quote that closes it. */
static enum code quoted_cell(struct csv *csv, struct buf *cell, struct err *err)
{
	int started = csv->next_line;
	csv->at++;
	for (;; csv->at++) {
		if (csv->at == csv->end) FAIL(err, E_INPUT, N_("line %d: a quote is never closed"), started);
		if (*csv->at == '"') {
			csv->at++;
			if (csv->at == csv->end || *csv->at != '"') return OK;
		}
		csv->next_line += *csv->at == '\n';
		buf_putc(cell, *csv->at);
	}
}

static enum code read_cell(struct csv *csv, const char **ret, struct err *err)
{
	struct buf cell;
	buf_init(&cell, csv->arena, CSV_CELL);
	if (csv->at < csv->end && *csv->at == '"') TRY(quoted_cell(csv, &cell, err));
	while (csv->at < csv->end && *csv->at != csv->separator && *csv->at != '\n' && *csv->at != '\r')
		buf_putc(&cell, *csv->at++);
	if (cell.over) FAIL(err, E_LIMIT, N_("line %d: a cell is over %d bytes"), csv->line, CSV_CELL);
	*ret = buf_str(&cell);
	return OK;
}

static bool is_blank(const char *const *cells, int n)
{
	for (int i = 0; i < n; i++)
		if (!text_is_blank(cells[i])) return false;
	return true;
}

static enum code read_row(struct csv *csv, const char ***cells, int *n, struct err *err)
{
	const char **row = arena_array(csv->arena, const char *, CSV_COLUMNS);
	int count = 0;
	csv->line = csv->next_line;
	for (;;) {
		if (count == CSV_COLUMNS)
			FAIL(err, E_LIMIT, N_("line %d: over %d columns"), csv->line, CSV_COLUMNS);
		TRY(read_cell(csv, &row[count++], err));
		if (csv->at < csv->end && *csv->at == csv->separator)
			csv->at++;
		else if (end_of_line(csv))
			break;
	}
	*cells = row;
	*n = count;
	return OK;
}

enum code csv_row(struct csv *csv, const char ***cells, int *n, struct err *err)
{
	while (csv->at < csv->end) {
		const char **row;
		int count;
		enum code code = read_row(csv, &row, &count, err);
		if (code != OK) {
			while (csv->at < csv->end && *csv->at != '\n') csv->at++;
			(void)end_of_line(csv);
			return code;
		}
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
	bool formula = *cell && strchr("=+-@\t", *cell) != NULL;
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

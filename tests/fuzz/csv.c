/* CSV: reading ends, cells are text, lines go forward; rows written again read the same. */
#include "formats/csv.h"
#include "fuzz.h"

static void write_again(struct arena *a, const char **cells, int n)
{
	struct buf out;
	struct csv csv;
	const char **again;
	int count;
	buf_init(&out, a, 0);
	buf_puts(&out, "x;x");
	for (int i = 0; i < n; i++) {
		buf_puts(&out, i ? ";" : "\r\n");
		csv_write(&out, cells[i]);
	}
	CHECK(csv_open(&csv, a, out.data, out.len, NULL) == OK);
	CHECK(csv_row(&csv, &again, &count, NULL) == OK && count == 2);
	CHECK(csv_row(&csv, &again, &count, NULL) == OK && count == n);
	for (int i = 0; i < n; i++) {
		bool formula = strcmp(again[i], cells[i]) != 0;
		CHECK(!formula || (again[i][0] == '\'' && strcmp(again[i] + 1, cells[i]) == 0));
		CHECK(again[i][0] == '\0' || strchr("=+-@", again[i][0]) == NULL);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	struct csv csv;
	int line = 0, rows = 0;
	arena_init(&a);
	if (csv_open(&csv, &a, (const char *)data, size, NULL) == OK) {
		for (;; rows++) {
			const char **cells;
			int n;
			enum code code = csv_row(&csv, &cells, &n, NULL);
			if (code == OK && n == 0) break;
			CHECK(csv.line > line && csv.next_line > csv.line - (csv.at == csv.end));
			line = csv.line;
			CHECK((size_t)rows <= size);
			if (code != OK) continue;
			CHECK(n > 0 && n <= CSV_COLUMNS);
			for (int i = 0; i < n; i++) CHECK(is_text(cells[i]) && strlen(cells[i]) <= CSV_CELL);
			write_again(&a, cells, n);
		}
	}
	arena_release(&a);
	return 0;
}

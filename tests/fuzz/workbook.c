/* Workbooks: whatever the parts of one say, reading ends, rows go forward, cells are bounded. The first byte chooses
 * the kind; parts are parted by a NUL. */
#include "formats/workbook.h"
#include "fuzz.h"

static int last;

static enum code look(void *arg, int line, const char *const *cells, int n, struct err *err)
{
	(void)arg;
	(void)err;
	CHECK(line > 0 && line >= last && n > 0 && n <= WORKBOOK_COLUMNS);
	for (int i = 0; i < n; i++) CHECK(strlen(cells[i]) <= WORKBOOK_CELL);
	CHECK(cells[n - 1][0] != '\0');
	last = line;
	return OK;
}

static struct package_part next_part(const uint8_t **data, size_t *size)
{
	struct package_part part = { 0 };
	size_t len = 0;
	while (len < *size && (*data)[len]) len++;
	if (len) part = (struct package_part){ .text = (const char *)*data, .len = len };
	*data += len;
	*size -= len;
	if (*size) {
		(*data)++;
		(*size)--;
	}
	return part;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	struct err err;
	struct workbook_rows rows = { look, NULL };
	if (size < 2) return 0;
	uint8_t kind = *data++;
	size--;
	last = 0;
	arena_init(&a);
	if (kind % 3 == 0) {
		CHECK(workbook_read(&a, data, size, &rows, &err) <= E_INTERNAL);
	} else if (kind % 3 == 1) {
		struct package_part content = next_part(&data, &size);
		if (content.text) CHECK(workbook_read_ods(&a, content, &rows, &err) != E_INTERNAL);
	} else {
		struct workbook_xlsx parts = { .sheet = next_part(&data, &size),
			                       .strings = next_part(&data, &size),
			                       .styles = next_part(&data, &size),
			                       .workbook = next_part(&data, &size) };
		CHECK(workbook_read_xlsx(&a, &parts, &rows, &err) != E_INTERNAL);
	}
	arena_release(&a);
	return 0;
}

/* Spreadsheets as forms: whatever the cells, what is guessed makes a sound form, its rows are read or refused, and what
 * is kept of the file reads back the same. */
#include "core/form.h"
#include "features/spreadsheet/column.h"
#include "features/survey/target_file.h"
#include "fields/fields.h"
#include "fuzz.h"

static void check_again(struct arena *a, const struct grid *grid)
{
	struct buf out;
	struct grid again;
	buf_init(&out, a, 0);
	grid_write_csv(&out, grid);
	CHECK(grid_read_csv(a, buf_str(&out), out.len, &again, NULL) == OK);
	CHECK(again.ncolumns == grid->ncolumns && again.nrows == grid->nrows);
	for (int i = 0; i < grid->ncolumns; i++) CHECK(strcmp(again.names[i], grid->names[i]) == 0);
	for (int r = 0; r < grid->nrows; r++)
		for (int i = 0; i < grid->ncolumns; i++)
			CHECK(strcmp(again.rows[r].cells[i], grid->rows[r].cells[i]) == 0);
}

static void check_form(struct arena *a, const struct grid *grid)
{
	struct column *columns = arena_array(a, struct column, (size_t)grid->ncolumns + 1);
	const char **keys = arena_array(a, const char *, (size_t)grid->ncolumns + 1);
	struct issues issues;
	struct form form;
	struct err err;
	int title;
	columns_guess(a, grid, columns, &title);
	for (int i = 0; i < grid->ncolumns; i++) CHECK(column_kind_find(columns[i].kind));
	if (title < 0) return;
	json_t *fields = columns_fields(a, LANG_FR, grid, columns, title, keys);
	json_t *definition = json_keep(a, json_pack("{s:s,s:s,s:s,s:s,s:s,s:O}", "key", "f", "label", "F", "plural",
	                                            "F", "add", "F", "title", keys[title], "fields", fields));
	issues_init(&issues, a);
	CHECK(form_parse(a, definition, NULL, 0, &form, &issues, &err) == OK);
	for (int r = 0; r < grid->nrows; r++) {
		issues_init(&issues, a);
		json_t *values = column_values(a, &form, grid, columns, keys, &grid->rows[r], &issues);
		const char *key;
		json_t *value;
		json_object_foreach (values, key, value) CHECK(form_field(&form, key) && value);
	}
}

/* The same file as a list of targets: each row is kept, refused or there twice. */
static void check_targets(struct arena *a, const struct grid *grid)
{
	enum file_column *columns = arena_array(a, enum file_column, (size_t)grid->ncolumns + 1);
	struct target_file *file = arena_new(a, struct target_file);
	struct issues issues;
	issues_init(&issues, a);
	target_file_guess(grid, columns);
	target_file_read(a, NULL, grid, columns, NULL, 0, file, &issues);
	CHECK(issues.count == 0);
	CHECK(file->n + file->refused + file->there_twice == grid->nrows);
	for (int i = 0; i < file->n; i++) {
		CHECK(*file->targets[i].name && strlen(file->targets[i].name) <= TARGET_TEXT_MAX);
		CHECK(json_object_size(file->targets[i].attributes) <= TARGET_ATTRIBUTES_MAX);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	struct grid grid;
	arena_init(&a);
	field_types_use(field_table);
	if (grid_read_csv(&a, (const char *)data, size, &grid, NULL) == OK) {
		CHECK(grid.ncolumns > 0 && grid.ncolumns <= GRID_COLUMNS && grid.nrows > 0 && grid.nrows <= GRID_ROWS);
		check_again(&a, &grid);
		check_form(&a, &grid);
		check_targets(&a, &grid);
	}
	arena_release(&a);
	return 0;
}

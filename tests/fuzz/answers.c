/* Files of answers: whatever the cells and the headings, each line is read or refused, and what is read is what the form asks. */
#include "asked.h"
#include "features/answers_in/answer_sheet.h"

static const struct model model;

static void check_line(const struct form *form, const struct answer_line *line, struct arena *a)
{
	const char *key;
	json_t *value;
	CHECK(is_text(line->code) && is_text(line->name) && line->left_out >= 0);
	CHECK(strcmp(line->language, "fr") == 0 || strcmp(line->language, "en") == 0);
	json_object_foreach (line->values, key, value) {
		const struct field *field = form_field(form, key);
		struct issues issues;
		CHECK(field);
		issues_init(&issues, a);
		field->type->check(field, value, &issues);
		CHECK(issues.count == 0);
	}
}

static void read_lines(struct arena *a, struct answer_sheet *sheet)
{
	struct answer_reader reader;
	answer_reader_init(&reader, a, &model, sheet->form, sheet->columns, sheet->grid.ncolumns);
	for (int i = 0; i < sheet->grid.nrows; i++) {
		struct arena scratch;
		struct issues issues;
		struct answer_line line;
		arena_init(&scratch);
		issues_init(&issues, &scratch);
		answer_row_read(&reader, &sheet->grid.rows[i], &issues, &line);
		if (issues.count == 0) check_line(sheet->form, &line, &scratch);
		arena_release(&scratch);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	struct answer_sheet sheet;
	struct err err;
	arena_init(&a);
	enum code code = answer_sheet_read(&a, asked_form(), (const char *)data, size, &sheet, &err);
	CHECK(code == OK || code == E_INPUT || code == E_LIMIT);
	if (code == OK) {
		for (int i = 0; i < sheet.grid.ncolumns; i++) {
			const struct answer_target *target = sheet.columns[i].target;
			CHECK(target && is_text(sheet.columns[i].name));
			CHECK(target->kind == ANSWER_NONE ||
			      answer_target_find(&sheet.targets, target->name) == target);
		}
		read_lines(&a, &sheet);
	}
	arena_release(&a);
	return 0;
}

#include "features/archive/archive_data.h"

#include "base/date.h"
#include "core/history.h"
#include "formats/csv.h"

enum { SAVES = 500 /* of one page */ };

/* ---- Questions ---- */

static json_t *choices_json(const struct page *p, const struct field *field)
{
	json_t *all = json_array();
	for (int i = 0; i < field->nchoices; i++)
		json_array_append_new(all, json_pack("{s:s, s:s}", "key", field->choices[i].key, "label",
		                                     t(p, &field->choices[i].label)));
	return all;
}

/* Those of which the reader may read a part: the names of the others say something too. */
static void write_questions(struct archive_data *data)
{
	const struct page *p = data->x.page;
	json_t *all = json_keep(p->arena, json_array());
	for (int i = 0; i < data->x.ncolumns; i++) {
		const struct field *field = data->x.columns[i].field;
		if (field == NULL) continue;
		json_t *one = json_pack("{s:s, s:s, s:s, s:s, s:b, s:s}", "key", field->key, "label",
		                        t(p, &field->label), "type", field->type->name, "help", t(p, &field->help),
		                        "required", field->required, "audience", audience_name(field->audience));
		if (field->nchoices) json_object_set_new(one, "choices", choices_json(p, field));
		json_array_append_new(all, one);
	}
	json_t *form = json_keep(p->arena, json_pack("{s:s, s:s, s:O}", "form", data->form->key, "label",
	                                             t(p, &data->form->plural), "questions", all));
	buf_puts(data->x.out, json_text(p->arena, form));
	buf_lit(data->x.out, "\n");
}

/* ---- Saves ---- */

static void write_cells(struct buf *out, const char *const *cells, int n)
{
	for (int i = 0; i < n; i++) {
		if (i) buf_putc(out, ',');
		csv_write(out, cells[i]);
	}
	buf_lit(out, "\r\n");
}

static void begin_history(struct archive_data *data)
{
	const struct page *p = data->x.page;
	const char *const cells[] = { _("Number of the record"), _("Page"), _("Saved on"), _("By"),
		                      _("What was changed") };
	buf_lit(data->x.out, "\xEF\xBB\xBF");
	write_cells(data->x.out, cells, COUNT(cells));
}

/* Who saved when, and what she said of it; not what stood there before. */
static enum code write_history(struct archive_data *data, const struct record *record, struct err *err)
{
	const struct page *p = data->x.page;
	struct history_entry *entries;
	int n;
	char id[ID_TEXT + 1];
	enum code code = history_list(p->db, p->arena, p->model, p->actor, record->id, (struct id){ 0 }, SAVES,
	                              &entries, &n, err);
	if (code == E_FORBIDDEN || code == E_NOT_FOUND || code == E_SIGN_IN) return OK;
	TRY(code);
	id_format(record->id, id);
	for (int i = n - 1; i >= 0; i--) {
		const char *const cells[] = { id, record->title, date_machine(p, entries[i].time),
			                      entries[i].actor_name ? entries[i].actor_name : "",
			                      entries[i].note ? entries[i].note : "" };
		write_cells(data->x.out, cells, COUNT(cells));
	}
	return OK;
}

/* ---- Each of them ---- */

const struct archive_sheet archive_sheets[] = {
	{ "csv", true, &format_csv, NULL, NULL },
	{ "json", true, &format_json, NULL, NULL },
	{ "questions.json", false, NULL, write_questions, NULL },
	{ "historique.csv", true, NULL, begin_history, write_history },
	{ 0 },
};

enum code archive_data_begin(struct archive_data *data, struct page *page, struct arena *a, const struct form *form,
                             const struct archive_sheet *sheet, struct buf *out, struct err *err)
{
	*data = (struct archive_data){
		.sheet = sheet,
		.form = form,
		.x = { .page = page, .arena = a, .url = "", .page_url = "", .out = out },
	};
	data->x.ncolumns = export_columns(page, form, false, a, &data->x.columns);
	if (sheet->begin) sheet->begin(data);
	return sheet->format && sheet->format->begin ? sheet->format->begin(&data->x, err) : OK;
}

enum code archive_data_row(struct archive_data *data, const struct record *record, struct err *err)
{
	if (data->sheet->row) return data->sheet->row(data, record, err);
	TRY(data->sheet->format->record(&data->x, record, err));
	data->x.n++;
	return OK;
}

enum code archive_data_end(struct archive_data *data, struct err *err)
{
	const struct format *format = data->sheet->format;
	return format && format->end ? format->end(&data->x, err) : OK;
}

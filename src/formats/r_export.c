/*
 * For R: a ZIP of the answers (CSV, RFC 4180, codes) and of a script that reads them (formats/r_script.c): factors with their
 * words, the lines of tables as ordered ones, boxes as logicals, places of rankings, numbers, days, and each question's words as
 * the attribute "label" that packages (labelled, sjlabelled, Hmisc) look for. Base R alone is asked for.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#include "base/number.h"
#include "formats/csv.h"
#include "formats/r_export.h"

struct r_export {
	struct r_variable *all;
	int n;
	FILE *data;
};

static bool is_type(const struct field *field, const char *name)
{
	return strcmp(field->type->name, name) == 0;
}

static enum r_kind kind_of(const struct export_column *column)
{
	const struct field *field = column->field;
	if (field == NULL) {
		const enum builtin builtin = column->builtin;
		if (column->number) return R_NUMBER;
		return builtin == BUILTIN_CREATED || builtin == BUILTIN_CHANGED ? R_MOMENT : R_TEXT;
	}
	if (is_type(field, "boolean")) return R_LOGICAL;
	if (is_type(field, "scale")) return R_NUMBER;
	if (is_type(field, "computed")) return R_WORKED_OUT;
	if (is_type(field, "choice")) return field->whole ? R_ORDERED : R_FACTOR;
	if (is_type(field, "date")) return json_bool(field->definition, "time", false) ? R_TIME : R_DAY;
	return field->type->cell == CELL_NUMBER ? R_NUMBER : R_TEXT;
}

/* A name of R from a key: "accord.ligne"; one that begins with _ is none there. */
static const char *name_of(struct arena *a, const char *key)
{
	return *key == '_' ? arena_printf(a, "x%s", key) : key;
}

/* "b_key" may be the box of a question or a question's own key: names stay apart. */
static const char *own_name(const struct r_export *r, struct arena *a, const char *name)
{
	const char *own = name;
	int n = 1;
	for (int i = 0; i < r->n; i++) {
		if (strcmp(r->all[i].name, own) != 0) continue;
		own = arena_printf(a, "%s.%d", name, ++n);
		i = -1;
	}
	return own;
}

static void add(struct r_export *r, struct arena *a, const char *name, enum r_kind kind,
                const struct export_column *column, const struct choice *choice)
{
	const char *own = own_name(r, a, name);
	r->all[r->n++] = (struct r_variable){ own, kind, column, choice };
}

static void add_each(struct r_export *r, struct arena *a, const char *name, enum r_kind kind,
                     const struct export_column *column, const char *end)
{
	for (int i = 0; i < column->field->nchoices; i++) {
		const struct choice *choice = &column->field->choices[i];
		add(r, a, arena_printf(a, "%s_%s%s", name, choice->key, end), kind, column, choice);
	}
}

static bool has_other(const struct field *field)
{
	return field->nchoices && field->choices[field->nchoices - 1].other;
}

static void add_column(struct r_export *r, struct arena *a, const struct export_column *column)
{
	const struct field *field = column->field;
	const char *name = name_of(a, column->key);
	bool several = field && is_type(field, "choices"), one = field && is_type(field, "choice");
	if (several) add_each(r, a, name, R_BOX, column, "");
	else if (field && is_type(field, "ranking")) add_each(r, a, name, R_RANK, column, "");
	else add(r, a, name, kind_of(column), column, NULL);
	if ((several || one) && has_other(field))
		add(r, a, arena_printf(a, "%s_other_text", name), R_WORDS, column, NULL);
	if (!(several || one) || !json_bool(field->definition, "comment", false)) return;
	if (several) add_each(r, a, name, R_COMMENT, column, "_comment");
	else add(r, a, arena_printf(a, "%s_comment", name), R_COMMENT, column, NULL);
}

/* Unless the archive has taken it, and closes it itself. */
static void close_data(void *arg)
{
	struct r_export *r = arg;
	if (r->data) fclose(r->data);
}

static enum code r_begin(struct export *x, struct err *err)
{
	struct r_export *r = arena_new(x->arena, struct r_export);
	struct buf out;
	int room = 1;
	for (int i = 0; i < x->ncolumns; i++) room += 3 + 2 * (x->columns[i].field ? x->columns[i].field->nchoices : 0);
	*r = (struct r_export){ .all = arena_array(x->arena, struct r_variable, (size_t)room) };
	for (int i = 0; i < x->ncolumns; i++) add_column(r, x->arena, &x->columns[i]);
	const char *aside = arena_printf(x->arena, "%s.csv", x->path);
	r->data = fopen(aside, "w+xe");
	if (r->data == NULL)
		FAIL(err, errno == ENOSPC ? E_FULL : E_IO, N_("the export cannot be written: %s"), strerror(errno));
	(void)unlink(aside);
	arena_defer(x->arena, close_data, r);
	x->state = r;
	buf_init(&out, x->arena, 0);
	for (int i = 0; i < r->n; i++) {
		if (i) buf_putc(&out, ',');
		csv_write(&out, r->all[i].name);
	}
	buf_lit(&out, "\r\n");
	return fwrite(out.data, 1, out.len, r->data) == out.len
	               ? OK
	               : err_set(err, E_IO, N_("the export cannot be written: %s"), strerror(errno));
}

/* ---- A row ---- */

static const char *key_of(const json_t *item)
{
	return json_is_object(item)   ? json_str_or(item, "key", "")
	       : json_is_string(item) ? json_string_value(item)
	                              : "";
}

static const json_t *item_of(const json_t *value, const char *key)
{
	if (!json_is_array(value)) return strcmp(key_of(value), key) == 0 ? value : NULL;
	for (size_t i = 0; i < json_array_size(value); i++)
		if (strcmp(key_of(json_array_get(value, i)), key) == 0) return json_array_get(value, i);
	return NULL;
}

/* Text of RFC 4180: a spreadsheet is not who reads it. */
static void put(struct buf *out, const char *text)
{
	buf_putc(out, '"');
	for (; *text; text++) {
		if (*text == '"') buf_putc(out, '"');
		buf_putc(out, *text);
	}
	buf_putc(out, '"');
}

static void put_words(struct buf *out, const json_t *item, const char *member)
{
	const char *words = item && json_is_object(item) ? json_str_or(item, member, "") : "";
	if (*words) put(out, words);
}

static void put_place(struct buf *out, const json_t *value, const char *key)
{
	for (size_t i = 0; i < json_array_size(value); i++)
		if (strcmp(key_of(json_array_get(value, i)), key) == 0) buf_printf(out, "%zu", i + 1);
}

static void put_number(struct buf *out, const json_t *value)
{
	if (json_is_integer(value)) buf_printf(out, "%lld", (long long)json_integer_value(value));
	else if (json_is_string(value) && number_valid(json_string_value(value)))
		buf_puts(out, json_string_value(value));
}

/* The text of a cell, as it stands in the other files. */
static void put_cell(struct buf *out, const struct export *x, const struct record *record, const struct r_variable *v)
{
	const char *text = export_cell(x, record, v->column).text;
	if (*text) put(out, text);
}

static void put_value(struct buf *out, const struct export *x, const struct record *record, const struct r_variable *v)
{
	const struct field *field = v->column->field;
	const json_t *value = field ? record_value(record, field) : NULL;
	if (field && value == NULL) return;
	switch (v->kind) {
	case R_BOX: buf_puts(out, item_of(value, v->choice->key) ? "TRUE" : "FALSE"); return;
	case R_RANK: put_place(out, value, v->choice->key); return;
	case R_WORDS: put_words(out, item_of(value, CHOICE_OTHER), "text"); return;
	case R_COMMENT: put_words(out, v->choice ? item_of(value, v->choice->key) : value, "comment"); return;
	case R_LOGICAL: buf_puts(out, json_is_true(value) ? "TRUE" : "FALSE"); return;
	case R_FACTOR:
	case R_ORDERED: put(out, key_of(value)); return;
	case R_NUMBER:
		if (field) put_number(out, value);
		else put_cell(out, x, record, v);
		return;
	default: put_cell(out, x, record, v);
	}
}

static enum code r_record(struct export *x, const struct record *record, struct err *err)
{
	struct r_export *r = x->state;
	struct buf out;
	buf_init(&out, x->page->arena, 0);
	for (int i = 0; i < r->n; i++) {
		if (i) buf_putc(&out, ',');
		put_value(&out, x, record, &r->all[i]);
	}
	buf_lit(&out, "\r\n");
	if (fwrite(out.data, 1, out.len, r->data) == out.len) return OK;
	FAIL(err, E_IO, N_("the export cannot be written: %s"), strerror(errno));
}

/* ---- The archive ---- */

static bool add_part(zip_t *zip, const char *name, zip_source_t *source)
{
	enum { QUICK = 3 /* of deflate's nine: a third of the time */ };
	if (source == NULL) return false;
	zip_int64_t at = zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8);
	if (at >= 0) return zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_DEFLATE, QUICK) == 0;
	zip_source_free(source);
	return false;
}

static enum code r_end(struct export *x, struct err *err)
{
	struct r_export *r = x->state;
	const char *script = r_script(x, r->all, r->n);
	int error;
	/* libzip reads from where the file stands. */
	if (fseek(r->data, 0, SEEK_SET) != 0) FAIL(err, E_IO, N_("the export cannot be written: %s"), strerror(errno));
	zip_t *zip = zip_open(x->path, ZIP_CREATE | ZIP_EXCL, &error);
	if (zip == NULL) FAIL(err, E_IO, N_("the export cannot be written: %s"), "zip");
	zip_source_t *data = zip_source_filep(zip, r->data, 0, -1);
	if (data) r->data = NULL;
	if (add_part(zip, "answers.csv", data) &&
	    add_part(zip, "answers.R", zip_source_buffer(zip, script, strlen(script), 0)) && zip_close(zip) == 0)
		return OK;
	enum code code = err_set(err, E_IO, N_("the export cannot be written: %s"), zip_strerror(zip));
	zip_discard(zip);
	return code;
}

const struct format format_r = {
	.name = "r",
	.extension = "zip",
	.media_type = "application/zip",
	.label = N_("Script and data for R"),
	.icon = "chart-column",
	.to_file = true,
	.begin = r_begin,
	.record = r_record,
	.end = r_end,
};

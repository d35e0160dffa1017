/*
 * For R: a ZIP of the answers (CSV, RFC 4180, codes) and of a script that reads them: factors with their words, the lines of
 * tables as ordered ones, boxes as logicals, numbers, days, and each question's words as the attribute "label" that packages
 * (labelled, sjlabelled, Hmisc) look for. Base R alone is asked for.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#include "base/number.h"
#include "formats/csv.h"
#include "formats/format.h"

enum variable_kind { R_TEXT, R_NUMBER, R_DAY, R_TIME, R_LOGICAL, R_FACTOR, R_ORDERED, R_BOX, R_WORDS };

/* One column of the file: a question, a line of one, or one box of several. */
struct variable {
	const char *name;
	enum variable_kind kind;
	const struct export_column *column;
	const struct choice *choice; /* of R_BOX */
};

struct r_export {
	struct variable *all;
	int n;
	FILE *data;
};

static bool is_type(const struct field *field, const char *name)
{
	return strcmp(field->type->name, name) == 0;
}

static enum variable_kind kind_of(const struct field *field)
{
	if (field == NULL) return R_TEXT;
	if (is_type(field, "boolean")) return R_LOGICAL;
	if (is_type(field, "scale")) return R_NUMBER;
	if (is_type(field, "choice")) return field->whole ? R_ORDERED : R_FACTOR;
	if (is_type(field, "date")) return json_bool(field->definition, "time", false) ? R_TIME : R_DAY;
	return field->type->cell == CELL_NUMBER ? R_NUMBER : R_TEXT;
}

/* A name of R from a key: "accord.ligne"; one that begins with _ is none there. */
static const char *name_of(struct arena *a, const char *key)
{
	return *key == '_' ? arena_printf(a, "x%s", key) : key;
}

static struct variable *add(struct r_export *r, const char *name, enum variable_kind kind,
                            const struct export_column *column, const struct choice *choice)
{
	r->all[r->n] = (struct variable){ name, kind, column, choice };
	return &r->all[r->n++];
}

static bool has_other(const struct field *field)
{
	return field->nchoices && field->choices[field->nchoices - 1].other;
}

static void add_column(struct r_export *r, struct arena *a, const struct export_column *column)
{
	const struct field *field = column->field;
	const char *name = name_of(a, column->key);
	bool several = field && is_type(field, "choices");
	if (several)
		for (int i = 0; i < field->nchoices; i++)
			add(r, arena_printf(a, "%s_%s", name, field->choices[i].key), R_BOX, column,
			    &field->choices[i]);
	else add(r, name, kind_of(field), column, NULL);
	if (field && (several || is_type(field, "choice")) && has_other(field))
		add(r, arena_printf(a, "%s_other_text", name), R_WORDS, column, NULL);
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
	for (int i = 0; i < x->ncolumns; i++) room += 2 + (x->columns[i].field ? x->columns[i].field->nchoices : 0);
	*r = (struct r_export){ .all = arena_array(x->arena, struct variable, (size_t)room) };
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

static void put_value(struct buf *out, const struct export *x, const struct record *record, const struct variable *v)
{
	const struct field *field = v->column->field;
	const json_t *value = field ? record_value(record, field) : NULL;
	switch (v->kind) {
	case R_BOX:
		if (value) buf_puts(out, item_of(value, v->choice->key) ? "TRUE" : "FALSE");
		return;
	case R_WORDS:
		if (value) {
			const json_t *other = item_of(value, CHOICE_OTHER);
			const char *words = other && json_is_object(other) ? json_str_or(other, "text", "") : "";
			if (*words) put(out, words);
		}
		return;
	case R_LOGICAL:
		if (value) buf_puts(out, json_is_true(value) ? "TRUE" : "FALSE");
		return;
	case R_FACTOR:
	case R_ORDERED:
		if (value) put(out, key_of(value));
		return;
	case R_NUMBER:
		if (json_is_integer(value)) buf_printf(out, "%lld", (long long)json_integer_value(value));
		else if (json_is_string(value) && number_valid(json_string_value(value)))
			buf_puts(out, json_string_value(value));
		return;
	default: break;
	}
	const char *text = export_cell(x, record, v->column).text;
	if (*text) put(out, text);
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

/* ---- The script ---- */

/* A string of R: what is no letter of ASCII stands as it is, in UTF-8. */
static void put_string(struct buf *out, const char *text)
{
	buf_putc(out, '"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\') buf_putc(out, '\\');
		if (*text == '\n') buf_lit(out, "\\n");
		else if ((unsigned char)*text >= 0x20) buf_putc(out, *text);
	}
	buf_putc(out, '"');
}

static void put_list(struct buf *out, const struct export *x, const struct field *field, bool words)
{
	buf_lit(out, "c(");
	for (int i = 0; i < field->nchoices; i++) {
		if (i) buf_lit(out, ", ");
		put_string(out, words ? t(x->page, &field->choices[i].label) : field->choices[i].key);
	}
	buf_lit(out, ")");
}

/* R refuses a factor two levels of which have one name. */
static bool words_differ(const struct export *x, const struct field *field)
{
	for (int i = 0; i < field->nchoices; i++)
		for (int j = 0; j < i; j++)
			if (strcmp(t(x->page, &field->choices[i].label), t(x->page, &field->choices[j].label)) == 0)
				return false;
	return true;
}

static void put_variable(struct buf *out, const struct export *x, const struct variable *v)
{
	const struct field *field = v->column->field;
	const char *name = arena_printf(x->arena, "d[[\"%s\"]]", v->name);
	switch (v->kind) {
	case R_NUMBER: buf_printf(out, "%s <- as.numeric(%s)\n", name, name); break;
	case R_DAY: buf_printf(out, "%s <- as.Date(%s)\n", name, name); break;
	case R_TIME: buf_printf(out, "%s <- as.POSIXct(%s, format = \"%%Y-%%m-%%dT%%H:%%M\")\n", name, name); break;
	case R_LOGICAL:
	case R_BOX: buf_printf(out, "%s <- as.logical(%s)\n", name, name); break;
	case R_FACTOR:
	case R_ORDERED:
		buf_printf(out, "%s <- factor(%s, levels = ", name, name);
		put_list(out, x, field, false);
		buf_lit(out, ", labels = ");
		put_list(out, x, field, words_differ(x, field));
		buf_puts(out, v->kind == R_ORDERED ? ", ordered = TRUE)\n" : ")\n");
		break;
	case R_TEXT:
	case R_WORDS: break;
	}
	buf_printf(out, "attr(%s, \"label\") <- ", name);
	const char *label = field ? t(x->page, &field->label) : v->column->key;
	put_string(out, v->choice ? arena_printf(x->arena, "%s – %s", label, t(x->page, &v->choice->label)) : label);
	buf_lit(out, "\n");
}

static const char *script_of(const struct export *x, const struct r_export *r)
{
	struct buf out;
	const enum lang lang = x->page->lang;
	buf_init(&out, x->arena, 0);
	buf_printf(
	        &out, "# %s\n# %s\n# %s\n",
	        tr(lang, N_("Answers to a questionnaire, for R: source(\"answers.R\", encoding = \"UTF-8\")")),
	        tr(lang, N_("What was not answered is NA; boxes are TRUE or FALSE where the question was answered.")),
	        tr(lang, N_("Lines of tables are ordered factors, in the order of the answers.")));
	buf_lit(&out,
	        "d <- read.csv(\"answers.csv\", fileEncoding = \"UTF-8\", na.strings = \"\", colClasses = \"character\", "
	        "check.names = FALSE, stringsAsFactors = FALSE)\n");
	for (int i = 0; i < r->n; i++) put_variable(&out, x, &r->all[i]);
	buf_lit(&out, "answers <- d\nrm(d)\nstr(answers, list.len = 20, vec.len = 2)\n");
	return buf_str(&out);
}

static bool add_part(zip_t *zip, const char *name, zip_source_t *source)
{
	if (source == NULL) return false;
	if (zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8) >= 0) return true;
	zip_source_free(source);
	return false;
}

static enum code r_end(struct export *x, struct err *err)
{
	struct r_export *r = x->state;
	const char *script = script_of(x, r);
	int error;
	if (fflush(r->data) != 0) FAIL(err, E_IO, N_("the export cannot be written: %s"), strerror(errno));
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

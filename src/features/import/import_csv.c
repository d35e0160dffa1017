#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/text.h"
#include "core/field_type.h"
#include "core/form_part.h"
#include "core/query.h"
#include "core/relative_day.h"
#include "features/import/import.h"
#include "features/import/import_picture.h"
#include "formats/csv.h"

/* One import under way. */
struct job {
	const struct import_csv *import;
	struct import_report *report;
	struct import_refusals refusals;
	struct site *site;
	const struct model *model;
	struct arena *a;
	struct csv csv;
	const char **header;
	int columns;
	const struct form *form;
	const struct space *space;
	const char *source;
	struct import_media media;
	struct import_pictures pictures; /* all kept before the write */
	json_t *seen;                    /* keys of the rows kept so far → their lines */
};

static void refuse(struct job *job, int line, const char *field, const struct err *why)
{
	import_refuse(&job->refusals, line, field, why);
}

/* The cell under a column's name, trimmed; "" when the row is short. */
static const char *cell(const struct job *job, const char **cells, int n, const char *column)
{
	for (int i = 0; i < job->columns; i++)
		if (strcmp(job->header[i], column) == 0) return i < n ? text_trim(job->a, cells[i]) : "";
	return "";
}

static bool has_column(const struct job *job, const char *column)
{
	for (int i = 0; i < job->columns; i++)
		if (strcmp(job->header[i], column) == 0) return true;
	return false;
}

/* Every column the mapping names must be in the file, every column of the file in the mapping. */
static void check_columns(struct job *job, struct issues *issues)
{
	const json_t *fields = json_object_get(job->import->mapping, "fields");
	const json_t *ignored = json_object_get(job->import->mapping, "ignore");
	bool *used = arena_array(job->a, bool, (size_t)job->columns + 1);
	const char *key;
	json_t *rule;
	json_object_foreach ((json_t *)fields, key, rule) {
		if (form_find(job->form, key) == NULL)
			issues_add(issues, key, N_("the form “%s” has no field “%s”"), job->form->key, key);
		const json_t *place = json_object_get(rule, "place");
		const char *name;
		json_t *column;
		if (place == NULL) place = json_object_get(rule, "picture");
		json_object_foreach ((json_t *)(place ? place : rule), name, column) {
			if (!json_is_string(column) || (place == NULL && strcmp(name, "column") != 0)) continue;
			if (!has_column(job, json_string_value(column)))
				issues_add(issues, key, N_("the file has no column “%s”"), json_string_value(column));
			for (int i = 0; i < job->columns; i++)
				used[i] |= strcmp(job->header[i], json_string_value(column)) == 0;
		}
	}
	const char *record = json_str_or(job->import->mapping, "record", ""); /* which one it was, in an export */
	for (int i = 0; i < job->columns; i++) {
		size_t j;
		json_t *name;
		used[i] |= strcmp(job->header[i], record) == 0;
		json_array_foreach ((json_t *)ignored, j, name)
			used[i] |= strcmp(job->header[i], json_string_value(name) ? json_string_value(name) : "") == 0;
		if (!used[i])
			issues_add(issues, job->header[i],
			           N_("the column “%s” is neither mapped nor listed under “ignore”"), job->header[i]);
	}
}

/* "values": {"open": "ouvert"}; a value that is not listed is refused. */
static const json_t *translated(const json_t *table, const char *text, const char *field, struct issues *issues)
{
	const json_t *value = json_object_get(table, text);
	if (value == NULL) issues_add(issues, field, N_("“%s” is not among the values of the mapping"), text);
	return value;
}

static json_t *find_target(struct job *job, struct db *db, const struct field *field, const char *title,
                           struct issues *issues)
{
	int64_t num;
	struct record *record;
	struct err why;
	const struct form *form = model_form(job->model, field->target);
	if (form == NULL || query_find_title(db, job->a, job->model, &actor_program, form, title, &num, &why) != OK ||
	    record_load_num(db, job->a, job->model, &actor_program, num, &record, &why) != OK) {
		issues_add(issues, field->key, N_("there is no record named “%s”"), title);
		return NULL;
	}
	char id[ID_TEXT + 1];
	return json_keep(job->a, json_string(id_format(record->id, id)));
}

/* One text of the file → one value of the field. */
static json_t *convert(struct job *job, struct db *db, const struct field *field, const json_t *rule, const char *text,
                       struct issues *issues)
{
	const json_t *table = json_object_get(rule, "values");
	if (table) return (json_t *)translated(table, text, field->key, issues);
	if (field->target) return find_target(job, db, field, text, issues);
	return field->type->import(field, text, issues);
}

static void append_once(json_t *array, json_t *value)
{
	for (size_t i = 0; i < json_array_size(array); i++)
		if (json_equal(json_array_get(array, i), value)) return;
	json_array_append(array, value);
}

/* Several texts in one cell: their values in one array, each once. */
static json_t *convert_split(struct job *job, struct db *db, const struct field *field, const json_t *rule,
                             const char *text, const char *separator, struct issues *issues)
{
	json_t *array = json_keep(job->a, json_array());
	while (*text) {
		size_t len = strcspn(text, separator);
		const char *piece = text_trim(job->a, arena_strndup(job->a, text, len));
		json_t *value = *piece ? convert(job, db, field, rule, piece, issues) : NULL;
		if (json_is_array(value))
			for (size_t i = 0; i < json_array_size(value); i++)
				append_once(array, json_array_get(value, i));
		else if (value) append_once(array, value);
		text += len + (text[len] != '\0');
	}
	return json_array_size(array) ? array : NULL;
}

/* A place from its columns, written as the place type imports it: "lat, lon; precision; address". */
static json_t *convert_place(struct job *job, const struct field *field, const json_t *place, const char **cells, int n,
                             struct issues *issues)
{
	const char *lat = cell(job, cells, n, json_str_or(place, "lat", "")),
	           *lon = cell(job, cells, n, json_str_or(place, "lon", ""));
	const char *precision = cell(job, cells, n, json_str_or(place, "precision", ""));
	const char *address = cell(job, cells, n, json_str_or(place, "address", ""));
	if (*lat == '\0' && *lon == '\0' && *address == '\0') return NULL;
	return field->type->import(field, arena_printf(job->a, "%s, %s; %s; %s", lat, lon, precision, address), issues);
}

/* "relative": each "today+3" of a cell is a day counted from that of the import. */
static const char *with_days(struct job *job, const char *text)
{
	struct date today = model_today(job->model, clock_now());
	struct buf out;
	buf_init(&out, job->a, 0);
	for (const char *at; (at = strstr(text, "today")) != NULL;) {
		size_t len = 5;
		if (at[len] == '+' || at[len] == '-') len += 1 + strspn(at + len + 1, "0123456789");
		const char *day = relative_day(job->a, arena_strndup(job->a, at, len), today);
		buf_add(&out, text, (size_t)(at - text));
		buf_puts(&out, day ? day : "today");
		text = at + (day ? len : 5);
	}
	buf_puts(&out, text);
	return buf_str(&out);
}

/* "picture": {"file": column, "alt": column}: one of the folder, kept before. */
static json_t *picture_of(struct job *job, const struct field *field, const json_t *rule, const char **cells, int n,
                          struct issues *issues)
{
	const char *file = cell(job, cells, n, json_str_or(rule, "file", ""));
	const char *alt = cell(job, cells, n, json_str_or(rule, "alt", ""));
	json_t *array = json_keep(job->a, json_array());
	struct err why;
	if (*file == '\0') return NULL;
	if (json_object_get(job->pictures.known, import_media_name(job->a, file)) == NULL)
		issues_add(issues, field->key, N_("the picture “%s” is not in the folder"), file);
	else if (import_picture(&job->pictures, array, file, alt, &why) != OK) issues_add_err(issues, field->key, &why);
	return json_array_size(array) ? array : NULL;
}

static json_t *value_of(struct job *job, struct db *db, const struct field *field, const json_t *rule,
                        const char **cells, int n, struct issues *issues)
{
	const json_t *constant = json_object_get(rule, "value");
	const json_t *place = json_object_get(rule, "place");
	const char *separator = json_str(rule, "split");
	const json_t *picture = json_object_get(rule, "picture");
	if (constant) return (json_t *)constant;
	if (picture) return picture_of(job, field, picture, cells, n, issues);
	if (place) return convert_place(job, field, place, cells, n, issues);
	const char *text = cell(job, cells, n, json_str_or(rule, "column", ""));
	if (*text == '\0') return NULL;
	if (json_bool(rule, "relative", false)) text = with_days(job, text);
	if (separator == NULL && field->many) separator = ";";
	if (separator) return convert_split(job, db, field, rule, text, separator, issues);
	return convert(job, db, field, rule, text, issues);
}

static const char *row_key(struct job *job, const json_t *values)
{
	struct buf key;
	buf_init(&key, job->a, 0);
	size_t i;
	json_t *name;
	json_array_foreach (json_object_get(job->import->mapping, "key"), i, name) {
		const json_t *value = json_object_get(values, json_string_value(name) ? json_string_value(name) : "");
		buf_printf(&key, "%s%s", i ? "\x1f" : "", value ? json_text(job->a, value) : "");
	}
	return buf_str(&key);
}

/* Keeps a row, unless the file has one of its key already: each import would change the one, then the
 * other, for ever. */
static enum code keep_row(struct job *job, struct tx *tx, struct import_item *item, struct issues *issues,
                          enum import_outcome *outcome, struct err *err)
{
	const json_t *line = json_object_get(job->seen, item->key);
	if (line) issues_add(issues, "", N_("this row has the same key as line %d"), (int)json_integer_value(line));
	TRY(issues_code(issues, err));
	TRY(import_item(tx, job->a, job->model, item, issues, outcome, err));
	json_object_set_new(job->seen, item->key, json_integer(job->csv.line));
	return OK;
}

static enum code import_row(struct job *job, struct tx *tx, const char **cells, int n, struct err *err)
{
	struct issues issues;
	issues_init(&issues, job->a);
	json_t *values = json_keep(job->a, json_object());
	const char *key;
	json_t *rule;
	for (int parts = 0; parts < 2; parts++) /* what is inside a value, once that is there */
		json_object_foreach (json_object_get(job->import->mapping, "fields"), key, rule) {
			const struct field *field = form_find(job->form, key);
			if ((field->whole != NULL) != parts) continue;
			json_t *value = value_of(job, tx_db(tx), field, rule, cells, n, &issues);
			if (value && parts) part_set(field, values, value);
			else if (value) json_object_set(values, key, value);
		}
	struct import_item item = { .source = job->source,
		                    .key = row_key(job, values),
		                    .form = job->form,
		                    .space = job->space,
		                    .values = values };
	enum import_outcome outcome = IMPORT_UNCHANGED;
	enum code code = keep_row(job, tx, &item, &issues, &outcome, err);
	if (code != OK && code != E_INPUT) return code;
	if (code == E_INPUT) {
		job->report->refused++;
		for (const struct issue *i = issues.first; i; i = i->next)
			refuse(job, job->csv.line, i->field, &i->err);
		if (issues.first == NULL) refuse(job, job->csv.line, "", err);
		return OK;
	}
	job->report->created += outcome == IMPORT_CREATED;
	job->report->changed += outcome == IMPORT_CHANGED;
	job->report->unchanged += outcome == IMPORT_UNCHANGED;
	return OK;
}

static enum code read_header(struct job *job, struct err *err)
{
	TRY(csv_row(&job->csv, &job->header, &job->columns, err));
	if (job->columns == 0) FAIL(err, E_INPUT, N_("the file is empty"));
	for (int i = 0; i < job->columns; i++) job->header[i] = text_trim(job->a, job->header[i]);
	return OK;
}

static enum code open_job(struct job *job, struct err *err)
{
	const json_t *mapping = job->import->mapping;
	const char *form = json_str_or(mapping, "form", ""), *space = json_str_or(mapping, "space", "");
	job->form = model_form(job->model, form);
	job->space = model_space_by_slug(job->model, space);
	if (job->form == NULL) FAIL(err, E_INPUT, N_("the mapping names the form “%s”, which is not here"), form);
	if (job->space == NULL) FAIL(err, E_INPUT, N_("the mapping names the space “%s”, which is not here"), space);
	if (json_array_size(json_object_get(mapping, "key")) == 0)
		FAIL(err, E_INPUT, N_("the mapping must say under “key” which fields tell rows apart"));
	job->source = arena_printf(job->a, "csv:%s:%s", form, job->import->name);
	TRY(csv_open(&job->csv, job->a, job->import->text, job->import->len, err));
	TRY(read_header(job, err));
	struct issues issues;
	issues_init(&issues, job->a);
	check_columns(job, &issues);
	for (const struct issue *i = issues.first; i; i = i->next) refuse(job, 1, i->field, &i->err);
	job->report->refused += issues.count;
	return issues_code(&issues, err);
}

static enum code import_rows(struct tx *tx, void *arg, struct err *err)
{
	struct job *job = arg;
	for (;;) {
		const char **cells;
		int n;
		enum code code = csv_row(&job->csv, &cells, &n, err);
		if (code != OK) {
			job->report->refused++;
			refuse(job, job->csv.line, "", err);
			continue;
		}
		if (n == 0) break;
		TRY(import_row(job, tx, cells, n, err));
	}
	if (job->import->dry_run) FAIL(err, E_CONFLICT, N_("a rehearsal: nothing was kept"));
	if (job->report->refused && !job->import->keep_good)
		FAIL(err, E_INPUT, N_("%d rows were refused: nothing was kept"), job->report->refused);
	return OK;
}

/* Files are kept by writes of their own: before that of the rows. What is not there is told with its row. */
static enum code keep_pictures(struct job *job, struct err *err)
{
	const char *key;
	json_t *rule;
	struct csv rows = job->csv;
	bool any = false;
	json_object_foreach (json_object_get(job->import->mapping, "fields"), key, rule)
		any |= json_object_get(rule, "picture") != NULL;
	while (any) {
		const char **cells;
		int n;
		struct err why;
		if (csv_row(&rows, &cells, &n, &why) != OK) continue;
		if (n == 0) break;
		json_object_foreach (json_object_get(job->import->mapping, "fields"), key, rule) {
			const char *file = cell(job, cells, n,
			                        json_str_or(json_object_get(rule, "picture"), "file", ""));
			enum code code = *file ? import_picture(&job->pictures, json_keep(job->a, json_array()), file,
			                                        "", &why)
			                       : OK;
			if (code != OK && code != E_NOT_FOUND && code != E_INPUT && code != E_LIMIT) {
				*err = why;
				return code;
			}
		}
	}
	return OK;
}

enum code import_csv(struct site *site, struct arena *a, const struct import_csv *import, struct import_report *report,
                     struct err *err)
{
	*report = (struct import_report){ 0 };
	const struct model *model = site_model(site);
	struct job job = { .import = import,
		           .report = report,
		           .site = site,
		           .model = model,
		           .a = a,
		           .seen = json_keep(a, json_object()) };
	job.media = (struct import_media){ .arena = a, .folder = import->folder };
	job.pictures = (struct import_pictures){ .site = site,
		                                 .arena = a,
		                                 .media = &job.media,
		                                 .dry_run = import->dry_run,
		                                 .known = json_keep(a, json_object()) };
	import_refusals_begin(&job.refusals, a, report);
	enum code code = open_job(&job, err);
	if (code == OK) code = keep_pictures(&job, err);
	if (code == OK) code = store_write(site_store(site), import_rows, &job, err);
	if (code == E_CONFLICT && import->dry_run) code = OK;
	model_release(model);
	return code;
}

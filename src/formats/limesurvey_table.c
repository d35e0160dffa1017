#include "formats/limesurvey_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "formats/workbook_xml.h"

enum { TEXT_BYTES = 4 * 1024 * 1024 /* of one value */ };

/* Where the elements stand: <document> is 0. */
enum { DEPTH_SECTION = 1, DEPTH_ITEM = 2, DEPTH_ROW = 3, DEPTH_VALUE = 4 };

struct reader {
	struct arena *a;
	struct workbook_xml xml;
	struct limesurvey_file *file;
	struct limesurvey_table **last_table, *table; /* NULL outside a section */
	struct limesurvey_row **last_row, *row;       /* NULL outside a row */
	bool in_rows;
	int nrows;        /* of the whole file */
	int columns_room; /* of the present table */
	int values_room;  /* of the present row */
	struct buf text;
	struct buf languages;
};

static bool is_named(const struct reader *r, const char *name)
{
	const char *local = (const char *)xmlTextReaderConstLocalName(r->xml.reader);
	return local && strcmp(local, name) == 0;
}

static int line_of(const struct reader *r)
{
	const xmlNode *node = xmlTextReaderCurrentNode(r->xml.reader);
	long line = node ? xmlGetLineNo(node) : 0;
	return line > 0 && line < 65535 ? (int)line : xmlTextReaderGetParserLineNumber(r->xml.reader);
}

static void begin_table(struct reader *r)
{
	r->table = arena_new(r->a, struct limesurvey_table);
	*r->table = (struct limesurvey_table){ .name = arena_strdup(r->a, (const char *)xmlTextReaderConstLocalName(
		                                                                  r->xml.reader)) };
	r->columns_room = 0;
	r->last_row = &r->table->rows;
	*r->last_table = r->table;
	r->last_table = &r->table->next;
}

static enum code begin_row(struct reader *r, struct err *err)
{
	if (r->nrows++ == LIMESURVEY_ROWS) FAIL(err, E_LIMIT, N_("there are more than %d rows"), LIMESURVEY_ROWS);
	r->row = arena_new(r->a, struct limesurvey_row);
	*r->row = (struct limesurvey_row){ .line = line_of(r) };
	r->values_room = 0;
	*r->last_row = r->row;
	r->last_row = &r->row->next;
	r->table->n++;
	return OK;
}

/* Rows name their columns in the same order: the next one is looked at first. */
static enum code column_of(struct reader *r, const char *name, int *ret, struct err *err)
{
	struct limesurvey_table *table = r->table;
	int next = r->row->n;
	*ret = next < table->ncolumns && strcmp(table->columns[next], name) == 0 ? next
	                                                                         : limesurvey_column(table, name);
	if (*ret >= 0) return OK;
	if (table->ncolumns == LIMESURVEY_COLUMNS)
		FAIL(err, E_LIMIT, N_("there are more than %d columns"), LIMESURVEY_COLUMNS);
	if (table->ncolumns == r->columns_room) {
		const char **more = arena_array(r->a, const char *,
		                                (size_t)(r->columns_room = r->columns_room * 2 + 16));
		if (table->ncolumns) memcpy(more, table->columns, sizeof(*more) * (size_t)table->ncolumns);
		table->columns = more;
	}
	*ret = table->ncolumns++;
	table->columns[*ret] = arena_strdup(r->a, name);
	return OK;
}

static enum code end_value(struct reader *r, struct err *err)
{
	struct limesurvey_row *row = r->row;
	int column;
	TRY(column_of(r, (const char *)xmlTextReaderConstLocalName(r->xml.reader), &column, err));
	if (column >= r->values_room) {
		int room = MAX(column + 1, r->table->ncolumns);
		const char **more = arena_array(r->a, const char *, (size_t)room);
		if (row->n) memcpy(more, row->values, sizeof(*more) * (size_t)row->n);
		row->values = more;
		r->values_room = room;
	}
	row->values[column] = arena_strdup(r->a, buf_str(&r->text));
	row->n = MAX(row->n, column + 1);
	return OK;
}

static enum code element_begins(struct reader *r, int depth, struct err *err)
{
	buf_reset(&r->text);
	if (depth == DEPTH_SECTION) begin_table(r);
	else if (depth == DEPTH_ITEM && r->table) r->in_rows = is_named(r, "rows");
	else if (depth == DEPTH_ROW && r->table && r->in_rows && is_named(r, "row")) return begin_row(r, err);
	return OK;
}

static enum code element_ends(struct reader *r, int depth, struct err *err)
{
	const char *text = buf_str(&r->text);
	if (depth == DEPTH_VALUE && r->row) {
		TRY(end_value(r, err));
	} else if (depth == DEPTH_ROW) {
		r->row = NULL;
	} else if (depth == DEPTH_ITEM) {
		if (is_named(r, "language") && strcmp(r->table->name, "languages") == 0)
			buf_printf(&r->languages, "%s%s", r->languages.len ? " " : "", text);
		r->in_rows = false;
	} else if (depth == DEPTH_SECTION) {
		if (is_named(r, "LimeSurveyDocType")) r->file->kind = arena_strdup(r->a, text);
		else if (is_named(r, "DBVersion")) r->file->version = arena_strdup(r->a, text);
		r->table = NULL;
	}
	buf_reset(&r->text);
	return OK;
}

static enum code read_node(struct reader *r, struct err *err)
{
	const char *text = workbook_xml_text(&r->xml);
	int depth = xmlTextReaderDepth(r->xml.reader);
	if (text) {
		size_t room = TEXT_BYTES - MIN(r->text.len, (size_t)TEXT_BYTES);
		buf_add(&r->text, text, MIN(strlen(text), room));
		return OK;
	}
	if (r->xml.type == XML_READER_TYPE_ELEMENT) TRY(element_begins(r, depth, err));
	if (r->xml.type == XML_READER_TYPE_END_ELEMENT || r->xml.empty) TRY(element_ends(r, depth, err));
	return OK;
}

static enum code read_all(struct reader *r, struct err *err)
{
	bool more = true;
	struct err why;
	while (more) {
		if (workbook_xml_next(&r->xml, &more, &why) != OK)
			FAIL(err, E_INPUT, N_("line %d: this is not the XML of a LimeSurvey file, or it is cut"),
			     xmlTextReaderGetParserLineNumber(r->xml.reader));
		TRY(read_node(r, err));
	}
	if (*r->file->kind == '\0')
		FAIL(err, E_INPUT, N_("this is not a LimeSurvey file: it does not say of which kind it is"));
	return OK;
}

enum code limesurvey_tables_read(struct arena *a, const char *text, size_t len, struct limesurvey_file *ret,
                                 struct err *err)
{
	struct limesurvey_file file = { .kind = "", .version = "" };
	struct reader r = { .a = a, .file = &file, .last_table = &file.tables };
	if (len > INT32_MAX) FAIL(err, E_LIMIT, N_("the file is too large"));
	TRY(workbook_xml_open(a, (struct package_part){ .text = text, .len = len }, &r.xml, err));
	buf_init(&r.text, NULL, 0);
	buf_init(&r.languages, a, 0);
	enum code code = read_all(&r, err);
	buf_release(&r.text);
	TRY(code);
	file.languages = buf_str(&r.languages);
	*ret = file;
	return OK;
}

const struct limesurvey_table *limesurvey_table(const struct limesurvey_file *file, const char *name)
{
	for (const struct limesurvey_table *table = file->tables; table; table = table->next)
		if (strcmp(table->name, name) == 0) return table;
	return NULL;
}

int limesurvey_column(const struct limesurvey_table *table, const char *name)
{
	for (int i = 0; i < table->ncolumns; i++)
		if (strcmp(table->columns[i], name) == 0) return i;
	return -1;
}

const char *limesurvey_value(const struct limesurvey_table *table, const struct limesurvey_row *row, const char *name)
{
	if (row == NULL) return NULL;
	int column = limesurvey_column(table, name);
	return column >= 0 && column < row->n ? row->values[column] : NULL;
}

/* ---- By a value ---- */

static const char *key_of(const struct limesurvey_row *row, int column)
{
	return column < row->n && row->values[column] ? row->values[column] : "";
}

struct keyed {
	const char *key;
	int place; /* in the file */
	const struct limesurvey_row *row;
};

static int by_key(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;
	int order = strcmp(x->key, y->key);
	return order ? order : (x->place > y->place) - (x->place < y->place);
}

struct limesurvey_index limesurvey_index(struct arena *a, const struct limesurvey_table *table, const char *column)
{
	struct limesurvey_index index = { .table = table, .column = table ? limesurvey_column(table, column) : -1 };
	if (index.column < 0 || table->n == 0) return index;
	struct keyed *keyed = arena_array(a, struct keyed, (size_t)table->n);
	for (const struct limesurvey_row *row = table->rows; row; row = row->next, index.n++)
		keyed[index.n] = (struct keyed){ key_of(row, index.column), index.n, row };
	qsort(keyed, (size_t)index.n, sizeof(*keyed), by_key);
	index.rows = arena_array(a, const struct limesurvey_row *, (size_t)index.n);
	for (int i = 0; i < index.n; i++) index.rows[i] = keyed[i].row;
	return index;
}

const struct limesurvey_row **limesurvey_find(const struct limesurvey_index *index, const char *value, int *n)
{
	int low = 0, high = index->n;
	*n = 0;
	while (low < high) {
		int middle = low + (high - low) / 2;
		if (strcmp(key_of(index->rows[middle], index->column), value) < 0) low = middle + 1;
		else high = middle;
	}
	while (low + *n < index->n && strcmp(key_of(index->rows[low + *n], index->column), value) == 0) ++*n;
	return *n ? index->rows + low : NULL;
}

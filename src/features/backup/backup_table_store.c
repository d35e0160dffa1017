#include "features/backup/backup_table.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "store/sql.h"

enum { COLUMNS_MAX = 32, WRITE_BYTES = 4 << 20 /* of lines in one write */ };

/* clang-format off */
const struct backup_table backup_tables[] = {
	{ "space", "num" },
	{ "person", "num" },
	{ "credential", NULL },
	{ "membership", NULL },
	{ "join_request", NULL },
	{ "definition", "num" },
	{ "definition_version", NULL },
	{ "file", NULL },
	{ "picture", NULL },
	{ "upload", NULL },
	{ "record", "num" },
	{ "record_slug", NULL },
	{ "record_moved", NULL },
	{ "record_also_in", NULL },
	{ "thread_closed", NULL },
	{ "thread_mark", NULL },
	{ "thanks", NULL },
	{ "relay", "num" },
	{ "printed", "num" },
	{ "printed_record", NULL },
	{ "unnamed", NULL },
	{ "gratitude", NULL },
	{ "slot_answer", NULL },
	{ "debate_position", "num" },
	{ "debate_move", "num" },
	{ "signup", "num" },
	{ "exchange", "num" },
	{ "message", "num" },
	{ "call_asked", NULL },
	{ "survey_target", "num" },
	{ "survey_call", "num" },
	{ "survey_wave", "num" },
	{ "survey_sent", NULL },
	{ "survey_population", NULL },
	{ "response", "num" },
	{ "respondent", NULL },
	{ "response_change", "num" },
	{ "anonymous_answer", NULL },
	{ "answered", NULL },
	{ "spent_code", NULL },
	{ "survey_quota", NULL },
	{ "paper_edition", NULL },
	{ "paper_sheet", "num" },
	{ "paper_entry", NULL },
	{ "paper_tally", NULL },
	{ "answer_import", "num" },
	{ "codebook", "num" },
	{ "book_code", "num" },
	{ "book_event", "num" },
	{ "coding_list", "num" },
	{ "coded_text", "num" },
	{ "coding_mark", "num" },
	{ "coding_read", NULL },
	{ "coding_talk", "num" },
	{ "coding_decision", NULL },
	{ "coding_verdict", NULL },
	{ "restitution", NULL },
	{ "restitution_figure", NULL },
	{ "restitution_remark", "num" },
	{ "follow", NULL },
	{ "news_choice", NULL },
	{ "news", "num" },
	{ "keeper", NULL },
	{ "care", NULL },
	{ "reader", NULL },
	{ "reading", "num" },
	{ "part", NULL },
	{ "obj", NULL },
	{ "body", NULL },
	{ "parent", NULL },
	{ "field", "num" },
	{ "proposal", NULL },
	{ "scheduled", NULL },
	{ "shareable", "num" },
	{ "consent", "num" },
	{ "minor", NULL },
	{ "kept", NULL },
	{ "terms_version", NULL },
	{ "acceptance", NULL },
	{ "token", "num" },
	{ "letter", "num" },
	{ "report", "num" },
	{ "measure", "num" },
	{ "erasure", NULL },
	{ "retention_notice", NULL },
	{ "job", "id" },
	{ "audit", "num" },
	{ "import_row", NULL },
	{ "calendar_source", "num" },
	{ "calendar_item", NULL },
	{ NULL, NULL },
};
/* clang-format on */

const char *const backup_left_out[] = {
	/* computed by record_rebuild */
	"field_value",
	"value_count",
	"posting",
	"place",
	"link",
	"search_doc",
	"word",
	"trigram",
	"file_ref",
	/* computed by answer_stored_job */
	"answer_columns",
	/* computed by dormant_find */
	"dormant",
	/* files that are not in it */
	"space_archive",
	"import_run",
	"import_line",
	/* the database's own facts; who is signed in */
	"meta",
	"session",
	NULL,
};

/* Columns that hold what was written, not what the database computes. */
static const char *const column_queries[] = {
	[ENGINE_SQLITE] = "SELECT name FROM pragma_table_xinfo($1) WHERE hidden = 0 ORDER BY cid",
	[ENGINE_POSTGRES] = "SELECT CAST(column_name AS TEXT) FROM information_schema.columns WHERE table_schema "
	                    "= current_schema() "
	                    "AND table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position",
};

struct columns {
	const char *names[COLUMNS_MAX];
	int n;
};

static enum code list_columns(struct db *db, struct arena *a, const char *table, struct columns *ret, struct err *err)
{
	struct columns columns = { .n = 0 };
	struct value name = value_text(table);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query_values(db, &rows, err, column_queries[db_engine(db)], &name, 1));
	while (columns.n < COLUMNS_MAX && rows_next(&rows))
		columns.names[columns.n++] = arena_strdup(a, row_text(&rows, 0));
	TRY(rows_end(&rows, err));
	*ret = columns;
	return OK;
}

static const char *joined(struct arena *a, const struct columns *columns)
{
	struct buf out;
	buf_init(&out, a, 0);
	for (int i = 0; i < columns->n; i++) buf_printf(&out, "%s%s", i ? ", " : "", columns->names[i]);
	return buf_str(&out);
}

/* ---- Out ---- */

static json_t *bytes_as_json(struct arena *a, struct blob blob)
{
	char *hex = arena_alloc(a, 2 * blob.len + 1);
	sodium_bin2hex(hex, 2 * blob.len + 1, blob.ptr, blob.len);
	return json_pack("{s:s}", "hex", hex);
}

static json_t *cell_as_json(struct arena *a, const struct rows *rows, int column)
{
	switch (row_kind(rows, column)) {
	case VALUE_INT: return json_integer(row_int(rows, column));
	case VALUE_TEXT: return json_string(row_text(rows, column));
	case VALUE_BLOB: return bytes_as_json(a, row_blob(rows, column));
	case VALUE_NULL: break;
	}
	return json_null();
}

struct writing {
	FILE *out;
	struct hash_stream hash;
	struct backup_table_figures figures;
};

static enum code write_line(struct writing *w, struct arena *a, json_t *line, struct err *err)
{
	const char *text = json_text(a, line);
	size_t len = strlen(text);
	hash_feed(&w->hash, text, len);
	hash_feed(&w->hash, "\n", 1);
	w->figures.size += (int64_t)len + 1;
	if (fwrite(text, 1, len, w->out) == len && putc('\n', w->out) != EOF) return OK;
	FAIL(err, E_IO, N_("the backup cannot be written: %s"), strerror(errno));
}

static enum code write_names(struct writing *w, struct arena *a, const struct columns *columns, struct err *err)
{
	json_t *line = json_keep(a, json_array());
	for (int i = 0; i < columns->n; i++) json_array_append_new(line, json_string(columns->names[i]));
	return write_line(w, a, line, err);
}

static enum code write_rows(struct writing *w, struct arena *a, struct rows *rows, int n, struct err *err)
{
	while (rows_next(rows)) {
		json_t *line = json_keep(a, json_array());
		for (int i = 0; i < n; i++) json_array_append_new(line, cell_as_json(a, rows, i));
		TRY(write_line(w, a, line, err));
		w->figures.rows++;
		arena_reset(a);
	}
	return rows_end(rows, err);
}

static enum code write_table(struct db *db, struct arena *a, const char *table, struct writing *w, struct err *err)
{
	struct columns columns;
	struct buf sql;
	TRY(list_columns(db, a, table, &columns, err));
	buf_init(&sql, a, 0);
	/* By the key, which is the first column or the first two or three of each. */
	buf_printf(&sql, "SELECT %s FROM %s ORDER BY 1, 2%s", joined(a, &columns), table, columns.n > 2 ? ", 3" : "");
	TRY(write_names(w, a, &columns, err));
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query_values(db, &rows, err, buf_str(&sql), NULL, 0));
	return write_rows(w, a, &rows, columns.n, err);
}

enum code backup_table_write(struct db *db, const struct backup_table *table, FILE *out,
                             struct backup_table_figures *ret, struct err *err)
{
	struct writing w = { .out = out };
	struct arena a;
	hash_begin(&w.hash);
	arena_init(&a);
	enum code code = write_table(db, &a, table->name, &w, err);
	arena_release(&a);
	if (code != OK) return code;
	if (fflush(out) != 0 || fseek(out, 0, SEEK_SET) != 0)
		FAIL(err, E_IO, N_("the backup cannot be written: %s"), strerror(errno));
	w.figures.hash = hash_end(&w.hash);
	*ret = w.figures;
	return OK;
}

/* ---- In ---- */

struct backup_filling {
	struct store *store;
	const struct backup_table *table;
	struct arena names, lines; /* of the table; of the next write */
	char *sql;                 /* NULL until the line of names came */
	int ncolumns;
	struct cells {
		struct value values[COLUMNS_MAX];
		struct cells *next;
	} * first, **last;
	size_t bytes;
	int64_t rows;
};

struct backup_filling *backup_fill_begin(struct store *store, const struct backup_table *table)
{
	struct backup_filling *f = calloc(1, sizeof(*f));
	if (f == NULL) die("out of memory");
	f->store = store;
	f->table = table;
	f->last = &f->first;
	arena_init(&f->names);
	arena_init(&f->lines);
	return f;
}

static enum code fail_line(const struct backup_filling *f, struct err *err)
{
	FAIL(err, E_INPUT, N_("the backup is damaged: table %s, row %lld"), f->table->name, (long long)f->rows);
}

static enum code insert_rows(struct tx *tx, void *arg, struct err *err)
{
	struct backup_filling *f = arg;
	for (struct cells *cells = f->first; cells; cells = cells->next)
		TRY(db_run_values(tx_db(tx), err, f->sql, cells->values, f->ncolumns));
	return OK;
}

static enum code flush(struct backup_filling *f, struct err *err)
{
	if (f->first) TRY(store_write(f->store, insert_rows, f, err));
	f->first = NULL;
	f->last = &f->first;
	f->bytes = 0;
	arena_reset(&f->lines);
	return OK;
}

/* Only columns of this schema become SQL, whatever the line says. */
static enum code check_names(struct backup_filling *f, const json_t *line, struct err *err)
{
	struct columns columns;
	struct db *db;
	TRY(store_read_begin(f->store, &db, err));
	enum code code = list_columns(db, &f->names, f->table->name, &columns, err);
	store_read_end(f->store);
	TRY(code);
	if ((int)json_array_size(line) != columns.n || columns.n == 0) return fail_line(f, err);
	for (int i = 0; i < columns.n; i++) {
		bool found = false;
		const char *name = json_string_value(json_array_get(line, (size_t)i));
		for (int j = 0; name && j < columns.n; j++) found |= strcmp(columns.names[j], name) == 0;
		if (!found) return fail_line(f, err);
	}
	f->ncolumns = columns.n;
	return OK;
}

static enum code read_names(struct backup_filling *f, const json_t *line, struct err *err)
{
	struct buf sql, values;
	TRY(check_names(f, line, err));
	buf_init(&sql, &f->names, 0);
	buf_init(&values, &f->names, 0);
	buf_printf(&sql, "INSERT INTO %s (", f->table->name);
	for (int i = 0; i < f->ncolumns; i++) {
		buf_printf(&sql, "%s%s", i ? ", " : "", json_string_value(json_array_get(line, (size_t)i)));
		buf_printf(&values, "%s$%d", i ? ", " : "", i + 1);
	}
	buf_printf(&sql, ") VALUES (%s)", buf_str(&values));
	f->sql = arena_strdup(&f->names, buf_str(&sql));
	return OK;
}

static bool read_bytes(struct arena *a, const json_t *json, struct value *ret)
{
	const char *hex = json_str(json, "hex");
	if (hex == NULL) return false;
	size_t len = strlen(hex) / 2, got = 0;
	unsigned char *bytes = arena_alloc(a, len + 1);
	if (sodium_hex2bin(bytes, len, hex, strlen(hex), NULL, &got, NULL) != 0 || got != len) return false;
	*ret = value_blob(blob_of(bytes, len));
	return true;
}

static bool read_cell(struct arena *a, const json_t *json, struct value *ret)
{
	if (json_is_null(json)) *ret = value_text(NULL);
	else if (json_is_integer(json)) *ret = value_int(json_integer_value(json));
	else if (json_is_string(json)) *ret = value_text(json_string_value(json));
	else return read_bytes(a, json, ret);
	return true;
}

enum code backup_fill(struct backup_filling *f, const char *line, size_t len, struct err *err)
{
	json_t *json;
	TRY(json_parse(f->sql ? &f->lines : &f->names, line, len, &json, err));
	if (f->sql == NULL) return read_names(f, json, err);
	f->rows++;
	if (!json_is_array(json) || (int)json_array_size(json) != f->ncolumns) return fail_line(f, err);
	struct cells *cells = arena_new(&f->lines, struct cells);
	for (int i = 0; i < f->ncolumns; i++)
		if (!read_cell(&f->lines, json_array_get(json, (size_t)i), &cells->values[i])) return fail_line(f, err);
	*f->last = cells;
	f->last = &cells->next;
	f->bytes += len + sizeof(*cells);
	return f->bytes < WRITE_BYTES ? OK : flush(f, err);
}

/* PostgreSQL counts on from what it gave itself, not from what was written. */
static enum code count_on(struct tx *tx, void *arg, struct err *err)
{
	struct backup_filling *f = arg;
	struct buf sql;
	int64_t next;
	if (f->table->counted == NULL || db_engine(tx_db(tx)) != ENGINE_POSTGRES) return OK;
	buf_init(&sql, &f->names, 0);
	buf_printf(&sql, "SELECT setval(pg_get_serial_sequence('%s', '%s'), MAX(%s)) FROM %s HAVING COUNT(*) > 0",
	           f->table->name, f->table->counted, f->table->counted, f->table->name);
	return db_int_values(tx_db(tx), &next, 0, err, buf_str(&sql), NULL, 0);
}

enum code backup_fill_end(struct backup_filling *f, bool failed, int64_t *rows, struct err *err)
{
	enum code code = failed ? OK : flush(f, err);
	if (code == OK && !failed) code = store_write(f->store, count_on, f, err);
	*rows = f->rows;
	arena_release(&f->names);
	arena_release(&f->lines);
	free(f);
	return code;
}

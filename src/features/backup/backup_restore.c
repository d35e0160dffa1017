#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#include "base/buf.h"
#include "base/fd.h"
#include "features/backup/backup.h"
#include "features/backup/backup_seal.h"
#include "features/backup/backup_size.h"
#include "features/backup/backup_table.h"
#include "store/file.h"

enum { TEXT_MAX = 1 << 20, LINE_MAX_BYTES = 256 << 20 };

struct backup {
	struct arena *a;
	zip_t *zip;
	const json_t *description;
	const char *texts[BACKUP_TEXTS];
	struct backup_figures figures;
};

static enum code fail_read(const struct backup *b, const char *name, struct err *err)
{
	FAIL(err, E_INPUT, N_("the backup is damaged: %s: %s"), name, zip_strerror(b->zip));
}

/* ---- Entries ---- */

/* Closed by zip_fclose; with `size` as the archive's index says. */
static enum code open_entry(const struct backup *b, const char *name, zip_file_t **ret, int64_t *size, struct err *err)
{
	zip_stat_t st;
	if (zip_stat(b->zip, name, 0, &st) != 0) return fail_read(b, name, err);
	*size = (int64_t)st.size;
	*ret = zip_fopen(b->zip, name, 0);
	return *ret ? OK : fail_read(b, name, err);
}

typedef enum code take_fn(void *arg, const char *data, size_t len, struct err *err);

/* Hands the content over piece by piece, and says its hash. */
static enum code read_entry(const struct backup *b, const char *name, take_fn *take, void *arg, struct hash *hash,
                            struct err *err)
{
	char chunk[64 * 1024];
	struct hash_stream stream;
	zip_file_t *file;
	int64_t size;
	zip_int64_t n = 0;
	enum code code = OK;
	TRY(open_entry(b, name, &file, &size, err));
	hash_begin(&stream);
	while (code == OK && (n = zip_fread(file, chunk, sizeof(chunk))) > 0) {
		hash_feed(&stream, chunk, (size_t)n);
		if (take) code = take(arg, chunk, (size_t)n, err);
	}
	if (n < 0) /* its checksum, among others */
		code = err_set(err, E_INPUT, N_("the backup is damaged: %s: %s"), name, zip_file_strerror(file));
	zip_fclose(file);
	if (code == OK) *hash = hash_end(&stream);
	return code;
}

static enum code take_text(void *arg, const char *data, size_t len, struct err *err)
{
	struct buf *out = arg;
	if (out->len + len > TEXT_MAX) FAIL(err, E_INPUT, N_("this is not a backup of a site"));
	buf_add(out, data, len);
	return OK;
}

static enum code read_text(const struct backup *b, const char *name, const char **ret, struct err *err)
{
	struct buf out;
	struct hash hash;
	buf_init(&out, b->a, 0);
	TRY(read_entry(b, name, take_text, &out, &hash, err));
	*ret = buf_str(&out);
	return OK;
}

/* ---- Verifying ---- */

static enum code verify(const struct backup *b, const char *name, const char *hex, struct err *err)
{
	struct hash wanted, found;
	TRY(read_entry(b, name, NULL, NULL, &found, err));
	if (hash_from_hex(hex, &wanted) && hash_compare(&wanted, &found) == 0) return OK;
	FAIL(err, E_INPUT, N_("the backup is damaged: %s: its content is not what it was"), name);
}

static const char *entry_of(struct arena *a, const char *table)
{
	return arena_printf(a, "table/%s.jsonl", table);
}

static const json_t *table_described(const struct backup *b, const char *name)
{
	size_t i;
	json_t *table;
	json_array_foreach (json_object_get(b->description, "tables"), i, table) {
		const char *found = json_str(table, "name");
		if (found && strcmp(found, name) == 0) return table;
	}
	return NULL;
}

/* A table that came after the backup was made is not in it; one that nobody knows is of another program. */
static enum code verify_tables(const struct backup *b, struct err *err)
{
	size_t known = 0;
	for (const struct backup_table *t = backup_tables; t->name; t++) {
		const json_t *table = table_described(b, t->name);
		if (table == NULL) continue;
		known++;
		TRY(verify(b, entry_of(b->a, t->name), json_str(table, "sha256"), err));
	}
	if (known != json_array_size(json_object_get(b->description, "tables")))
		FAIL(err, E_INPUT,
		     N_("this backup was made by another version of the program, which knows more tables"));
	return OK;
}

/* The hash in the name of a file, or NULL. */
static const char *file_named(const char *name)
{
	return strncmp(name, "files/", 6) == 0 ? name + 6 : NULL;
}

static enum code verify_files(struct backup *b, struct err *err)
{
	zip_int64_t n = zip_get_num_entries(b->zip, 0);
	for (zip_int64_t i = 0; i < n; i++) {
		const char *name = zip_get_name(b->zip, (zip_uint64_t)i, 0);
		if (name == NULL || file_named(name) == NULL) continue;
		TRY(verify(b, name, file_named(name), err));
		b->figures.files++;
	}
	if (b->figures.files == json_int(b->description, "files", -1)) return OK;
	FAIL(err, E_INPUT, N_("the backup is damaged: %lld files are in it, %lld should be"),
	     (long long)b->figures.files, (long long)json_int(b->description, "files", -1));
}

static enum code describe(struct backup *b, struct err *err)
{
	const char *text;
	json_t *json;
	if (zip_name_locate(b->zip, "backup.json", 0) < 0) FAIL(err, E_INPUT, N_("this is not a backup of a site"));
	TRY(read_text(b, "backup.json", &text, err));
	TRY(json_parse(b->a, text, strlen(text), &json, err));
	b->description = json;
	if (json_int(json, "format", 0) > BACKUP_FORMAT || backup_schema(b) > store_schema())
		FAIL(err, E_INPUT, N_("this site was made by a newer version of the program (%d, here %d)"),
		     backup_schema(b), store_schema());
	if (json_int(json, "format", 0) < 1 || backup_schema(b) < 1)
		FAIL(err, E_INPUT, N_("this is not a backup of a site"));
	for (int i = 0; i < BACKUP_TEXTS; i++)
		if (zip_name_locate(b->zip, backup_text_names[i], 0) >= 0)
			TRY(read_text(b, backup_text_names[i], &b->texts[i], err));
	TRY(verify_tables(b, err));
	return verify_files(b, err);
}

/* Whatever is not in an entry: names, sizes, the index of the archive. */
static enum code verify_seal(const char *path, struct err *err)
{
	AUTO(close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && backup_sealed(fd)) return OK;
	FAIL(err, E_INPUT, N_("the backup is damaged: %s is not what was written"), path);
}

enum code backup_open(struct arena *a, const char *path, struct backup **ret, struct err *err)
{
	struct backup *b = arena_new(a, struct backup);
	int error = 0;
	b->a = a;
	b->zip = zip_open(path, ZIP_RDONLY, &error);
	if (b->zip == NULL) {
		zip_error_t why;
		zip_error_init_with_code(&why, error);
		enum code code = error == ZIP_ER_NOENT ? E_NOT_FOUND : E_INPUT;
		err_set(err, code, N_("the backup %s cannot be read: %s"), path, zip_error_strerror(&why));
		zip_error_fini(&why);
		return code;
	}
	enum code code = describe(b, err);
	if (code == OK) code = verify_seal(path, err);
	if (code != OK) {
		backup_close(b);
		return code;
	}
	*ret = b;
	return OK;
}

void backup_close(struct backup *b)
{
	if (b == NULL) return;
	zip_discard(b->zip);
}

int backup_schema(const struct backup *b)
{
	return (int)json_int(b->description, "schema", 0);
}

int64_t backup_made(const struct backup *b)
{
	return json_int(b->description, "made", 0);
}

const char *backup_text(const struct backup *b, int i)
{
	return b->texts[i];
}

/* ---- Restoring ---- */

struct lines {
	struct backup_filling *filling;
	struct buf rest; /* the start of a line */
};

static enum code take_lines(void *arg, const char *data, size_t len, struct err *err)
{
	struct lines *lines = arg;
	while (len) {
		const char *end = memchr(data, '\n', len);
		size_t part = end ? (size_t)(end - data) : len;
		if (lines->rest.len + part > LINE_MAX_BYTES) FAIL(err, E_INPUT, N_("this is not a backup of a site"));
		buf_add(&lines->rest, data, part);
		if (end) {
			TRY(backup_fill(lines->filling, buf_str(&lines->rest), lines->rest.len, err));
			buf_reset(&lines->rest);
		}
		data += part + (end != NULL);
		len -= part + (end != NULL);
	}
	return OK;
}

static enum code restore_table(struct backup *b, struct store *store, const struct backup_table *table, struct err *err)
{
	struct lines lines = { .filling = backup_fill_begin(store, table) };
	struct hash hash;
	int64_t rows;
	enum code code = read_entry(b, entry_of(b->a, table->name), take_lines, &lines, &hash, err);
	enum code ended = backup_fill_end(lines.filling, code != OK, &rows, err);
	buf_release(&lines.rest);
	if (code != OK) return code;
	b->figures.rows += rows;
	return ended;
}

static enum code take_file(void *arg, const char *data, size_t len, struct err *err)
{
	const int *fd = arg;
	while (len) {
		ssize_t n = write(*fd, data, len);
		if (n < 0 && errno != EINTR)
			FAIL(err, E_IO, N_("a file cannot be written or read: %s"), strerror(errno));
		if (n < 0) continue;
		data += n;
		len -= (size_t)n;
	}
	return OK;
}

static enum code restore_file(const struct backup *b, struct store *store, const char *name, struct err *err)
{
	struct hash hash;
	int64_t size;
	AUTO(close_fd) int fd = -1;
	TRY(file_temporary(store, &fd, err));
	TRY(read_entry(b, name, take_file, &fd, &hash, err));
	return file_put(store, fd, INT64_MAX, &hash, &size, err);
}

static enum code restore_files(const struct backup *b, struct store *store, struct err *err)
{
	zip_int64_t n = zip_get_num_entries(b->zip, 0);
	for (zip_int64_t i = 0; i < n; i++) {
		const char *name = zip_get_name(b->zip, (zip_uint64_t)i, 0);
		if (name && file_named(name)) TRY(restore_file(b, store, name, err));
	}
	return OK;
}

static enum code check_empty(struct store *store, struct err *err)
{
	bool empty;
	TRY(backup_is_empty(store, &empty, err));
	if (!empty) FAIL(err, E_CONFLICT, N_("there is a site already in this database"));
	return OK;
}

enum code backup_restore(struct backup *b, struct store *store, struct backup_figures *ret, struct err *err)
{
	TRY(check_empty(store, err));
	for (const struct backup_table *t = backup_tables; t->name; t++)
		if (table_described(b, t->name)) TRY(restore_table(b, store, t, err));
	TRY(restore_files(b, store, err));
	*ret = b->figures;
	return OK;
}

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "base/clock.h"
#include "base/fd.h"
#include "features/backup/backup.h"
#include "features/backup/backup_seal.h"
#include "features/backup/backup_size.h"
#include "features/backup/backup_table.h"
#include "store/file.h"

struct making {
	struct store *store;
	struct arena a;
	zip_t *zip;
	json_t *tables;
	struct hash *files; /* those noted in the database */
	struct backup_figures figures;
};

static enum code fail_write(const struct making *m, struct err *err)
{
	FAIL(err, E_IO, N_("the backup cannot be written: %s"), m->zip ? zip_strerror(m->zip) : strerror(errno));
}

/* ---- What goes in: libzip reads it at the end ---- */

/* Takes `source`. What is compressed already is stored as it is. */
static enum code add(struct making *m, const char *name, zip_source_t *source, zip_int32_t method, struct err *err)
{
	if (source == NULL) return fail_write(m, err);
	zip_int64_t index = zip_file_add(m->zip, name, source, ZIP_FL_ENC_UTF_8);
	if (index < 0) {
		zip_source_free(source);
		return fail_write(m, err);
	}
	if (zip_set_file_compression(m->zip, (zip_uint64_t)index, method, 0) != 0) return fail_write(m, err);
	return OK;
}

static enum code add_text(struct making *m, const char *name, const char *text, struct err *err)
{
	return add(m, name, zip_source_buffer(m->zip, text, strlen(text), 0), ZIP_CM_DEFLATE, err);
}

static enum code temporary(struct making *m, FILE **ret, struct err *err)
{
	int fd;
	TRY(file_temporary(m->store, &fd, err));
	*ret = fdopen(fd, "w+");
	if (*ret) return OK;
	close(fd);
	return fail_write(m, err);
}

static void note_table(struct making *m, const char *name, const struct backup_table_figures *figures)
{
	char hex[HASH_HEX + 1];
	json_array_append_new(m->tables,
	                      json_pack("{s:s, s:I, s:I, s:s}", "name", name, "rows", (json_int_t)figures->rows, "size",
	                                (json_int_t)figures->size, "sha256", hash_hex(&figures->hash, hex)));
	m->figures.rows += figures->rows;
}

static enum code add_table(struct making *m, struct db *db, const struct backup_table *table, struct err *err)
{
	FILE *out;
	struct backup_table_figures figures;
	TRY(temporary(m, &out, err));
	enum code code = backup_table_write(db, table, out, &figures, err);
	zip_source_t *source = code == OK ? zip_source_filep(m->zip, out, 0, -1) : NULL; /* libzip closes it */
	if (source == NULL) fclose(out);
	TRY(code);
	note_table(m, table->name, &figures);
	return add(m, arena_printf(&m->a, "table/%s.jsonl", table->name), source, ZIP_CM_DEFLATE, err);
}

/* Everything of the database as it was at one moment. */
static enum code add_database(struct making *m, struct err *err)
{
	struct db *db;
	TRY(store_read_begin(m->store, &db, err));
	enum code code = OK;
	for (const struct backup_table *table = backup_tables; table->name && code == OK; table++)
		code = add_table(m, db, table, err);
	if (code == OK) code = backup_list_files(db, &m->a, &m->files, &m->figures.files, err);
	store_read_end(m->store);
	return code;
}

static enum code add_files(struct making *m, struct err *err)
{
	for (int64_t i = 0; i < m->figures.files; i++) {
		char hex[HASH_HEX + 1];
		struct stat st;
		hash_hex(&m->files[i], hex);
		const char *path = arena_printf(&m->a, "%s/files/%.2s/%s", store_dir(m->store), hex, hex + 2);
		if (stat(path, &st) != 0)
			FAIL(err, E_BUSY,
			     N_("the file %.16s… is not there: if it was just deleted, begin again; else see "
			        "parvis check"),
			     hex);
		TRY(add(m, arena_printf(&m->a, "files/%s", hex), zip_source_file(m->zip, path, 0, -1), ZIP_CM_STORE,
		        err));
	}
	return OK;
}

static enum code add_description(struct making *m, struct err *err)
{
	json_t *json = json_keep(&m->a, json_pack("{s:i, s:i, s:I, s:O, s:I}", "format", BACKUP_FORMAT, "schema",
	                                          store_schema(), "made", (json_int_t)clock_now(), "tables", m->tables,
	                                          "files", (json_int_t)m->figures.files));
	return add_text(m, "backup.json", json_text(&m->a, json), err);
}

/* ---- The archive ---- */

const char *const backup_text_names[BACKUP_TEXTS] = { "parvis.conf", "settings.conf" };

static enum code fill(struct making *m, const struct backup_settings *settings, struct err *err)
{
	m->tables = json_keep(&m->a, json_array());
	TRY(add_database(m, err));
	TRY(add_description(m, err));
	const char *const texts[BACKUP_TEXTS] = { settings->file, settings->browser };
	for (int i = 0; i < BACKUP_TEXTS; i++)
		if (*texts[i]) TRY(add_text(m, backup_text_names[i], texts[i], err));
	TRY(add_files(m, err));
	char seal[BACKUP_SEAL];
	memset(seal, '0', sizeof(seal)); /* its place */
	return zip_set_archive_comment(m->zip, seal, BACKUP_SEAL) == 0 ? OK : fail_write(m, err);
}

/* Sealed, on disk for good, and what it weighs. */
static enum code settle(struct making *m, const char *path, struct err *err)
{
	AUTO(close_fd) int fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0 || fchmod(fd, 0600) != 0 || !backup_seal(fd, &m->figures.hash, &m->figures.bytes) || fsync(fd) != 0)
		return fail_write(m, err);
	return OK;
}

static enum code make(struct making *m, const struct backup_settings *settings, const char *path, struct err *err)
{
	int error = 0;
	m->zip = zip_open(path, ZIP_CREATE | ZIP_EXCL, &error);
	if (m->zip == NULL && error == ZIP_ER_EXISTS) FAIL(err, E_CONFLICT, N_("there is a file %s already"), path);
	if (m->zip == NULL) return fail_write(m, err);
	enum code code = fill(m, settings, err);
	if (code == OK && zip_close(m->zip) != 0) code = fail_write(m, err);
	else if (code == OK) m->zip = NULL;
	if (m->zip) zip_discard(m->zip);
	m->zip = NULL;
	if (code == OK) code = settle(m, path, err);
	if (code != OK) (void)unlink(path); /* ours: it was made exclusively */
	return code;
}

enum code backup_make(struct store *store, const struct backup_settings *settings, const char *path,
                      struct backup_figures *ret, struct err *err)
{
	struct making m = { .store = store };
	arena_init(&m.a);
	enum code code = make(&m, settings, path, err);
	arena_release(&m.a);
	if (code == OK) *ret = m.figures;
	return code;
}

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "command/command.h"
#include "features/backup/backup.h"
#include "store/disk.h"

enum { SETTINGS_MAX = 64 * 1024 };

/* How PostgreSQL is reached is a secret, and of the place where the site was. */
static enum code read_settings(struct arena *a, const char *dir, const char **ret, struct err *err)
{
	char *text;
	size_t len;
	struct buf kept;
	enum code code = disk_read(a, arena_printf(a, "%s/parvis.conf", dir), SETTINGS_MAX, &text, &len, err);
	buf_init(&kept, a, 0);
	if (code != OK && code != E_NOT_FOUND) return code;
	for (const char *line = code == OK ? text : ""; *line;) {
		size_t n = strcspn(line, "\n");
		if (strncmp(line + strspn(line, " \t"), "postgres", 8) != 0) buf_printf(&kept, "%.*s\n", (int)n, line);
		line += n + (line[n] == '\n');
	}
	*ret = buf_str(&kept);
	return OK;
}

static enum code run(struct arena *a, const char *dir, const char *file, struct backup_figures *figures, struct err *err)
{
	struct config config;
	struct store *store;
	const char *text;
	const struct store_options options = { .dir = dir, .beside = true, .read_limit = -1 };
	TRY(config_load(a, dir, &config, err));
	TRY(read_settings(a, dir, &text, err));
	TRY(command_store(&config, &options, &store, err));
	enum code code = backup_make(store, text, file, figures, err);
	store_close(store);
	return code;
}

int backup_command(const struct command *command, int argc, char **argv)
{
	static const struct option_row none[] = { { 0 } };
	const char *rest[2] = { NULL };
	int n = command_options(command, argc, argv, none, rest, 2);
	if (n < 0) return 2;
	if (n != 2) return command_misuse(command, N_("name the data folder and the file"));
	struct arena a;
	struct err err;
	struct backup_figures figures;
	char hex[HASH_HEX + 1];
	umask(077);
	arena_init(&a);
	enum code code = run(&a, rest[0], rest[1], &figures, &err);
	arena_release(&a);
	if (code != OK) return command_fail(&err);
	printf(tr(command_lang(), N_("%lld rows, %lld files, %lld bytes")), (long long)figures.rows, (long long)figures.files,
	       (long long)figures.bytes);
	printf("\nSHA-256 %s\n", hash_hex(&figures.hash, hex));
	return 0;
}

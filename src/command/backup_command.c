#include <stdio.h>
#include <sys/stat.h>

#include "command/command.h"
#include "features/backup/backup.h"

static enum code run(struct arena *a, const char *dir, const char *file, struct backup_figures *figures,
                     struct err *err)
{
	struct config config;
	struct store *store;
	struct backup_settings text;
	const struct store_options options = { .dir = dir, .beside = true, .read_limit = -1 };
	TRY(config_load(a, dir, &config, err));
	TRY(config_texts(a, dir, &text.file, &text.browser, err));
	TRY(command_store(&config, &options, &store, err));
	enum code code = backup_make(store, &text, file, figures, err);
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
	printf(tr(command_lang(), N_("%lld rows, %lld files, %lld bytes")), (long long)figures.rows,
	       (long long)figures.files, (long long)figures.bytes);
	printf("\nSHA-256 %s\n", hash_hex(&figures.hash, hex));
	return 0;
}

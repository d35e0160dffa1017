#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/fd.h"
#include "command/command.h"
#include "features/backup/restore.h"

/* Those that stand in the new place already count. */
static enum code put_settings(struct arena *a, const char *dir, const char *name, const char *text,
                              struct err *err)
{
	AUTO(close_fd)
	int fd = open(arena_printf(a, "%s/%s", dir, name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 && errno == EEXIST) return OK;
	if (fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text) && fsync(fd) == 0) return OK;
	FAIL(err, E_IO, N_("the data folder %s cannot be used: %s"), dir, strerror(errno));
}

static enum code fill(struct arena *a, struct backup *backup, const char *dir, struct backup_figures *figures,
                      struct err *err)
{
	struct config config;
	TRY(config_load(a, dir, &config, err));
	TRY(command_new_place(a, dir, err));
	const char *postgres = config.values[SETTING_POSTGRES];
	TRY(restore_site(backup, dir, *postgres ? postgres : NULL, 0, figures, err));
	for (int i = 0; i < BACKUP_TEXTS; i++) {
		const char *text = backup_text(backup, i);
		if (text) TRY(put_settings(a, dir, backup_text_names[i], text, err));
	}
	return OK;
}

static enum code run(struct arena *a, const char *file, const char *dir, struct backup_figures *figures,
                     struct err *err)
{
	struct backup *backup;
	TRY(backup_open(a, file, &backup, err));
	enum code code = fill(a, backup, dir, figures, err);
	backup_close(backup);
	return code;
}

int restore_command(const struct command *command, int argc, char **argv)
{
	static const struct option_row none[] = { { 0 } };
	const char *rest[2] = { NULL };
	int n = command_options(command, argc, argv, none, rest, 2);
	if (n < 0) return 2;
	if (n != 2) return command_misuse(command, N_("name the file and the data folder"));
	struct arena a;
	struct err err;
	struct backup_figures figures;
	arena_init(&a);
	enum code code = run(&a, rest[0], rest[1], &figures, &err);
	arena_release(&a);
	if (code != OK) return command_fail(&err);
	printf(tr(command_lang(), N_("The site is ready in %s.\n")), rest[1]);
	printf(tr(command_lang(), N_("%lld rows, %lld files")), (long long)figures.rows, (long long)figures.files);
	putchar('\n');
	return 0;
}

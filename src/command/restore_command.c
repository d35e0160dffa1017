#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/fd.h"
#include "command/command.h"
#include "features/backup/restore.h"
#include "store/ledger.h"

/* Those that stand in the new place already count. */
static enum code put_settings(struct arena *a, const char *dir, const char *name, const char *text, struct err *err)
{
	const char *path = arena_printf(a, "%s/%s", dir, name);
	AUTO(close_fd) int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 && errno == EEXIST) return OK;
	if (fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text) && fsync(fd) == 0) return OK;
	FAIL(err, E_IO, N_("the data folder %s cannot be used: %s"), dir, strerror(errno));
}

struct restoring {
	struct arena *a;
	const char *file, *dir, *ledger;
	bool without;
	struct backup *backup;
	struct backup_figures figures;
};

/* Without it, what was erased since the backup would come back: nobody forgets it by mistake. */
static enum code put_ledger(struct restoring *x, struct err *err)
{
	const char *there = arena_printf(x->a, "%s/" LEDGER_NAME, x->dir);
	if (x->ledger) return ledger_copy(x->a, x->ledger, x->dir, err);
	if (x->without || access(there, F_OK) == 0) return OK;
	FAIL(err, E_INPUT,
	     N_("name the ledger of erasures of the site (--ledger …/%s, in its data folder): what people had "
	        "erased since the backup would come back. Lost? --without-ledger"),
	     LEDGER_NAME);
}

static enum code fill(struct restoring *x, struct err *err)
{
	struct config config;
	TRY(config_load(x->a, x->dir, &config, err));
	TRY(command_new_place(x->a, x->dir, err));
	TRY(put_ledger(x, err));
	const char *postgres = config.values[SETTING_POSTGRES];
	TRY(restore_site(x->backup, x->dir, *postgres ? postgres : NULL, 0, &x->figures, err));
	for (int i = 0; i < BACKUP_TEXTS; i++) {
		const char *text = backup_text(x->backup, i);
		if (text) TRY(put_settings(x->a, x->dir, backup_text_names[i], text, err));
	}
	return OK;
}

static enum code run(struct restoring *x, struct err *err)
{
	TRY(backup_open(x->a, x->file, &x->backup, err));
	enum code code = fill(x, err);
	backup_close(x->backup);
	return code;
}

int restore_command(const struct command *command, int argc, char **argv)
{
	struct arena a;
	struct restoring x = { .a = &a };
	const struct option_row options[] = { { "ledger", &x.ledger, NULL },
		                              { "without-ledger", NULL, &x.without },
		                              { 0 } };
	const char *rest[2] = { NULL };
	int n = command_options(command, argc, argv, options, rest, 2);
	if (n < 0) return 2;
	if (n != 2) return command_misuse(command, N_("name the file and the data folder"));
	struct err err;
	x.file = rest[0];
	x.dir = rest[1];
	arena_init(&a);
	enum code code = run(&x, &err);
	arena_release(&a);
	if (code != OK) return command_fail(&err);
	printf(tr(command_lang(), N_("The site is ready in %s.\n")), rest[1]);
	printf(tr(command_lang(), N_("%lld rows, %lld files")), (long long)x.figures.rows, (long long)x.figures.files);
	putchar('\n');
	if (x.figures.erased == 0) return 0;
	printf(trn(command_lang(), "%lld erasure was done again", "%lld erasures were done again",
	           (unsigned long)x.figures.erased),
	       (long long)x.figures.erased);
	putchar('\n');
	return 0;
}

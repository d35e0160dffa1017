#include <stdio.h>

#include "command/command.h"
#include "command/import_command.h"
#include "store/disk.h"

enum { WXR_MAX = 256 << 20 };

static enum code undo(struct site *site, struct arena *a, const struct import_wxr *import, struct err *err)
{
	struct import_undone undone;
	const char *source;
	TRY(import_wxr_source(a, import->text, import->len, &source, err));
	TRY(import_undo(site, a, source, &undone, err));
	printf(tr(command_lang(), N_("%d taken back, %d left: somebody has touched them since")), undone.gone,
	       undone.left);
	putchar('\n');
	return OK;
}

static enum code bring(struct site *site, struct arena *a, const struct import_wxr *import, const char *file,
                       struct import_report *report, struct err *err)
{
	enum code code = import_wxr(site, a, import, report, err);
	import_print(report, file);
	printf(tr(command_lang(), N_("with them: %d comments, %d pictures; %d left out")), report->comments,
	       report->pictures, report->left);
	putchar('\n');
	return code;
}

static enum code run(struct arena *a, const char *dir, const char *file, struct import_wxr *import, bool back,
                     struct import_report *report, struct err *err)
{
	struct site *site;
	char *text;
	TRY(disk_read(a, file, WXR_MAX, &text, &import->len, err));
	import->text = text;
	TRY(command_open(dir, false, &site, err));
	enum code code = back ? undo(site, a, import, err) : bring(site, a, import, file, report, err);
	site_close(site);
	return code;
}

int import_wxr_command(const struct command *command, int argc, char **argv)
{
	const char *rest[3] = { 0 };
	bool back = false;
	struct import_wxr import = { 0 };
	const struct option_row rows[] = { { "space", &import.space, NULL },
		                           { "posts", &import.post, NULL },
		                           { "pages", &import.page, NULL },
		                           { "media", &import.media, NULL },
		                           { "keep-good", NULL, &import.keep_good },
		                           { "rehearse", NULL, &import.dry_run },
		                           { "undo", NULL, &back },
		                           { 0 } };
	int n = command_options(command, argc, argv, rows, rest, 3);
	if (n < 0) return 2;
	if (n != 3) return command_misuse(command, N_("name the data folder and the file"));
	struct arena a;
	struct err err;
	struct import_report report = { 0 };
	arena_init(&a);
	enum code code = run(&a, rest[1], rest[2], &import, back, &report, &err);
	int status = code == OK ? (report.refused ? 1 : 0) : command_fail(&err);
	arena_release(&a);
	return status;
}

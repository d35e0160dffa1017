#include <stdio.h>
#include <unistd.h>

#include "command/command.h"
#include "core/reindex.h"

/* On a terminal one line that counts; else a line for each tenth, for logs. */
struct progress {
	bool terminal;
	int64_t told; /* percent or tenths */
};

static void tell(void *arg, int64_t done, int64_t total)
{
	struct progress *progress = arg;
	int64_t percent = total ? MIN(done, total) * 100 / total : 100;
	int64_t step = progress->terminal ? percent : percent / 10;
	if (step == progress->told) return;
	progress->told = step;
	if (progress->terminal) fprintf(stderr, "\r%3lld %%%s", (long long)percent, percent == 100 ? "\n" : "");
	else fprintf(stderr, "%lld %%\n", (long long)step * 10);
}

static enum code run(const char *dir, int64_t *mended, struct err *err)
{
	struct site *site;
	struct progress progress = { isatty(STDERR_FILENO) != 0, -1 };
	TRY(command_open(dir, false, &site, err));
	const struct model *model = site_model(site);
	enum code code = reindex_everything(site_store(site), model, tell, &progress, mended, err);
	model_release(model);
	site_close(site);
	return code;
}

int reindex_command(const struct command *command, int argc, char **argv)
{
	static const struct option_row none[] = { { 0 } };
	const char *dir[1] = { NULL };
	if (command_options(command, argc, argv, none, dir, 1) < 0) return 2;
	if (dir[0] == NULL) return command_misuse(command, N_("name the data folder"));
	struct err err;
	int64_t mended = 0;
	if (run(dir[0], &mended, &err) != OK) return command_fail(&err);
	printf(tr(command_lang(), N_("Everything was computed again; %lld records differed.\n")), (long long)mended);
	return 0;
}

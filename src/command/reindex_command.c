#include <stdio.h>

#include "command/command.h"
#include "core/record.h"

struct rebuild {
	struct arena *a;
	const struct model *model;
	int64_t differences;
};

static enum code rebuild_all(struct tx *tx, void *arg, struct err *err)
{
	struct rebuild *rebuild = arg;
	return record_rebuild(tx, rebuild->a, rebuild->model, 0, &rebuild->differences, err);
}

static enum code run(const char *dir, int64_t *differences, struct err *err)
{
	struct site *site;
	struct arena a;
	TRY(command_open(dir, false, &site, err));
	arena_init(&a);
	struct rebuild rebuild = { .a = &a, .model = site_model(site) };
	enum code code = store_write(site_store(site), rebuild_all, &rebuild, err);
	*differences = rebuild.differences;
	model_release(rebuild.model);
	arena_release(&a);
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
	int64_t differences = 0;
	if (run(dir[0], &differences, &err) != OK) return command_fail(&err);
	printf(tr(command_lang(), N_("Everything was computed again; %lld records differed.\n")),
	       (long long)differences);
	return 0;
}

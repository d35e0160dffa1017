#include <stdio.h>

#include "command/command.h"
#include "command/config.h"

int config_command(const struct command *command, int argc, char **argv)
{
	static const struct option_row none[] = { { 0 } };
	const char *dir[1] = { NULL };
	if (command_options(command, argc, argv, none, dir, 1) < 0) return 2;
	struct arena a;
	struct config config;
	struct err err;
	arena_init(&a);
	enum code code = config_load(&a, dir[0], &config, &err);
	enum lang lang = command_lang();
	for (int i = 0; code == OK && i < SETTING_COUNT; i++)
		printf("# %s\n# (%s: %s)\n%s = %s\n\n", tr(lang, settings[i].help), tr(lang, N_("environment")),
		       settings[i].environment, settings[i].name, config.values[i]);
	arena_release(&a);
	return code == OK ? 0 : command_fail(&err);
}

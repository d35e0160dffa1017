#include <stdio.h>
#include <unistd.h>

#include "command/command.h"
#include "features/setting/config.h"

static void print(const struct config *config)
{
	enum lang lang = command_lang();
	for (int i = 0; i < SETTING_COUNT; i++) {
		printf("# %s\n# ", tr(lang, settings[i].help));
		printf(tr(lang, N_("Environment: %s")), settings[i].environment);
		bool hidden = settings[i].secret && *config->values[i];
		printf("\n%s = %s\n\n", settings[i].name, hidden ? tr(lang, N_("(hidden)")) : config->values[i]);
	}
}

int config_command(const struct command *command, int argc, char **argv)
{
	static const struct option_row none[] = { { 0 } };
	const char *dir = NULL;
	if (command_options(command, argc, argv, none, &dir, 1) < 0) return 2;
	struct arena a;
	struct config config;
	struct err err;
	arena_init(&a);
	enum code code = OK;
	if (dir && access(dir, X_OK) != 0) code = err_set(&err, E_NOT_FOUND, N_("there is no site in %s"), dir);
	if (code == OK) code = config_load(&a, dir, &config, &err);
	if (code == OK) print(&config);
	arena_release(&a);
	return code == OK ? 0 : command_fail(&err);
}

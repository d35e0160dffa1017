#include <stdio.h>

#include "command/command.h"
#include "core/right.h"

/* The same table as the page /-/rights, for the terminal. */
int rights_command(const struct command *command, int argc, char **argv)
{
	static const struct option_row none[] = { { 0 } };
	if (command_options(command, argc, argv, none, NULL, 0) < 0) return 2;
	enum lang lang = command_lang();
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		printf("%s\n", tr(lang, kind_words((enum kind)kind)));
		for (int action = ACTION_READ; action < ACTION_COUNT; action++) {
			int level = right_level((enum action)action, (enum kind)kind, NULL);
			if (level < LEVEL_COUNT)
				printf("  %-32s %s\n", tr(lang, action_words((enum action)action)),
				       tr(lang, level_words((enum level)level)));
		}
	}
	return 0;
}

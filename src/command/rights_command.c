#include <stdio.h>

#include "command/command.h"
#include "core/right.h"
#include "features/features.h"

/* The same table as the page /-/rights, for the terminal. */
static void print_rights(enum lang lang)
{
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		printf("%s\n", tr(lang, kind_words((enum kind)kind)));
		for (int action = ACTION_READ; action < ACTION_COUNT; action++) {
			int level = right_level((enum action)action, (enum kind)kind, NULL);
			if (level == LEVEL_COUNT) continue;
			printf("  ");
			command_column(tr(lang, action_words((enum action)action)), 32);
			puts(tr(lang, level_words((enum level)level)));
		}
	}
}

/* Every address the site answers at: method, pattern, action, kind, help, separated by tabs. Returns how
 * many have no action: forgotten ones, which nobody may be able to reach. */
static int print_routes(enum lang lang)
{
	int forgotten = 0;
	for (const struct feature *const *f = features; *f; f++) {
		for (const struct route *r = (*f)->routes; r->pattern; r++) {
			printf("%s\t%s\t%s\t%s\t%s\n", r->method == HTTP_POST ? "POST" : "GET", r->pattern,
			       tr(lang, action_words(r->action)), tr(lang, kind_words(r->kind)), tr(lang, r->help));
			forgotten += r->action == ACTION_NONE;
		}
	}
	return forgotten;
}

int rights_command(const struct command *command, int argc, char **argv)
{
	bool routes = false;
	const struct option_row rows[] = { { "routes", NULL, &routes }, { 0 } };
	if (command_options(command, argc, argv, rows, NULL, 0) < 0) return 2;
	if (routes) return print_routes(command_lang()) == 0 ? 0 : 1;
	print_rights(command_lang());
	return 0;
}

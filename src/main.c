/* The command line: finds the command in the table and runs it. */
#include <stdio.h>
#include <string.h>

#include <sodium.h>

#include "command/command.h"
#include "fields/fields.h"

static int help(FILE *out)
{
	enum lang lang = command_lang();
	fprintf(out, "Parvis – %s\n\n", tr(lang, N_("the shared portal of a territory")));
	for (const struct command *const *c = commands; *c; c++)
		fprintf(out, "  parvis %s\n      %s\n", (*c)->usage, tr(lang, (*c)->summary));
	return out == stdout ? 0 : 2;
}

int main(int argc, char **argv)
{
	if (sodium_init() < 0) die("libsodium does not start");
	field_types_use(field_table);
	if (argc < 2) return help(stderr);
	if (strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0) return help(stdout);
	if (strcmp(argv[1], "--version") == 0) {
		puts("parvis " PARVIS_VERSION);
		return 0;
	}
	for (const struct command *const *c = commands; *c; c++)
		if (strcmp((*c)->name, argv[1]) == 0) return (*c)->run(*c, argc - 2, argv + 2);
	fprintf(stderr, "parvis: ");
	fprintf(stderr, tr(command_lang(), N_("there is no command “%s”")), argv[1]);
	fputs("\n\n", stderr);
	return help(stderr);
}

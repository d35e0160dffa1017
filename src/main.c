/* The command line: finds the command in the table and runs it. */
#include <stdio.h>
#include <string.h>

#include <sodium.h>

#include "command/command.h"
#include "core/form.h"
#include "fields/fields.h"
#include "media/picture.h"
#include "views/view_type.h"

static int help(FILE *out)
{
	enum lang lang = command_lang();
	fprintf(out, "Parvis – %s\n\n", tr(lang, N_("the shared portal of a territory")));
	for (const struct command *const *c = commands; *c; c++)
		fprintf(out, "  parvis %s\n      %s\n", (*c)->usage, tr(lang, (*c)->summary));
	return out == stdout ? 0 : 2;
}

/* Printed for "parvis serve --help" and "parvis help serve". */
static int help_command(const struct command *c)
{
	enum lang lang = command_lang();
	printf("%s parvis %s\n\n%s\n", tr(lang, N_("usage:")), c->usage, tr(lang, c->summary));
	return 0;
}

static const struct command *find_command(const char *name)
{
	for (const struct command *const *c = commands; *c; c++)
		if (strcmp((*c)->name, name) == 0) return *c;
	return NULL;
}

static bool asks_help(int argc, char **argv)
{
	for (int i = 2; i < argc; i++)
		if (strcmp(argv[i], "--help") == 0) return true;
	return false;
}

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], PICTURE_COMMAND) == 0) return picture_child();
	if (sodium_init() < 0) die("libsodium does not start");
	field_types_use(field_table);
	view_layouts_use(view_type_names);
	const char *name = argc < 2 ? "" : argv[1];
	bool asked = strcmp(name, "help") == 0 || strcmp(name, "--help") == 0;
	if (argc < 2) return help(stderr);
	if (strcmp(name, "--version") == 0) {
		puts("parvis " PARVIS_VERSION);
		return 0;
	}
	if (asked && argc == 2) return help(stdout);
	const struct command *command = find_command(asked ? argv[2] : name);
	if (command) {
		if (asked || asks_help(argc, argv)) return help_command(command);
		return command->run(command, argc - 2, argv + 2);
	}
	fprintf(stderr, "parvis: ");
	fprintf(stderr, tr(command_lang(), N_("there is no command “%s”")), asked ? argv[2] : name);
	fputs("\n\n", stderr);
	return help(stderr);
}

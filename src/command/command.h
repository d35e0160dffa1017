/*
 * The command line: one row per command. To add one: 1. a file <name>_command.c with its function;
 * 2. a row in command.c; 3. a line in docs/parvis.1.
 */
#ifndef PARVIS_COMMAND_H
#define PARVIS_COMMAND_H

#include "base/i18n.h"
#include "core/site.h"

struct command {
	const char *name;
	const char *usage;   /* after "parvis " */
	const char *summary; /* message id */
	/* Returns the exit status: 0, 1 (failed, said why), 2 (wrong use). */
	int (*run)(const struct command *command, int argc, char **argv);
};

extern const struct command *const commands[];

int init_command(const struct command *command, int argc, char **argv);
int serve_command(const struct command *command, int argc, char **argv);
int import_command(const struct command *command, int argc, char **argv);
int check_command(const struct command *command, int argc, char **argv);
int reindex_command(const struct command *command, int argc, char **argv);
int user_command(const struct command *command, int argc, char **argv);
int config_command(const struct command *command, int argc, char **argv);
int rights_command(const struct command *command, int argc, char **argv);

/* Language of messages: LC_ALL, LC_MESSAGES, LANG; French when they say nothing of use. */
enum lang command_lang(void);
/* Prints "parvis: sentence" on standard error; returns 1. */
int command_fail(const struct err *err);
/* Prints what is wrong and how the command is used; returns 2. */
int command_misuse(const struct command *command, const char *msg, ...) PRINTF(2, 3);

/* Options: "--name value", "--name=value", or a flag. Rows end with a NULL name. */
struct option_row {
	const char *name; /* without dashes */
	const char **value;
	bool *flag;
};
/* Reads options and gathers the other arguments in `rest`; returns how many, or -1 after saying
 * what is wrong (then return 2). */
int command_options(const struct command *command, int argc, char **argv, const struct option_row *rows,
                    const char **rest, int max);

/* Opens the site of a data folder with its settings (command/config.h). */
enum code command_open(const char *dir, bool create, struct site **ret, struct err *err) MUST;

#endif

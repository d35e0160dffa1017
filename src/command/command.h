/*
 * The command line: one row per command. To add one: 1. a file <name>_command.c with its function;
 * 2. a row in command.c; 3. a line in docs/parvis.1.
 */
#ifndef PARVIS_COMMAND_H
#define PARVIS_COMMAND_H

#include "base/i18n.h"
#include "core/site.h"
#include "features/setting/config.h"

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
int backup_command(const struct command *command, int argc, char **argv);
int restore_command(const struct command *command, int argc, char **argv);
int erase_command(const struct command *command, int argc, char **argv);
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

/* Prints a cell of a table, `width` characters wide (at least), and a space. */
void command_column(const char *text, size_t width);

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

/* Opens the site of a data folder with the settings that stand there (features/setting/config.h). Reading may
 * last as long as it must. */
enum code command_open(const char *dir, bool create, struct site **ret, struct err *err) MUST;
/* The same with settings already loaded, which must live as long as the site. */
enum code command_open_with(const struct config *config, const struct store_options *wanted, struct site **ret,
                            struct err *err) MUST;
/* Only its store. */
enum code command_store(const struct config *config, const struct store_options *wanted, struct store **ret,
                        struct err *err) MUST;
/* A new site is made in a new place, where at most its settings, and the ledger of erasures, stand already: else
 * E_CONFLICT. */
enum code command_new_place(struct arena *a, const char *dir, struct err *err) MUST;

#endif

#include "command/command.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/person.h"
#include "features/setting/config.h"
#include "store/disk.h"
#include "store/ledger.h"

static const struct command table[] = {
	{ "init", "init DIR --preset NAME [--locale fr|en] [--demo]", N_("Makes a new site in an empty folder."),
	  init_command },
	{ "serve", "serve DIR [--listen ADDRESS:PORT] [--ready-fd N]", N_("Runs the site."), serve_command },
	{ "import",
	  "import csv DIR --mapping MAPPING.json FILE.csv [--keep-good] [--rehearse] | import wxr DIR FILE.xml "
	  "[--media FOLDER] [--space SPACE] [--posts FORM] [--pages FORM] [--keep-good] [--rehearse] [--undo]",
	  N_("Brings in rows of a spreadsheet, or a WordPress export; a second run changes nothing."), import_command },
	{ "user",
	  "user DIR add EMAIL NAME|list|password EMAIL|administrator EMAIL|member EMAIL SPACE|facilitator EMAIL "
	  "SPACE",
	  N_("Adds people, changes their password or role."), user_command },
	{ "check", "check DIR", N_("Verifies the site’s data and says what is wrong."), check_command },
	{ "backup", "backup DIR FILE", N_("Copies the whole site into one file, while it runs."), backup_command },
	{ "restore", "restore FILE DIR [--ledger JOURNAL|--without-ledger]",
	  N_("Makes a site again from such a file, in an empty folder; what was erased since stays so."),
	  restore_command },
	{ "erase", "erase DIR EMAIL name|all | erase DIR --again", N_("Erases a person, or again all that was erased."),
	  erase_command },
	{ "reindex", "reindex DIR", N_("Computes again all that is found by, from the objects."), reindex_command },
	{ "config", "config [DIR]", N_("Prints the settings, as a file with comments."), config_command },
	{ "rights", "rights [--routes]", N_("Prints who may do what, or at which addresses."), rights_command },
};

const struct command *const commands[] = { &table[0], &table[1], &table[2], &table[3], &table[4],  &table[5],
	                                   &table[6], &table[7], &table[8], &table[9], &table[10], NULL };

enum lang command_lang(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	for (size_t i = 0; i < COUNT(names); i++) {
		const char *value = getenv(names[i]);
		if (value && strncmp(value, "en", 2) == 0) return LANG_EN;
		if (value && strncmp(value, "fr", 2) == 0) return LANG_FR;
	}
	return LANG_FR;
}

int command_fail(const struct err *err)
{
	char text[1024];
	fprintf(stderr, "parvis: %s\n", err_text(err, command_lang(), text, sizeof(text)));
	return 1;
}

int command_misuse(const struct command *command, const char *msg, ...)
{
	struct err err;
	char text[1024];
	va_list ap;
	va_start(ap, msg);
	err_vset(&err, E_INPUT, msg, ap);
	va_end(ap);
	enum lang lang = command_lang();
	fprintf(stderr, "parvis: %s\n%s parvis %s\n", err_text(&err, lang, text, sizeof(text)), tr(lang, N_("usage:")),
	        command->usage);
	return 2;
}

void command_column(const char *text, size_t width)
{
	size_t length = text_length(text);
	printf("%s%*s", text, (int)(length < width ? width - length + 1 : 1), "");
}

static const struct option_row *find_option(const struct option_row *rows, const char *name, size_t len)
{
	for (; rows->name; rows++)
		if (strlen(rows->name) == len && strncmp(rows->name, name, len) == 0) return rows;
	return NULL;
}

int command_options(const struct command *command, int argc, char **argv, const struct option_row *rows,
                    const char **rest, int max)
{
	int n = 0;
	for (int i = 0; i < argc; i++) {
		const char *arg = argv[i];
		if (strncmp(arg, "--", 2) != 0) {
			if (n == max) {
				command_misuse(command, N_("“%s” is one argument too many"), arg);
				return -1;
			}
			rest[n++] = arg;
			continue;
		}
		size_t len = strcspn(arg + 2, "=");
		const struct option_row *row = find_option(rows, arg + 2, len);
		const char *value = arg[2 + len] ? arg + 3 + len : NULL;
		if (row == NULL) {
			command_misuse(command, N_("there is no option “%s”"), arg);
			return -1;
		}
		if (row->flag && value) {
			command_misuse(command, N_("the option “--%s” takes no value"), row->name);
			return -1;
		}
		if (row->flag) {
			*row->flag = true;
			continue;
		}
		if (value == NULL && i + 1 < argc) value = argv[++i];
		if (value == NULL) {
			command_misuse(command, N_("the option “%s” needs a value"), arg);
			return -1;
		}
		*row->value = value;
	}
	return n;
}

enum code command_store(const struct config *config, const struct store_options *wanted, struct store **ret,
                        struct err *err)
{
	struct store_options options = *wanted;
	const char *postgres = config->values[SETTING_POSTGRES];
	if (*postgres) options.postgres = postgres;
	return store_open(&options, ret, err);
}

enum code command_open_with(const struct config *config, const struct store_options *wanted, struct site **ret,
                            struct err *err)
{
	struct store *store;
	password_cost_use(config_password_cost(config));
	TRY(command_store(config, wanted, &store, err));
	enum code code = site_open(store, ret, err);
	if (code != OK) store_close(store);
	return code;
}

enum code command_open(const char *dir, bool create, struct site **ret, struct err *err)
{
	struct arena a;
	struct config config;
	const struct store_options options = { .dir = dir, .create = create, .read_limit = -1 };
	arena_init(&a);
	enum code code = config_load(&a, dir, &config, err);
	if (code == OK) code = command_open_with(&config, &options, ret, err);
	arena_release(&a);
	return code;
}

enum code command_new_place(struct arena *a, const char *dir, struct err *err)
{
	char **names;
	int n;
	TRY(disk_list(a, dir, "", &names, &n, err));
	for (int i = 0; i < n; i++)
		if (strcmp(names[i], "parvis.conf") != 0 && strcmp(names[i], LEDGER_NAME) != 0)
			FAIL(err, E_CONFLICT, N_("the folder %s is not empty: there is “%s”"), dir, names[i]);
	return OK;
}

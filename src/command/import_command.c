#include <stdio.h>
#include <string.h>

#include "command/import_command.h"
#include "store/disk.h"

enum { CSV_MAX = 64 << 20 };

void import_print(const struct import_report *report, const char *file)
{
	enum lang lang = command_lang();
	for (const struct import_refusal *r = report->refusals; r; r = r->next) {
		char text[1024];
		printf("%s:%d: %s%s%s\n", file, r->line, r->field, *r->field ? ": " : "",
		       err_text(&r->err, lang, text, sizeof(text)));
	}
	printf(tr(lang, N_("%d created, %d changed, %d unchanged, %d refused")), report->created, report->changed,
	       report->unchanged, report->refused);
	putchar('\n');
}

static enum code run(struct arena *a, const char *dir, const char *mapping, const char *file, struct import_csv *import,
                     struct import_report *report, struct err *err)
{
	struct site *site;
	char *text, *rules;
	size_t len;
	json_t *json;
	TRY(disk_read(a, mapping, 1 << 20, &rules, &len, err));
	TRY(json_parse(a, rules, len, &json, err));
	TRY(disk_read(a, file, CSV_MAX, &text, &import->len, err));
	const char *slash = strrchr(file, '/');
	import->name = slash ? slash + 1 : file;
	import->folder = slash ? arena_strndup(a, file, (size_t)(slash - file)) : ".";
	import->text = text;
	import->mapping = json;
	TRY(command_open(dir, false, &site, err));
	enum code code = import_csv(site, a, import, report, err);
	import_print(report, file);
	site_close(site);
	return code;
}

int import_command(const struct command *command, int argc, char **argv)
{
	if (argc > 0 && strcmp(argv[0], "wxr") == 0) return import_wxr_command(command, argc, argv);
	const char *mapping = NULL, *rest[3] = { 0 };
	struct import_csv import = { 0 };
	const struct option_row rows[] = { { "mapping", &mapping, NULL },
		                           { "keep-good", NULL, &import.keep_good },
		                           { "rehearse", NULL, &import.dry_run },
		                           { 0 } };
	int n = command_options(command, argc, argv, rows, rest, 3);
	if (n < 0) return 2;
	if (n < 1 || strcmp(rest[0], "csv") != 0)
		return command_misuse(command, N_("say what is imported: csv or wxr"));
	if (n != 3) return command_misuse(command, N_("name the data folder and the file"));
	if (mapping == NULL) return command_misuse(command, N_("the option “%s” is missing"), "--mapping");
	struct arena a;
	struct err err;
	struct import_report report = { 0 };
	arena_init(&a);
	enum code code = run(&a, rest[1], mapping, rest[2], &import, &report, &err);
	int status = code == OK ? (report.refused ? 1 : 0) : command_fail(&err);
	arena_release(&a);
	return status;
}

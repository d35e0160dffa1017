#include <stdio.h>

#include "command/command.h"
#include "features/check/check.h"

static void print(const struct check *check, const struct checking *c)
{
	char text[1024];
	printf("%s %s", c->wrong ? "✗" : "✓", tr(c->lang, check->title));
	if (c->note) printf(" (%s)", c->note);
	putchar('\n');
	for (int64_t i = 0; i < MIN(c->wrong, CHECK_FINDINGS); i++)
		printf("    %s\n", err_text(&c->findings[i], c->lang, text, sizeof(text)));
	if (c->wrong > CHECK_FINDINGS) {
		printf("    ");
		printf(tr(c->lang, N_("and %lld more")), (long long)(c->wrong - CHECK_FINDINGS));
		putchar('\n');
	}
	fflush(stdout);
}

static enum code run(const char *dir, int64_t *wrong, struct err *err)
{
	struct arena a;
	struct site *site;
	TRY(command_open(dir, false, &site, err));
	arena_init(&a);
	struct checking c = {
		.site = site, .store = site_store(site), .model = site_model(site), .arena = &a, .lang = command_lang()
	};
	for (const struct check *check = checks; check->name; check++) {
		*wrong += check_run(check, &c);
		print(check, &c);
	}
	model_release(c.model);
	arena_release(&a);
	site_close(site);
	return OK;
}

int check_command(const struct command *command, int argc, char **argv)
{
	static const struct option_row none[] = { { 0 } };
	const char *dir = NULL;
	if (command_options(command, argc, argv, none, &dir, 1) < 0) return 2;
	if (dir == NULL) return command_misuse(command, N_("name the data folder"));
	struct err err;
	int64_t wrong = 0;
	if (run(dir, &wrong, &err) != OK) return command_fail(&err);
	if (wrong == 0) return 0;
	fprintf(stderr, "parvis: ");
	fprintf(stderr, trn(command_lang(), "%lld thing is wrong", "%lld things are wrong", (unsigned long)wrong),
	        (long long)wrong);
	fputc('\n', stderr);
	return 1;
}

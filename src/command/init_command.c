#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command/command.h"
#include "core/definition.h"
#include "core/person.h"
#include "core/space.h"
#include "features/preset/preset.h"
#include "features/setting/config.h"

static void print_demo(const char *file, const struct import_report *report)
{
	enum lang lang = command_lang();
	printf("  %-24s ", file);
	printf(tr(lang, N_("%d created, %d changed, %d unchanged, %d refused")), report->created, report->changed,
	       report->unchanged, report->refused);
	putchar('\n');
	for (const struct import_refusal *r = report->refusals; r; r = r->next) {
		char text[1024];
		printf("    %s:%d: %s: %s\n", file, r->line, r->field, err_text(&r->err, lang, text, sizeof(text)));
	}
}

/* People of the demonstration: their passwords are written on its home page's help and in the README. */
static const struct demo_person {
	const char *name, *email, *password;
	enum level site, space;
} demo_people[] = {
	{ "Camille Administre (démo)", "admin@demo.example", "parvis-demo-admin", LEVEL_ADMINISTRATOR, LEVEL_VISITOR },
	{ "Anouk Anime (démo)", "anime@demo.example", "parvis-demo-anime", LEVEL_CONTRIBUTOR, LEVEL_FACILITATOR },
	{ "Maël Membre (démo)", "membre@demo.example", "parvis-demo-membre", LEVEL_CONTRIBUTOR, LEVEL_MEMBER },
	{ "Lou Voisine (démo)", "voisine@demo.example", "parvis-demo-voisine", LEVEL_CONTRIBUTOR, LEVEL_MEMBER },
};

struct demo {
	struct arena *a;
	const struct model *model;
	const char *hashes[COUNT(demo_people)];
};

static enum code add_people(struct tx *tx, void *arg, struct err *err)
{
	struct demo *demo = arg;
	for (size_t i = 0; i < COUNT(demo_people); i++) {
		const struct demo_person *who = &demo_people[i];
		int64_t person;
		TRY(person_create(tx, demo->a, who->name, who->email, demo->hashes[i], who->site, &person, err));
		for (int s = 0; who->space != LEVEL_VISITOR && s < demo->model->nspaces; s++)
			TRY(membership_set(tx, person, demo->model->spaces[s].num, who->space, err));
	}
	return OK;
}

static enum code make_demo(struct site *site, struct arena *a, const char *folder, struct err *err)
{
	struct demo demo = { .a = a };
	TRY(preset_demo(site, a, folder, print_demo, err));
	for (size_t i = 0; i < COUNT(demo_people); i++)
		TRY(password_hash(a, demo_people[i].password, &demo.hashes[i], err));
	demo.model = site_model(site);
	enum code code = store_write(site_store(site), add_people, &demo, err);
	model_release(demo.model);
	TRY(code);
	return preset_life(site, a, folder, err);
}

struct locale {
	struct arena *a;
	const char *tag;
};

static enum code set_locale(struct tx *tx, void *arg, struct err *err)
{
	struct locale *locale = arg;
	json_t *tag = json_keep(locale->a, json_string(locale->tag));
	return definition_save(tx, locale->a, DEFINITION_SETTING, "locale", tag, &actor_program, NULL, err);
}

/* On PostgreSQL the place is a database. */
static enum code check_new(struct site *site, struct err *err)
{
	const struct model *model = site_model(site);
	int forms = model->nforms;
	model_release(model);
	if (forms) FAIL(err, E_CONFLICT, N_("there is a site already in this database"));
	return OK;
}

static enum code build(struct arena *a, const char *dir, const char *preset, const char *tag, bool demo,
                       struct err *err)
{
	struct config config;
	struct site *site;
	struct locale locale = { a, tag };
	if (strchr(preset, '/') || *preset == '.') FAIL(err, E_INPUT, N_("“%s” is not the name of a preset"), preset);
	TRY(config_load(a, dir, &config, err));
	TRY(command_new_place(a, dir, err));
	const char *folder = arena_printf(a, "%s/%s", config.values[SETTING_PRESETS], preset);
	if (access(folder, R_OK) != 0) FAIL(err, E_NOT_FOUND, N_("there is no preset “%s”"), preset);
	TRY(command_open(dir, true, &site, err));
	enum code code = check_new(site, err);
	if (code == OK) code = site_write(site, set_locale, &locale, err);
	if (code == OK) code = preset_apply(site, a, folder, err);
	if (code == OK && demo) code = make_demo(site, a, folder, err);
	site_close(site);
	return code;
}

int init_command(const struct command *command, int argc, char **argv)
{
	const char *preset = NULL, *locale = "fr", *dir[1] = { NULL };
	bool demo = false;
	const struct option_row rows[] = {
		{ "preset", &preset, NULL }, { "locale", &locale, NULL }, { "demo", NULL, &demo }, { 0 }
	};
	if (command_options(command, argc, argv, rows, dir, 1) < 0) return 2;
	if (dir[0] == NULL) return command_misuse(command, N_("name the data folder"));
	if (preset == NULL) return command_misuse(command, N_("the option “%s” is missing"), "--preset");
	if (strcmp(locale, "fr") != 0 && strcmp(locale, "en") != 0)
		return command_misuse(command, N_("the languages are fr and en, not “%s”"), locale);
	struct arena a;
	struct err err;
	arena_init(&a);
	enum code code = build(&a, dir[0], preset, locale, demo, &err);
	int status = code == OK ? 0 : command_fail(&err);
	enum lang lang = command_lang();
	if (code == OK) printf(tr(lang, N_("The site is ready in %s.\n")), dir[0]);
	for (size_t i = 0; code == OK && demo && i < COUNT(demo_people); i++)
		printf("  %-24s %-22s %s\n", demo_people[i].email, demo_people[i].password,
		       tr(lang, level_words(MAX(demo_people[i].site, demo_people[i].space))));
	arena_release(&a);
	return status;
}

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "command/command.h"
#include "core/right.h"
#include "core/second_step.h"
#include "features/people/people_change.h"

/* One request about people, carried into the write. */
struct task {
	struct arena *a;
	const struct model *model;
	struct person person;
	const char *name, *email, *hash;
	const struct space *space;
	enum level level;
};

/* The password is read from the terminal, unseen, or from the first line of standard input: never
 * from the command line, where others could read it. */
static enum code ask_password(struct arena *a, const char **ret, struct err *err)
{
	char line[PASSWORD_MAX + 2] = { 0 };
	struct termios before, quiet;
	bool terminal = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &before) == 0;
	if (terminal) {
		fprintf(stderr, "%s ", tr(command_lang(), N_("Password:")));
		quiet = before;
		quiet.c_lflag &= (tcflag_t)~ECHO;
		tcsetattr(STDIN_FILENO, TCSANOW, &quiet);
	}
	bool read = fgets(line, sizeof(line), stdin) != NULL;
	if (terminal) {
		tcsetattr(STDIN_FILENO, TCSANOW, &before);
		fputc('\n', stderr);
	}
	if (!read) FAIL(err, E_INPUT, N_("no password was given"));
	line[strcspn(line, "\n")] = '\0';
	*ret = arena_strdup(a, line);
	return OK;
}

/* All that is done here is noted in the audit as done by the program. */
static struct people_change change(struct tx *tx, const struct task *task)
{
	return (struct people_change){ tx, task->a, &actor_program };
}

static enum code add(struct tx *tx, void *arg, struct err *err)
{
	struct task *task = arg;
	struct people_change c = change(tx, task);
	int64_t num;
	return people_add(&c, task->name, task->email, task->hash, task->level, &num, err);
}

static enum code set_password(struct tx *tx, void *arg, struct err *err)
{
	struct task *task = arg;
	struct people_change c = change(tx, task);
	TRY(second_step_end(tx, task->person.num, err)); /* whoever is here may do all: nobody stays shut out */
	return people_set_password(&c, &task->person, task->hash, err);
}

static enum code set_level(struct tx *tx, void *arg, struct err *err)
{
	struct task *task = arg;
	struct people_change c = change(tx, task);
	return people_set_level(&c, &task->person, task->level, err);
}

static enum code set_member(struct tx *tx, void *arg, struct err *err)
{
	struct task *task = arg;
	struct people_change c = change(tx, task);
	return people_set_member(&c, &task->person, task->space, task->level, err);
}

static enum code find_person(struct site *site, struct task *task, const char *email, struct err *err)
{
	struct db *db;
	TRY(store_read_begin(site_store(site), &db, err));
	enum code code = person_by_email(db, task->a, email, &task->person, err);
	store_read_end(site_store(site));
	return code;
}

static enum code hash_asked(struct task *task, const char *name, const char *email, struct err *err)
{
	const char *password = NULL;
	struct issues issues;
	TRY(ask_password(task->a, &password, err));
	issues_init(&issues, task->a);
	person_check(name, email, password, &issues);
	TRY(issues_code(&issues, err));
	return password_hash(task->a, password, &task->hash, err);
}

static enum code user_add(struct site *site, struct task *task, const char **rest, struct err *err)
{
	task->email = rest[0];
	task->name = rest[1];
	task->level = LEVEL_CONTRIBUTOR;
	TRY(hash_asked(task, rest[1], rest[0], err));
	return store_write(site_store(site), add, task, err);
}

static enum code user_list(struct site *site, struct task *task, const char **rest, struct err *err)
{
	struct db *db;
	struct person *people = NULL;
	int n = 0;
	(void)rest;
	TRY(store_read_begin(site_store(site), &db, err));
	enum code code = person_list(db, task->a, &people, &n, err);
	store_read_end(site_store(site));
	for (int i = 0; i < n; i++) {
		command_column(people[i].email, 32);
		command_column(people[i].name, 32);
		puts(tr(command_lang(), level_words(people[i].level)));
	}
	return code;
}

static enum code user_password(struct site *site, struct task *task, const char **rest, struct err *err)
{
	TRY(find_person(site, task, rest[0], err));
	TRY(hash_asked(task, task->person.name, task->person.email, err));
	return store_write(site_store(site), set_password, task, err);
}

static enum code user_administrator(struct site *site, struct task *task, const char **rest, struct err *err)
{
	TRY(find_person(site, task, rest[0], err));
	task->level = LEVEL_ADMINISTRATOR;
	return store_write(site_store(site), set_level, task, err);
}

static enum code user_in_space(struct site *site, struct task *task, const char **rest, enum level level,
                               struct err *err)
{
	const struct space *space = model_space_by_slug(task->model, rest[1]);
	if (space == NULL) FAIL(err, E_NOT_FOUND, N_("there is no space “%s”"), rest[1]);
	TRY(find_person(site, task, rest[0], err));
	task->space = space;
	task->level = level;
	return store_write(site_store(site), set_member, task, err);
}

static enum code user_member(struct site *site, struct task *task, const char **rest, struct err *err)
{
	return user_in_space(site, task, rest, LEVEL_MEMBER, err);
}

static enum code user_facilitator(struct site *site, struct task *task, const char **rest, struct err *err)
{
	return user_in_space(site, task, rest, LEVEL_FACILITATOR, err);
}

static const struct verb {
	const char *name, *arguments;
	int count;
	enum code (*run)(struct site *site, struct task *task, const char **rest, struct err *err);
} verbs[] = {
	{ "add", "EMAIL NAME", 2, user_add },        { "list", "", 0, user_list },
	{ "password", "EMAIL", 1, user_password },   { "administrator", "EMAIL", 1, user_administrator },
	{ "member", "EMAIL SPACE", 2, user_member }, { "facilitator", "EMAIL SPACE", 2, user_facilitator },
};

static int run_verb(const struct verb *verb, const char *dir, const char **rest)
{
	struct arena a;
	struct err err;
	struct site *site;
	arena_init(&a);
	enum code code = command_open(dir, false, &site, &err);
	if (code == OK) {
		struct task task = { .a = &a, .model = site_model(site) };
		code = verb->run(site, &task, rest, &err);
		model_release(task.model);
		site_close(site);
	}
	int status = code == OK ? 0 : command_fail(&err);
	arena_release(&a);
	return status;
}

int user_command(const struct command *command, int argc, char **argv)
{
	static const struct option_row none[] = { { 0 } };
	const char *rest[4] = { 0 };
	int n = command_options(command, argc, argv, none, rest, 4);
	if (n < 0) return 2;
	if (n < 2) return command_misuse(command, N_("name the data folder and what to do"));
	for (size_t i = 0; i < COUNT(verbs); i++) {
		if (strcmp(verbs[i].name, rest[1]) != 0) continue;
		if (n - 2 != verbs[i].count)
			return command_misuse(command, N_("“%s” takes: %s"), rest[1],
			                      *verbs[i].arguments ? verbs[i].arguments : "–");
		return run_verb(&verbs[i], rest[0], rest + 2);
	}
	return command_misuse(command, N_("“%s” is not something to do with people"), rest[1]);
}

#include <stdio.h>
#include <string.h>

#include "command/command.h"
#include "core/audit.h"
#include "core/erasure.h"
#include "core/person.h"
#include "features/letter/letter_job.h"
#include "store/ledger.h"

struct erasing {
	struct arena a;
	struct site *site;
	const struct model *model;
	struct person person;
	enum erasure_mode mode;
	int64_t done;
};

static enum code erase(struct tx *tx, void *arg, struct err *err)
{
	struct erasing *x = arg;
	json_t *detail = json_keep(&x->a, json_pack("{s:s}", "mode", erasure_mode_key(x->mode)));
	TRY(audit_add(tx, &x->a, &actor_program, "person.erase", x->person.id, detail, err));
	x->done = 1;
	return erasure_person(tx, &x->a, x->model, x->person.num, x->mode, err);
}

static enum code erase_again(struct tx *tx, void *arg, struct err *err)
{
	struct erasing *x = arg;
	json_t *lines;
	bool found;
	TRY(ledger_read(&x->a, ledger_path(&x->a, tx_store(tx)), &lines, &found, err));
	return erasure_replay(tx, &x->a, lines, &x->done, err);
}

/* Whoever is at this machine may do all: no second administrator is asked. */
static enum code find(struct erasing *x, const char *email, struct err *err)
{
	struct db *db;
	TRY(store_read_begin(site_store(x->site), &db, err));
	enum code code = person_by_email(db, &x->a, email, &x->person, err);
	store_read_end(site_store(x->site));
	return code;
}

static enum code run(struct erasing *x, const char *email, struct err *err)
{
	struct store *store = site_store(x->site);
	if (email) TRY(find(x, email, err));
	TRY(store_write(store, email ? erase : erase_again, x, err));
	TRY(letters_sweep(x->site, err));
	return erasure_settle(store, err);
}

static enum code open_and_run(struct erasing *x, const char *dir, const char *email, struct err *err)
{
	TRY(command_open(dir, false, &x->site, err));
	x->model = site_model(x->site);
	enum code code = run(x, email, err);
	model_release(x->model);
	site_close(x->site);
	return code;
}

int erase_command(const struct command *command, int argc, char **argv)
{
	bool again = false;
	const struct option_row options[] = { { "again", NULL, &again }, { 0 } };
	const char *rest[3] = { NULL };
	struct erasing x = { .done = 0 };
	struct err err;
	int n = command_options(command, argc, argv, options, rest, 3);
	if (n < 0) return 2;
	if (n != (again ? 1 : 3))
		return command_misuse(command, N_("name the data folder, then the person and “name” or “all”"));
	while (!again && x.mode < ERASURE_MODES && strcmp(rest[2], erasure_mode_key(x.mode)) != 0) x.mode++;
	if (x.mode == ERASURE_MODES)
		return command_misuse(command, N_("“name”: her name goes, her texts stay; “all”: all that she wrote"));
	arena_init(&x.a);
	enum code code = open_and_run(&x, rest[0], again ? NULL : rest[1], &err);
	arena_release(&x.a);
	if (code != OK) return command_fail(&err);
	printf(trn(command_lang(), "%lld erasure done", "%lld erasures done", (unsigned long)x.done),
	       (long long)x.done);
	putchar('\n');
	return 0;
}

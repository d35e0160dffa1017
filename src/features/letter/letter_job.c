#include "features/letter/letter_job.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "core/site.h"

static _Atomic(const struct mail_server *) in_use;

void letters_use(const struct mail_server *server)
{
	atomic_store(&in_use, server);
}

bool letters_are_spooled(void)
{
	const struct mail_server *server = atomic_load(&in_use);
	return server == NULL || server->url == NULL;
}

struct outcome {
	int64_t num;
	enum letter_state state;
	const char *error;
};

static enum code note(struct tx *tx, void *arg, struct err *err)
{
	const struct outcome *outcome = arg;
	return letter_note(tx, outcome->num, outcome->state, outcome->error, err);
}

/* The same number for each try, so that a reader who gets it twice sees it once. */
static struct id letter_id(struct site *site, int64_t num)
{
	struct id id;
	struct hash hash = hash_blake2b("ltr1", site_secret(site), &num, sizeof(num));
	memcpy(id.b, hash.b, sizeof(id.b));
	return id;
}

static enum code load(struct store *store, struct arena *a, int64_t num, struct letter *ret, struct err *err)
{
	struct db *db;
	TRY(store_read_begin(store, &db, err));
	enum code code = letter_load(db, a, num, ret, err);
	store_read_end(store);
	return code;
}

static enum code send(struct store *store, struct arena *a, struct site *site, const struct letter *letter,
                      int attempts, struct err *err)
{
	const struct mail_server *server = atomic_load(&in_use);
	const struct model *model = site_model(site);
	char text[512];
	if (server == NULL) {
		model_release(model);
		FAIL(err, E_BUSY, N_("no mail server is set"));
	}
	struct label name = label_from_json(a, model_setting(model, "name"));
	const char *sender = label_text(&name, LANG_FR);
	const struct mail mail = { .id = letter_id(site, letter->num),
		                   .to = letter->to,
		                   .sender_name = *sender ? sender : "Parvis",
		                   .subject = letter->subject,
		                   .text = letter->body,
		                   .stop = letter->stop,
		                   .at = letter->created };
	model_release(model);
	struct err why = { .msg = "" };
	enum code code = mail_send(server, &mail, &why);
	struct outcome outcome = { .num = letter->num, .state = server->url ? LETTER_SENT : LETTER_SPOOLED };
	if (code != OK) {
		outcome.error = err_format(&why, why.msg, text, sizeof(text));
		outcome.state = code == E_INPUT || attempts + 1 >= JOB_ATTEMPTS ? LETTER_FAILED : LETTER_WAITING;
	}
	TRY(store_write_freeing(store, note, &outcome, err));
	if (outcome.state != LETTER_WAITING) return OK;
	*err = why;
	return code;
}

enum code letter_job(struct store *store, const struct job *job, void *context, struct err *err)
{
	AUTO(arena_release) struct arena a = { 0 };
	struct letter letter;
	enum code code = load(store, &a, json_int(job->payload, "letter", 0), &letter, err);
	if (code == E_NOT_FOUND) return OK; /* purged meanwhile */
	TRY(code);
	if (letter.state != LETTER_WAITING) return OK;
	return send(store, &a, context, &letter, job->attempts, err);
}

/* ---- The folder ---- */

/* Names of the letters that are kept, as members of an object. */
static enum code known_names(struct site *site, struct arena *a, json_t **ret, struct err *err)
{
	struct db *db;
	int64_t *nums = NULL;
	int n = 0;
	*ret = json_keep(a, json_object());
	TRY(store_read_begin(site_store(site), &db, err));
	enum code code = letter_numbers(db, a, &nums, &n, err);
	store_read_end(site_store(site));
	for (int i = 0; code == OK && i < n; i++) {
		char id[ID_TEXT + 1];
		json_object_set_new(*ret, arena_printf(a, "%s.eml", id_format(letter_id(site, nums[i]), id)),
		                    json_true());
	}
	return code;
}

static bool is_letter(const char *name)
{
	size_t len = strlen(name);
	return len == ID_TEXT + 4 && strcmp(name + ID_TEXT, ".eml") == 0;
}

enum code letters_sweep(struct site *site, struct err *err)
{
	AUTO(arena_release) struct arena a = { 0 };
	json_t *known;
	TRY(known_names(site, &a, &known, err));
	int fd = open(arena_printf(&a, "%s/letters", store_dir(site_store(site))), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *folder = fd < 0 ? NULL : fdopendir(fd);
	if (folder == NULL) return OK; /* there never was one */
	for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
		if (is_letter(entry->d_name) && json_object_get(known, entry->d_name) == NULL)
			unlinkat(fd, entry->d_name, 0);
	closedir(folder);
	return OK;
}

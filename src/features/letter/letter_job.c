#include "features/letter/letter_job.h"

#include <stdatomic.h>
#include <string.h>

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

#include "core/response_row.h"

#include <sodium.h>
#include <string.h>

#include "base/clock.h"

static const char *const channels[CHANNELS] = { "web", "tablet", "paper", "phone", "visit", "trial" };
static const char *const channels_said[CHANNELS] = { N_("on the site"),  N_("on a shared tablet"), N_("on paper"),
	                                             N_("by telephone"), N_("during a visit"),     N_("a trial") };

const char *channel_key(enum channel channel)
{
	return channels[channel];
}

const char *channel_words(enum channel channel)
{
	return channels_said[channel];
}

/* Two hashes of one code, in domains of their own: the one that is kept does not open what the other seals. */
struct hash response_code_hash(const char *code)
{
	return hash_blake2b("rcod", NULL, code, strlen(code));
}

static struct hash seal_key(const char *code)
{
	return hash_blake2b("rkey", NULL, code, strlen(code));
}

struct blob response_seal(struct arena *a, const char *code, const char *text)
{
	struct hash key = seal_key(code);
	size_t len = strlen(text);
	uint8_t *sealed = arena_alloc(a, crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + len);
	random_bytes(sealed, crypto_secretbox_NONCEBYTES);
	crypto_secretbox_easy(sealed + crypto_secretbox_NONCEBYTES, (const uint8_t *)text, len, sealed, key.b);
	return blob_of(sealed, crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + len);
}

const char *response_unseal(struct arena *a, const char *code, struct blob sealed)
{
	const size_t before = crypto_secretbox_NONCEBYTES;
	struct hash key = seal_key(code);
	if (sealed.len < before + crypto_secretbox_MACBYTES) return NULL;
	uint8_t *text = arena_alloc(a, sealed.len - before - crypto_secretbox_MACBYTES + 1);
	const uint8_t *bytes = sealed.ptr;
	if (crypto_secretbox_open_easy(text, bytes + before, sealed.len - before, bytes, key.b) != 0) return NULL;
	return (const char *)text;
}

static const char *text_or_null(const struct rows *rows, int column, struct arena *a)
{
	return row_is_null(rows, column) || *row_text(rows, column) == '\0' ? NULL
	                                                                    : arena_strdup(a, row_text(rows, column));
}

static const char *name_of(const struct rows *rows, struct arena *a)
{
	const char *typed = text_or_null(rows, 15, a), *person = text_or_null(rows, 16, a);
	const char *target = text_or_null(rows, 17, a);
	if (typed) return typed;
	if (person) return person;
	return target ? target : "";
}

enum code response_row(const struct rows *rows, struct arena *a, const struct model *model, const char *code, bool all,
                       struct response *ret, struct err *err)
{
	const struct form *form = model_form_by_num(model, row_int(rows, 2));
	json_t *values = json_keep(a, json_object());
	const char *body = arena_strdup(a, row_text(rows, 8));
	if (form == NULL || form->survey == NULL)
		FAIL(err, E_NOT_FOUND, N_("This questionnaire is not here any more."));
	if (!row_is_null(rows, 9)) body = code ? response_unseal(a, code, row_blob(rows, 9)) : "{}";
	if (body == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(json_parse(a, body, strlen(body), &values, err));
	*ret = (struct response){ .num = row_int(rows, 0),
		                  .id = row_id(rows, 1),
		                  .form = form,
		                  .version = row_int(rows, 3),
		                  .language = arena_strdup(a, row_text(rows, 4)),
		                  .state = (enum response_state)row_int(rows, 5),
		                  .channel = (enum channel)row_int(rows, 6),
		                  .page = arena_strdup(a, row_text(rows, 7)),
		                  .values = values,
		                  .begun = row_int(rows, 10),
		                  .changed = row_int(rows, 11),
		                  .completed = row_int(rows, 12),
		                  .name = "",
		                  .entered_by = text_or_null(rows, 18, a),
		                  .code = code };
	if (form->survey->anonymity != ANONYMITY_NAMED && !all) return OK;
	ret->person = row_int(rows, 13);
	ret->target = row_int(rows, 14);
	ret->name = name_of(rows, a);
	return OK;
}

#include "web/seal.h"

#include <sodium.h>
#include <string.h>

#include "base/hash.h"

/* "mac.audience:hash,hash.audience:hash", all in hexadecimal. */
static struct hash mac(const struct request *r, struct id record, const char *heads)
{
	char id[ID_TEXT + 1];
	const char *text = arena_printf(r->arena, "%s %lld %s", id_format(record, id), (long long)r->actor.person,
	                                heads);
	return hash_blake2b("head", site_secret(r->site), text, strlen(text));
}

const char *seal_heads(const struct request *r, const struct record *record)
{
	struct buf out;
	char hex[HASH_HEX + 1];
	buf_init(&out, r->arena, 0);
	for (int i = 0; i < AUDIENCE_COUNT; i++) {
		const struct part *part = &record->parts[i];
		if (!part->present) continue;
		buf_printf(&out, ".%d:", i);
		for (int j = 0; j < part->heads.n; j++) buf_puts(&out, hash_hex(&part->heads.ids[j], hex));
	}
	struct hash h = mac(r, record->id, buf_str(&out));
	return arena_printf(r->arena, "%s%s", hash_hex(&h, hex), buf_str(&out));
}

static enum code read_part(const char *text, struct heads heads[AUDIENCE_COUNT], const char **end)
{
	int audience = *text - '0';
	if (audience < 0 || audience >= AUDIENCE_COUNT || text[1] != ':') return E_INPUT;
	struct heads *part = &heads[audience];
	text += 2;
	while (*text && *text != '.') {
		size_t got = 0;
		if (part->n == RECORD_HEADS || strlen(text) < HASH_HEX ||
		    sodium_hex2bin(part->ids[part->n].b, HASH_SIZE, text, HASH_HEX, NULL, &got, NULL) != 0 ||
		    got != HASH_SIZE)
			return E_INPUT;
		part->n++;
		text += HASH_HEX;
	}
	*end = text;
	return OK;
}

enum code open_heads(const struct request *r, struct id record, const char *sealed, struct heads heads[AUDIENCE_COUNT],
                     struct err *err)
{
	char hex[HASH_HEX + 1];
	struct heads found[AUDIENCE_COUNT] = { 0 };
	size_t len = strlen(sealed);
	const char *at = len >= HASH_HEX ? sealed + HASH_HEX : "";
	struct hash h = mac(r, record, at);
	if (len < HASH_HEX || sodium_memcmp(hash_hex(&h, hex), sealed, HASH_HEX) != 0)
		FAIL(err, E_INPUT,
		     N_("This form was changed on its way. Open the page again; copy what you typed first."));
	while (*at == '.')
		if (read_part(at + 1, found, &at) != OK)
			FAIL(err, E_INPUT,
			     N_("This form was changed on its way. Open the page again; copy what you typed first."));
	memcpy(heads, found, sizeof(found));
	return OK;
}

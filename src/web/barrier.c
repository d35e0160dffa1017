#include "web/barrier.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

static const char *stamp_of(const struct request *r, int64_t at)
{
	char hex[HASH_HEX + 1];
	const char *text = arena_printf(r->arena, "%lld", (long long)at);
	struct hash mac = hash_blake2b("barr", site_secret(r->site), text, strlen(text));
	return arena_printf(r->arena, "%s.%s", text, hash_hex(&mac, hex));
}

/* When the form that was sent was opened; 0: it has no stamp of ours. */
static int64_t opened(const struct request *r)
{
	const char *sent = request_form(r, "_since");
	int64_t at = strtoll(sent, NULL, 10);
	const char *right = stamp_of(r, at);
	bool ours = strlen(sent) == strlen(right) && sodium_memcmp(sent, right, strlen(right)) == 0;
	return ours && at <= clock_now() && clock_now() - at < BARRIER_MOST_MS ? at : 0;
}

const char *barrier_stamp(const struct request *r)
{
	int64_t at = opened(r);
	return stamp_of(r, at ? at : clock_now());
}

enum barrier barrier_check(const struct request *r)
{
	int64_t at = opened(r);
	if (*request_form(r, "website")) return BARRIER_TRAPPED;
	if (at == 0) return BARRIER_OLD;
	return clock_now() - at < BARRIER_LEAST_MS ? BARRIER_EARLY : BARRIER_PASSED;
}

/*
 * Who really asks, when a reverse proxy stands in front: X-Forwarded-For, -Proto and -Host, or
 * Forwarded (RFC 7239). They are believed only from trusted proxies, and only one of the two
 * families, the one the operator says the proxy sets: a proxy passes on what it does not know, so
 * the other family is whatever the client wrote.
 */
#ifndef PARVIS_PROXIES_H
#define PARVIS_PROXIES_H

#include "net/address.h"
#include "net/server.h"

struct proxies;

/* `trusted`: addresses, prefixes, or "unix" for the peers of a Unix socket; NULL-terminated, or
 * NULL for none. `rfc7239`: the proxies set Forwarded. E_INPUT names a wrong one. */
enum code proxies_new(const char *const *trusted, bool rfc7239, struct proxies **ret, struct err *err) MUST;
void proxies_free(struct proxies *proxies);

/* Sets peer, scheme and host of `rq` from the address it came from, its fields and `host`, the
 * Host field. The client is the rightmost address of the chain that is not a trusted proxy; a
 * chain that stops making sense is believed up to there. The scheme and the host are what the
 * nearest proxy says (Forwarded: what was said along with the client). Memory from `a`. */
void proxies_resolve(const struct proxies *proxies, struct arena *a, const struct address *from, const char *host,
                     struct http_request *rq);

#endif

/* Reading of the fields that proxies add: Forwarded (RFC 7239 §4) and X-Forwarded-For. */
#ifndef PARVIS_FORWARDED_H
#define PARVIS_FORWARDED_H

#include "net/address.h"
#include "net/server.h"

enum { HOPS_MAX = 32 };

struct hop {
	bool known; /* false: "unknown", an obfuscated name, or not an address at all */
	struct address address;
	const char *scheme, *host; /* Forwarded only; NULL when not said */
};

/* The chain, the nearest proxy's word last. Of a longer one only the last HOPS_MAX are kept. */
struct hops {
	int count;
	struct hop hop[HOPS_MAX];
};

void forwarded_read(struct arena *a, const struct http_request *rq, struct hops *ret);
void forwarded_read_x(const struct http_request *rq, struct hops *ret);

#endif

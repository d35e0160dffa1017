#include "net/proxies.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "net/forwarded.h"
#include "net/guard.h"

struct proxies {
	bool rfc7239, unix_peers;
	int count;
	struct address_prefix prefixes[];
};

enum code proxies_new(const char *const *trusted, bool rfc7239, struct proxies **ret, struct err *err)
{
	size_t n = 0;
	while (trusted && trusted[n]) n++;
	struct proxies *proxies = calloc(1, sizeof(*proxies) + n * sizeof(proxies->prefixes[0]));
	if (proxies == NULL) die("out of memory");
	proxies->rfc7239 = rfc7239;
	for (size_t i = 0; i < n; i++) {
		if (strcmp(trusted[i], "unix") == 0) {
			proxies->unix_peers = true;
		} else if (!address_prefix_parse(trusted[i], &proxies->prefixes[proxies->count++])) {
			free(proxies);
			FAIL(err, E_INPUT, "\"%s\" is not an address or a prefix", trusted[i]);
		}
	}
	*ret = proxies;
	return OK;
}

void proxies_free(struct proxies *proxies)
{
	free(proxies);
}

static bool is_trusted(const struct proxies *proxies, const struct address *address)
{
	if (address_is_none(address)) return proxies->unix_peers;
	for (int i = 0; i < proxies->count; i++)
		if (address_in(address, &proxies->prefixes[i])) return true;
	return false;
}

/* The last element of the last field of that name, trimmed; NULL when there is none. */
static const char *last_value(struct arena *a, const struct http_request *rq, const char *name)
{
	const char *value = NULL;
	for (int i = 0; i < rq->nheaders; i++)
		if (strcasecmp(rq->headers[i].name, name) == 0) value = rq->headers[i].value;
	if (value == NULL) return NULL;
	const char *comma = strrchr(value, ',');
	if (comma) value = comma + 1;
	value += strspn(value, " \t");
	return arena_strndup(a, value, strcspn(value, " \t"));
}

static void set_scheme(struct http_request *rq, const char *scheme)
{
	if (scheme && strcasecmp(scheme, "https") == 0) rq->scheme = "https";
}

static void set_host(struct http_request *rq, const char *host)
{
	if (host && guard_host(host, strlen(host))) rq->host = host;
}

/* Walks the chain from our end while it is made of trusted proxies. Returns the client's hop, or
 * NULL when nothing of the chain can be used. */
static const struct hop *find_client(const struct proxies *proxies, const struct hops *hops)
{
	const struct hop *client = NULL;
	for (int i = hops->count - 1; i >= 0; i--) {
		if (!hops->hop[i].known) break;
		client = &hops->hop[i];
		if (!is_trusted(proxies, &client->address)) break;
	}
	return client;
}

static char *lower(struct arena *a, const char *s)
{
	char *copy = arena_strdup(a, s);
	for (char *p = copy; *p; p++)
		if (*p >= 'A' && *p <= 'Z') *p = (char)(*p - 'A' + 'a');
	return copy;
}

void proxies_resolve(const struct proxies *proxies, struct arena *a, const struct address *from, const char *host,
                     struct http_request *rq)
{
	struct hops hops = { 0 };
	const struct hop *client = NULL;
	char text[ADDRESS_TEXT];
	rq->scheme = "http";
	rq->host = host;
	if (is_trusted(proxies, from)) {
		if (proxies->rfc7239) forwarded_read(a, rq, &hops);
		else forwarded_read_x(rq, &hops);
		client = find_client(proxies, &hops);
		set_scheme(rq, proxies->rfc7239 ? (client ? client->scheme : NULL)
		                                : last_value(a, rq, "X-Forwarded-Proto"));
		set_host(rq, proxies->rfc7239 ? (client ? client->host : NULL) : last_value(a, rq, "X-Forwarded-Host"));
	}
	rq->host = lower(a, rq->host);
	rq->peer = arena_strdup(a, address_format(client ? &client->address : from, text));
}

/*
 * One request, from bytes: the guard, the parser, the path, the proxies' word and the body. Knows
 * nothing of sockets, so that tests and fuzzers feed it directly. Errors are HTTP statuses.
 */
#ifndef PARVIS_MESSAGE_H
#define PARVIS_MESSAGE_H

#include "net/address.h"
#include "net/guard.h"
#include "net/parser.h"
#include "net/proxies.h"
#include "net/server.h"
#include "net/upload.h"

/* What does not change from one request to the next. */
struct message_rules {
	const struct proxies *proxies;
	int64_t (*body_limit)(void *context, enum http_method method, const char *path);
	void *context;
	const char *tmp_dir;
};

struct message {
	const struct message_rules *rules;
	struct arena *arena;
	struct http_request *rq;
	struct parser *parser;
	struct guard_head head;
	struct guard_chunked chunked;
	struct upload upload;
	int64_t limit; /* of the body */
	bool close;    /* the client wants the connection closed after this request */
	bool has_body; /* message_body is to be called */
	bool complete; /* rq may be handled */
};

/* The upload lives from init to release, across requests; the rest between two resets. */
void message_init(struct message *m);
void message_reset(struct message *m);
void message_release(struct message *m);

/* Reads a head that guard_scan found; `rq` is filled with strings from `a` as far as it goes. */
int message_head(struct message *m, const struct message_rules *rules, struct arena *a, const struct address *from,
                 const char *head, size_t len, struct http_request *rq) MUST;

/* Reads body bytes; `*used` tells how many were of this request. 0, or a status; m->complete
 * tells when to stop. */
int message_body(struct message *m, const char *data, size_t len, size_t *used) MUST;
/* How many bytes are still to come, 0 when that is not known (chunked). */
int64_t message_left(const struct message *m);

#endif

/* A request and its answer, while there is one: idle connections have none. */
#ifndef PARVIS_EXCHANGE_H
#define PARVIS_EXCHANGE_H

#include "net/message.h"
#include "net/pool.h"
#include "net/server.h"

struct connection;

struct exchange {
	struct pool_job job;           /* first: the pool knows only this */
	struct connection *connection; /* NULL: the client has gone, nobody wants the answer */
	struct arena arena;            /* what the request is made of */
	struct http_request rq;
	struct http_response rs;
	struct message message;
	struct buf head; /* of the answer */
	int64_t begun;   /* microseconds, monotonic, when the head was read */
};

struct exchange *exchange_new(void);
/* Makes it ready for another request: files closed, memory kept but for what is large. */
void exchange_reset(struct exchange *ex);
void exchange_free(struct exchange *ex);

/* Lets the hook of `options` answer, with `arena` for its memory (reset by the caller), and writes
 * what it said into ex->head. `fast`: the hook that may decline (then false, nothing is said). */
bool exchange_run(struct exchange *ex, const struct server_options *options, struct arena *arena, bool fast);

#endif

/* The event loop: owns the listener, the connections and the deadline tick. One thread. */
#ifndef PARVIS_LOOP_H
#define PARVIS_LOOP_H

#include <event2/event.h>
#include <event2/listener.h>
#include <stdatomic.h>

#include "net/exchange.h"
#include "net/limits.h"
#include "net/pool.h"
#include "net/response.h"
#include "net/server.h"

enum { SCRATCH_SIZE = 64 * 1024 };

struct loop {
	const struct server_options *options;
	struct server_limits limits;
	struct message_rules rules;
	struct event_base *base;
	struct evconnlistener *listener;
	struct event *tick, *wake;
	int wake_fd; /* eventfd: an answer is ready, or server_stop was called */
	struct pool *pool;
	struct connection *connections; /* all of them */
	atomic_int nconnections;
	struct exchange *spare; /* kept for the next requests */
	int nspare;
	struct arena arena; /* for the fast hook */
	uint64_t next_id;
	atomic_bool stop_asked, reload_asked;
	bool stopping;
	int64_t stop_at;
	int64_t date_second;
	char date[HTTP_DATE];
	char scratch[SCRATCH_SIZE]; /* for bodies on their way to a file */
};

/* `fd` listens already; the loop closes it, even on failure. `loop` is zeroed. */
enum code loop_init(struct loop *loop, const struct server_options *options, int fd, struct err *err) MUST;
/* Until stop_asked is set and the last connection has ended; `pool` must be set before. */
enum code loop_run(struct loop *loop, struct err *err) MUST;
void loop_release(struct loop *loop);
/* As server_trust. */
enum code loop_trust(struct loop *loop, const char *const *trusted, bool forwarded, struct err *err) MUST;

/* For connections. */
struct exchange *loop_take_exchange(struct loop *loop);
/* Logs it if something was answered, and keeps it for another request. */
void loop_end_exchange(struct loop *loop, struct exchange *ex);
const char *loop_date(struct loop *loop);
void loop_add(struct loop *loop, struct connection *c);
void loop_remove(struct loop *loop, struct connection *c);
/* So many connections that idle ones must make room. */
bool loop_is_crowded(const struct loop *loop);

#endif

#include "net/loop.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "net/connection.h"

enum { SPARE_MAX = 64 };

const struct server_limits server_limits_usual = {
	.header = 15000,
	.transfer = 15000,
	.rate = 8192,
	.idle = 60000,
	.linger = 5000,
	.stop = 10000,
	.tick = 1000,
	.queue = 4096, /* a town meeting that begins to answer at the same instant */
	.patience = 30000,
	.connections = 16384,
};

/* For the log. */
static int64_t monotonic_microseconds(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

/* A bijection (the finaliser of splitmix64): ids are unique but do not tell how many there were. */
static uint64_t mix(uint64_t x)
{
	x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
	x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
	return x ^ (x >> 31);
}

struct exchange *loop_take_exchange(struct loop *loop)
{
	static const char hex[] = "0123456789abcdef";
	struct exchange *ex = loop->spare;
	if (ex) {
		loop->spare = (struct exchange *)ex->job.next;
		loop->nspare--;
	} else {
		ex = exchange_new();
	}
	uint64_t id = mix(loop->next_id++);
	for (int i = 0; i < 16; i++) ex->rq.id[i] = hex[id >> (60 - 4 * i) & 15];
	ex->begun = monotonic_microseconds();
	return ex;
}

void loop_end_exchange(struct loop *loop, struct exchange *ex)
{
	const struct server_options *options = loop->options;
	if (options->log && ex->rs.status)
		options->log(options->watcher, &ex->rq, &ex->rs, monotonic_microseconds() - ex->begun);
	if (loop->nspare >= SPARE_MAX) {
		exchange_free(ex);
		return;
	}
	exchange_reset(ex);
	ex->job.next = (struct pool_job *)loop->spare;
	loop->spare = ex;
	loop->nspare++;
}

const char *loop_date(struct loop *loop)
{
	int64_t now = clock_now();
	if (now / 1000 != loop->date_second) {
		loop->date_second = now / 1000;
		http_date(now, loop->date);
	}
	return loop->date;
}

static void stop_if_empty(struct loop *loop)
{
	if (loop->stopping && loop->nconnections == 0) event_base_loopbreak(loop->base);
}

void loop_add(struct loop *loop, struct connection *c)
{
	c->next = loop->connections;
	if (c->next) c->next->prev = c;
	loop->connections = c;
	if (++loop->nconnections >= loop->limits.connections) evconnlistener_disable(loop->listener);
}

void loop_remove(struct loop *loop, struct connection *c)
{
	if (c->prev) c->prev->next = c->next;
	else loop->connections = c->next;
	if (c->next) c->next->prev = c->prev;
	if (loop->nconnections-- == loop->limits.connections && loop->listener) evconnlistener_enable(loop->listener);
	stop_if_empty(loop);
}

bool loop_is_crowded(const struct loop *loop)
{
	return loop->nconnections > loop->limits.connections / 4 * 3;
}

static void on_accept(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *sa, int len, void *arg)
{
	(void)listener;
	(void)len;
	connection_new(arg, fd, sa);
}

/* Out of descriptors, most likely: wait for the tick rather than spin. */
static void on_accept_error(struct evconnlistener *listener, void *arg)
{
	(void)arg;
	evconnlistener_disable(listener);
}

static void begin_stop(struct loop *loop)
{
	loop->stopping = true;
	loop->stop_at = clock_monotonic() + loop->limits.stop;
	evconnlistener_free(loop->listener);
	loop->listener = NULL;
	for (struct connection *c = loop->connections, *next; c; c = next) {
		next = c->next;
		connection_stop(c);
	}
	stop_if_empty(loop);
}

static void on_wake(evutil_socket_t fd, short what, void *arg)
{
	struct loop *loop = arg;
	uint64_t count;
	(void)what;
	if (read(fd, &count, sizeof(count)) < 0 && errno != EAGAIN) die("eventfd: %m");
	for (struct pool_job *job = pool_done(loop->pool), *next; job; job = next) {
		next = job->next;
		struct exchange *ex = (struct exchange *)job;
		if (ex->connection) connection_answer(ex->connection);
		else loop_end_exchange(loop, ex);
	}
	if (atomic_exchange(&loop->reload_asked, false) && loop->options->reload)
		loop->options->reload(loop->options->watcher);
	if (atomic_load(&loop->stop_asked) && !loop->stopping) begin_stop(loop);
}

static void on_tick(evutil_socket_t fd, short what, void *arg)
{
	struct loop *loop = arg;
	int64_t now = clock_monotonic();
	(void)fd;
	(void)what;
	for (struct connection *c = loop->connections, *next; c; c = next) {
		next = c->next;
		if (loop->stopping && now >= loop->stop_at) connection_close(c);
		else if (now >= c->deadline) connection_expire(c);
	}
	if (!loop->stopping && loop->nconnections < loop->limits.connections) evconnlistener_enable(loop->listener);
}

/* Leaves descriptors for the database and for files, however low the system's limit is. */
static int bound_connections(int wanted)
{
	struct rlimit limit;
	if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
	rlim_t most = limit.rlim_cur / 4 * 3;
	return most < (rlim_t)wanted ? (int)most : wanted;
}

static bool start_events(struct loop *loop, int fd)
{
	struct event_config *config = event_config_new();
	if (config == NULL) return false;
	event_config_set_flag(config, EVENT_BASE_FLAG_EPOLL_USE_CHANGELIST);
	event_config_set_flag(config, EVENT_BASE_FLAG_NOLOCK);
	loop->base = event_base_new_with_config(config);
	event_config_free(config);
	if (loop->base == NULL) return false;
	loop->listener = evconnlistener_new(loop->base, on_accept, loop, LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC,
	                                    0, fd);
	loop->wake = event_new(loop->base, loop->wake_fd, EV_READ | EV_PERSIST, on_wake, loop);
	loop->tick = event_new(loop->base, -1, EV_PERSIST, on_tick, loop);
	if (loop->listener == NULL || loop->wake == NULL || loop->tick == NULL) return false;
	evconnlistener_set_error_cb(loop->listener, on_accept_error);
	struct timeval every = { .tv_sec = loop->limits.tick / 1000, .tv_usec = loop->limits.tick % 1000 * 1000 };
	return event_add(loop->wake, NULL) == 0 && event_add(loop->tick, &every) == 0;
}

enum code loop_init(struct loop *loop, const struct server_options *options, int fd, struct err *err)
{
	loop->options = options;
	loop->date_second = -1;
	loop->limits = options->limits ? *options->limits : server_limits_usual;
	loop->limits.connections = bound_connections(loop->limits.connections);
	random_bytes(&loop->next_id, sizeof(loop->next_id));
	loop->rules = (struct message_rules){ NULL, options->body_limit, options->context, options->tmp_dir };
	loop->wake_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (loop->wake_fd < 0 || !start_events(loop, fd)) {
		if (loop->listener == NULL) close(fd);
		loop_release(loop);
		FAIL(err, E_IO, "Cannot start the event loop: %s", strerror(errno));
	}
	enum code code = loop_trust(loop, options->trusted_proxies, options->forwarded, err);
	if (code != OK) loop_release(loop);
	return code;
}

enum code loop_trust(struct loop *loop, const char *const *trusted, bool forwarded, struct err *err)
{
	struct proxies *proxies;
	TRY(proxies_new(trusted, forwarded, &proxies, err));
	proxies_free((struct proxies *)loop->rules.proxies);
	loop->rules.proxies = proxies;
	return OK;
}

enum code loop_run(struct loop *loop, struct err *err)
{
	int result = event_base_loop(loop->base, EVLOOP_NO_EXIT_ON_EMPTY);
	while (loop->connections) connection_close(loop->connections);
	/* libevent closes a freed bufferevent's socket one turn later. */
	event_base_loop(loop->base, EVLOOP_NONBLOCK);
	if (result < 0) FAIL(err, E_IO, "The event loop failed");
	return OK;
}

void loop_release(struct loop *loop)
{
	if (loop->listener) evconnlistener_free(loop->listener);
	if (loop->tick) event_free(loop->tick);
	if (loop->wake) event_free(loop->wake);
	if (loop->base) event_base_free(loop->base);
	if (loop->wake_fd >= 0) close(loop->wake_fd);
	while (loop->spare) {
		struct exchange *ex = loop->spare;
		loop->spare = (struct exchange *)ex->job.next;
		exchange_free(ex);
	}
	arena_release(&loop->arena);
	proxies_free((struct proxies *)loop->rules.proxies);
}

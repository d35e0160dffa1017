#include "net/server.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "net/listen.h"
#include "net/loop.h"

struct server {
	struct server_options options;
	char address[LISTEN_ADDRESS];
	struct loop loop;
};

enum code server_new(const struct server_options *options, struct server **ret, struct err *err)
{
	int fd = -1;
	struct server *server = calloc(1, sizeof(*server));
	if (server == NULL) die("out of memory");
	server->options = *options;
	enum code code = listen_on(options->listen, &fd, server->address, err);
	if (code == OK) code = loop_init(&server->loop, &server->options, fd, err);
	if (code != OK) {
		if (fd >= 0) listen_end(server->address);
		free(server);
		return code;
	}
	/* Writing to a client that has gone is an error to see, not a reason to die. */
	signal(SIGPIPE, SIG_IGN);
	*ret = server;
	return OK;
}

const char *server_address(const struct server *server)
{
	return server->address;
}

static void run_job(void *context, struct pool_job *job, struct arena *arena)
{
	struct server *server = context;
	exchange_run((struct exchange *)job, &server->options, arena, false);
}

static void end_worker(void *context)
{
	struct server *server = context;
	if (server->options.worker_end) server->options.worker_end(server->options.context);
}

static int count_workers(int wanted)
{
	if (wanted > 0) return wanted;
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	return processors > 2 ? (int)processors : 2;
}

enum code server_run(struct server *server, struct err *err)
{
	struct loop *loop = &server->loop;
	struct pool_options options = {
		.workers = count_workers(server->options.workers),
		.queue = loop->limits.queue,
		.patience = loop->limits.patience,
		.run = run_job,
		.worker_end = end_worker,
		.context = server,
		.wake_fd = loop->wake_fd,
	};
	TRY(pool_new(&options, &loop->pool, err));
	enum code code = loop_run(loop, err);
	pool_stop(loop->pool);
	for (struct pool_job *job = pool_done(loop->pool), *next; job; job = next) {
		next = job->next;
		loop_end_exchange(loop, (struct exchange *)job);
	}
	pool_free(loop->pool);
	loop->pool = NULL;
	return code;
}

static void ask(struct server *server, atomic_bool *what)
{
	uint64_t one = 1;
	atomic_store(what, true);
	/* It can fail only when the counter is full, and then the loop is awake anyway. */
	ssize_t ignored = write(server->loop.wake_fd, &one, sizeof(one));
	(void)ignored;
}

void server_stop(struct server *server)
{
	ask(server, &server->loop.stop_asked);
}

void server_reload(struct server *server)
{
	ask(server, &server->loop.reload_asked);
}

enum code server_trust(struct server *server, const char *const *trusted_proxies, bool forwarded, struct err *err)
{
	return loop_trust(&server->loop, trusted_proxies, forwarded, err);
}

int server_connections(const struct server *server)
{
	return atomic_load(&server->loop.nconnections);
}

void server_free(struct server *server)
{
	if (server == NULL) return;
	loop_release(&server->loop);
	listen_end(server->address);
	free(server);
}

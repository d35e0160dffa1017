/*
 * A real server on a thread of its own, and a client that says exactly the bytes it is told to.
 * The handler answers with what it understood, one "name=value" a line; some paths do more (see
 * fixture_handle).
 */
#ifndef PARVIS_TEST_SERVER_FIXTURE_H
#define PARVIS_TEST_SERVER_FIXTURE_H

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "net/limits.h"
#include "net/server.h"

#define HELPER static UNUSED

struct fixture {
	struct server_options options;
	struct server_limits limits;
	struct server *server;
	pthread_t thread;
	atomic_int handled, ended_workers, logged, last_status;
	atomic_int inside; /* handlers running now */
	atomic_bool gate;  /* "/gate" waits until it is open */
	int64_t body_limit;
};

/* A checksum that depends on the order (Adler-32), and the length. */
HELPER uint32_t adler(uint32_t sum, const char *data, size_t len)
{
	uint32_t a = sum & 0xFFFF, b = sum >> 16;
	for (size_t i = 0; i < len; i++) {
		a = (a + (unsigned char)data[i]) % 65521;
		b = (b + a) % 65521;
	}
	return b << 16 | a;
}

HELPER uint32_t body_sum(const struct http_request *rq)
{
	char piece[16384];
	uint32_t sum = 1;
	if (rq->body_fd < 0) return adler(sum, rq->body, (size_t)rq->body_len);
	assert_null(rq->body);
	for (ssize_t n; (n = read(rq->body_fd, piece, sizeof(piece))) > 0;) sum = adler(sum, piece, (size_t)n);
	return sum;
}

HELPER void fixture_echo(struct http_request *rq, struct http_response *rs)
{
	static const char *const methods[] = { "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "OTHER" };
	rs->status = 200;
	http_set(rs, "Content-Type", "text/plain");
	http_set(rs, "X-Id", arena_strdup(rq->arena, rq->id));
	buf_printf(&rs->body, "method=%s\npath=%s\nquery=%s\ntarget=%s\n", methods[rq->method], rq->path, rq->query,
	           rq->target);
	buf_printf(&rs->body, "peer=%s\nscheme=%s\nhost=%s\n", rq->peer, rq->scheme, rq->host);
	buf_printf(&rs->body, "body=%lld\nsum=%u\nfile=%d\n", (long long)rq->body_len, body_sum(rq), rq->body_fd >= 0);
	buf_printf(&rs->body, "lost=%s\n", rq->body_lost ? code_name(rq->body_lost->code) : "no");
	for (int i = 0; i < rq->nheaders; i++)
		buf_printf(&rs->body, "%s: %s\n", rq->headers[i].name, rq->headers[i].value);
}

HELPER long number_in(const char *path)
{
	const char *slash = strrchr(path, '/');
	return strtol(slash + 1, NULL, 10);
}

/* A file of `size` bytes, the i-th being 'a' + i % 26; unlinked. */
HELPER int file_of(long size)
{
	char name[] = "/tmp/parvis-test-XXXXXX";
	int fd = mkstemp(name);
	unlink(name);
	FILE *f = fdopen(dup(fd), "w");
	for (long i = 0; i < size; i++) fputc('a' + (int)(i % 26), f);
	fclose(f);
	return fd;
}

/* Paths: /gate waits for the gate; /status/N; /big/N bytes; /file/N bytes; /set/… with a cookie. */
HELPER void fixture_handle(void *context, struct http_request *rq, struct http_response *rs)
{
	struct fixture *f = context;
	atomic_fetch_add(&f->handled, 1);
	atomic_fetch_add(&f->inside, 1);
	if (strncmp(rq->path, "/gate", 5) == 0) {
		while (!atomic_load(&f->gate)) usleep(1000);
		fixture_echo(rq, rs);
	} else if (strncmp(rq->path, "/status/", 8) == 0) {
		rs->status = (int)number_in(rq->path);
		buf_puts(&rs->body, "never for 204 and 304");
	} else if (strncmp(rq->path, "/big/", 5) == 0) {
		rs->status = 200;
		for (long i = 0, n = number_in(rq->path); i < n; i++) buf_putc(&rs->body, (char)('a' + i % 26));
	} else if (strncmp(rq->path, "/file/", 6) == 0) {
		rs->status = 200;
		rs->file_size = number_in(rq->path);
		rs->file_fd = file_of(rs->file_size);
	} else if (strncmp(rq->path, "/short/", 7) == 0) {
		rs->status = 200; /* a file that lost its end after it was measured */
		rs->file_size = number_in(rq->path);
		rs->file_fd = file_of(rs->file_size / 2);
	} else if (strcmp(rq->path, "/close") == 0) {
		fixture_echo(rq, rs);
		rs->close = true;
	} else if (strcmp(rq->path, "/nothing") != 0) {
		fixture_echo(rq, rs);
	}
	atomic_fetch_sub(&f->inside, 1);
}

HELPER void fixture_log(void *context, const struct http_request *rq, const struct http_response *rs,
                        int64_t microseconds)
{
	struct fixture *f = context;
	assert_non_null(rq->target);
	assert_non_null(rq->peer);
	assert_int_equal(strlen(rq->id), 16);
	assert_true(microseconds >= 0);
	atomic_store(&f->last_status, rs->status);
	atomic_fetch_add(&f->logged, 1);
}

HELPER int64_t fixture_body_limit(void *context, enum http_method method, const char *path)
{
	struct fixture *f = context;
	(void)method;
	return strcmp(path, "/no-body") == 0 ? 0 : f->body_limit;
}

HELPER void fixture_worker_end(void *context)
{
	struct fixture *f = context;
	atomic_fetch_add(&f->ended_workers, 1);
}

HELPER void *fixture_thread(void *arg)
{
	struct fixture *f = arg;
	struct err err = { 0 };
	enum code code = server_run(f->server, &err);
	return code == OK ? NULL : f;
}

/* Usual limits; change f.options and f.limits between the two. */
HELPER void fixture_init(struct fixture *f)
{
	*f = (struct fixture){ .limits = server_limits_usual, .body_limit = 64 * 1024 * 1024 };
	f->options = (struct server_options){
		.listen = "127.0.0.1:0",
		.workers = 2,
		.body_limit = fixture_body_limit,
		.handle = fixture_handle,
		.worker_end = fixture_worker_end,
		.log = fixture_log,
		.tmp_dir = "/tmp",
	};
}

HELPER void fixture_start(struct fixture *f)
{
	struct err err = { 0 };
	char text[512];
	f->options.context = f->options.watcher = f;
	f->options.limits = &f->limits;
	if (server_new(&f->options, &f->server, &err) != OK)
		fail_msg("%s", err_format(&err, err.msg, text, sizeof(text)));
	assert_int_equal(pthread_create(&f->thread, NULL, fixture_thread, f), 0);
}

HELPER void fixture_end(struct fixture *f)
{
	void *failed;
	atomic_store(&f->gate, true);
	server_stop(f->server);
	pthread_join(f->thread, &failed);
	assert_null(failed);
	assert_int_equal(f->ended_workers, f->options.workers);
	server_free(f->server);
}

/* Waits for a counter to reach `value` (20 s: a sanitiser on a busy machine is slow). */
HELPER void wait_for(const atomic_int *counter, int value)
{
	for (int i = 0; i < 20000 && atomic_load(counter) < value; i++) usleep(1000);
	assert_true(atomic_load(counter) >= value);
}

/* ---- Client ---- */

struct client {
	int fd;
	char *in; /* received and not yet used; NUL-terminated */
	size_t len, cap;
};

struct reply {
	int status;
	char *head; /* with the status line; both freed by reply_free */
	char *body;
	size_t len;
};

HELPER void client_connect(struct client *c, const struct fixture *f)
{
	const char *address = server_address(f->server);
	*c = (struct client){ 0 };
	if (strncmp(address, "unix:", 5) == 0) {
		struct sockaddr_un sa = { .sun_family = AF_UNIX };
		snprintf(sa.sun_path, sizeof(sa.sun_path), "%s", address + 5);
		c->fd = socket(AF_UNIX, SOCK_STREAM, 0);
		assert_int_equal(connect(c->fd, (struct sockaddr *)&sa, sizeof(sa)), 0);
	} else {
		struct sockaddr_in sa = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
		sa.sin_port = htons((uint16_t)strtol(strrchr(address, ':') + 1, NULL, 10));
		c->fd = socket(AF_INET, SOCK_STREAM, 0);
		assert_int_equal(connect(c->fd, (struct sockaddr *)&sa, sizeof(sa)), 0);
	}
}

HELPER void client_close(struct client *c)
{
	close(c->fd);
	free(c->in);
	*c = (struct client){ .fd = -1 };
}

/* Closes with a reset, as a client that crashes does. */
HELPER void client_reset(struct client *c)
{
	struct linger linger = { .l_onoff = 1 };
	setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
	client_close(c);
}

/* False when the server does not want any more. */
HELPER bool client_send(struct client *c, const void *data, size_t len)
{
	const char *at = data;
	while (len) {
		ssize_t n = send(c->fd, at, len, MSG_NOSIGNAL);
		if (n < 0) return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

HELPER void client_say(struct client *c, const char *text)
{
	client_send(c, text, strlen(text));
}

/* Receives something (10 s); false at the end. */
HELPER bool client_receive(struct client *c)
{
	struct pollfd p = { .fd = c->fd, .events = POLLIN };
	if (c->cap - c->len < 65536) c->in = realloc(c->in, (c->cap = c->cap * 2 + 131072));
	assert_non_null(c->in);
	if (poll(&p, 1, 10000) != 1) fail_msg("the server says nothing");
	ssize_t n = recv(c->fd, c->in + c->len, c->cap - c->len - 1, 0);
	if (n > 0) c->len += (size_t)n;
	c->in[c->len] = '\0';
	return n > 0;
}

/* Whether the connection ends without another byte. */
HELPER bool client_at_end(struct client *c)
{
	return c->len == 0 && !client_receive(c);
}

HELPER const char *reply_field(const struct reply *r, const char *name)
{
	static _Thread_local char value[4096];
	size_t len = strlen(name);
	for (const char *line = strstr(r->head, "\r\n"); line && line[2]; line = strstr(line + 2, "\r\n")) {
		if (strncasecmp(line + 2, name, len) != 0 || line[2 + len] != ':') continue;
		const char *from = line + 3 + len + (line[3 + len] == ' ');
		snprintf(value, sizeof(value), "%.*s", (int)strcspn(from, "\r"), from);
		return value;
	}
	return NULL;
}

/* Reads one answer; `head_only` for the answer to a HEAD. False when the connection ended first. */
HELPER bool client_reply(struct client *c, bool head_only, struct reply *r)
{
	char *end;
	while (c->len == 0 || (end = strstr(c->in, "\r\n\r\n")) == NULL)
		if (!client_receive(c)) return false;
	size_t head = (size_t)(end - c->in) + 4;
	*r = (struct reply){ .head = strndup(c->in, head) };
	assert_int_equal(sscanf(r->head, "HTTP/1.1 %3d", &r->status), 1);
	const char *length = reply_field(r, "Content-Length");
	if (length && !head_only) r->len = (size_t)strtoul(length, NULL, 10);
	while (c->len < head + r->len)
		if (!client_receive(c)) break;
	if (c->len < head + r->len) r->len = c->len - head;
	r->body = strndup(c->in + head, r->len);
	c->len -= head + r->len;
	memmove(c->in, c->in + head + r->len, c->len + 1);
	return true;
}

HELPER void reply_free(struct reply *r)
{
	free(r->head);
	free(r->body);
	*r = (struct reply){ 0 };
}

/* Says `text` on a connection of its own; the status of the first answer, 0 when there is none. */
HELPER int status_for_bytes(struct fixture *f, const char *text, size_t len)
{
	struct client c;
	struct reply r;
	client_connect(&c, f);
	client_send(&c, text, len);
	int status = client_reply(&c, false, &r) ? r.status : 0;
	if (status) reply_free(&r);
	client_close(&c);
	return status;
}

HELPER int status_for(struct fixture *f, const char *text)
{
	return status_for_bytes(f, text, strlen(text));
}

/* Says `text`, expects one answer of that status with `part` in its body. */
HELPER void expect(struct client *c, const char *text, int status, const char *part)
{
	struct reply r;
	client_say(c, text);
	assert_true(client_reply(c, false, &r));
	assert_int_equal(r.status, status);
	if (part && strstr(r.body, part) == NULL) fail_msg("no \"%s\" in:\n%s", part, r.body);
	reply_free(&r);
}

#endif

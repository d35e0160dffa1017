#include "net/connection.h"

#include <errno.h>
#include <event2/buffer.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "net/response.h"
#include "net/transmit.h"

/* What became of the connection after a step. */
enum next {
	GO,   /* there may be another request in what was read already */
	WAIT, /* for the network or a worker */
	GONE, /* closed: do not touch it */
};

enum { TURNS = 16, BODY_READS = 4, SINGLE_WRITE = 256 * 1024 };

static int64_t after(int64_t ms)
{
	return clock_monotonic() + ms;
}

static int64_t transfer_time(const struct connection *c, int64_t bytes)
{
	return c->loop->limits.transfer + bytes * 1000 / c->loop->limits.rate;
}

/* ---- End ---- */

void connection_close(struct connection *c)
{
	struct exchange *ex = c->exchange;
	if (ex && c->state == HANDLED && !pool_cancel(c->loop->pool, &ex->job))
		ex->connection = NULL; /* a worker has it: it comes back by itself */
	else if (ex) loop_end_exchange(c->loop, ex);
	bufferevent_free(c->bev);
	loop_remove(c->loop, c);
	free(c);
}

static enum next close_now(struct connection *c)
{
	connection_close(c);
	return GONE;
}

/*
 * Closing while the client still sends makes its kernel throw our answer away (RFC 9112 §9.6): end
 * our side, and read on for a while.
 */
static enum next linger(struct connection *c)
{
	struct evbuffer *input = bufferevent_get_input(c->bev);
	if (c->eof || shutdown(bufferevent_getfd(c->bev), SHUT_WR) != 0) return close_now(c);
	c->state = LINGERING;
	c->deadline = after(c->loop->limits.linger);
	evbuffer_drain(input, evbuffer_get_length(input));
	return WAIT;
}

/* ---- Answer ---- */

/* The whole answer has left. */
static enum next end_answer(struct connection *c)
{
	bool close = c->exchange->rs.close;
	loop_end_exchange(c->loop, c->exchange);
	c->exchange = NULL;
	if (close) return linger(c);
	c->state = READ_HEAD;
	c->begun = false;
	c->scan = (struct guard_scan){ 0 };
	c->deadline = after(c->loop->limits.idle);
	return GO;
}

static enum next send_answer(struct connection *c)
{
	struct exchange *ex = c->exchange;
	struct loop *loop = c->loop;
	c->state = SENDING;
	if (ex->message.close || loop->stopping || loop_is_crowded(loop)) ex->rs.close = true;
	response_end(&ex->rs, loop_date(loop), ex->rq.id, ex->rs.close, &ex->head);
	int64_t left = transmit(c->bev, ex);
	if (left < 0) return close_now(c);
	if (left == 0) return end_answer(c);
	c->deadline = after(transfer_time(c, left));
	return WAIT;
}

/* Answers for the handler, and closes: after a broken request nobody knows where the next begins.
 */
static enum next refuse(struct connection *c, int status)
{
	char from[ADDRESS_TEXT];
	if (c->exchange == NULL) c->exchange = loop_take_exchange(c->loop);
	struct exchange *ex = c->exchange;
	if (*ex->rq.peer == '\0') ex->rq.peer = arena_strdup(&ex->arena, address_format(&c->from, from));
	response_error(&ex->rs, status);
	ex->rs.close = true;
	response_head(&ex->rs, &ex->head);
	return send_answer(c);
}

/* The request is there: a quick answer, or a worker's, or "too busy". */
static enum next dispatch(struct connection *c)
{
	struct loop *loop = c->loop;
	struct exchange *ex = c->exchange;
	bool read_only = ex->rq.method == HTTP_GET || ex->rq.method == HTTP_HEAD;
	if (loop->options->fast && read_only && ex->rq.body_len == 0) {
		bool answered = exchange_run(ex, loop->options, &loop->arena, true);
		arena_reset(&loop->arena);
		if (answered) return send_answer(c);
	}
	ex->connection = c;
	c->state = HANDLED;
	c->deadline = INT64_MAX;
	if (pool_push(loop->pool, &ex->job)) return WAIT;
	response_error(&ex->rs, 503);
	response_head(&ex->rs, &ex->head);
	return send_answer(c);
}

/* ---- Request ---- */

static enum next begin_body(struct connection *c)
{
	struct message *m = &c->exchange->message;
	c->state = READ_BODY;
	c->deadline = after(transfer_time(c, m->head.length));
	if (m->head.expect_continue && m->head.minor == 1 && evbuffer_get_length(bufferevent_get_input(c->bev)) == 0) {
		static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
		bufferevent_write(c->bev, go_on, sizeof(go_on) - 1);
	}
	return GO;
}

static enum next read_head(struct connection *c)
{
	struct evbuffer *input = bufferevent_get_input(c->bev);
	size_t len = evbuffer_get_length(input);
	if (len == 0) return c->eof ? close_now(c) : WAIT;
	if (!c->begun) {
		c->begun = true;
		c->deadline = after(c->loop->limits.header);
	}
	len = MIN(len, (size_t)HEAD_MAX);
	const char *data = (const char *)evbuffer_pullup(input, (ev_ssize_t)len);
	long head = guard_scan(&c->scan, data, len);
	if (head < 0) return refuse(c, (int)-head);
	if (head == 0) return c->eof ? close_now(c) : WAIT;
	struct exchange *ex = c->exchange = loop_take_exchange(c->loop);
	int status = message_head(&ex->message, &c->loop->rules, &ex->arena, &c->from, data, (size_t)head, &ex->rq);
	evbuffer_drain(input, (size_t)head);
	if (status) return refuse(c, status);
	return ex->message.complete ? dispatch(c) : begin_body(c);
}

/* Of chunks nobody knows the size: what has come so far earns its time. */
static void extend_deadline(struct connection *c)
{
	struct message *m = &c->exchange->message;
	if (m->head.chunked) {
		int64_t earned = c->exchange->begun / 1000 + transfer_time(c, m->upload.len);
		if (earned > c->deadline) c->deadline = earned;
	}
}

/* One piece of body, from what libevent has read, else straight from the socket: libevent reads
 * 4 KiB at a time. Returns its size, 0 when there is nothing, -1 when refused with *status. */
static ssize_t read_piece(struct connection *c, int *status)
{
	struct evbuffer *input = bufferevent_get_input(c->bev);
	struct message *m = &c->exchange->message;
	struct evbuffer_iovec piece;
	size_t used = 0;
	if (evbuffer_peek(input, -1, NULL, &piece, 1) > 0) {
		*status = message_body(m, piece.iov_base, piece.iov_len, &used);
		evbuffer_drain(input, used);
	} else {
		size_t want = MIN((size_t)message_left(m), (size_t)SCRATCH_SIZE);
		ssize_t n = want ? recv(bufferevent_getfd(c->bev), c->loop->scratch, want, 0) : 0;
		if (n <= 0) return 0; /* libevent meets the same end or error, and tells */
		*status = message_body(m, c->loop->scratch, (size_t)n, &used);
	}
	return *status ? -1 : (ssize_t)used;
}

static enum next read_body(struct connection *c)
{
	struct message *m = &c->exchange->message;
	for (int reads = 0; reads < BODY_READS; reads++) {
		int status = 0;
		ssize_t n = read_piece(c, &status);
		if (n < 0) return refuse(c, status);
		if (m->complete) return dispatch(c);
		extend_deadline(c);
		if (n == 0) return c->eof ? close_now(c) : WAIT;
	}
	/* Bytes left in the input are ours to come back for; the socket wakes us by itself. */
	return evbuffer_get_length(bufferevent_get_input(c->bev)) ? GO : WAIT;
}

/* Does what can be done with what has come, but lets the others have their turn. */
static void advance(struct connection *c)
{
	for (int turn = 0; turn < TURNS; turn++) {
		enum next next = WAIT;
		if (c->state == READ_HEAD) next = read_head(c);
		else if (c->state == READ_BODY) next = read_body(c);
		if (next != GO) return;
	}
	bufferevent_trigger(c->bev, EV_READ, BEV_TRIG_DEFER_CALLBACKS);
}

/* ---- Events ---- */

static void on_read(struct bufferevent *bev, void *arg)
{
	struct connection *c = arg;
	struct evbuffer *input = bufferevent_get_input(bev);
	if (c->state == LINGERING) evbuffer_drain(input, evbuffer_get_length(input));
	else advance(c);
}

static void on_written(struct bufferevent *bev, void *arg)
{
	struct connection *c = arg;
	(void)bev;
	if (c->state == SENDING && end_answer(c) == GO) advance(c);
}

static void on_event(struct bufferevent *bev, short what, void *arg)
{
	struct connection *c = arg;
	(void)bev;
	bool half_closed = (what & BEV_EVENT_EOF) && (what & BEV_EVENT_READING);
	if (!half_closed || c->state == LINGERING) {
		connection_close(c);
		return;
	}
	/* The client may only have ended its own side: what it asked for is still answered. */
	c->eof = true;
	if (c->state == READ_HEAD || c->state == READ_BODY) advance(c);
}

void connection_new(struct loop *loop, int fd, const struct sockaddr *from)
{
	int one = 1;
	struct connection *c = calloc(1, sizeof(*c));
	if (c == NULL) die("out of memory");
	c->bev = bufferevent_socket_new(loop->base, fd, BEV_OPT_CLOSE_ON_FREE);
	if (c->bev == NULL) die("out of memory");
	c->loop = loop;
	c->from = address_of(from);
	c->deadline = after(loop->limits.header);
	/* An answer is one write: waiting for more to send would only delay it. */
	if (from->sa_family != AF_UNIX) setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	bufferevent_setcb(c->bev, on_read, on_written, on_event, c);
	bufferevent_setwatermark(c->bev, EV_READ, 0, PIPELINE_MAX);
	bufferevent_set_max_single_write(c->bev, SINGLE_WRITE);
	loop_add(loop, c);
	bufferevent_enable(c->bev, EV_READ);
}

void connection_answer(struct connection *c)
{
	if (send_answer(c) == GO) advance(c);
}

void connection_expire(struct connection *c)
{
	bool asked = c->state == READ_BODY || (c->state == READ_HEAD && c->begun);
	if (!asked) connection_close(c);
	else refuse(c, 408);
}

void connection_stop(struct connection *c)
{
	if (c->state == READ_HEAD && !c->begun) connection_close(c);
}

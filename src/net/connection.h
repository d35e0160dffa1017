/*
 * One client's connection: reads requests one after the other, has them answered, writes the
 * answers in order. All on the loop's thread.
 */
#ifndef PARVIS_CONNECTION_H
#define PARVIS_CONNECTION_H

#include <event2/bufferevent.h>

#include "net/guard.h"
#include "net/loop.h"

enum connection_state {
	READ_HEAD, /* between two requests, or in a head */
	READ_BODY,
	HANDLED, /* waiting for a worker, or by one; no deadline */
	SENDING,
	LINGERING, /* last answer sent: what the client still sends is thrown away */
};

struct connection {
	struct connection *prev, *next; /* of the loop's list */
	struct loop *loop;
	struct bufferevent *bev;
	struct exchange *exchange; /* NULL between two requests */
	int64_t deadline;          /* monotonic milliseconds */
	struct address from;
	struct guard_scan scan;
	enum connection_state state;
	bool begun; /* READ_HEAD: something of a request has come */
	bool eof;   /* the client sends no more; it may still read */
};

/* Takes `fd` over; the loop owns the connection until it closes. */
void connection_new(struct loop *loop, int fd, const struct sockaddr *from);
/* A worker has answered c->exchange. */
void connection_answer(struct connection *c);
/* The deadline has passed. */
void connection_expire(struct connection *c);
/* The server stops: at once when nothing is under way, else after the answer. */
void connection_stop(struct connection *c);
void connection_close(struct connection *c);

#endif

/* What a client can make the server keep, and for how long (design: "Request path"). */
#ifndef PARVIS_NET_LIMITS_H
#define PARVIS_NET_LIMITS_H

#include <stdint.h>

enum {
	HEAD_MAX = 16 * 1024,  /* request line and fields, with their line ends */
	TARGET_MAX = 8 * 1024, /* RFC 9112 §3 asks for 8000 at least */
	FIELDS_MAX = 100,
	MEMORY_BODY = 64 * 1024,  /* a longer body goes to a file */
	PIPELINE_MAX = 32 * 1024, /* read ahead while a request is being answered */
};

/* Times in milliseconds. All deadlines are absolute: looked at once every `tick`. */
struct server_limits {
	int64_t header;   /* from the first byte (of a new connection: from its start) to the last
	                     field */
	int64_t transfer; /* for a body or an answer: this, and its size at `rate` */
	int64_t rate;     /* bytes a second */
	int64_t idle;     /* between two requests */
	int64_t linger;   /* for a client to read our last answer before we close */
	int64_t stop;     /* for requests under way when the server stops */
	int64_t tick;
	int queue;        /* requests waiting for a worker */
	int64_t patience; /* of these, more than a sixteenth only while the first has waited less than this; 0: no bound */
	int connections; /* then no more are accepted until one ends */
};

extern const struct server_limits server_limits_usual;

#endif

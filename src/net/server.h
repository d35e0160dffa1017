/*
 * HTTP/1.1 server (RFC 9110, 9112): one event loop owns sockets, parsing and uploads; worker
 * threads run plain blocking handlers. TLS and HTTP/2 are the reverse proxy's.
 *
 * Limits: header 16 KiB and 15 s absolute, 100 fields; body deadline 15 s + size ÷ 8 KiB/s, its
 * size by `body_limit`; keep-alive 60 s; queue 256 then 503; bodies over 64 KiB stream to a
 * temporary file. A strict guard before the parser refuses: bare CR or LF, NUL, folded fields,
 * repeated or ill-formed Content-Length, Content-Length with Transfer-Encoding, missing or repeated
 * Host, absolute-form targets for another host, control characters in targets.
 */
#ifndef PARVIS_SERVER_H
#define PARVIS_SERVER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

struct server;
struct server_limits;

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_PUT, HTTP_DELETE, HTTP_OPTIONS, HTTP_OTHER };

struct http_header {
	const char *name; /* as sent; compare with strcasecmp */
	const char *value;
};

/* A request as it arrived. What it points to lives until it was logged; what a handler allocates in
 * its arena, until the handler returns. Only body may be NULL. */
struct http_request {
	struct arena *arena; /* the request's: handlers allocate here and never free */
	enum http_method method;
	const char *target; /* origin-form, undecoded */
	const char *path;   /* decoded, UTF-8, without "." or ".." segments, no NUL */
	const char *query;  /* undecoded, without "?"; "" when none */
	const struct http_header *headers;
	int nheaders;
	const char *body; /* NUL-terminated when in memory; NULL when it is in body_fd */
	int64_t body_len;
	int body_fd;                 /* -1 unless the body is in a file (offset 0) */
	const struct err *body_lost; /* the disk refused it (E_FULL, E_IO), and it is empty; NULL: it is whole */
	const char *peer;            /* client address: the forwarded one if the peer is a trusted proxy */
	const char *scheme;          /* "http" or "https" (from a trusted proxy) */
	const char *host;            /* Host, or X-Forwarded-Host from a trusted proxy; checked syntax */
	char id[17];                 /* request id, for the log and the X-Request-Id field */
};

enum { HTTP_RESPONSE_HEADERS = 24 };

struct http_response {
	int status;
	struct http_header headers[HTTP_RESPONSE_HEADERS];
	int nheaders;
	struct buf body;     /* owned by the server, reused */
	int file_fd;         /* -1, or a file to send instead of the body (the server closes it) */
	int64_t file_size;   /* bytes of it that are sent */
	int64_t file_offset; /* from this one on */
	bool close;          /* close the connection afterwards */
};

/* Field value by name, or NULL. */
const char *http_header(const struct http_request *rq, const char *name);
/* Adds a field; CR and LF in a value abort, and so do Date, Content-Length, Connection,
 * X-Request-Id and Transfer-Encoding, which are the server's. Memory must live as long as the request's arena. */
void http_set(struct http_response *rs, const char *name, const char *value);

struct server_options {
	const char *listen; /* "127.0.0.1:8080", "[::1]:0", "unix:/run/parvis.sock" */
	int workers;        /* 0: as many as processors, at least 2 */
	/* Addresses or prefixes ("10.0.0.0/8"), "unix" for the peers of a unix: socket; NULL-ended.
	 * Their X-Forwarded-For, -Proto and -Host are believed: they must set or drop all three. */
	const char *const *trusted_proxies;
	bool forwarded; /* they set Forwarded (RFC 7239) instead, and that alone is believed */
	/* Largest body for this request, decided before reading it; 0 refuses any. On the loop:
	 * quick. */
	int64_t (*body_limit)(void *context, enum http_method method, const char *path);
	/* On a worker thread. Must set rs->status. */
	void (*handle)(void *context, struct http_request *rq, struct http_response *rs);
	/* Called by each worker before it ends. */
	void (*worker_end)(void *context);
	/* May answer a GET or HEAD without body on the loop, without a worker (visitors' page
	 * cache); NULL: none. True: answered. */
	bool (*fast)(void *context, struct http_request *rq, struct http_response *rs);
	void *context; /* of all these */
	/* One line a request, after the answer, on the loop; NULL: none. Also for what the server
	 * refused by itself: strings it did not come to are "". rs has no fields any more. */
	void (*log)(void *watcher, const struct http_request *rq, const struct http_response *rs, int64_t microseconds);
	/* On the loop, after server_reload: settings have changed; NULL: nothing to do. */
	void (*reload)(void *watcher);
	void *watcher;                      /* of these two */
	const char *tmp_dir;                /* for uploads */
	const struct server_limits *limits; /* net/limits.h, for tests; NULL: the usual ones */
};

/* Binds and listens. The strings of `options` must live as long as the server. A stale socket file
 * of a unix: address is replaced. Ignores SIGPIPE from here on. */
enum code server_new(const struct server_options *options, struct server **ret, struct err *err) MUST;
/* "http://127.0.0.1:43121": the real port after binding port 0; "unix:/run/parvis.sock". */
const char *server_address(const struct server *server);
/* Runs until server_stop; then stops listening, finishes requests under way (10 s), returns. A
 * handler still running then is waited for: it cannot be stopped from outside. Once only. */
enum code server_run(struct server *server, struct err *err) MUST;
/* From any thread or a signal handler. */
void server_stop(struct server *server);
void server_reload(struct server *server);
/* Other proxies from now on; E_INPUT names a wrong one, and nothing changes. On the loop. */
enum code server_trust(struct server *server, const char *const *trusted_proxies, bool forwarded, struct err *err) MUST;
/* Open connections. From any thread. */
int server_connections(const struct server *server);
void server_free(struct server *server);

#endif

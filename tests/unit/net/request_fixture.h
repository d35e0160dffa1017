/* An arena, and requests made by hand, for tests of what reads requests. */
#ifndef PARVIS_REQUEST_FIXTURE_H
#define PARVIS_REQUEST_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "net/server.h"

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

#define REQUEST(...) \
	request((const struct http_header[]){ __VA_ARGS__ }, (int)COUNT(((const struct http_header[]){ __VA_ARGS__ })))

static UNUSED struct http_request request(const struct http_header *headers, int n)
{
	return (struct http_request){
		.arena = &arena,
		.target = "/",
		.path = "/",
		.query = "",
		.headers = arena_memdup(&arena, headers, sizeof(*headers) * (size_t)n),
		.nheaders = n,
		.body_fd = -1,
		.peer = "192.0.2.1",
		.scheme = "http",
		.host = "example.org",
	};
}

#endif

/*
 * llhttp behind a small interface of ours (its header and net/server.h both define HTTP_GET, so
 * this one includes neither). It reads what the guard has checked, and the caller compares the two
 * readings: a request that they frame differently is refused.
 */
#ifndef PARVIS_PARSER_H
#define PARVIS_PARSER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

struct parser;

struct parser_field {
	char *name, *value; /* inside the head that was read */
	size_t name_len, value_len;
};

/* What llhttp understood of a head. */
struct parser_head {
	const struct parser_field *fields;
	int nfields;
	int minor;
	bool chunked;
	int64_t length;
	bool keep_alive;
};

/* Called for each piece of body. */
typedef void parser_sink(void *arg, const char *data, size_t len);

/* `nfields`: how many fields the guard counted; one more is refused. */
struct parser *parser_new(struct arena *a, int nfields, parser_sink *sink, void *arg);

/* Reads a whole head of a request, then puts a NUL behind each name and value. 0 or a status. */
int parser_head(struct parser *parser, char *head, size_t len, struct parser_head *ret) MUST;
/* Reads bytes of the body, all of which belong to it. 0 or a status. */
int parser_body(struct parser *parser, const char *data, size_t len) MUST;
/* Whether llhttp too is at the end of the request. */
bool parser_complete(const struct parser *parser);

#endif

/*
 * Where in an HTML page a template stands, followed over its literal text (a strict subset of the
 * tokeniser of WHATWG HTML §13.2.5: what is not plainly right is refused). Functions that can
 * refuse return a message, or NULL.
 */
#ifndef TEMPLATE_CONTEXT_H
#define TEMPLATE_CONTEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "text.h"

enum state {
	STATE_TEXT,
	STATE_TAG_OPEN,   /* after < or </ */
	STATE_TAG_NAME,   /* inside a tag's name */
	STATE_TAG,        /* between attributes, after white space */
	STATE_TAG_CLOSED, /* after a name or a value: white space, / or > must follow */
	STATE_ATTR_NAME,
	STATE_ATTR_EQUALS, /* after = */
	STATE_VALUE_DOUBLE,
	STATE_VALUE_SINGLE,
	STATE_VALUE_BARE, /* unquoted */
	STATE_COMMENT,
	STATE_DOCTYPE,
};

enum { NAME_SIZE = 48 };

struct context {
	enum state state;
	bool closing;         /* the tag is </name> */
	bool pre;             /* inside <pre> */
	bool url_started;     /* the attribute is an address of which something was written */
	bool space;           /* white space was just written: more of it is dropped */
	char tag[NAME_SIZE];  /* of the tag being read */
	char attr[NAME_SIZE]; /* of the attribute being read */
	char raw[NAME_SIZE];  /* inside <textarea>, <title>, <script>, …: tags are text */
};

enum value { VALUE_TEXT, VALUE_ATTR, VALUE_URL, VALUE_URL_PART };

/* At the start of a template. */
void context_init(struct context *c);
/* Reads literal text and adds it to `out` with its white space collapsed. On refusal `*at` is
 * where. */
const char *context_literal(struct context *c, const char *s, size_t len, struct text *out, const char **at);
/* A directive stands here. */
const char *context_directive(struct context *c);
/* A value stands here: how it must be escaped. */
const char *context_value(struct context *c, enum value *ret);
/* A call of another template stands here. */
const char *context_call(struct context *c);
/* Two branches meet: `*into` becomes what holds after either. */
const char *context_merge(struct context *into, const struct context *other);
/* `start` entered a loop, `end` is what its body leads to. */
const char *context_loop(const struct context *start, const struct context *end);
/* The template ends here. */
const char *context_end(const struct context *c);

#endif

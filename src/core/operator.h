/* The operators of conditions: one table (operator.c) for views, fields shown on condition, facets. */
#ifndef PARVIS_OPERATOR_H
#define PARVIS_OPERATOR_H

#include <stdbool.h>

enum operator_kind {
	OP_EQUAL,
	OP_NOT_EQUAL,
	OP_IN,
	OP_NOT_IN,
	OP_LESS,
	OP_AT_MOST,
	OP_MORE,
	OP_AT_LEAST,
	OP_EMPTY,
	OP_NOT_EMPTY,
	OP_CONTAINS,
	OP_COUNT
};

struct operator
{
	enum operator_kind kind;
	const char *name; /* "=", "!=", "in", "notin", "<", "<=", ">", ">=", "empty", "notempty", "contains" */
	bool takes_value, takes_list;
	const char *words; /* message id: "is one of" */
};

const struct operator* operator_find(const char *name);
const struct operator* operator_get(enum operator_kind kind);

#endif

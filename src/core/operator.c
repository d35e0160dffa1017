#include "core/operator.h"

#include <string.h>

#include "base/err.h"
#include "base/macros.h"

/* To add one: 1. a kind in operator.h; 2. a row here; 3. its SQL in query.c and its test in
 * condition.c. */
static const struct operator operators[OP_COUNT] = {
	[OP_EQUAL] = { OP_EQUAL, "=", true, false, N_("is") },
	[OP_NOT_EQUAL] = { OP_NOT_EQUAL, "!=", true, false, N_("is not") },
	[OP_IN] = { OP_IN, "in", true, true, N_("is one of") },
	[OP_NOT_IN] = { OP_NOT_IN, "notin", true, true, N_("is none of") },
	[OP_LESS] = { OP_LESS, "<", true, false, N_("is less than") },
	[OP_AT_MOST] = { OP_AT_MOST, "<=", true, false, N_("is at most") },
	[OP_MORE] = { OP_MORE, ">", true, false, N_("is more than") },
	[OP_AT_LEAST] = { OP_AT_LEAST, ">=", true, false, N_("is at least") },
	[OP_EMPTY] = { OP_EMPTY, "empty", false, false, N_("is empty") },
	[OP_NOT_EMPTY] = { OP_NOT_EMPTY, "notempty", false, false, N_("is filled in") },
	[OP_CONTAINS] = { OP_CONTAINS, "contains", true, false, N_("contains") },
};

const struct operator* operator_find(const char *name)
{
	for (size_t i = 0; i < COUNT(operators); i++)
		if (strcmp(operators[i].name, name) == 0) return &operators[i];
	return NULL;
}

const struct operator* operator_get(enum operator_kind kind)
{
	return &operators[kind];
}

/*
 * Where a page of results ended: the sort keys and number of its last record, as base64url text for
 * addresses. Whoever changes it moves through what she may read, no more: it is only ever bound.
 */
#ifndef PARVIS_CURSOR_H
#define PARVIS_CURSOR_H

#include "core/query.h"

enum { ORDERS_MAX = 4, CURSOR_SIZE = 4096 };

/* A sort as it is carried out: title is a field like others. */
struct order {
	const struct field *field; /* NULL: a time of the record, below */
	bool changed;              /* else created */
	bool descending;
	/* The query asks for values from a key on: a record stands where the first of those does ("what comes", by its next
	 * day). NULL: at its smallest. */
	const char *floor;
	bool past; /* after it, not from it on */
};

struct cursor {
	struct value keys[ORDERS_MAX]; /* text or null for fields, integers for times */
	int64_t num;
};

const char *cursor_format(struct arena *a, const struct order *orders, int n, const struct cursor *cursor);
/* E_INPUT unless it was made for these orders. */
enum code cursor_parse(struct arena *a, const char *text, const struct order *orders, int n, struct cursor *ret,
                       struct err *err) MUST;

#endif

/*
 * Who answered two questionnaires, such as one before a training day and one after it. The same person is the same target – of
 * one page of the directory, else of one e-mail address, else of one name – or, who is no target, the same account. Who cannot be told
 * apart from another is in no pair. Nobody is named: only which answers go together. None of anonymous questionnaires, and none
 * of those whose answers were made nobody's.
 */
#ifndef PARVIS_RESPONSE_PAIR_H
#define PARVIS_RESPONSE_PAIR_H

#include "core/response.h"

struct response_pair {
	int64_t before, after; /* numbers of responses */
};

/* In no order that means anything. E_FORBIDDEN, E_NOT_FOUND: as response_each, of either. */
enum code response_pairs(struct db *db, struct arena *a, const struct response_walk *before,
                         const struct response_walk *after, struct response_pair **ret, int *n, struct err *err) MUST;

#endif

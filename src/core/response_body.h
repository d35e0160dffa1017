/*
 * The answers of a questionnaire as they are stored, for what counts thousands of them (features/result): which there are,
 * cheaply, and the texts of those that one does not know yet. Who answered is not told.
 */
#ifndef PARVIS_RESPONSE_BODY_H
#define PARVIS_RESPONSE_BODY_H

#include "core/response.h"

/* Which answer, and in which state: another whenever its values are. Anonymous ones have an id alone. */
struct response_key {
	int64_t num, changed;
	struct id id;
};

struct response_body {
	struct response_key key;
	int64_t completed; /* ms UTC; 0: nobody knows */
	enum channel channel;
	bool has_channel;
	const char *text; /* its values, as JSON */
	size_t len;
};

int response_key_compare(const struct response_key *a, const struct response_key *b);

/* Those that response_each would tell (`walk`: without numbers and days), in the order of their numbers, else of their ids;
 * at most `max`. `counts` without days. E_FORBIDDEN, E_NOT_FOUND: not for this actor. */
enum code response_keys(struct db *db, struct arena *a, const struct response_walk *walk, int max,
                        struct response_key **ret, int *n, struct response_counts *counts, struct err *err) MUST;

typedef enum code response_body_fn(void *context, const struct response_body *body, struct err *err);
/* Of `keys`, which response_keys told in the same snapshot; in their order. What is there lives until `fn` returns, which
 * makes no query of `db`. */
enum code response_bodies(struct db *db, const struct response_walk *walk, const struct response_key *keys, int n,
                          response_body_fn *fn, void *context, struct err *err) MUST;

#endif

/*
 * Answers in columns: one column for each question, one place in it for each answer. What is answered by choices
 * is kept as sets of bits, one set for each choice (bitmap index: O'Neil and Quass, "Improved query performance
 * with variant indexes", SIGMOD 1997, section 2), so that questions are crossed by counting common bits. Columns
 * live in the caller's arena and hold no reader, no right and no text.
 */
#ifndef PARVIS_COLUMN_H
#define PARVIS_COLUMN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

enum { COLUMN_CODES_MAX = 500 };

enum column_kind {
	COLUMN_CODES,   /* one choice at most */
	COLUMN_SETS,    /* several choices; percentages may add up to more than 100 */
	COLUMN_NUMBERS, /* NaN: not said */
};

struct column {
	enum column_kind kind;
	int n;      /* answers */
	int ncodes; /* choices; 0 of numbers */
	int words; /* of 64 answers: the length of each set; the same for all questions that are crossed, and at least n's */
	uint64_t *said;
	uint64_t *bits; /* ncodes sets, one after the other */
	double *numbers;
};

/* Nothing is said yet. */
void column_init(struct column *column, struct arena *a, enum column_kind kind, int n, int ncodes);
/* Answer `i` has the choice `code` (0 to ncodes − 1); of COLUMN_CODES, only once for each answer. */
void column_say(struct column *column, int i, int code);
/* Answer `i` answered, with none of the choices. */
void column_say_none(struct column *column, int i);
void column_say_number(struct column *column, int i, double number); /* finite */

const uint64_t *column_set(const struct column *column, int code);
bool column_has(const struct column *column, int i, int code);
bool column_said(const struct column *column, int i);

/* Sets of answers, `words` long. NULL, where a set narrows something: all answers. */
uint64_t *answer_set(struct arena *a, int words);
int set_count(const uint64_t *set, int words);
int set_common(const uint64_t *a, const uint64_t *b, int words);
bool set_holds(const uint64_t *set, int i);

/*
 * Numbers put into bands, so that they can be crossed: of a column of numbers, at most `most` bands (2 to 20) with
 * about as many answers each, between values that really stand there. `from` and `to`, of `most` doubles: the least
 * and greatest value of each band. A column with at most `most` different values has a band for each.
 */
void column_bands(const struct column *numbers, struct arena *a, int most, struct column *ret, double *from,
                  double *to);

#endif

/*
 * A site of as many records as asked for, to measure on: plausible, of the preset agora-de-quartier, and the same
 * for the same seed. words.c makes texts, values.c the values of fields, main.c people, spaces and records.
 */
#ifndef PARVIS_BENCH_DATA_H
#define PARVIS_BENCH_DATA_H

#include "base/issues.h"
#include "core/model.h"

/* Numbers that only depend on the seed (splitmix64). */
struct chance {
	uint64_t state;
};
uint64_t chance_next(struct chance *chance);
/* 0 to n - 1, evenly. */
int chance_below(struct chance *chance, int n);
/* 0 to n - 1, the k-th about 1/k as often as the first: as words are said and things are chosen. */
int chance_zipf(struct chance *chance, int n);
/* `percent` times out of 100. */
bool chance_of(struct chance *chance, int percent);

/* Of a vocabulary of 30,000 words, each about as rare as its rank says: the first ones are French, the others
 * only sound so. */
const char *words_one(struct chance *chance, struct arena *a);
/* `n` words in sentences, in paragraphs. */
const char *words_text(struct chance *chance, struct arena *a, int n);
/* What a record of this form may be called. */
const char *words_title(struct chance *chance, struct arena *a, const char *form);
const char *words_person(struct chance *chance, struct arena *a);

/* Towns of Indre-et-Loire. Degrees are in 1e-7. */
struct town {
	const char *name;
	int64_t lat, lon;
	int weight; /* of a hundred records, how many are there */
};
const struct town *words_town(struct chance *chance);

/* The ids of the records of one form. */
struct pool {
	const struct form *form;
	struct id *ids;
	int n, room;
};

struct maker {
	struct chance chance;
	const struct model *model;
	struct arena *a;    /* of the record being made */
	struct pool *pools; /* one for each of the model's forms */
	int64_t now;
};

/* Values of a new record: its title and, of its other fields, about half. */
json_t *values_make(struct maker *m, const struct form *form);
/* What somebody changes in one. */
json_t *values_change(struct maker *m, const struct form *form);

#endif

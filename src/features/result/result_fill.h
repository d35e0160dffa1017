/* One question's answers, taken one by one, then made a column (result.h). */
#ifndef PARVIS_RESULT_FILL_H
#define PARVIS_RESULT_FILL_H

#include "base/json_scan.h"
#include "features/result/result.h"

/* A value of a dynamic question. */
struct fill_found {
	const char *key, *label;
	int n, code;
};

struct fill_pair {
	int answer, found;
};

struct result_fill {
	struct arena *a;
	const struct field *field; /* or part (core/form_part.h); NULL: the program's own */
	enum fill_kind kind;
	const char *key;
	int most; /* answers that there is room for */
	bool several;
	bool typed; /* some of what was found is named as one answer had it */
	struct column column;
	const char **keys;
	size_t *lengths; /* of the keys */
	struct fill_found *found;
	int nfound;
	struct fill_pair *pairs;
	int npairs, room;
	const char **texts; /* by answer; NULL: they are not asked for */
	struct answer_place *places;
};

enum fill_kind fill_kind_of(const struct field *field);

/* All in `a`. `texts`: they are kept. */
struct result_fill *fill_begin(struct arena *a, const struct field *field, enum fill_kind kind, int most, bool texts);
/* One that the program adds, of dynamic choices. */
struct result_fill *fill_begin_own(struct arena *a, const char *key, int most, bool several);

/* The field that holds its value: of a part, its whole. */
const struct field *fill_whole(const struct result_fill *fill);
/* `value`: of the whole. `lang`: of texts. */
void fill_take(struct result_fill *fill, enum lang lang, int i, const json_t *value);
/* Its own value (of a part, not its whole's) as it is stored: can it be taken without a tree? Then it may be. */
bool fill_is_plain(const struct result_fill *fill, struct json_slice value);
void fill_take_plain(struct result_fill *fill, int i, struct json_slice value);
/* A choice of a dynamic one, by its key; `label` is kept for the first. */
void fill_take_key(struct result_fill *fill, int i, const char *key, const char *label);
/* The same of one that is there already. */
void fill_take_found(struct result_fill *fill, int i, int found);

/* Where answers stand after some went and others came: answer i of n at place[i], -1: it went. `moved`: those of which
 * place[i] is not i. */
struct fill_moves {
	const int *place, *moved;
	int nmoved;
};
/*
 * What `from`, another of the same question with room for as many at most, took. Nothing was taken before. False: what those
 * that went had brought cannot be told apart, and all must be taken again.
 */
bool fill_take_over(struct result_fill *fill, const struct result_fill *from, const struct fill_moves *moves);

/* `n` answers were taken. *texts* of those in `among` come with fill_texts. */
void fill_end(struct result_fill *fill, int n, struct result_question *ret);
void fill_texts(struct result_fill *fill, const uint64_t *among, struct result_question *question);

#endif

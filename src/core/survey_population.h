/*
 * The population that a questionnaire is for, as somebody declared it: how many there are of each class of an attribute of its
 * targets ("place": their place). So who is missing among the answers can be said (features/survey/rate.h).
 */
#ifndef PARVIS_SURVEY_POPULATION_H
#define PARVIS_SURVEY_POPULATION_H

#include "core/model.h"
#include "store/store.h"

enum { POPULATION_CLASSES_MAX = 30, POPULATION_COUNT_MAX = 100000000 };

struct population_class {
	const char *name;
	int64_t n;
};

/* In the order of their names. */
enum code survey_population(struct db *db, struct arena *a, const struct form *form, const char *attribute,
                            struct population_class **ret, int *n, struct err *err) MUST;
/* In the place of what was said of this attribute; none: nothing is known of it any more. */
enum code survey_population_set(struct tx *tx, const struct form *form, const char *attribute,
                                const struct population_class *classes, int n, struct err *err) MUST;

#endif

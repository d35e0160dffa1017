/*
 * Conditions on index keys. A condition is resolved once into a test, which is then answered either
 * on the keys of a value (here) or by SQL over field_value (plan.h): the same answer, by a property
 * test. A field without keys, without value or not readable all count as empty. What is asked of this moment
 * (KEY_NOW) only the index answers.
 */
#ifndef PARVIS_CONDITION_H
#define PARVIS_CONDITION_H

#include "core/field_type.h"
#include "core/operator.h"
#include "core/relative_day.h"

struct condition_test {
	const struct field *field;
	enum operator_kind kind;
	const char *const *keys;  /* what to compare with: none is "" */
	const char *const *ends;  /* of equality: the last key that each stands for; NULL: they stand for themselves */
	int nkeys;                /* 0: nothing can be equal to it, nor less, nor more */
	const struct moment *now; /* of equality: or the value is true then; set by the planner; NULL: not asked */
};

/* False: the form has no such field. `today`: what days counted from it mean (core/relative_day.h); NULL: they
 * mean nothing there. */
bool condition_resolve(struct arena *a, const struct condition *condition, const struct form *form,
                       const struct date *today, struct condition_test *ret);

/* `keys` as index_entries_read gives them. */
bool condition_test_holds(const struct condition_test *test, const char *const *keys, int n);

#endif

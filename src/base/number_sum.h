/* Sums of decimal numbers, exact (base/number.h). */
#ifndef PARVIS_NUMBER_SUM_H
#define PARVIS_NUMBER_SUM_H

#include "base/number.h"

enum { NUMBER_SUM_MAX = 1000 /* numbers of one sum */ };

/* The sum of canonical numbers, canonical; "0" of none. False, and nothing in `ret`, when it has more than
 * NUMBER_INTEGER digits before the point, or there are more than NUMBER_SUM_MAX. */
bool number_sum(const char *const *numbers, int n, char ret[static NUMBER_SIZE]);

#endif

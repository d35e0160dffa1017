/* Decimal numbers of base/number.h that are computed with: integers of 10^-9. The browser has the same (BigInt). */
#ifndef PARVIS_DECIMAL_H
#define PARVIS_DECIMAL_H

#include "base/number.h"

typedef __int128 decimal; /* a number like any other: no struct hides behind the name */

#define DECIMAL_ONE ((decimal)1000000000)

/* False when the result has more than NUMBER_INTEGER digits before the point, or is divided by nothing; `ret` is then
 * untouched. Products and quotients: rounded to the last digit, halves away from zero. */
bool decimal_add(decimal x, decimal y, decimal *ret);
bool decimal_subtract(decimal x, decimal y, decimal *ret);
bool decimal_multiply(decimal x, decimal y, decimal *ret);
bool decimal_divide(decimal x, decimal y, decimal *ret);
/* To so many digits after the point (0 to NUMBER_FRACTION), halves away from zero. */
bool decimal_round(decimal x, int digits, decimal *ret);
/* Towards zero. */
int64_t decimal_whole(decimal x);
/* Any whole number that fits. */
decimal decimal_from(int64_t whole);

/* Canonical text (base/number.h) both ways; `text` must be valid. */
decimal decimal_read(const char *text);
char *decimal_text(decimal x, char out[static NUMBER_SIZE]);

#endif

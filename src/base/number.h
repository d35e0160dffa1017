/*
 * Decimal numbers, exact: kept as canonical text ("-1294.5": no leading nor trailing zeros, no
 * "-0"), never as floating point. At most NUMBER_INTEGER digits before the point and
 * NUMBER_FRACTION after.
 */
#ifndef PARVIS_NUMBER_H
#define PARVIS_NUMBER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/i18n.h"

enum {
	NUMBER_INTEGER = 18,
	NUMBER_FRACTION = 9,
	NUMBER_SIZE = NUMBER_INTEGER + NUMBER_FRACTION + 3,     /* with sign, point and NUL */
	NUMBER_KEY_SIZE = NUMBER_INTEGER + NUMBER_FRACTION + 2, /* with sign and NUL */
};

/* What a person typed, canonical: "1 294,50", "1294.5" and "1 294.5" give "1294.5". Spaces of any
 * kind (and in English commas) group digits by three; both the comma and the point mark decimals
 * where that leaves no doubt. E_INPUT if it is not a number, E_LIMIT if it has too many digits. */
enum code number_parse(const char *text, enum lang lang, char ret[static NUMBER_SIZE], struct err *err) MUST;
/* Is it canonical text? */
bool number_valid(const char *number);

/* The functions below want canonical text. */

/* <0, 0 or >0. */
int number_compare(const char *a, const char *b);
/* Text whose binary order is the order of numbers; always NUMBER_KEY_SIZE - 1 digits. */
char *number_key(const char *number, char out[static NUMBER_KEY_SIZE]);
/* The number of a key, "" if it is not one. */
char *number_from_key(const char *key, char out[static NUMBER_SIZE]);
/* "1 294,5" with narrow no-break spaces, "1,294.5" in English; at least `decimals` of them (prices:
 * 2). */
char *number_format(struct arena *a, const char *number, int decimals, enum lang lang);

#endif

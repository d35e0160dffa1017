#include "base/number_sum.h"

#include <stdio.h>
#include <string.h>

/* In units of the last digit that a number may have: 27 digits, and a thousand of them, fit in 127 bits. */
typedef __int128 units;

static units read_units(const char *number)
{
	bool negative = *number == '-';
	units value = 0;
	int fraction = -1;
	for (number += negative; *number; number++) {
		if (*number == '.') {
			fraction = 0;
			continue;
		}
		value = value * 10 + (*number - '0');
		if (fraction >= 0) fraction++;
	}
	for (int i = fraction < 0 ? 0 : fraction; i < NUMBER_FRACTION; i++) value *= 10;
	return negative ? -value : value;
}

bool number_sum(const char *const *numbers, int n, char ret[static NUMBER_SIZE])
{
	char digits[NUMBER_INTEGER + NUMBER_FRACTION + 1];
	units sum = 0, limit = 1;
	if (n > NUMBER_SUM_MAX) return false;
	for (int i = 0; i < n; i++) sum += read_units(numbers[i]);
	bool negative = sum < 0;
	if (negative) sum = -sum;
	for (int i = 0; i < NUMBER_INTEGER + NUMBER_FRACTION; i++) limit *= 10;
	if (sum >= limit) return false;
	for (int i = NUMBER_INTEGER + NUMBER_FRACTION - 1; i >= 0; i--, sum /= 10)
		digits[i] = (char)('0' + (int)(sum % 10));
	digits[NUMBER_INTEGER + NUMBER_FRACTION] = '\0';
	const char *whole = digits;
	while (*whole == '0' && whole < digits + NUMBER_INTEGER - 1) whole++;
	int places = NUMBER_FRACTION;
	while (places && digits[NUMBER_INTEGER + places - 1] == '0') places--;
	snprintf(ret, NUMBER_SIZE, "%s%.*s%s%.*s", negative ? "-" : "", (int)(digits + NUMBER_INTEGER - whole), whole,
	         places ? "." : "", places, digits + NUMBER_INTEGER);
	return true;
}

#include "expression/decimal.h"

#include <string.h>

/* 10^27: one more than what base/number.h can write. */
#define LIMIT (DECIMAL_ONE * DECIMAL_ONE * DECIMAL_ONE)

static bool fits(decimal x, decimal *ret)
{
	if (x <= -LIMIT || x >= LIMIT) return false;
	*ret = x;
	return true;
}

bool decimal_add(decimal x, decimal y, decimal *ret)
{
	return fits(x + y, ret);
}

bool decimal_subtract(decimal x, decimal y, decimal *ret)
{
	return fits(x - y, ret);
}

/* x ÷ y, halves away from zero; both under 10^36. */
static decimal quotient(decimal x, decimal y)
{
	bool negative = (x < 0) != (y < 0);
	decimal n = x < 0 ? -x : x, d = y < 0 ? -y : y;
	decimal whole = n / d, rest = n % d;
	if (rest >= d - rest) whole++;
	return negative ? -whole : whole;
}

bool decimal_multiply(decimal x, decimal y, decimal *ret)
{
	decimal product;
	/* What overflows 128 bits is over 10^38, so over the limit once divided. */
	if (__builtin_mul_overflow(x, y, &product)) return false;
	return fits(quotient(product, DECIMAL_ONE), ret);
}

bool decimal_divide(decimal x, decimal y, decimal *ret)
{
	return y != 0 && fits(quotient(x * DECIMAL_ONE, y), ret);
}

bool decimal_round(decimal x, int digits, decimal *ret)
{
	decimal unit = 1;
	for (int i = digits; i < NUMBER_FRACTION; i++) unit *= 10;
	return fits(quotient(x, unit) * unit, ret);
}

int64_t decimal_whole(decimal x)
{
	return (int64_t)(x / DECIMAL_ONE);
}

decimal decimal_from(int64_t whole)
{
	return (decimal)whole * DECIMAL_ONE;
}

decimal decimal_read(const char *text)
{
	bool negative = *text == '-';
	decimal x = 0;
	int after = -1;
	for (const char *c = text + negative; *c; c++) {
		if (*c == '.') {
			after = 0;
			continue;
		}
		x = x * 10 + (*c - '0');
		if (after >= 0) after++;
	}
	for (after = after < 0 ? 0 : after; after < NUMBER_FRACTION; after++) x *= 10;
	return negative ? -x : x;
}

char *decimal_text(decimal x, char out[static NUMBER_SIZE])
{
	char digits[NUMBER_SIZE];
	bool negative = x < 0;
	size_t at = sizeof(digits), end = sizeof(digits);
	decimal rest = negative ? -x : x;
	for (int i = 0; i < NUMBER_FRACTION || rest > 0 || i == NUMBER_FRACTION; i++, rest /= 10) {
		if (i == NUMBER_FRACTION && at < end) digits[--at] = '.';
		char digit = (char)('0' + (int)(rest % 10));
		if (i < NUMBER_FRACTION && at == end && digit == '0') continue; /* no zeros at the end */
		digits[--at] = digit;
	}
	if (negative) digits[--at] = '-';
	memcpy(out, digits + at, end - at);
	out[end - at] = '\0';
	return out;
}

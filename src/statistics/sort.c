#include "statistics/sort.h"

#include <stdint.h>
#include <string.h>

enum { BYTES = 8, VALUES = 256, FEW = 32 };

/* Bits that are in the order of the numbers: IEEE 754 binary64 with its sign turned round. */
static uint64_t bits_of(double number)
{
	uint64_t bits;
	memcpy(&bits, &number, sizeof(bits));
	return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

static double number_of(uint64_t bits)
{
	double number;
	bits = bits >> 63 ? bits & ~(UINT64_C(1) << 63) : ~bits;
	memcpy(&number, &bits, sizeof(number));
	return number;
}

static void insert(uint64_t *keys, int n)
{
	for (int i = 1; i < n; i++) {
		uint64_t key = keys[i];
		int at = i;
		for (; at > 0 && keys[at - 1] > key; at--) keys[at] = keys[at - 1];
		keys[at] = key;
	}
}

/* False: all have the same byte. */
static int pass(const uint64_t *from, uint64_t *to, int n, const int *counts, int shift)
{
	int starts[VALUES], sum = 0;
	if (counts[from[0] >> shift & (VALUES - 1)] == n) return 0;
	for (int v = 0; v < VALUES; v++) {
		starts[v] = sum;
		sum += counts[v];
	}
	for (int i = 0; i < n; i++) to[starts[from[i] >> shift & (VALUES - 1)]++] = from[i];
	return 1;
}

void numbers_sort(struct arena *a, double *numbers, int n)
{
	if (n < 2) return;
	uint64_t *keys = arena_array(a, uint64_t, (size_t)n * 2), *other = keys + n;
	int counts[BYTES][VALUES] = { { 0 } };
	for (int i = 0; i < n; i++) keys[i] = bits_of(numbers[i]);
	if (n <= FEW) insert(keys, n);
	else {
		for (int i = 0; i < n; i++)
			for (int b = 0; b < BYTES; b++) counts[b][keys[i] >> b * 8 & (VALUES - 1)]++;
		for (int b = 0; b < BYTES; b++) {
			if (!pass(keys, other, n, counts[b], b * 8)) continue;
			uint64_t *swap = keys;
			keys = other;
			other = swap;
		}
	}
	for (int i = 0; i < n; i++) numbers[i] = number_of(keys[i]);
}

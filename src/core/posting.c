#include <string.h>

#include "core/posting_chunk.h"

int64_t posting_form(const struct form *form)
{
	return -form->num;
}

const char *posting_space(struct arena *a, const struct space *space)
{
	return arena_printf(a, "%lld", (long long)space->num);
}

static int number_at(const uint8_t *list, size_t i)
{
	return list[2 * i] | list[2 * i + 1] << 8;
}

void posting_unpack(struct blob chunk, uint8_t bits[static POSTING_BITMAP])
{
	const uint8_t *bytes = chunk.ptr;
	if (chunk.len == POSTING_BITMAP) {
		for (size_t i = 0; i < POSTING_BITMAP; i++) bits[i] |= bytes[i];
		return;
	}
	for (size_t i = 0; i < chunk.len / 2; i++) {
		int n = number_at(bytes, i) % POSTING_CHUNK;
		bits[n / 8] |= (uint8_t)(1u << n % 8);
	}
}

static uint64_t word_at(const uint8_t *bytes, size_t i)
{
	uint64_t word;
	memcpy(&word, bytes + 8 * i, sizeof(word));
	return word;
}

int posting_common(struct blob chunk, const uint8_t bits[static POSTING_BITMAP])
{
	const uint8_t *bytes = chunk.ptr;
	int count = 0;
	if (chunk.len == POSTING_BITMAP) {
		for (size_t i = 0; i < POSTING_BITMAP / 8; i++)
			count += __builtin_popcountll(word_at(bytes, i) & word_at(bits, i));
		return count;
	}
	for (size_t i = 0; i < chunk.len / 2; i++) {
		int n = number_at(bytes, i) % POSTING_CHUNK;
		count += bits[n / 8] >> n % 8 & 1;
	}
	return count;
}

int64_t posting_count(const uint8_t *bits, size_t len)
{
	int64_t count = 0;
	for (size_t i = 0; i < len / 8; i++) count += __builtin_popcountll(word_at(bits, i));
	return count;
}

struct blob posting_pack(const uint8_t bits[static POSTING_BITMAP], uint8_t out[static POSTING_BITMAP])
{
	size_t len = 0;
	for (int n = 0; n < POSTING_CHUNK; n++) {
		if (bits[n / 8] == 0) n |= 7; /* none of these eight */
		if (!(bits[n / 8] >> n % 8 & 1)) continue;
		if (len + 2 >= POSTING_BITMAP) return blob_of(bits, POSTING_BITMAP);
		out[len++] = (uint8_t)n;
		out[len++] = (uint8_t)(n >> 8);
	}
	return blob_of(out, len);
}

#include "base/id.h"

#include <string.h>

#include "base/clock.h"

static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";

struct id id_new(void)
{
	struct id id = id_random();
	uint64_t ms = (uint64_t)clock_now();
	for (int i = 0; i < 6; i++) id.b[i] = (uint8_t)(ms >> (40 - 8 * i));
	id.b[6] = (uint8_t)(0x70 | (id.b[6] & 0x0F));
	id.b[8] = (uint8_t)(0x80 | (id.b[8] & 0x3F));
	return id;
}

struct id id_random(void)
{
	struct id id = { 0 };
	random_bytes(id.b, sizeof(id.b));
	return id;
}

bool id_is_zero(struct id id)
{
	return id_equal(id, (struct id){ 0 });
}

bool id_equal(struct id a, struct id b)
{
	return id_compare(a, b) == 0;
}

int id_compare(struct id a, struct id b)
{
	return memcmp(a.b, b.b, sizeof(a.b));
}

/* 128 bits in 26 characters of 5: the first character holds the top 3 bits only. */
char *id_format(struct id id, char out[static ID_TEXT + 1])
{
	for (int i = 0; i < ID_TEXT; i++) {
		unsigned value = 0;
		for (int bit = 0; bit < 5; bit++) {
			int at = i * 5 + bit - 2; /* 130 bits written, 2 leading zeros */
			unsigned b = at < 0 ? 0 : (id.b[at / 8] >> (7 - at % 8)) & 1u;
			value = value << 1 | b;
		}
		out[i] = digits[value];
	}
	out[ID_TEXT] = '\0';
	return out;
}

static int digit_value(char c)
{
	if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
	if (c == 'i' || c == 'l') return 1;
	if (c == 'o') return 0;
	const char *found = c ? strchr(digits, c) : NULL;
	return found ? (int)(found - digits) : -1;
}

bool id_parse(const char *text, struct id *ret)
{
	struct id id = { 0 };
	for (int i = 0; i < ID_TEXT; i++) {
		int value = digit_value(text[i]);
		if (value < 0 || (i == 0 && value > 7)) return false;
		for (int bit = 0; bit < 5; bit++) {
			int at = i * 5 + bit - 2;
			if (at >= 0 && (value >> (4 - bit) & 1)) id.b[at / 8] |= (uint8_t)(1u << (7 - at % 8));
		}
	}
	if (text[ID_TEXT] != '\0') return false;
	*ret = id;
	return true;
}

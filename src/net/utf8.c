#include "net/utf8.h"

#include <stdint.h>
#include <string.h>

#include "base/macros.h"

/* How many bytes follow this lead byte, and the bounds of the first of them (Unicode, table 3-7).
 */
static int sequence(unsigned char lead, unsigned char *low, unsigned char *high)
{
	*low = 0x80;
	*high = 0xBF;
	if (lead < 0x80) return 0;
	if (lead < 0xC2 || lead > 0xF4) return -1;
	if (lead < 0xE0) return 1;
	if (lead == 0xE0) *low = 0xA0;
	if (lead == 0xED) *high = 0x9F;
	if (lead < 0xF0) return 2;
	if (lead == 0xF0) *low = 0x90;
	if (lead == 0xF4) *high = 0x8F;
	return 3;
}

bool utf8_is_valid(const char *text, size_t len)
{
	const unsigned char *p = (const unsigned char *)text, *end = p + len;
	while (p < end) {
		uint64_t eight;
		if (end - p >= 8 && (memcpy(&eight, p, 8), (eight & 0x8080808080808080u) == 0)) {
			p += 8;
			continue;
		}
		unsigned char low, high;
		int more = sequence(*p++, &low, &high);
		if (more < 0 || more > end - p) return false;
		for (; more > 0; more--, p++) {
			if (*p < low || *p > high) return false;
			low = 0x80;
			high = 0xBF;
		}
	}
	return true;
}

#include "formats/xml.h"

#include "base/text.h"

/* No control characters but white space, no U+FFFE nor U+FFFF. */
static bool is_xml(uint32_t c)
{
	if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
	return c != 0xFFFE && c != 0xFFFF;
}

void xml_text(struct buf *out, const char *text, size_t len)
{
	static const char *const entities[] = { ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;" };
	size_t n;
	uint32_t c;
	for (; len; text += n, len -= n) {
		n = text_decode(text, len, &c);
		if (n == 0) {
			n = 1; /* not UTF-8: dropped */
			continue;
		}
		if (c < COUNT(entities) && entities[c]) buf_puts(out, entities[c]);
		else if (is_xml(c)) buf_add(out, text, n);
	}
}

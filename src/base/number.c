#include "base/number.h"

#include <string.h>

#include "base/text.h"

/* Digits of a number: `integer` without leading zeros, `fraction` without trailing ones. */
struct parts {
	bool negative;
	const char *integer, *fraction;
	size_t integer_len, fraction_len;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static void split(const char *number, struct parts *ret)
{
	ret->negative = *number == '-';
	ret->integer = number + ret->negative;
	ret->integer_len = strspn(ret->integer, "0123456789");
	const char *point = ret->integer + ret->integer_len;
	ret->fraction = *point == '.' ? point + 1 : point;
	ret->fraction_len = strlen(ret->fraction);
}

bool number_valid(const char *number)
{
	struct parts p;
	split(number, &p);
	const char *end = p.integer + p.integer_len;
	if (p.integer_len == 0 || p.integer_len > NUMBER_INTEGER) return false;
	if (p.integer[0] == '0' && p.integer_len > 1) return false;
	if (*end == '\0') return !(p.negative && p.integer[0] == '0');
	return *end == '.' && p.fraction_len > 0 && p.fraction_len <= NUMBER_FRACTION &&
	       strspn(p.fraction, "0123456789") == p.fraction_len && p.fraction[p.fraction_len - 1] != '0';
}

enum { TYPED_MAX = 80 };

/* The text with a plain '-', spaces of any kind as ' ', none at the ends; false for other
 * characters. */
static bool simplify(const char *text, char out[static TYPED_MAX], bool *negative)
{
	size_t len = strlen(text), at = 0;
	bool sign = false;
	*negative = false;
	for (size_t i = 0; i < len;) {
		uint32_t c;
		size_t n = text_decode(text + i, len - i, &c);
		if (n == 0 || at + 1 >= TYPED_MAX) return false;
		i += n;
		if (text_is_space(c)) {
			if (at > 0 && out[at - 1] != ' ') out[at++] = ' ';
		} else if ((c == '-' || c == 0x2212 || c == '+') && at == 0 && !sign) {
			sign = true;
			*negative = c != '+';
		} else if (c < 0x80 && (is_digit((char)c) || c == '.' || c == ',')) {
			out[at++] = (char)c;
		} else {
			return false;
		}
	}
	if (at > 0 && out[at - 1] == ' ') at--;
	out[at] = '\0';
	return at > 0;
}

/* Are the digits before `end` in groups of three parted by `mark`, such as 1 294 or 12 345 678? */
static bool is_grouped(const char *s, const char *end, char mark)
{
	size_t first = strspn(s, "0123456789");
	if (first == 0 || first > 3) return false;
	for (s += first; s < end; s += 4)
		if (*s != mark || end - s < 4 || strspn(s + 1, "0123456789") < 3 || (s + 4 < end && is_digit(s[4])))
			return false;
	return true;
}

static size_t count_of(const char *s, char c)
{
	size_t count = 0;
	for (; *s; s++) count += *s == c;
	return count;
}

/* Finds the decimal mark and drops what groups digits; false if the marks make no sense. */
static bool find_marks(char *s, enum lang lang, const char **point)
{
	const char *comma = strrchr(s, ','), *dot = strrchr(s, '.');
	char *end = s + strlen(s);
	const char *decimal = comma > dot ? comma : dot;
	char other = decimal && *decimal == ',' ? '.' : ',';
	if (decimal && !(comma && dot)) {
		bool thousands = is_grouped(s, end, *decimal);
		if (thousands && (count_of(s, *decimal) > 1 || (lang == LANG_EN && *decimal == ','))) {
			other = *decimal;
			decimal = NULL;
		}
	}
	if (decimal && count_of(s, *decimal) > 1) return false;
	const char *stop = decimal ? decimal : end;
	char mark = strchr(s, ' ') ? ' ' : other;
	if ((memchr(s, mark, (size_t)(stop - s)) != NULL) && !is_grouped(s, stop, mark)) return false;
	char *out = s;
	*point = NULL;
	for (const char *p = s; p < end; p++) {
		if (p == decimal) {
			*point = out;
			*out++ = '.';
		} else if (is_digit(*p)) {
			*out++ = *p;
		} else if (*p != mark || p > stop) {
			return false;
		}
	}
	*out = '\0';
	return true;
}

enum code number_parse(const char *text, enum lang lang, char ret[static NUMBER_SIZE], struct err *err)
{
	char s[TYPED_MAX];
	const char *point;
	bool negative;
	if (!simplify(text, s, &negative) || !find_marks(s, lang, &point))
		FAIL(err, E_INPUT, N_("\"%s\" is not a number"), text);
	const char *integer = s, *end = point ? point : s + strlen(s);
	const char *fraction = point ? point + 1 : end;
	if (end == integer && *fraction == '\0') FAIL(err, E_INPUT, N_("\"%s\" is not a number"), text);
	while (integer < end && *integer == '0') integer++;
	size_t fraction_len = strlen(fraction);
	while (fraction_len > 0 && fraction[fraction_len - 1] == '0') fraction_len--;
	if (end - integer > NUMBER_INTEGER || fraction_len > NUMBER_FRACTION)
		FAIL(err, E_LIMIT, N_("This number has too many digits: at most %d, and %d decimals"), NUMBER_INTEGER,
		     NUMBER_FRACTION);
	size_t at = 0;
	if (negative && (end > integer || fraction_len > 0)) ret[at++] = '-';
	if (end == integer) ret[at++] = '0';
	memcpy(ret + at, integer, (size_t)(end - integer));
	at += (size_t)(end - integer);
	if (fraction_len > 0) {
		ret[at++] = '.';
		memcpy(ret + at, fraction, fraction_len);
		at += fraction_len;
	}
	ret[at] = '\0';
	return OK;
}

int number_compare(const char *a, const char *b)
{
	char x[NUMBER_KEY_SIZE], y[NUMBER_KEY_SIZE];
	return strcmp(number_key(a, x), number_key(b, y));
}

/* A first digit for the sign, then fixed width; negative numbers as nine's complement. */
char *number_key(const char *number, char out[static NUMBER_KEY_SIZE])
{
	struct parts p;
	split(number, &p);
	size_t integer_len = MIN(p.integer_len, (size_t)NUMBER_INTEGER);
	size_t fraction_len = MIN(p.fraction_len, (size_t)NUMBER_FRACTION);
	memset(out, '0', NUMBER_KEY_SIZE - 1);
	out[NUMBER_KEY_SIZE - 1] = '\0';
	memcpy(out + 1 + NUMBER_INTEGER - integer_len, p.integer, integer_len);
	memcpy(out + 1 + NUMBER_INTEGER, p.fraction, fraction_len);
	out[0] = '1';
	if (p.negative) {
		out[0] = '0';
		for (char *d = out + 1; *d; d++) *d = (char)('0' + '9' - *d);
	}
	return out;
}

char *number_from_key(const char *key, char out[static NUMBER_SIZE])
{
	const size_t digits = NUMBER_KEY_SIZE - 2;
	size_t at = 0;
	bool negative = key[0] == '0';
	out[0] = '\0';
	if ((key[0] != '0' && key[0] != '1') || strlen(key + 1) != digits || strspn(key + 1, "0123456789") != digits)
		return out;
	if (negative && strspn(key + 1, "9") == digits) return out; /* there is no -0 */
	if (negative) out[at++] = '-';
	bool started = false;
	for (size_t i = 1; i < NUMBER_KEY_SIZE - 1; i++) {
		char d = negative ? (char)('0' + '9' - key[i]) : key[i];
		started |= d != '0' || i == NUMBER_INTEGER;
		if (i == NUMBER_INTEGER + 1) out[at++] = '.';
		if (started) out[at++] = d;
	}
	while (out[at - 1] == '0') at--;
	if (out[at - 1] == '.') at--;
	out[at] = '\0';
	return out;
}

char *number_format(struct arena *a, const char *number, int decimals, enum lang lang)
{
	struct parts p;
	split(number, &p);
	struct buf out;
	buf_init(&out, a, 0);
	if (p.negative) buf_puts(&out, "\xE2\x88\x92"); /* U+2212 minus sign */
	for (size_t i = 0; i < p.integer_len; i++) {
		if (i > 0 && (p.integer_len - i) % 3 == 0) buf_puts(&out, lang == LANG_FR ? "\xE2\x80\xAF" : ",");
		buf_putc(&out, p.integer[i]);
	}
	if (p.fraction_len > 0 || decimals > 0) buf_putc(&out, lang == LANG_FR ? ',' : '.');
	buf_add(&out, p.fraction, p.fraction_len);
	for (int i = (int)p.fraction_len; i < decimals; i++) buf_putc(&out, '0');
	return out.data ? out.data : arena_strdup(a, "");
}

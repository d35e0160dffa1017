#include "base/i18n.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static const char *const tags[LANG_COUNT] = { [LANG_FR] = "fr", [LANG_EN] = "en" };

const char *lang_tag(enum lang lang)
{
	return tags[lang];
}

/* One language range of an Accept-Language header (RFC 9110 §12.5.4), its weight in thousandths. */
struct range {
	const char *tag;
	size_t len;
	int weight;
};

/* "q=0.8" as 800; nothing as 1000; what is not a weight as 0. */
static int read_weight(const char *s, const char *end)
{
	while (s < end && (*s == ' ' || *s == '\t' || *s == ';')) s++;
	if (s == end) return 1000;
	if (end - s < 3 || strncasecmp(s, "q=", 2) != 0) return 0;
	s += 2;
	if (*s != '0' && *s != '1') return 0;
	int weight = (*s++ - '0') * 1000;
	if (s < end && *s == '.') s++;
	for (int unit = 100; unit && s < end && *s >= '0' && *s <= '9'; unit /= 10)
		weight += (*s++ - '0') * unit;
	return MIN(weight, 1000);
}

static bool next_range(const char **text, struct range *ret)
{
	const char *s = *text + strspn(*text, ", \t");
	if (*s == '\0') return false;
	const char *end = s + strcspn(s, ",");
	*text = end;
	ret->tag = s;
	ret->len = strcspn(s, ",; \t");
	ret->weight = read_weight(s + ret->len, end);
	return true;
}

/* Basic filtering (RFC 4647 §3.3.1): "fr-CA" asks for what we have in "fr". */
static bool range_is(const struct range *r, const char *tag)
{
	size_t len = strlen(tag);
	return r->len >= len && strncasecmp(r->tag, tag, len) == 0 &&
	       (r->len == len || r->tag[len] == '-');
}

enum lang lang_parse(const char *text, enum lang fallback)
{
	enum lang best = fallback;
	int weight = 0;
	struct range r;
	while (text && next_range(&text, &r)) {
		if (r.weight <= weight) continue;
		for (int lang = 0; lang < LANG_COUNT; lang++) {
			bool any = r.len == 1 && *r.tag == '*';
			if (!any && !range_is(&r, tags[lang])) continue;
			best = any ? fallback : (enum lang)lang;
			weight = r.weight;
			break;
		}
	}
	return best;
}

const char *tr(enum lang lang, const char *msgid)
{
	(void)lang;
	return msgid;
}

const char *trn(enum lang lang, const char *one, const char *many, unsigned long n)
{
	bool single = lang == LANG_FR ? n < 2 : n == 1;
	return single ? one : many;
}

char *err_text(const struct err *err, enum lang lang, char *out, size_t size)
{
	return err_format(err, tr(lang, err->msg), out, size);
}

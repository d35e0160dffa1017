#include "base/i18n.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/catalogue.h"
#include "base/catalogue_fr.h" /* made from locale/fr.po */

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
	for (int unit = 100; unit && s < end && *s >= '0' && *s <= '9'; unit /= 10) weight += (*s++ - '0') * unit;
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
	return r->len >= len && strncasecmp(r->tag, tag, len) == 0 && (r->len == len || r->tag[len] == '-');
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

/* The row of `msgid`, or NULL: English, or not translated. */
static const struct catalogue_row *find(enum lang lang, const char *msgid)
{
	if (lang != LANG_FR) return NULL;
	uint32_t hash = catalogue_hash(msgid);
	for (size_t at = hash;; at++) {
		unsigned slot = catalogue_slots[at & (COUNT(catalogue_slots) - 1)];
		if (slot == 0) return NULL;
		const struct catalogue_row *row = &catalogue_rows[slot - 1];
		if (row->hash == hash && strcmp(row->id, msgid) == 0) return row;
	}
}

const char *tr(enum lang lang, const char *msgid)
{
	const struct catalogue_row *row = find(lang, msgid);
	return row ? row->one : msgid;
}

const char *trn(enum lang lang, const char *one, const char *many, unsigned long n)
{
	const struct catalogue_row *row = find(lang, one);
	if (row == NULL || row->many == NULL) return n == 1 ? one : many;
	return n < 2 ? row->one : row->many;
}

char *err_text(const struct err *err, enum lang lang, char *out, size_t size)
{
	return err_format(err, tr(lang, err->msg), out, size);
}

#include "rich/rename.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/macros.h"
#include "base/text.h"
#include "rich/markdown.h"
#include "rich/scan.h"

/* No text holds it (base/text.h cleans control characters away): what is put there to see what the parser
 * makes of the place. */
#define MARK '\001'

enum { TARGET_MAX = 100, EMBED_MAX = 1000, PLACES_MAX = 10000 };

/* What looks like a link or an embed, and what its target becomes. */
struct place {
	const char *start;
	size_t len;
	const char *target; /* as it is looked up */
	const char *becomes;
	bool found; /* it is one */
};

struct places {
	struct place *list;
	int n;
};

/* "target" of "[[target", that "]]" or a bar follows. In a table a backslash may stand before the bar. */
static bool link_at(struct arena *a, const char *s, struct place *ret)
{
	s += 2;
	size_t len = strcspn(s, "[]|\\\n");
	const char *end = s + len;
	if (*end != '|' && strncmp(end, "\\|", 2) != 0 && strncmp(end, "]]", 2) != 0) return false;
	if (len == 0 || len > TARGET_MAX) return false;
	*ret = (struct place){ .start = s, .len = len, .target = arena_strndup(a, s, len) };
	return true;
}

/* Past the spaces, or past what is none. */
static const char *skip(const char *s, const char *end, bool spaces)
{
	uint32_t c;
	size_t n;
	while (s < end && (n = text_decode(s, (size_t)(end - s), &c)) > 0 && text_is_space(c) == spaces) s += n;
	return s;
}

/* "target" of "{{word target}}". */
static bool embed_at(struct arena *a, const char *s, const struct rich_renaming *renaming, struct place *ret)
{
	const char *end = s + 2 + strcspn(s + 2, "{}\n"), *word, *target;
	if (strncmp(end, "}}", 2) != 0 || end - s > EMBED_MAX) return false;
	if (!scan_embed(a, s, (size_t)(end + 2 - s), &word, &target) || !renaming->names(word)) return false;
	const char *start = skip(skip(skip(s + 2, end, true), end, false), end, true), *stop = start;
	for (const char *next = start; next < end; next = skip(stop, end, true)) stop = skip(next, end, false);
	if (stop == start) return false;
	*ret = (struct place){ .start = start, .len = (size_t)(stop - start), .target = target };
	return true;
}

static bool place_at(struct arena *a, const char *s, const struct rich_renaming *renaming, struct place *ret)
{
	if (strncmp(s, "[[", 2) == 0) return link_at(a, s, ret);
	return strncmp(s, "{{", 2) == 0 && embed_at(a, s, renaming, ret);
}

static void find_places(struct arena *a, const char *source, const struct rich_renaming *renaming, struct places *ret)
{
	int room = 0;
	struct place place;
	for (const char *s = source; (s = strpbrk(s, "[{")) != NULL; s++) room += s[1] == *s;
	room = MIN(room, (int)PLACES_MAX);
	ret->list = arena_array(a, struct place, (size_t)room + 1);
	for (const char *s = source; ret->n < room && (s = strpbrk(s, "[{")) != NULL; s++) {
		if (!place_at(a, s, renaming, &place)) continue;
		place.becomes = renaming->name(renaming->context, place.target);
		if (place.becomes) ret->list[ret->n++] = place;
		s = place.start + place.len - 1;
	}
}

/* The text with all targets marked by their number, or with what those found become. */
static const char *fill(struct arena *a, const char *source, const struct places *places, bool marked)
{
	struct buf out;
	buf_init(&out, a, 0);
	for (int i = 0; i < places->n; i++) {
		const struct place *place = &places->list[i];
		buf_add(&out, source, (size_t)(place->start - source));
		if (marked) buf_printf(&out, "%c%d", MARK, i);
		else if (place->found) buf_puts(&out, place->becomes);
		else buf_add(&out, place->start, place->len);
		source = place->start + place->len;
	}
	buf_puts(&out, source);
	return buf_str(&out);
}

static void find_link(void *context, const char *target)
{
	struct places *places = context;
	if (*target != MARK) return;
	long i = strtol(target + 1, NULL, 10);
	if (i >= 0 && i < places->n) places->list[i].found = true;
}

static void find_embed(void *context, const char *word, const char *arguments)
{
	(void)word;
	find_link(context, arguments);
}

const char *rich_rename(struct arena *a, const char *source, const struct rich_renaming *renaming)
{
	struct places places = { 0 };
	find_places(a, source, renaming, &places);
	if (places.n == 0) return NULL;
	struct rich_found found = { .context = &places, .link = find_link, .embed = find_embed };
	rich_read(a, fill(a, source, &places, true), &found);
	const char *renamed = fill(a, source, &places, false);
	return strcmp(renamed, source) == 0 ? NULL : renamed;
}

#include "rich/rename.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/macros.h"
#include "rich/markdown.h"

/* No text holds it (base/text.h cleans control characters away): what is put there to see what the parser
 * makes of the place. */
#define MARK '\001'

enum { TARGET_MAX = 100, LINKS_MAX = 10000 };

/* What looks like a link, and what its target becomes. */
struct place {
	const char *start;
	size_t len;
	const char *becomes;
	bool link;
};

struct places {
	struct place *list;
	int n;
};

/* The next "[[target" that "]]" or a bar follows, at or after `s`; NULL: none. In a table a backslash may
 * stand before the bar. */
static const char *next_target(const char *s, size_t *len)
{
	while ((s = strstr(s, "[[")) != NULL) {
		s += 2;
		*len = strcspn(s, "[]|\\\n");
		const char *end = s + *len;
		bool closed = *end == '|' || strncmp(end, "\\|", 2) == 0 || strncmp(end, "]]", 2) == 0;
		if (closed && *len > 0 && *len <= TARGET_MAX) return s;
	}
	return NULL;
}

static void find_places(struct arena *a, const char *source, struct places *ret,
                        const char *(*name)(void *context, const char *target), void *context)
{
	int room = 0;
	size_t len;
	for (const char *s = source; (s = strstr(s, "[[")) != NULL; s += 2) room++;
	room = MIN(room, (int)LINKS_MAX);
	ret->list = arena_array(a, struct place, (size_t)room + 1);
	for (const char *s = source; ret->n < room && (s = next_target(s, &len)) != NULL; s += len) {
		const char *becomes = name(context, arena_strndup(a, s, len));
		if (becomes) ret->list[ret->n++] = (struct place){ s, len, becomes, false };
	}
}

/* The text with the targets of all places marked by their number, or with what links become. */
static const char *fill(struct arena *a, const char *source, const struct places *places, bool marked)
{
	struct buf out;
	buf_init(&out, a, 0);
	for (int i = 0; i < places->n; i++) {
		const struct place *place = &places->list[i];
		buf_add(&out, source, (size_t)(place->start - source));
		if (marked) buf_printf(&out, "%c%d", MARK, i);
		else if (place->link) buf_puts(&out, place->becomes);
		else buf_add(&out, place->start, place->len);
		source = place->start + place->len;
	}
	buf_puts(&out, source);
	return buf_str(&out);
}

static void mark_link(void *context, const char *target)
{
	struct places *places = context;
	if (*target != MARK) return;
	long i = strtol(target + 1, NULL, 10);
	if (i >= 0 && i < places->n) places->list[i].link = true;
}

const char *rich_rename(struct arena *a, const char *source,
                        const char *(*name)(void *context, const char *target), void *context)
{
	struct places places = { 0 };
	find_places(a, source, &places, name, context);
	if (places.n == 0) return NULL;
	struct rich_found found = { .context = &places, .link = mark_link };
	rich_read(a, fill(a, source, &places, true), &found);
	const char *renamed = fill(a, source, &places, false);
	return strcmp(renamed, source) == 0 ? NULL : renamed;
}

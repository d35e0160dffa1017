#include "rich/notes.h"

#include <string.h>

enum { LABEL_MAX = 32, INDENT_MAX = 3 };

static size_t label_length(const char *s, const char *end)
{
	size_t n = 0;
	while (s + n < end && n <= LABEL_MAX &&
	       ((s[n] >= 'a' && s[n] <= 'z') || (s[n] >= 'A' && s[n] <= 'Z') || (s[n] >= '0' && s[n] <= '9') ||
	        s[n] == '-'))
		n++;
	return n > LABEL_MAX ? 0 : n;
}

/* Bytes of "[^label]" at s, 0 when it is none. */
static size_t mark_length(const char *s, const char *end)
{
	if (end - s < 4 || s[0] != '[' || s[1] != '^') return 0;
	size_t n = label_length(s + 2, end);
	return n && s + 2 + n < end && s[2 + n] == ']' ? n + 3 : 0;
}

static struct note *find(struct notes *notes, const char *label, size_t len)
{
	for (int i = 0; i < notes->n; i++)
		if (strlen(notes->list[i].label) == len && memcmp(notes->list[i].label, label, len) == 0)
			return &notes->list[i];
	return NULL;
}

struct note *notes_find(struct notes *notes, const char *s, size_t len, size_t from, size_t *start, size_t *size)
{
	const char *end = s + len;
	for (const char *c = s + from; notes->n && c < end && (c = memchr(c, '[', (size_t)(end - c))) != NULL; c++) {
		size_t n = mark_length(c, end);
		struct note *note = n ? find(notes, c + 2, n - 3) : NULL;
		if (note == NULL) continue;
		*start = (size_t)(c - s);
		*size = n;
		return note;
	}
	return NULL;
}

/* ---- Taking them out ---- */

struct taking {
	struct arena *a;
	struct notes *notes;
	struct buf rest, note;
	char fence; /* ` or ~ inside fenced code */
	size_t fence_length;
	bool open, blank; /* a note is being read; its last line was empty */
	const char *label;
};

static size_t indent_of(const char *line, size_t len)
{
	size_t n = 0;
	while (n < len && (line[n] == ' ' || line[n] == '\t')) n++;
	return n;
}

/* CommonMark 4.5: three signs or more open code, as many of the same close it. */
static void see_fence(struct taking *t, const char *line, size_t len)
{
	size_t from = indent_of(line, len), n = 0;
	char sign = from < len ? line[from] : '\0';
	if (from > INDENT_MAX || (sign != '`' && sign != '~')) return;
	while (from + n < len && line[from + n] == sign) n++;
	if (n < 3) return;
	if (t->fence == '\0') {
		t->fence = sign;
		t->fence_length = n;
	} else if (t->fence == sign && n >= t->fence_length &&
	           indent_of(line + from + n, len - from - n) == len - from - n) {
		t->fence = '\0';
	}
}

static void end_note(struct taking *t)
{
	struct notes *notes = t->notes;
	if (!t->open) return;
	t->open = false;
	if (find(notes, t->label, strlen(t->label)) == NULL)
		notes->list[notes->n++] = (struct note){ .label = t->label,
			                                 .text = arena_strdup(t->a, buf_str(&t->note)) };
	buf_reset(&t->note);
}

static bool begin_note(struct taking *t, const char *line, size_t len)
{
	size_t from = indent_of(line, len), n = from > INDENT_MAX ? 0 : mark_length(line + from, line + len);
	if (n == 0 || from + n >= len || line[from + n] != ':' || t->notes->n == RICH_NOTES_MAX) return false;
	end_note(t);
	if (t->notes->n == RICH_NOTES_MAX) return false;
	t->open = true;
	t->blank = false;
	t->label = arena_strndup(t->a, line + from + 2, n - 3);
	buf_add(&t->note, line + from + n + 1, len - from - n - 1);
	buf_putc(&t->note, '\n');
	return true;
}

/* After an empty line, only what is indented still belongs to the note. */
static bool goes_on(struct taking *t, const char *line, size_t len)
{
	size_t indent = indent_of(line, len);
	if (!t->open) return false;
	if (t->blank && indent < 2 && indent < len) return false;
	t->blank = indent == len;
	buf_add(&t->note, line + MIN(indent, (size_t)4), len - MIN(indent, (size_t)4));
	buf_putc(&t->note, '\n');
	return true;
}

static void take_line(struct taking *t, const char *line, size_t len)
{
	if (t->fence == '\0' && begin_note(t, line, len)) return;
	if (t->fence == '\0' && goes_on(t, line, len)) return;
	end_note(t);
	see_fence(t, line, len);
	buf_add(&t->rest, line, len);
	buf_putc(&t->rest, '\n');
}

const char *notes_take(struct arena *a, const char *source, struct notes *notes)
{
	struct taking t = { .a = a, .notes = notes };
	if (strstr(source, "[^") == NULL) return source;
	buf_init(&t.rest, a, 0);
	buf_init(&t.note, a, 0);
	for (const char *line = source; *line;) {
		const char *end = strchrnul(line, '\n');
		take_line(&t, line, (size_t)(end - line));
		line = end + (*end != '\0');
	}
	end_note(&t);
	return notes->n ? buf_str(&t.rest) : source;
}

/* Three texts with \x1E between them: differences make both texts again, merging is symmetric. */
#include "base/diff.h"
#include "base/merge3.h"
#include "fuzz.h"

static void check_diff(struct diff diff, struct arena *a, const char *from, const char *to)
{
	struct buf old, new;
	buf_init(&old, a, 0);
	buf_init(&new, a, 0);
	for (size_t i = 0; i < diff.count; i++) {
		const struct diff_run *run = &diff.runs[i];
		if (run->kind != DIFF_ADDED) buf_add(&old, run->text, run->len);
		if (run->kind != DIFF_REMOVED) buf_add(&new, run->text, run->len);
	}
	CHECK(strcmp(buf_str(&new), to) == 0);
	CHECK(strcmp(buf_str(&old), from) == 0);
}

/* A last line without its end is the same as one with it, so both get one. */
static const char *lines(struct arena *a, const char *text)
{
	size_t len = strlen(text);
	return len && text[len - 1] != '\n' ? arena_printf(a, "%s\n", text) : text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	arena_init(&a);
	char *base = text_repair(&a, (const char *)data, MIN(size, (size_t)4000));
	char *mine = strchr(base, '\x1E');
	char *theirs = mine ? strchr(mine + 1, '\x1E') : NULL;
	if (mine) *mine++ = '\0';
	if (theirs) *theirs++ = '\0';
	if (mine == NULL) mine = arena_strdup(&a, "");
	if (theirs == NULL) theirs = arena_strdup(&a, "");
	const char *whole_base = lines(&a, base), *whole_mine = lines(&a, mine);
	check_diff(diff_lines(&a, whole_base, whole_mine), &a, whole_base, whole_mine);
	check_diff(diff_words(&a, base, theirs), &a, base, theirs);
	char *one = NULL, *other = NULL;
	bool merged = merge3(&a, base, mine, theirs, &one);
	CHECK(merge3(&a, base, theirs, mine, &other) == merged);
	if (merged) CHECK(strcmp(one, other) == 0 && is_text(one));
	CHECK(merge3(&a, base, base, theirs, &one));
	CHECK(merge3(&a, base, theirs, theirs, &one));
	arena_release(&a);
	return 0;
}

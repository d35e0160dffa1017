/* Directives of a report: found where they stand; written again with figures kept they say the same; blocks hold the text. */
#include "core/model.h"
#include "features/restitution/restitution_text.h"
#include "fuzz.h"

static bool same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static void check_written(struct arena *a, const char *text, const struct directive *d)
{
	static const struct id kept = { { 1, 2, 3 } };
	struct directive again;
	size_t at = d->start;
	const char *written = directive_write(a, text, d, kept);
	const char *whole = arena_printf(a, "%.*s%s%s", (int)d->start, text, written, text + d->start + d->len);
	CHECK(directive_next(a, whole, &at, &again));
	CHECK(again.start == d->start && again.len == strlen(written) && again.kind == d->kind);
	CHECK(again.nwords == d->nwords && same(again.share, d->share) && same(again.title, d->title));
	CHECK(memcmp(&again.frozen, &kept, sizeof(kept)) == 0);
	for (int i = 0; i < d->nwords; i++) CHECK(strcmp(again.words[i], d->words[i]) == 0);
}

static void check_blocks(struct arena *a, const char *text)
{
	static const struct model model;
	const struct page p = { .arena = a, .lang = LANG_FR, .model = &model, .path = "/" };
	struct restitution_text read;
	restitution_text_read(&p, text, false, &read);
	CHECK(read.n >= 0 && read.n <= BLOCKS_MAX);
	for (int i = 0; i < read.n; i++) {
		const struct block *block = &read.blocks[i];
		CHECK(is_text(block->source) && is_text(block->plain) && is_text(block->anchor));
		CHECK(block->kind != BLOCK_HEADING || (block->level >= 1 && block->level <= 6 && block->depth >= 0));
		for (int k = 0; i < 100 && k < i; k++) CHECK(strcmp(block->anchor, read.blocks[k].anchor) != 0);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	size_t at = 0, before = 0;
	struct directive d;
	int n = 0;
	arena_init(&a);
	const char *text = text_repair(&a, (const char *)data, size);
	while (directive_next(&a, text, &at, &d) && n++ < 50) {
		CHECK(d.start >= before && d.len >= 4 && at == d.start + d.len && at <= strlen(text));
		CHECK(memcmp(text + d.start, "{{", 2) == 0 && memcmp(text + at - 2, "}}", 2) == 0);
		before = at;
		check_written(&a, text, &d);
	}
	check_blocks(&a, text);
	arena_release(&a);
	return 0;
}

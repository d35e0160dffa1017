/* Text as people write it: whatever comes in, what comes out is text within its limit, and stable. */
#include "fuzz.h"

static void check_pieces(struct arena *a, const char *text)
{
	struct text_words words = { text, strlen(text), 0 };
	struct text_word word;
	size_t last = 0;
	while (text_words_next(&words, &word)) {
		CHECK(word.len > 0 && word.start >= last && word.start + word.len <= words.len);
		last = word.start + word.len;
	}
	struct dice dice = dice_of((const uint8_t *)text, strlen(text));
	size_t max = 16 + dice_below(&dice, 100);
	CHECK(strlen(text_sort_key(a, text, max)) <= max && is_text(text_sort_key(a, text, max)));
	const char *slug = text_slug(a, text, max);
	CHECK(strlen(slug) <= max && strspn(slug, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(slug));
	CHECK(slug[0] != '-' && strstr(slug, "--") == NULL && (*slug == '\0' || slug[strlen(slug) - 1] != '-'));
	CHECK(strcmp(text_slug(a, slug, max), slug) == 0);
	const char *cut = text_cut(a, text, max);
	CHECK(text_length(cut) <= max && (is_text(cut) || !is_text(text)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	arena_init(&a);
	const char *raw = (const char *)data;
	for (int kind = TEXT_LINE; kind <= TEXT_BLOCK; kind++) {
		char *clean, *again;
		enum code code = text_clean(&a, raw, size, (enum text_kind)kind, &clean, NULL);
		CHECK((code == OK) == text_valid(raw, size));
		if (code != OK) continue;
		CHECK(is_text(clean));
		CHECK(text_clean(&a, clean, strlen(clean), (enum text_kind)kind, &again, NULL) == OK);
		CHECK(strcmp(clean, again) == 0);
		for (const char *s = clean; *s; s++)
			CHECK((unsigned char)*s >= ' ' || (kind == TEXT_BLOCK && (*s == '\n' || *s == '\t')));
		check_pieces(&a, clean);
	}
	char *text = text_repair(&a, raw, size);
	CHECK(is_text(text));
	CHECK(is_text(text_nfc(&a, text)) && strcmp(text_nfc(&a, text_nfc(&a, text)), text_nfc(&a, text)) == 0);
	char *folded = text_fold(&a, text);
	CHECK(is_text(folded) && strcmp(text_fold(&a, folded), folded) == 0);
	char *french = text_typography_fr(&a, text);
	CHECK(is_text(french) && strcmp(text_typography_fr(&a, french), french) == 0);
	/* The same in pieces. */
	struct typography pieces = { 0 };
	struct buf out;
	buf_init(&out, &a, 0);
	typography_fr(&pieces, text, strlen(text), &out);
	CHECK(is_text(buf_str(&out)));
	check_pieces(&a, text);
	check_pieces(&a, arena_strndup(&a, raw, size)); /* not even UTF-8 */
	arena_release(&a);
	return 0;
}

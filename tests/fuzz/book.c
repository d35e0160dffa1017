/* Books of themes as CSV: what is read is text within its limits; written as a file and read again it is the same. */
#include "features/coding/book_file.h"
#include "fuzz.h"

static void check_again(struct arena *a, const struct book_line *lines, int n)
{
	const struct page p = { .arena = a, .lang = LANG_FR, .path = "/" };
	struct book_code *codes = arena_array(a, struct book_code, (size_t)n + 1);
	struct codebook book = { .codes = codes, .n = n };
	struct book_line *again;
	struct issues issues;
	struct buf out;
	for (int i = 0; i < n; i++) {
		codes[i] = (struct book_code){ .name = lines[i].name,
			                       .definition = lines[i].definition,
			                       .example = lines[i].example,
			                       .colour = lines[i].colour,
			                       .state = CODE_USED,
			                       .parent = -1 };
		for (int k = 0; k < i && codes[i].parent < 0; k++)
			if (*lines[i].under && strcmp(lines[k].name, lines[i].under) == 0) codes[i].parent = k;
	}
	buf_init(&out, a, 0);
	book_csv(&out, &p, &book);
	issues_init(&issues, a);
	CHECK(book_csv_read(a, buf_str(&out), &again, &issues) == n && issues.count == 0);
	for (int i = 0; i < n; i++) {
		const char *under = codes[i].parent < 0 ? "" : codes[codes[i].parent].name;
		CHECK(strcmp(again[i].name, lines[i].name) == 0 && strcmp(again[i].under, under) == 0);
		CHECK(strcmp(again[i].definition, lines[i].definition) == 0);
		CHECK(strcmp(again[i].example, lines[i].example) == 0 && again[i].colour == lines[i].colour);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	struct issues issues;
	struct book_line *lines;
	arena_init(&a);
	issues_init(&issues, &a);
	int n = book_csv_read(&a, arena_strndup(&a, (const char *)data, size), &lines, &issues);
	CHECK(n >= 0 && n <= CODES_MAX);
	for (int i = 0; i < n; i++) {
		CHECK(is_text(lines[i].name) && is_text(lines[i].under) && is_text(lines[i].definition));
		CHECK(is_text(lines[i].example) && lines[i].colour >= 0 && lines[i].colour < CODE_COLOURS);
	}
	if (n && issues.count == 0) check_again(&a, lines, n);
	arena_release(&a);
	return 0;
}

/* A report shown to people in a room: a heading with its paragraphs, or a figure, on each screen. */
#include <stdlib.h>

#include "features/restitution/restitution.html.h"
#include "features/restitution/restitution_page.h"
#include "features/restitution/restitution_web.h"
#include "features/restitution/screen.h"
#include "web/web.h"

enum { SCREEN_WORDS = 420 /* bytes of text on a screen, about */ };

static bool is_shown(const struct block *block)
{
	return block->kind == BLOCK_TEXT || block->kind == BLOCK_FIGURE || block->kind == BLOCK_HEADING;
}

/* A screen begins at a heading, a figure, and where the text would not fit. */
int restitution_screens(const struct restitution_text *text, int *first, int most)
{
	int n = 0;
	size_t words = 0;
	bool after_figure = false, headed = false;
	for (int i = 0; i < text->n && n < most; i++) {
		const struct block *block = &text->blocks[i];
		if (!is_shown(block)) continue;
		size_t len = strlen(block->plain);
		bool heading = block->kind == BLOCK_HEADING, figure = block->kind == BLOCK_FIGURE;
		/* A heading stays with what follows it: further headings, words or a figure. */
		bool begins = n == 0 || (heading && !headed) || (figure && !headed) || after_figure ||
		              (!headed && words + len > SCREEN_WORDS);
		if (begins) {
			first[n++] = i;
			words = 0;
		}
		words += len;
		headed = heading;
		after_figure = figure;
	}
	return n;
}

enum code restitution_screen_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct restitution_shown x;
	int *first = arena_array(r->arena, int, BLOCKS_MAX + 1);
	TRY(restitution_open(r, NULL, &x, err));
	if (!x.reader.manages && !x.reader.asked && x.report.state == RESTITUTION_OPEN)
		return request_redirect(r, x.url, NULL);
	restitution_read_text(r, &x, true);
	int n = restitution_screens(&x.text, first, BLOCKS_MAX), at = (int)strtol(request_query(r, "n"), NULL, 10);
	if (at < 0 || at > n) at = 0;
	struct restitution_screen screen = {
		.at = at, .n = n, .from = at ? first[at - 1] : 0, .to = at && at < n ? first[at] : x.text.n
	};
	restitution_screen_page(request_out(r), p, &x, &screen);
	return OK;
}

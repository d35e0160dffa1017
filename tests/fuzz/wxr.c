/* WordPress exports: whatever the file says, reading ends within its limits, lines go forward, texts are texts. */
#include "formats/wxr.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	struct err err;
	struct wxr wxr;
	arena_init(&a);
	enum code code = wxr_read(&a, (const char *)data, size, &wxr, &err);
	CHECK(code == OK || code == E_INPUT || code == E_LIMIT);
	int n = 0, line = 0;
	for (const struct wxr_item *item = code == OK ? wxr.items : NULL; item; item = item->next, n++) {
		CHECK(item->line >= line && item->nterms >= 0 && item->nterms <= WXR_TERMS);
		CHECK(is_text(item->title) && is_text(item->content) && is_text(item->picture) && is_text(item->date));
		CHECK(is_text(wxr_author_name(&wxr, item->author)));
		line = item->line;
		for (const struct wxr_comment *c = item->comments; c; c = c->next)
			CHECK(c->line >= line && is_text(c->content));
	}
	CHECK(code != OK || n == wxr.n);
	arena_release(&a);
	return 0;
}

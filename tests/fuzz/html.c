/* HTML of other programs: the Markdown it becomes is text, shows as closed HTML, and holds nothing that the words of the
 * page did not mean here: no link between pages, nothing embedded. The first byte says whether lines count. */
#include "formats/html_markdown.h"
#include "fuzz.h"
#include "html_check.h"
#include "rich/markdown.h"

static struct rich_link wiki(void *context, const char *target)
{
	(void)context;
	(void)target;
	CHECK(!"a link between pages");
	return (struct rich_link){ 0 };
}

static const char *tag(void *context, const char *name)
{
	(void)context;
	CHECK(is_text(name)); /* "#garden" is one there too */
	return NULL;
}

static void embed(void *context, struct buf *out, const char *name, const char *arguments)
{
	(void)context;
	(void)out;
	(void)name;
	(void)arguments;
	CHECK(!"something embedded");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	struct buf out;
	struct html_markdown got;
	if (size < 2) return 0;
	arena_init(&a);
	html_markdown(&a, (const char *)data + 1, size - 1, data[0] & 1, &got);
	CHECK(is_text(got.text));
	CHECK(got.npictures >= 0 && got.npictures <= HTML_MARKDOWN_PICTURES);
	CHECK(got.nlost >= 0 && got.nlost <= HTML_MARKDOWN_LOST);
	for (int i = 0; i < got.npictures; i++) CHECK(*got.pictures[i].src && is_text(got.pictures[i].src));
	for (int i = 0; i < got.nlost; i++) CHECK(is_text(got.lost[i]));
	struct rich_page page = { .arena = &a, .lang = LANG_FR, .wiki = wiki, .tag = tag, .embed = embed };
	buf_init(&out, &a, 0);
	rich_html(&out, &page, got.text);
	html_check(buf_str(&out), NULL);
	arena_release(&a);
	return 0;
}

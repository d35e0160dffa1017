/* Texts with formatting: the HTML is closed, escaped and made of the elements that the header lists. */
#include "rich/markdown.h"
#include "base/html.h"
#include "html_check.h"
#include "rich/rename.h"

static int drawn, read; /* embeds of one text */

static struct rich_link wiki(void *context, const char *target)
{
	(void)context;
	CHECK(is_text(target));
	/* Some exist, some are missing, some have a title of their own, some lead nowhere. */
	static const struct rich_link links[] = {
		{ "/page", NULL, false },
		{ "/-/new/page?title=%22", "Un <titre> & \"plus\"", true },
		{ NULL, NULL, true },
		{ "javascript:alert(1)", NULL, false },
	};
	return links[strlen(target) % COUNT(links)];
}

static const char *tag(void *context, const char *name)
{
	(void)context;
	CHECK(is_text(name) && *name && strpbrk(name, " \n<>\"&#") == NULL);
	return strlen(name) % 3 ? "/etiquette?t=a&b" : NULL;
}

static void embed(void *context, struct buf *out, const char *name, const char *arguments)
{
	(void)context;
	CHECK(is_text(name) && is_text(arguments));
	drawn++;
	buf_puts(out, "<section class=\"embed\">");
	html_text_str(out, arguments);
	buf_puts(out, "</section>");
}

static void found(void *context, const char *name)
{
	(void)context;
	CHECK(is_text(name));
}

static void found_embed(void *context, const char *name, const char *arguments)
{
	(void)context;
	CHECK(is_text(name) && *name && is_text(arguments));
	read++;
}

static const char *rename_to(void *context, const char *target)
{
	(void)context;
	CHECK(is_text(target) && *target);
	return strlen(target) % 4 ? "Ailleurs" : NULL;
}

static bool names(const char *word)
{
	return strcmp(word, "vue") != 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char elements[] = " p h2 h3 h4 h5 h6 ul ol li blockquote pre code hr br em strong s a img "
	                               "table thead tbody tr th td input div span section sup nav ";
	struct arena a;
	struct buf html, plain;
	char *text;
	drawn = read = 0;
	arena_init(&a);
	if (text_clean(&a, (const char *)data, size, TEXT_BLOCK, &text, NULL) != OK)
		text = text_repair(&a, (const char *)data, size);
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		struct rich_page page = {
			.arena = &a, .lang = (enum lang)lang, .wiki = wiki, .tag = tag, .embed = embed
		};
		buf_init(&html, &a, 0);
		rich_html(&html, &page, text);
		html_check(buf_str(&html), elements);
		CHECK(html.len <= RICH_OUTPUT_MAX + 100000);
	}
	struct rich_page bare = { .arena = &a };
	buf_init(&html, &a, 0);
	rich_html(&html, &bare, text);
	html_check(buf_str(&html), elements);
	buf_init(&plain, &a, 0);
	struct rich_found all = { &plain, NULL, found, found, found_embed };
	rich_read(&a, text, &all);
	CHECK(drawn <= read * LANG_COUNT); /* what a page shows is known to the index */
	const char *renamed = rich_rename(&a, text, &(struct rich_renaming){ NULL, rename_to, names });
	CHECK(renamed == NULL || is_text(renamed));
	CHECK(is_text(buf_str(&plain)));
	CHECK(is_text(rich_summary(&a, text)));
	arena_release(&a);
	return 0;
}

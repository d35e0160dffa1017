/* WordPress exports: the elements of WXR 1.2 as WordPress writes them, and what is refused. */
#include "formats/wxr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static char *file(const char *path, size_t *len)
{
	FILE *f = fopen(path, "rb");
	if (f == NULL) return NULL;
	fseek(f, 0, SEEK_END);
	*len = (size_t)ftell(f);
	rewind(f);
	char *text = arena_alloc(&arena, *len + 1);
	assert_int_equal(fread(text, 1, *len, f), *len);
	text[*len] = '\0';
	fclose(f);
	return text;
}

static void test_fixture(void **state)
{
	(void)state;
	struct wxr wxr;
	size_t len = 0;
	const char *text = file(SOURCE_DIR "/tests/unit/features/wxr/journal.xml", &len);
	assert_int_equal(wxr_read(&arena, text, len, &wxr, NULL), OK);
	assert_string_equal(wxr.site, "https://regie.example");
	assert_int_equal(wxr.n, 6);
	const struct wxr_item *item = wxr.items;
	assert_string_equal(item->title, "Le jardin ouvre");
	assert_string_equal(item->type, "post");
	assert_string_equal(item->status, "publish");
	assert_string_equal(item->date, "2024-03-09 10:30:00");
	assert_string_equal(item->slug, "jardin-ouvre");
	assert_string_equal(item->excerpt, "Le portail s’ouvre.");
	assert_string_equal(item->picture, "12");
	assert_int_equal(item->line, 12);
	/* formats of posts are not words of theirs */
	assert_int_equal(item->nterms, 2);
	assert_string_equal(item->terms[0], "Jardins");
	assert_string_equal(item->terms[1], "samedi");
	assert_non_null(strstr(item->content, "<strong>Venez tous<br></strong>"));
	const struct wxr_comment *c = item->comments;
	assert_string_equal(c->author, "Luc *");
	assert_string_equal(c->content, "J’y serai !");
	assert_string_equal(c->next->parent, "1");
	assert_string_equal(c->next->next->approved, "spam");
	assert_null(c->next->next->next);
	assert_string_equal(item->next->file, "https://regie.example/wp-content/uploads/2024/03/portail.png");
	assert_string_equal(wxr_author_name(&wxr, "nadia"), "Nadia B.");
	assert_string_equal(wxr_author_name(&wxr, "inconnu"), "inconnu");
}

#define HEAD "<rss xmlns:wp=\"w\"><channel><wp:wxr_version>1.2</wp:wxr_version>"

static void test_refused(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum code code;
	} rows[] = {
		{ "", E_INPUT },
		{ "bonjour", E_INPUT },
		{ "<rss><channel><item><title>a</title></item></channel></rss>", E_INPUT }, /* a feed, no export */
		{ HEAD "<item><title>a</title></item></channel>", E_INPUT },                /* cut */
		{ HEAD "<item><title>a</title></item></channel></rss>", OK },
		/* no document type, no entity: neither files of this machine nor a billion laughs */
		{ "<!DOCTYPE rss [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>" HEAD
		  "<item><title>&a;</title></item></channel></rss>",
		  E_INPUT },
		{ HEAD "<item><title>&a;</title></item></channel></rss>", E_INPUT },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct wxr wxr;
		struct err err;
		enum code code = wxr_read(&arena, rows[i].text, strlen(rows[i].text), &wxr, &err);
		if (code != rows[i].code) fail_msg("%s: %s", rows[i].text, code_name(code));
	}
}

static void test_limits(void **state)
{
	(void)state;
	struct buf out;
	struct wxr wxr;
	buf_init(&out, &arena, 0);
	buf_puts(&out, HEAD);
	for (int i = 0; i < WXR_ITEMS; i++) buf_puts(&out, "<item/>");
	size_t len = out.len;
	buf_puts(&out, "</channel></rss>");
	assert_int_equal(wxr_read(&arena, out.data, out.len, &wxr, NULL), OK);
	assert_int_equal(wxr.n, WXR_ITEMS);
	out.len = len;
	buf_puts(&out, "<item/></channel></rss>");
	assert_int_equal(wxr_read(&arena, out.data, out.len, &wxr, NULL), E_LIMIT);
	/* terms beyond those that are kept are dropped */
	out.len = 0;
	buf_puts(&out, HEAD "<item>");
	for (int i = 0; i < WXR_TERMS + 50; i++) buf_printf(&out, "<category>t%d</category>", i);
	buf_puts(&out, "</item></channel></rss>");
	assert_int_equal(wxr_read(&arena, out.data, out.len, &wxr, NULL), OK);
	assert_int_equal(wxr.items->nterms, WXR_TERMS);
}

/* WordPress' own file for testers of themes, where the machine has it: its counts are those of grep. */
static void test_sample(void **state)
{
	(void)state;
	const char *path = getenv("PARVIS_SAMPLES") ? getenv("PARVIS_SAMPLES") : SOURCE_DIR "/../shared/samples";
	struct wxr wxr;
	size_t len = 0;
	const char *text = file(arena_printf(&arena, "%s/wxr/themeunittestdata.wordpress.xml", path), &len);
	if (text == NULL) {
		print_message("no sample of WordPress at %s (PARVIS_SAMPLES): left out\n", path);
		skip();
	}
	assert_int_equal(wxr_read(&arena, text, len, &wxr, NULL), OK);
	int posts = 0, pages = 0, files = 0, menus = 0;
	for (const struct wxr_item *item = wxr.items; item; item = item->next) {
		posts += strcmp(item->type, "post") == 0;
		pages += strcmp(item->type, "page") == 0;
		files += strcmp(item->type, "attachment") == 0;
		menus += strcmp(item->type, "nav_menu_item") == 0;
	}
	assert_int_equal(posts, 58);
	assert_int_equal(pages, 21);
	assert_int_equal(files, 37);
	assert_int_equal(menus, 70);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fixture),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_sample),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

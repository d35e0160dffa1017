#include "page/shortcut.h"

#include <string.h>

#define LISTED "main li :is(h2, h3, h4, h5) a"

/* To add one: a row. Letters are free of what screen readers and browsers do with a modifier, not of what they do
 * without: hence the choice, on the page that lists them, to have none. */
const struct shortcut shortcuts[] = {
	{ "?", SHORTCUT_GO, "/-/shortcuts", N_("This list of shortcuts") },
	{ "/", SHORTCUT_FOCUS, "#q", N_("Search the site") },
	{ "g a", SHORTCUT_GO, "/", N_("Home") },
	{ "g n", SHORTCUT_GO, "/-/recent", N_("What is new") },
	{ "g c", SHORTCUT_GO, "/-/contribute", N_("Contribute") },
	{ "g b", SHORTCUT_GO, "/-/drafts", N_("My drafts") },
	{ "g m", SHORTCUT_GO, "/-/account", N_("My account") },
	{ "e", SHORTCUT_PRESS, "main a[href^=\"/-/edit/\"]", N_("Correct this page") },
	{ "h", SHORTCUT_PRESS, "main a[href^=\"/-/history/\"]", N_("History of this page") },
	{ "j", SHORTCUT_NEXT, LISTED, N_("Next one in a list") },
	{ "k", SHORTCUT_BACK, LISTED, N_("Previous one in a list") },
	{ "n", SHORTCUT_PRESS, "main a[rel=next]", N_("Next page of a list") },
	{ "1 a", SHORTCUT_TOLD, "", N_("While reading texts for their themes: the theme of these signs") },
	{ "Enter", SHORTCUT_TOLD, "", N_("… save, and read the next one") },
	{ "+", SHORTCUT_TOLD, "", N_("… a theme that is missing") },
	{ "Ctrl+B", SHORTCUT_TOLD, "", N_("Bold, where you write a text") },
	{ "Ctrl+I", SHORTCUT_TOLD, "", N_("Italic, where you write a text") },
	{ 0 },
};

const char *shortcuts_json(const struct page *p)
{
	json_t *rows = json_keep(p->arena, json_array());
	for (const struct shortcut *s = shortcuts; s->keys; s++)
		if (s->act != SHORTCUT_TOLD)
			json_array_append_new(rows, json_pack("[s,i,s]", s->keys, (int)s->act, s->to));
	return json_text(p->arena, rows);
}

const char *shortcut_key(const struct page *p, const struct shortcut *shortcut, int i)
{
	const char *s = shortcut->keys;
	for (; i > 0 && *s; i--) {
		s += strcspn(s, " ");
		s += *s == ' ';
	}
	return *s ? arena_strndup(p->arena, s, strcspn(s, " ")) : NULL;
}

/*
 * Shortcuts of the keyboard: one table, for the page that lists them (features/shortcut) and for the script that
 * does them (web/front/shortcuts.ts), which reads it in every page. A key is what it types, wherever it is on the
 * keyboard: "?" is Shift and "," on a French one.
 */
#ifndef PARVIS_SHORTCUT_H
#define PARVIS_SHORTCUT_H

#include "page/page.h"

enum shortcut_act {
	SHORTCUT_GO,    /* to an address */
	SHORTCUT_PRESS, /* the first link that the selector finds */
	SHORTCUT_FOCUS, /* what the selector finds */
	SHORTCUT_NEXT,  /* of what the selector finds, the one after the focus */
	SHORTCUT_BACK,  /* … before it */
	SHORTCUT_TOLD,  /* nothing: a script of its own does it, where somebody writes */
};

struct shortcut {
	const char *keys; /* one, or two one after the other: "g a" */
	enum shortcut_act act;
	const char *to;   /* address or CSS selector */
	const char *help; /* message id */
};

/* Ends with a row without keys. */
extern const struct shortcut shortcuts[];

/* What the script needs: [["g a", 0, "/"], …]. */
const char *shortcuts_json(const struct page *p);
/* "g", then "a"; NULL at the end. */
const char *shortcut_key(const struct page *p, const struct shortcut *shortcut, int i);

#endif

/*
 * The face of the site, or of a space, as those who look after it write it in the browser: its menu, its home page
 * and, for the site, its name and its colour. All are settings (core/model.h: model_setting_of), versioned like
 * any definition.
 *
 * To give a space the same pages: rows whose patterns begin with "/-/space/:slug" and go on as those of
 * front_web.c
 * ("/-/site/menu" is "/-/space/:slug/menu"), with the handlers below; front_find reads whose they are from the
 * row.
 */
#ifndef PARVIS_FRONT_H
#define PARVIS_FRONT_H

#include "web/route.h"

enum { MENU_MAX = 6 /* entries */, HOME_MAX = 20 /* blocks */ };

struct front {
	struct request *r;
	const struct space *space; /* NULL: the site */
	const char *base;          /* "/-/site", "/-/space/coordination" */
	const char *home;          /* address of its home page */
	const char *name;          /* of the site or the space */
	const char *const *params; /* of the address, after the space */
};

/* Whose face the address is about, for who may change it: who shapes the site's forms, who organises the space. */
enum code front_find(struct request *r, struct front *ret, struct err *err) MUST;
enum code front_limit(struct request *r, struct err *err) MUST;
/* "/-/site" + rest */
const char *front_url(const struct front *f, const char *rest);
/* A setting of it: "menu", "home"… */
const json_t *front_setting(const struct front *f, const char *name);
/* The new text of one; NULL takes it away. */
enum code front_save(struct tx *tx, const struct front *f, const char *name, const json_t *value, struct err *err) MUST;

/* The home page being written, which nobody else sees: {"blocks": […], "from": mark of what was published then}.
 */
const json_t *front_draft(const struct front *f);
/* Those of the draft, else those published. */
const json_t *front_blocks(const struct front *f);

/* ---- Handlers ---- */

handler front_menu_show, front_menu_post;
handler front_home_show, front_home_preview, front_home_kinds, front_block_new, front_block_new_post, front_block_edit,
        front_block_edit_post, front_home_move, front_home_remove, front_home_publish, front_home_discard;
handler front_history_show, front_history_post;

#endif

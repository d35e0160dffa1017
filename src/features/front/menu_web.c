#include <string.h>

#include "core/definition.h"
#include "core/form_change.h"
#include "features/front/menu.html.h"
#include "features/front/menu_edit.h"
#include "features/front/rows.h"
#include "features/front/target.h"

enum { LABEL_CHARS = 40 };

static enum code show(struct menu_edit *m, const struct issues *issues, int status)
{
	struct page *p = &m->f.r->page;
	p->title = m->f.space ? page_printf(p, _("Menu of “%s”"), m->f.name) : _("Menu of the site");
	if (issues && issues->count) p->issues = issues;
	m->f.r->response->status = status;
	menu_page(request_out(m->f.r), p, m);
	return OK;
}

static enum code begin(struct request *r, struct menu_edit *m, struct err *err)
{
	*m = (struct menu_edit){ 0 };
	TRY(front_find(r, &m->f, err));
	const json_t *menu = front_setting(&m->f, "menu");
	m->rows = json_keep(r->arena, menu ? json_deep_copy(menu) : json_array());
	m->mark = definition_mark(r->arena, menu);
	return OK;
}

enum code front_menu_show(struct request *r, struct err *err)
{
	struct menu_edit m;
	TRY(begin(r, &m, err));
	return show(&m, NULL, 200);
}

static void read_rows(struct menu_edit *m, struct issues *issues)
{
	struct request *r = m->f.r;
	int n = rows_sent(r, "menu", MENU_MAX);
	m->rows = json_keep(r->arena, json_array());
	for (int i = 0; i < n; i++) {
		json_t *row = json_object();
		row_read_label(r, "menu", i, "label", row, "label", LABEL_CHARS, true, issues);
		json_object_set_new(row, "to",
		                    json_string(target_read(r, row_name(&r->page, "menu", i, "to"), issues)));
		json_array_append_new(m->rows, row);
	}
}

/* The icon of an entry (the thumb bar shows the first one's): that which it had, else of what it leads to. */
static void add_icons(struct menu_edit *m)
{
	const json_t *before = front_setting(&m->f, "menu");
	for (size_t i = 0; i < json_array_size(m->rows); i++) {
		json_t *row = json_array_get(m->rows, i);
		const char *to = json_str_or(row, "to", ""), *name = target_icon(&m->f.r->page, to);
		for (size_t j = 0; j < json_array_size(before); j++) {
			const json_t *old = json_array_get(before, j);
			if (strcmp(json_str_or(old, "to", ""), to) == 0) name = json_str(old, "icon");
		}
		if (name) json_object_set_new(row, "icon", json_string(name));
	}
}

static enum code write_menu(struct tx *tx, void *arg, struct err *err)
{
	struct menu_edit *m = arg;
	json_t *now = NULL;
	enum code code = definition_load(tx_db(tx), m->f.r->arena, DEFINITION_SETTING,
	                                 setting_key(m->f.r->arena, m->f.space, "menu"), &now, err);
	if (code != OK && code != E_NOT_FOUND) return code;
	if (strcmp(definition_mark(m->f.r->arena, now), m->mark) != 0) {
		m->meanwhile = now ? now : json_keep(m->f.r->arena, json_array());
		FAIL(err, E_CONFLICT, N_("Somebody has just changed this menu: look at both, then publish again."));
	}
	return front_save(tx, &m->f, "menu", m->rows, err);
}

static enum code publish(struct menu_edit *m, struct issues *issues, struct err *err)
{
	struct request *r = m->f.r;
	add_icons(m);
	enum code code = request_write_model(r, write_menu, m, err);
	if (code == E_CONFLICT && m->meanwhile) {
		m->mark = definition_mark(r->arena,
		                          json_array_size(m->meanwhile) ? m->meanwhile : front_setting(&m->f, "menu"));
		issues_add_err(issues, "", err);
		return show(m, issues, 409);
	}
	TRY(code);
	return request_redirect(r, front_url(&m->f, "/menu"), "menu");
}

enum code front_menu_post(struct request *r, struct err *err)
{
	struct menu_edit m;
	struct issues issues;
	TRY(begin(r, &m, err));
	TRY(front_limit(r, err));
	issues_init(&issues, r->arena);
	m.mark = request_form(r, "_mark");
	read_rows(&m, &issues);
	if (rows_do(r, "menu", MENU_MAX, m.rows, json_object())) return show(&m, NULL, 200);
	if (issues.count) return show(&m, &issues, 422);
	m.preview = *request_form(r, "_preview") != '\0';
	if (m.preview) return show(&m, NULL, 200);
	return publish(&m, &issues, err);
}

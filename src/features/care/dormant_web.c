/* What nobody has touched for long (core/dormant.h), and what too few people look after. */
#include <stdlib.h>
#include <string.h>

#include "core/definition.h"
#include "features/care/care_page.h"
#include "features/care/care_web.h"
#include "features/care/dormant.html.h"
#include "features/record/record_page.h"
#include "features/space/space.h"
#include "features/space/space_page.h"
#include "web/web.h"

bool dormant_any(const struct dormant_row *rows, int n, enum dormant_kind kind)
{
	for (int i = 0; i < n; i++)
		if (rows[i].dormant.kind == kind) return true;
	return false;
}

/* Spaces and forms that she looks after, and that fewer than two people do. */
static enum code list_alone(const struct page *p, struct alone_row **ret, int *n, struct err *err)
{
	const struct model *model = p->model;
	struct alone_row *all = arena_array(p->arena, struct alone_row, (size_t)(model->nspaces + model->nforms) + 1);
	int found = 0;
	for (int i = 0; i < model->nspaces; i++) {
		const struct space *space = &model->spaces[i];
		struct space_row row;
		if (space->state != SPACE_AWAKE || !space_manages(p, space)) continue;
		TRY(space_row_load(p, space, &row, err));
		if (row.facilitators < CARE_ENOUGH)
			all[found++] = (struct alone_row){ t(p, &space->name),
				                           arena_printf(p->arena, "%s#invite",
				                                        space_action_url(p, space, "members")),
				                           space_icon(space), row.facilitators };
	}
	for (int i = 0; i < model->nforms; i++) {
		struct tended tended;
		if (model->forms[i].asleep || !tended_form(p, &model->forms[i], &tended)) continue;
		if (tended.looked_after < CARE_ENOUGH)
			all[found++] = (struct alone_row){ tended.name, tended.here, tended.picture,
				                           tended.looked_after };
	}
	*ret = all;
	*n = found;
	return OK;
}

enum code dormant_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct dormant *all;
	int n, kept = 0;
	TRY(dormant_list(r->db, r->arena, p->model, &r->actor, &all, &n, err));
	struct dormant_row *rows = arena_array(r->arena, struct dormant_row, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		struct record *record = NULL;
		struct err none;
		if (all[i].kind == DORMANT_RECORD &&
		    record_load_num(r->db, r->arena, p->model, &r->actor, all[i].num, &record, &none) != OK)
			continue;
		rows[kept++] = (struct dormant_row){ all[i], record };
	}
	struct alone_row *alone;
	int nalone;
	TRY(list_alone(p, &alone, &nalone, err));
	p->title = _("What sleeps");
	p->hidden = true;
	dormant_page(request_out(r), p, rows, kept, alone, nalone);
	return OK;
}

static enum code save_rule(struct tx *tx, void *arg, struct err *err)
{
	struct request *r = arg;
	const struct model *model = r->page.model;
	json_t *setting = json_keep(r->arena, json_object()), *forms = json_array();
	const char *key;
	long months = strtol(request_form(r, "months"), NULL, 10);
	for (int f = 0; f < model->nforms; f++)
		for (int i = 0; (key = form_data_nth(&r->form, "forms", i)) != NULL; i++)
			if (strcmp(key, model->forms[f].key) == 0) json_array_append_new(forms, json_string(key));
	json_object_set_new(setting, "forms", forms);
	json_object_set_new(setting, "months", json_integer(MAX(1, MIN(months, DORMANT_MONTHS_MAX))));
	return definition_save(tx, r->arena, DEFINITION_SETTING, "dormant", setting, &r->actor, NULL, err);
}

static enum code find_again(struct tx *tx, void *arg, struct err *err)
{
	const struct request *r = arg;
	return dormant_find(tx, r->page.model, r->page.now, err);
}

/* What was found by the former rule is found by the new one at once. */
enum code dormant_post(struct request *r, struct err *err)
{
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	TRY(request_write_model(r, save_rule, r, err));
	TRY(request_write(r, find_again, r, err));
	return request_redirect(r, "/-/dormant", "regle-sommeil");
}

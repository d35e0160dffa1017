#include <stdlib.h>
#include <string.h>

#include "core/definition.h"
#include "features/form_edit/form_edit.html.h"
#include "features/form_edit/form_history.h"
#include "web/web.h"

const char *form_version_url(const struct page *p, const struct form *form, const struct form_version *version)
{
	return form_edit_url(p, form, arena_printf(p->arena, "/history/%lld", (long long)version->version));
}

static enum code show(struct request *r, const struct form *form, const struct issues *issues, int status,
                      struct err *err)
{
	struct definition_version *all;
	int n;
	TRY(definition_versions(r->db, r->arena, DEFINITION_FORM, form->key, FORM_VERSIONS + 1, &all, &n, err));
	struct form_version *versions = arena_array(r->arena, struct form_version, (size_t)n + 1);
	int shown = MIN(n, (int)FORM_VERSIONS);
	for (int i = 0; i < shown; i++) {
		const json_t *before = i + 1 < n ? all[i + 1].body : NULL;
		versions[i] = (struct form_version){ .version = all[i].version,
			                             .at = all[i].at,
			                             .who = all[i].who,
			                             .present = i == 0,
			                             .words = form_difference(&r->page, before, all[i].body) };
	}
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("History of the form “%s”")),
	                            t(&r->page, &form->label));
	r->page.hidden = true;
	r->response->status = status;
	r->page.issues = issues;
	form_history_page(request_out(r), &r->page, form, versions, shown);
	return OK;
}

enum code form_history_show(struct request *r, struct err *err)
{
	const struct form *form;
	TRY(form_edit_find(r, &form, err));
	return show(r, form, NULL, 200, err);
}

static enum code apply_earlier(const struct form_write *w, const json_t *definition, const json_t *keys, json_t **ret,
                               struct err *err)
{
	(void)keys;
	(void)err;
	*ret = form_with_earlier(w->r->arena, definition, w->field);
	return OK;
}

enum code form_history_post(struct request *r, struct err *err)
{
	const struct form *form;
	struct definition_version *all;
	struct issues issues;
	int n;
	TRY(form_edit_find(r, &form, err));
	TRY(form_edit_limit(r, err));
	issues_init(&issues, r->arena);
	TRY(definition_versions(r->db, r->arena, DEFINITION_FORM, form->key, FORM_VERSIONS, &all, &n, err));
	const json_t *earlier = NULL;
	for (int i = 1; i < n; i++)
		if (strcmp(arena_printf(r->arena, "%lld", (long long)all[i].version), r->params[1]) == 0)
			earlier = all[i].body;
	if (earlier == NULL) FAIL(err, E_NOT_FOUND, N_("There is no such version."));
	struct form_write write = { .r = r, .form = form->key, .apply = apply_earlier, .field = earlier };
	enum code code = form_write(&write, &issues, err);
	if (code == E_INPUT) {
		if (issues.count == 0) issues_add_err(&issues, "", err);
		return show(r, form, &issues, 422, err);
	}
	TRY(code);
	return request_redirect(r, form_edit_url(&r->page, form, ""), "formulaire-restaure");
}

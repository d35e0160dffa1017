#include "features/record/also.h"

#include <string.h>

#include "core/reader.h"
#include "features/record/life_web.h"
#include "web/web.h"

static bool is_in(const struct space *const *spaces, int n, const struct space *space)
{
	for (int i = 0; i < n; i++)
		if (spaces[i] == space) return true;
	return false;
}

static bool is_posted(const struct request *r, const struct space *space)
{
	const char *slug;
	for (int i = 0; (slug = form_data_nth(&r->form, "also[]", i)) != NULL; i++)
		if (strcmp(slug, space->slug) == 0) return true;
	return false;
}

int also_choices(struct request *r, const struct record *record, const struct form *form, const struct space *space,
                 struct also_choice **ret)
{
	const struct page *p = &r->page;
	const struct record begun = { .form = form, .space = space, .circle = circle_of_form(form) };
	struct also_choice *choices = arena_array(p->arena, struct also_choice, (size_t)p->model->nspaces + 1);
	const struct space **shown = NULL;
	bool posted = *request_form(r, "_also") != '\0';
	struct err err;
	int n = 0, found = 0;
	*ret = choices;
	if (!page_signed_in(p) || (record && record->about)) return 0;
	if (record && also_in_list(r->db, p->arena, p->model, &r->actor, record->num, &shown, &n, &err) != OK) n = 0;
	for (int i = 0; i < p->model->nspaces; i++) {
		const struct space *other = &p->model->spaces[i];
		bool is = is_in(shown, n, other);
		if (!is && !also_in_may(&r->actor, record ? record : &begun, other)) continue;
		choices[found++] = (struct also_choice){ other, posted ? is_posted(r, other) : is };
	}
	return found;
}

bool also_any(const struct also_choice *choices, int n)
{
	for (int i = 0; i < n; i++)
		if (choices[i].chosen) return true;
	return false;
}

enum code also_save(struct tx *tx, struct request *r, const struct record *record, struct err *err)
{
	const struct model *model = r->page.model;
	const struct space **shown;
	int n;
	if (*request_form(r, "_also") == '\0') return OK;
	TRY(also_in_list(tx_db(tx), r->arena, model, &r->actor, record->num, &shown, &n, err));
	for (int i = 0; i < model->nspaces; i++) {
		const struct space *space = &model->spaces[i];
		bool is = is_in(shown, n, space), wanted = is_posted(r, space);
		if (is == wanted) continue;
		if (wanted ? !also_in_may(&r->actor, record, space) : !also_in_may_end(&r->actor, record, space))
			continue;
		TRY(also_in_set(tx, record->num, space, wanted, err));
	}
	return OK;
}

/* ---- On its page ---- */

int also_shown(const struct page *p, const struct record *record, const struct space ***ret)
{
	struct err err;
	int n;
	if (p->model->nspaces < 2 || record->about || record->circle) return 0;
	if (also_in_list(p->db, p->arena, p->model, p->actor, record->num, ret, &n, &err) != OK) return 0;
	return n;
}

bool also_ends(const struct page *p, const struct record *record, const struct space *space)
{
	return page_signed_in(p) && also_in_may_end(p->actor, record, space);
}

struct ending {
	const struct record *record;
	const struct space *space;
};

static enum code end(struct tx *tx, void *arg, struct err *err)
{
	const struct ending *e = arg;
	return also_in_set(tx, e->record->num, e->space, false, err);
}

/* Who looks after the other space takes it away from there, even where she may not correct it. */
enum code also_end_post(struct request *r, struct err *err)
{
	struct record *record;
	struct ending e = { .space = model_space_by_slug(r->page.model, request_form(r, "space")) };
	TRY(record_of_route(r, ACTION_READ, &record, err));
	if (e.space == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	if (!also_in_may_end(&r->actor, record, e.space))
		FAIL(err, E_FORBIDDEN,
		     N_("Who corrects the page, or looks after the space, takes it away from there."));
	e.record = record;
	TRY(request_write(r, end, &e, err));
	return request_redirect(r, record_url(&r->page, record), "plus-montre");
}

#include "features/space/space_web.h"

#include <string.h>

#include "core/definition.h"
#include "features/space/space.html.h"
#include "web/taken.h"
#include "web/web.h"

enum { NAMES = 12, BODY_MAX = 256 * 1024 };

enum code space_of_route(struct request *r, enum action action, const struct space **ret, struct err *err)
{
	const struct space *space = model_space_by_slug(r->page.model, r->params[0]);
	if (space == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(may(&r->actor, action, &(struct thing){ .kind = KIND_SPACE, .space = space }, err));
	r->page.space = space;
	*ret = space;
	return OK;
}

enum code space_limit(struct request *r, struct err *err)
{
	return web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err);
}

/* ---- The list ---- */

static enum code spaces_show(struct request *r, struct err *err)
{
	struct space_row *rows;
	int n;
	TRY(space_rows(&r->page, &rows, &n, err));
	request_share(r, (const char *const[]){ "fait", NULL });
	r->page.title = tr(r->page.lang, N_("Spaces"));
	spaces_page(request_out(r), &r->page, rows, n);
	return OK;
}

static enum code save_rule(struct tx *tx, void *arg, struct err *err)
{
	struct request *r = arg;
	bool members = strcmp(request_form(r, "create"), "members") == 0;
	json_t *setting = json_keep(r->arena, json_pack("{s:s}", "create", members ? "members" : "administrators"));
	return definition_save(tx, r->arena, DEFINITION_SETTING, "spaces", setting, &r->actor, NULL, err);
}

static enum code rule_post(struct request *r, struct err *err)
{
	TRY(space_limit(r, err));
	TRY(request_write_model(r, save_rule, r, err));
	return request_redirect(r, "/-/spaces", "regle-espaces");
}

/* ---- The front page of one ---- */

static enum code front_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct space_front front = { 0 };
	const struct space *space;
	const char *after = request_query(r, "suite");
	TRY(space_of_route(r, ACTION_READ, &space, err));
	front.only = model_form(p->model, request_query(r, "form"));
	TRY(space_row_load(p, space, &front.row, err));
	TRY(space_facilitators(p, space, NAMES, &front.names, &front.nnames, err));
	if (space_reads(p, space))
		TRY(space_forms(p, space, front.only, front.only && *after ? after : NULL, &front.forms, &front.nforms,
		                err));
	if (space_reads(p, space) && front.only == NULL) {
		const json_t *blocks = model_setting_of(p->model, space, "home");
		front.blocks = json_array_size(blocks) ? blocks : NULL;
	}
	if (r->actor.person) {
		enum code code = join_request_find(r->db, r->arena, r->actor.person, space, &front.asked, err);
		if (code != OK && code != E_NOT_FOUND) return code;
	}
	p->title = front.only ? page_printf(p, "%s – %s", t(p, &front.only->plural), t(p, &space->name))
	                      : t(p, &space->name);
	p->description = *t(p, &space->description) ? t(p, &space->description) : NULL;
	p->hidden = space->visibility != VISIBILITY_PUBLIC || *after;
	if (!*after && (front.only || *request_query(r, "form") == '\0'))
		request_share(r, (const char *const[]){ "fait", "form", NULL });
	space_page(request_out(r), p, &front);
	return OK;
}

const struct feature space_feature = {
	.name = "space",
	.routes = ROUTES(
	        { HTTP_GET, "/-/spaces", spaces_show, ACTION_READ, KIND_SITE, N_("The spaces that one may know of"), 0,
	          false },
	        { HTTP_POST, "/-/spaces", rule_post, ACTION_ADMINISTER, KIND_SITE, N_("Say who makes spaces"), 0,
	          false },
	        { HTTP_GET, "/-/spaces/new", space_new_show, ACTION_READ, KIND_PERSON, N_("Begin a space"), 0, false },
	        { HTTP_POST, "/-/spaces/new", space_new_post, ACTION_READ, KIND_PERSON, N_("Make a space"),
	          FORM_WITH_FILES, false },
	        { HTTP_GET, "/e/:space", front_show, ACTION_READ, KIND_SPACE, N_("The front page of a space"), 0,
	          false },
	        { HTTP_GET, "/-/space/:slug/settings", space_settings_show, ACTION_MANAGE, KIND_SPACE,
	          N_("What a space says of itself, and its rules"), 0, false },
	        { HTTP_POST, "/-/space/:slug/settings", space_settings_post, ACTION_MANAGE, KIND_SPACE,
	          N_("Shape a space"), FORM_WITH_FILES, false },
	        { HTTP_POST, "/-/space/:slug/delete", space_delete_post, ACTION_ADMINISTER, KIND_SPACE,
	          N_("Take a space without pages away"), 0, false },
	        { HTTP_GET, "/-/space/:slug/join", space_join_show, ACTION_READ, KIND_SPACE, N_("How to join a space"),
	          0, false },
	        { HTTP_POST, "/-/space/:slug/join", space_join_post, ACTION_READ, KIND_PERSON,
	          N_("Join a space, or ask to"), 0, false },
	        { HTTP_POST, "/-/space/:slug/withdraw", space_withdraw_post, ACTION_READ, KIND_PERSON,
	          N_("Take a request to join back"), 0, false },
	        { HTTP_GET, "/-/space/:slug/leave", space_leave_show, ACTION_READ, KIND_PERSON,
	          N_("Ask before leaving a space"), 0, false },
	        { HTTP_POST, "/-/space/:slug/leave", space_leave_post, ACTION_READ, KIND_PERSON, N_("Leave a space"), 0,
	          false },
	        { HTTP_POST, "/-/space/:slug/requests/:id", space_answer_post, ACTION_MANAGE, KIND_SPACE,
	          N_("Answer a request to join a space"), 0, false },
	        { HTTP_GET, "/-/space/:slug/hand-over", space_hand_show, ACTION_MANAGE, KIND_SPACE,
	          N_("Form to hand a space over"), 0, false },
	        { HTTP_POST, "/-/space/:slug/hand-over", space_hand_post, ACTION_MANAGE, KIND_SPACE,
	          N_("Hand a space over"), 0, false }),
};

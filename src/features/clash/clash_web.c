#include "features/clash/clash_web.h"

#include "core/field_type.h"
#include "features/clash/clash.h"
#include "features/clash/clash.html.h"
#include "web/web.h"

/* The form as it is filled in so far; mistakes in it are told when it is sent. "_self": the record that is corrected. */
static enum code same_time(struct request *r, struct err *err)
{
	const struct form *form = model_form(r->page.model, r->params[0]);
	struct field_post post = request_post(r);
	struct issues issues;
	struct clashes clashes;
	struct record *self = NULL;
	struct id id;
	json_t *values = json_keep(r->arena, json_object());
	if (form == NULL || clash_date(r->page.model, form) == NULL)
		FAIL(err, E_NOT_FOUND, N_("There is no form at this address."));
	TRY(web_limit(r, LIMIT_SEARCH, NULL, err));
	request_issues(r, &issues);
	post.db = r->db;
	post.model = r->page.model;
	post.actor = &r->actor;
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		if (!clash_asks(r->page.model, form, field)) continue;
		int before = issues.count;
		json_t *value = field->type->read(field, &post, &issues);
		if (value && issues.count == before) json_object_set(values, field->key, value);
	}
	if (id_parse(request_form(r, "_self"), &id) &&
	    record_load(r->db, r->arena, r->page.model, &r->actor, id, &self, err) != OK)
		self = NULL;
	TRY(clash_find(&r->page, form, values, self, &clashes, err));
	clash_fragment(request_out(r), &r->page, &clashes);
	return OK;
}

const struct feature clash_feature = {
	.name = "clash",
	.routes = ROUTES({ HTTP_POST, "/-/same-time/:form", same_time, ACTION_READ, KIND_RECORD,
	                   N_("What else takes place when and where a form says, for the page that is being written"),
	                   0, true }),
};

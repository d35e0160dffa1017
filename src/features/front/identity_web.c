#include "features/front/identity.h"

#include <string.h>
#include <strings.h>

#include "core/definition.h"
#include "core/form_change.h"
#include "features/form_edit/question.h"
#include "features/front/front.html.h"
#include "page/theme.h"

enum { NAME_CHARS = 80, TAGLINE_CHARS = 200 };

static const char *const members[] = { "name", "tagline", "colour" };

const char *identity_tint(const struct page *p, const struct identity *i, const char *property, bool dark)
{
	char *tint = arena_alloc(p->arena, THEME_COLOUR);
	theme_tint(json_str(i->typed, "colour"), property, dark, tint);
	return tint;
}

const char *identity_name(const struct page *p, const struct identity *i)
{
	struct label name = label_from_json(p->arena, json_object_get(i->typed, "name"));
	return t(p, &name);
}

bool identity_darker(const struct identity *i)
{
	char tint[THEME_COLOUR];
	theme_tint(json_str(i->typed, "colour"), "accent", false, tint);
	return strcasecmp(tint, json_str_or(i->typed, "colour", "")) != 0;
}

static json_t *present(const struct front *f)
{
	json_t *all = json_keep(f->r->arena, json_object());
	for (size_t i = 0; i < COUNT(members); i++) {
		const json_t *value = front_setting(f, members[i]);
		if (value) json_object_set(all, members[i], (json_t *)value);
	}
	return all;
}

static enum code begin(struct request *r, struct identity *i, struct err *err)
{
	*i = (struct identity){ 0 };
	TRY(front_find(r, &i->f, err));
	i->typed = present(&i->f);
	i->mark = definition_mark(r->arena, i->typed);
	return OK;
}

static enum code show(struct identity *i, const struct issues *issues, int status)
{
	struct page *p = &i->f.r->page;
	p->title = _("Name and colour of the site");
	if (issues && issues->count) p->issues = issues;
	i->f.r->response->status = status;
	identity_page(request_out(i->f.r), p, i);
	return OK;
}

enum code identity_show(struct request *r, struct err *err)
{
	struct identity i;
	TRY(begin(r, &i, err));
	return show(&i, NULL, 200);
}

static enum code write_identity(struct tx *tx, void *arg, struct err *err)
{
	struct identity *i = arg;
	for (size_t m = 0; m < COUNT(members); m++) {
		const json_t *value = json_object_get(i->typed, members[m]);
		if (value || front_setting(&i->f, members[m])) TRY(front_save(tx, &i->f, members[m], value, err));
	}
	return OK;
}

enum code identity_post(struct request *r, struct err *err)
{
	struct identity i;
	struct issues issues;
	TRY(begin(r, &i, err));
	TRY(front_limit(r, err));
	issues_init(&issues, r->arena);
	i.meanwhile = strcmp(request_form(r, "_mark"), i.mark) != 0;
	i.preview = *request_form(r, "_preview") != '\0';
	i.typed = json_keep(r->arena, json_object());
	question_read_label(r, i.typed, "name", NAME_CHARS, true, &issues);
	question_read_label(r, i.typed, "tagline", TAGLINE_CHARS, false, &issues);
	json_object_set_new(i.typed, "colour", json_string(request_form(r, "colour")));
	if (!theme_colour_valid(request_form(r, "colour")))
		issues_add(&issues, "colour", N_("Write a colour as # and six letters or digits. Example: #12523f"));
	if (issues.count) return show(&i, &issues, 422);
	if (i.meanwhile) return show(&i, NULL, 409);
	if (i.preview) return show(&i, NULL, 200);
	TRY(request_write_model(r, write_identity, &i, err));
	return request_redirect(r, i.f.base, "identite");
}

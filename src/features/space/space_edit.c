#include "features/space/space_edit.h"

#include <string.h>

#include "base/text.h"
#include "features/form_edit/question.h"
#include "features/moderation/moderation_web.h"
#include "page/theme.h"
#include "web/taken.h"

const struct space_option visibility_options[] = {
	{ "public", N_("Everybody"),
	  N_("Its pages are found by the search and by search engines, as those of the whole site.") },
	{ "listed", N_("Its members; everybody sees that it exists"),
	  N_("Its name and what it is about are in the list of spaces, and one may ask to join.") },
	{ "members", N_("Its members; nobody else knows of it"),
	  N_("For others there is nothing at its address. One joins by an invitation.") },
	{ NULL, NULL, NULL },
};
const struct space_option publication_options[] = {
	{ "open", N_("Everybody with an account, and corrects what others wrote"),
	  N_("The history watches: everything can be taken back.") },
	{ "own", N_("Everybody with an account; only members correct what others wrote"), NULL },
	{ "approved", N_("The same, but what comes from others than members waits for a yes"), NULL },
	{ "members", N_("Only its members"), NULL },
	{ NULL, NULL, NULL },
};
const struct space_option comments_options[] = {
	{ "open", N_("Whoever may write there"), NULL },
	{ "closed", N_("Nobody"), NULL },
	{ NULL, NULL, NULL },
};
const struct space_option guests_options[] = {
	{ "no", N_("Nobody adds anything"), NULL },
	{ "approved", N_("One may propose something, which waits for a yes"), NULL },
	{ "open", N_("One may add something, visible at once"), NULL },
	{ NULL, NULL, NULL },
};
const struct space_option admission_options[] = {
	{ "asked", N_("One asks, the facilitators answer"), NULL },
	{ "open", N_("Whoever has an account and wants to joins at once"),
	  N_("Whoever joins reads what is for members.") },
	{ "invited", N_("Only by an invitation"), NULL },
	{ NULL, NULL, NULL },
};

/* ---- From the space to the form and back ---- */

enum code space_edit_begin(struct request *r, const struct space *space, struct space_edit *ret, struct err *err)
{
	*ret = (struct space_edit){ .space = space, .key = "" };
	if (space == NULL) {
		ret->typed = json_keep(r->arena, json_pack("{s:s}", "visibility", "listed"));
		return OK;
	}
	ret->own_colour = space->colour != NULL;
	return space_definition(r->db, r->arena, space->num, &ret->typed, err);
}

static void read_option(struct request *r, struct space_edit *e, const char *name, const struct space_option *options,
                        struct issues *issues)
{
	const char *typed = request_form(r, name);
	for (const struct space_option *o = options; o->value; o++) {
		if (strcmp(o->value, typed) != 0) continue;
		json_object_set_new(e->typed, name, json_string(typed));
		return;
	}
	issues_add(issues, name, N_("Choose one of these."));
}

static void read_colour(struct request *r, struct space_edit *e, struct issues *issues)
{
	const char *colour = request_form(r, "colour");
	e->own_colour = *request_form(r, "own_colour") != '\0';
	json_object_del(e->typed, "colour");
	if (!e->own_colour) return;
	if (theme_is_colour(colour)) json_object_set_new(e->typed, "colour", json_string(colour));
	else issues_add(issues, "colour", N_("A colour is written as # and six digits: #804a12."));
}

const struct field *space_logo_control(const struct page *p)
{
	return question_alone(p, json_keep(p->arena, json_pack("{s:s,s:s}", "type", "images", "label", _("Logo"))),
	                      "logo");
}

/* The first picture alone. */
static enum code read_logo(struct request *r, struct space_edit *e, struct issues *issues, struct err *err)
{
	const struct field *control = space_logo_control(&r->page);
	struct field_post post = request_post(r);
	post.db = r->db;
	post.model = r->page.model;
	post.actor = &r->actor;
	if (control == NULL) return OK;
	TRY(request_take(r, control, &post, issues, err));
	json_t *pictures = control->type->read(control, &post, issues);
	json_object_del(e->typed, "logo");
	if (pictures == NULL) return OK;
	while (json_array_size(pictures) > 1) json_array_remove(pictures, 0); /* the latest */
	if (issues_of(issues, "logo") == NULL) control->type->check(control, pictures, issues);
	json_object_set(e->typed, "logo", pictures);
	return OK;
}

enum code space_edit_read(struct request *r, struct space_edit *e, struct issues *issues, struct err *err)
{
	const char *charter;
	question_read_label(r, e->typed, "name", SPACE_NAME_CHARS, true, issues);
	question_read_label(r, e->typed, "description", SPACE_DESCRIPTION_CHARS, false, issues);
	read_option(r, e, "visibility", visibility_options, issues);
	read_option(r, e, "admission", admission_options, issues);
	read_option(r, e, "publication", publication_options, issues);
	read_option(r, e, "guests", guests_options, issues);
	read_option(r, e, "comments", comments_options, issues);
	read_colour(r, e, issues);
	question_read_label(r, e->typed, "footer", SPACE_FOOTER_CHARS, false, issues);
	TRY(read_logo(r, e, issues, err));
	TRY(moderation_text(r, "charter", SPACE_CHARTER_MAX, false, issues, &charter, err));
	if (text_is_blank(charter)) json_object_del(e->typed, "charter");
	else json_object_set_new(e->typed, "charter", json_string(charter));
	return OK;
}

/* The name's slug, after a letter. */
static const char *key_from(struct arena *a, const char *name)
{
	const char *slug = text_slug(a, name, SPACE_KEY_MAX - 3);
	if (*slug == '\0') return "espace";
	return space_key_is_valid(slug) ? slug : text_slug(a, arena_printf(a, "e-%s", slug), SPACE_KEY_MAX - 3);
}

void space_edit_key(struct request *r, struct space_edit *e, struct issues *issues)
{
	const struct model *model = r->page.model;
	const struct label name = label_from_json(r->arena, json_object_get(e->typed, "name"));
	const char *typed = text_repair(r->arena, request_form(r, "key"), strlen(request_form(r, "key")));
	const char *key = text_trim(r->arena, typed);
	e->key = key;
	if (*key == '\0') {
		const char *base = key_from(r->arena, label_text(&name, LANG_FR));
		key = base;
		for (int i = 2; model_space_by_slug(model, key) && i < 100; i++)
			key = arena_printf(r->arena, "%s-%d", base, i);
	}
	if (!space_key_is_valid(key))
		issues_add(issues, "key",
		           N_("Small letters without accents, digits and hyphens, %d at most, a letter first: “%s”."),
		           SPACE_KEY_MAX, key_from(r->arena, key));
	else if (model_space_by_slug(model, key)) issues_add(issues, "key", N_("This address is taken already."));
	json_object_set_new(e->typed, "key", json_string(key));
}

/* ---- Who reads it ---- */

static const char *const names[] = {
	[VISIBILITY_PUBLIC] = "public", [VISIBILITY_LISTED] = "listed", [VISIBILITY_MEMBERS] = "members"
};

static enum visibility parse(const char *name)
{
	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(names[i], name) == 0) return (enum visibility)i;
	return VISIBILITY_MEMBERS;
}

enum code visibility_effect(struct db *db, const struct space *space, const char *to, struct visibility_effect *ret,
                            struct err *err)
{
	int facilitators;
	*ret = (struct visibility_effect){ .space = space };
	if (strcmp(names[space->visibility], to) == 0) return OK;
	ret->to = to;
	ret->wider = parse(to) < space->visibility;
	TRY(membership_count(db, space->num, &ret->members, &facilitators, err));
	return space_pages(db, space->num, &ret->records, &ret->authors, err);
}

const char *visibility_change(const struct page *p, const struct visibility_effect *effect)
{
	const char *name = t(p, &effect->space->name);
	switch (parse(effect->to)) {
	case VISIBILITY_PUBLIC: return page_printf(p, _("From now on everybody would read “%s”."), name);
	case VISIBILITY_LISTED:
		return page_printf(
		        p, _("From now on only its members would read “%s”, and everybody would see that it exists."),
		        name);
	case VISIBILITY_MEMBERS:
		return page_printf(
		        p, _("From now on only its members would read “%s”, and nobody else would know of it."), name);
	}
	return "";
}

const char *const *visibility_lines(const struct page *p, const struct visibility_effect *effect)
{
	const char **lines = arena_array(p->arena, const char *, 8);
	enum visibility from = effect->space->visibility, to = parse(effect->to);
	int n = 0, records = (int)MIN(effect->records, 1000000);
	if (to == VISIBILITY_PUBLIC) {
		if (records)
			lines[n++] = page_printf(p,
			                         _n("%d page written for its members would be read by everybody, "
			                            "with its whole history.",
			                            "%d pages written for its members would be read by everybody, "
			                            "with their whole history.",
			                            records),
			                         records);
		lines[n++] = _("Search engines may copy them; what they have copied does not come back when you "
		               "close the space again.");
		lines[n++] = _("Answers that are for members or facilitators only stay so.");
	} else if (from == VISIBILITY_PUBLIC) {
		if (records)
			lines[n++] = page_printf(p,
			                         _n("%d page would be read by its members only.",
			                            "%d pages would be read by its members only.", records),
			                         records);
		lines[n++] = page_printf(p, _n("%d person would read it.", "%d people would read it.", effect->members),
		                         effect->members);
		if (effect->authors)
			lines[n++] = page_printf(p,
			                         _n("%d person who wrote there does not belong to it and would no "
			                            "longer see her own pages: invite her first.",
			                            "%d people who wrote there do not belong to it and would no "
			                            "longer see their own pages: invite them first.",
			                            effect->authors),
			                         effect->authors);
		lines[n++] = _("For others its pages are as if they were not there: they leave lists, search, map "
		               "and feeds. Search engines may keep their copies for a while.");
		if (space_is_first(p, effect->space))
			lines[n++] = _("The pages of the site itself are in this space, help and legal notice "
			               "too: visitors would no longer read them.");
	} else if (to == VISIBILITY_LISTED) {
		lines[n++] = _("Its name, what it is about and its rules would be seen by everybody; what is in "
		               "it, by its members as before.");
	} else {
		lines[n++] = _(
		        "It would leave the list of spaces; nobody could ask to join any more, only be invited.");
	}
	lines[n] = NULL;
	return lines;
}

bool typed_is_own(const struct form_field *field)
{
	return *field->name != '_' && strcmp(field->name, "sure") != 0;
}

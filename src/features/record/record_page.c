#include "features/record/record_page.h"

#include "core/person.h"

#include <limits.h>
#include <string.h>

#include "base/text.h"
#include "core/field_type.h"
#include "core/form.h"
#include "core/history.h"
#include "features/meeting/meeting_page.h"
#include "page/qr.h"

enum { INVERSES = 100 };

/* The types that answer where, when, who, how: with the icon that says it. */
static const struct {
	const char *type, *icon;
} essentials[] = {
	{ "place", "map-pin" },
	{ "date", "calendar" },
	{ "period", "calendar" },
	{ "schedule", "calendar-clock" },
	{ "phone", "phone" },
	{ "email", "mail" },
	{ "link", "globe" },
	{ "relation", "link" },
	{ "choice", "tag" },
	{ "number", "info" },
	{ "boolean", "check" },
	{ "text", "info" },
	{ "choices", "tags" },
	{ "licence", "scale" },
	{ "colour", "palette" },
	{ "hours", "clock" },
	{ "person", "user" },
	{ "tree", "tags" },
	{ "scale", "sliders-horizontal" },
};

const char *field_icon(const struct field *field)
{
	const char *own = json_str(field->definition, "icon");
	if (own) return own;
	for (size_t i = 0; i < COUNT(essentials); i++)
		if (strcmp(essentials[i].type, field->type->name) == 0) return essentials[i].icon;
	return "info";
}

enum record_place field_place_of(const struct record *r, const struct field *field)
{
	const json_t *value = record_value(r, field);
	if (value == NULL || field == r->form->title || field == r->form->category) return PLACE_NOWHERE;
	if (field->type->role != ROLE_ASKED) return PLACE_NOWHERE;
	if (field->type->answered || !field_applies(r->form, field, r->values)) return PLACE_NOWHERE;
	if (field->type->takes == FILES_PICTURES) return PLACE_PICTURES;
	if (field->type->long_text || field->type->wide || field->type->takes == FILES_DOCUMENTS ||
	    field->type->takes == FILES_MEDIA || strcmp(field->type->name, "tags") == 0)
		return PLACE_BODY;
	return PLACE_ESSENTIAL;
}

bool record_has(const struct record *r, enum record_place place)
{
	for (int i = 0; i < r->form->nfields; i++)
		if (field_place_of(r, &r->form->fields[i]) == place) return true;
	return false;
}

static struct inverse_group *group_named(struct inverse_group *groups, int *n, const char *label)
{
	for (int i = 0; i < *n; i++)
		if (strcmp(groups[i].label, label) == 0) return &groups[i];
	groups[*n].label = label;
	return &groups[(*n)++];
}

/* How the pointing record's form names this side of the relation. */
static const char *inverse_label(const struct page *p, const struct record *source, const char *kind)
{
	const struct field *field = form_field(source->form, kind);
	if (field && *t(p, &field->inverse)) return t(p, &field->inverse);
	return field ? t(p, &source->form->plural) : _("Pages that speak of it");
}

struct first_key {
	struct index_sink sink;
	struct arena *a;
	const char *key;
};

static void take_key(struct index_sink *sink, const char *key)
{
	struct first_key *first = (struct first_key *)sink;
	if (first->key == NULL) first->key = arena_strdup(first->a, key);
}

static void ignore_place(struct index_sink *sink, struct geo_box box)
{
	(void)sink;
	(void)box;
}

static void ignore_link(struct index_sink *sink, const char *target, const char *kind)
{
	(void)sink;
	(void)target;
	(void)kind;
}

static void ignore_words(struct index_sink *sink, const char *text)
{
	(void)sink;
	(void)text;
}

static void ignore_time(struct index_sink *sink, const struct hours_time *time)
{
	(void)sink;
	(void)time;
}

/* The field that orders the records of a relation, or NULL. */
static const struct field *order_of(const struct form *form, const struct field *relation)
{
	const char *key = relation ? json_str(relation->definition, "order") : NULL;
	return key ? form_field(form, key) : NULL;
}

/* Sortable; those without a value come last, all by their titles then. */
static const char *order_key(const struct page *p, const struct record *record, const struct field *order)
{
	const char *title = text_fold(p->arena, record->title);
	if (order == NULL) return title;
	struct first_key first = { .sink = { take_key, ignore_place, ignore_link, ignore_words, ignore_time, NULL },
		                   .a = p->arena };
	const json_t *value = record_value(record, order);
	if (value && order->type->index) order->type->index(order, value, p->arena, &first.sink);
	return arena_printf(p->arena, "%s %s", first.key ? first.key : "~", title);
}

static void add_to_group(const struct page *p, struct inverse_group *group, struct record *record,
                         const struct field *order, int max)
{
	const char *key = order_key(p, record, order);
	group->ordered |= order != NULL;
	if (group->records == NULL) {
		group->records = arena_array(p->arena, struct record *, (size_t)max);
		group->keys = arena_array(p->arena, const char *, (size_t)max);
	}
	int at = group->n++;
	for (; at > 0 && strcmp(group->keys[at - 1], key) > 0; at--) {
		group->keys[at] = group->keys[at - 1];
		group->records[at] = group->records[at - 1];
	}
	group->keys[at] = key;
	group->records[at] = record;
}

static int inverse_rank(const struct page *p, const struct record *source, const char *kind)
{
	const struct field *field = form_field(source->form, kind);
	for (int i = 0; field && i < p->model->nforms; i++)
		if (&p->model->forms[i] == source->form) return i * FORM_FIELDS_MAX + field->position;
	return INT_MAX;
}

static void sort_groups(struct inverse_group *groups, int n)
{
	for (int i = 1; i < n; i++) {
		struct inverse_group group = groups[i];
		int at = i;
		for (; at > 0 && groups[at - 1].rank > group.rank; at--) groups[at] = groups[at - 1];
		groups[at] = group;
	}
}

int record_inverses(const struct page *p, const struct record *r, struct inverse_group **ret)
{
	struct backlink *links;
	struct err err;
	int nlinks, n = 0;
	if (index_backlinks(p->db, p->arena, p->model, p->actor, r, INVERSES, &links, &nlinks, &err) != OK) return 0;
	struct inverse_group *groups = arena_array(p->arena, struct inverse_group, (size_t)nlinks + 1);
	for (int i = 0; i < nlinks; i++) {
		struct record *source;
		if (record_load_num(p->db, p->arena, p->model, p->actor, links[i].num, &source, &err) != OK) continue;
		if (meeting_shows(p, r, source)) continue;
		struct inverse_group *group = group_named(groups, &n, inverse_label(p, source, links[i].kind));
		int rank = inverse_rank(p, source, links[i].kind);
		group->rank = group->n ? MIN(group->rank, rank) : rank;
		add_to_group(p, group, source, order_of(source->form, form_field(source->form, links[i].kind)), nlinks);
	}
	sort_groups(groups, n);
	*ret = groups;
	return n;
}

/* In the group of that relation, if it is there. */
static bool stands_in(const struct page *p, const struct record *r, const struct field *relation,
                      const struct record *whole, struct sequence *ret)
{
	struct inverse_group *groups;
	const char *label = inverse_label(p, r, relation->key);
	int n = record_inverses(p, whole, &groups);
	for (int i = 0; i < n; i++) {
		if (strcmp(groups[i].label, label) != 0) continue;
		for (int j = 0; j < groups[i].n; j++) {
			if (groups[i].records[j]->num != r->num) continue;
			*ret = (struct sequence){ .whole = whole,
				                  .label = label,
				                  .position = j + 1,
				                  .total = groups[i].n,
				                  .before = j ? groups[i].records[j - 1] : NULL,
				                  .after = j + 1 < groups[i].n ? groups[i].records[j + 1] : NULL };
			return groups[i].n > 1;
		}
	}
	return false;
}

int record_sequences(const struct page *p, const struct record *r, struct sequence **ret)
{
	enum { SEQUENCES = 4 };
	struct sequence *sequences = arena_array(p->arena, struct sequence, SEQUENCES);
	int n = 0;
	*ret = sequences;
	for (int i = 0; p->db && i < r->form->nfields; i++) {
		const struct field *relation = &r->form->fields[i];
		const json_t *value = order_of(r->form, relation) ? record_value(r, relation) : NULL;
		for (size_t j = 0; j < json_array_size(value) && n < SEQUENCES; j++) {
			const char *text = json_string_value(json_array_get(value, j));
			struct record *whole;
			struct id id;
			struct err err;
			if (text && id_parse(text, &id) &&
			    record_load(p->db, p->arena, p->model, p->actor, id, &whole, &err) == OK)
				n += stands_in(p, r, relation, whole, &sequences[n]);
		}
	}
	return n;
}

struct html_safe record_qr(const struct page *p, const struct record *r)
{
	struct html_safe qr = { "", 0 };
	struct err ignored;
	const char *url = arena_printf(p->arena, "%s%s", p->base_url, record_short_url(p, r));
	enum code code = qr_svg(p->arena, url, _("Code to this page"), &qr, &ignored);
	return code == OK ? qr : (struct html_safe){ "", 0 };
}

const struct view *record_home_view(const struct page *p, const struct record *r)
{
	for (int i = 0; i < p->model->nviews; i++)
		if (p->model->views[i].form == r->form && p->model->views[i].nwhere == 0 && !p->model->views[i].saved &&
		    page_sees(p, &p->model->views[i]))
			return &p->model->views[i];
	return NULL;
}

const char *record_contributors(const struct page *p, const struct record *r)
{
	enum { SHOWN = 4 };
	const char **names;
	struct err err;
	int n;
	if (history_contributors(p->db, p->arena, r, &names, &n, &err) != OK || n == 0) return "";
	struct buf out;
	buf_init(&out, p->arena, 0);
	int shown = n > SHOWN ? SHOWN - 1 : n;
	for (int i = 0; i < shown; i++) {
		if (i) buf_puts(&out, i == n - 1 ? _(" and ") : ", ");
		buf_puts(&out, names[i] ? names[i] : _("former contributor"));
	}
	if (n > shown) buf_puts(&out, page_printf(p, _(" and %d others"), n - shown));
	return buf_str(&out);
}

const char *visibility_words(const struct page *p, const struct space *space)
{
	static const char *const words[] = {
		[VISIBILITY_PUBLIC] = N_("Everybody reads it."),
		[VISIBILITY_LISTED] = N_("Everybody sees its name; only its members read it."),
		[VISIBILITY_MEMBERS] = N_("Only its members know it and read it."),
	};
	return tr(p->lang, words[space->visibility]);
}

const char *record_action_id(const struct page *p, const struct record *r)
{
	char id[ID_TEXT + 1];
	return arena_strdup(p->arena, id_format(r->id, id));
}

const char *record_action_url(const struct page *p, const struct record *r, const char *action)
{
	char id[ID_TEXT + 1];
	return arena_printf(p->arena, "/-/%s/%s", action, id_format(r->id, id));
}

bool field_writable(const struct page *p, const struct space *space, const struct field *field)
{
	return !field->hidden && actor_level(p->actor, space) >= audience_level(field->audience);
}

bool form_takes_files(const struct page *p, const struct space *space, const struct form *form)
{
	for (int i = 0; i < form->nfields; i++)
		if (form->fields[i].type->takes != FILES_NONE && field_writable(p, space, &form->fields[i]))
			return true;
	return false;
}

/* The part that stands before field i among those that the person may write; "" for none. */
static const char *part_before(const struct page *p, const struct space *space, const struct form *form, int i)
{
	while (i-- > 0)
		if (field_writable(p, space, &form->fields[i])) return t(p, &form->fields[i].group);
	return "";
}

bool field_opens_part(const struct page *p, const struct space *space, const struct form *form, int i)
{
	const char *part = t(p, &form->fields[i].group);
	return field_writable(p, space, &form->fields[i]) && *part && strcmp(part, part_before(p, space, form, i)) != 0;
}

int form_parts(const struct page *p, const struct space *space, const struct form *form)
{
	int n = 0;
	for (int i = 0; i < form->nfields; i++) n += field_opens_part(p, space, form, i);
	return n;
}

const struct proposal *record_proposal(const struct page *p, const struct record *r)
{
	struct proposal *proposal = arena_new(p->arena, struct proposal);
	return proposal_find(p->db, p->arena, r->id, proposal, NULL) == OK ? proposal : NULL;
}

bool record_has_guest(const struct page *p, const struct record *r)
{
	struct person person;
	if (r->author == 0 || !page_may(p, ACTION_MANAGE, r)) return false;
	return person_load(p->db, p->arena, r->author, &person, NULL) == OK && person.level == LEVEL_VISITOR;
}

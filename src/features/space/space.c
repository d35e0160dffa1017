#include "features/space/space.h"

#include <string.h>

#include "core/dormant.h"
#include "core/person.h"
#include "features/contribute/contribute.h"
#include "net/uri.h"

enum { FRONT = 5, PAGE = 24 };

bool space_members_create(const struct model *model)
{
	return strcmp(json_str_or(model_setting(model, "spaces"), "create", ""), "members") == 0;
}

bool space_may_create(const struct page *p)
{
	if (allowed(p->actor, ACTION_CREATE, &(struct thing){ .kind = KIND_SPACE })) return true;
	return page_signed_in(p) && p->actor->nspaces > 0 && space_members_create(p->model);
}

const char *space_url(const struct page *p, const struct space *space)
{
	return arena_printf(p->arena, "/e/%s", space->slug);
}

const char *space_action_url(const struct page *p, const struct space *space, const char *what)
{
	return arena_printf(p->arena, "/-/space/%s/%s", space->slug, what);
}

const char *space_text(const struct space *space, const char *key)
{
	return json_str_or(space->definition, key, "");
}

bool space_reads(const struct page *p, const struct space *space)
{
	return allowed(p->actor, ACTION_READ,
	               &(struct thing){ .kind = KIND_RECORD, .space = space, .state = STATE_PUBLISHED });
}

bool space_manages(const struct page *p, const struct space *space)
{
	return allowed(p->actor, ACTION_MANAGE, &(struct thing){ .kind = KIND_SPACE, .space = space });
}

bool space_counts(const struct page *p, const struct space_row *row)
{
	return row->mine >= LEVEL_MEMBER || (page_signed_in(p) && row->space->visibility == VISIBILITY_PUBLIC);
}

bool space_is_offered(const struct space *space)
{
	return json_bool(space->definition, "offered", false);
}

bool space_may_offer(const struct page *p, const struct space_row *row)
{
	const struct space *space = row->space;
	bool sought = space->visibility != VISIBILITY_MEMBERS &&
	              (space_is_offered(space) || space->state == SPACE_ASLEEP);
	if (!page_signed_in(p) || row->mine >= LEVEL_FACILITATOR) return false;
	return row->member ? sought || row->facilitators < 2 : sought;
}

bool space_is_first(const struct page *p, const struct space *space)
{
	return p->model->nspaces && p->model->spaces[0].num == space->num;
}

const char *space_icon(const struct space *space)
{
	static const char *const icons[] = {
		[VISIBILITY_PUBLIC] = "globe",
		[VISIBILITY_LISTED] = "lock",
		[VISIBILITY_MEMBERS] = "eye-off",
	};
	if (space->state == SPACE_ARCHIVED) return "archive";
	return space->state == SPACE_ASLEEP ? "moon" : icons[space->visibility];
}

const char *admission_words(const struct page *p, enum admission admission)
{
	static const char *const words[ADMISSION_COUNT] = {
		[ADMISSION_ASKED] = N_("One asks to join"),
		[ADMISSION_OPEN] = N_("Whoever wants to joins"),
		[ADMISSION_INVITED] = N_("One joins by invitation"),
	};
	return tr(p->lang, words[admission]);
}

/* ---- As the reader stands to them ---- */

static bool belongs(const struct actor *actor, const struct space *space)
{
	for (int i = 0; i < actor->nspaces; i++)
		if (actor->spaces[i].space == space->num) return true;
	return false;
}

enum code space_row_load(const struct page *p, const struct space *space, struct space_row *ret, struct err *err)
{
	struct space_row row = { .space = space,
		                 .mine = actor_level(p->actor, space),
		                 .member = belongs(p->actor, space) };
	struct join_request *requests;
	TRY(membership_count(p->db, space->num, &row.members, &row.facilitators, err));
	if (space_manages(p, space)) {
		TRY(join_request_list(p->db, p->arena, p->model, p->actor, space, &requests, &row.waiting, err));
		TRY(dormant_space(p->db, space, &row.dormant, err));
	}
	*ret = row;
	return OK;
}

enum code space_rows(const struct page *p, struct space_row **ret, int *n, struct err *err)
{
	struct space_row *rows = arena_array(p->arena, struct space_row, (size_t)p->model->nspaces + 1);
	int found = 0;
	for (int i = 0; i < p->model->nspaces; i++) {
		const struct space *space = &p->model->spaces[i];
		if (!allowed(p->actor, ACTION_READ, &(struct thing){ .kind = KIND_SPACE, .space = space })) continue;
		TRY(space_row_load(p, space, &rows[found++], err));
	}
	*ret = rows;
	*n = found;
	return OK;
}

enum code space_facilitators(const struct page *p, const struct space *space, int max, const char ***ret, int *n,
                             struct err *err)
{
	struct membership *all;
	const char **names = arena_array(p->arena, const char *, (size_t)max + 1);
	int count, found = 0;
	TRY(membership_of_space(p->db, p->arena, space->num, &all, &count, err));
	for (int i = 0; i < count && found < max; i++) {
		struct person person;
		if (all[i].level < LEVEL_FACILITATOR) break; /* they come first */
		TRY(person_load(p->db, p->arena, all[i].person, &person, err));
		if (person.state == PERSON_ACTIVE) names[found++] = person.name;
	}
	*ret = names;
	*n = found;
	return OK;
}

enum code space_requests(const struct page *p, const struct space *space, struct request_row **ret, int *n,
                         struct err *err)
{
	struct join_request *all;
	int count;
	TRY(join_request_list(p->db, p->arena, p->model, p->actor, space, &all, &count, err));
	struct request_row *rows = arena_array(p->arena, struct request_row, (size_t)count + 1);
	for (int i = 0; i < count; i++) {
		struct person person;
		TRY(person_load(p->db, p->arena, all[i].person, &person, err));
		rows[i] = (struct request_row){ all[i], person.name, person.id };
	}
	*ret = rows;
	*n = count;
	return OK;
}

/* ---- What is in it ---- */

static const char *address(const struct page *p, const struct space *space, const struct form *form, const char *after)
{
	struct buf url;
	buf_init(&url, p->arena, 0);
	buf_puts(&url, space_url(p, space));
	uri_query_add(&url, "form", form->key);
	if (after) uri_query_add(&url, "suite", after);
	return buf_str(&url);
}

static const char *add_url(const struct page *p, const struct space *space, const struct form *form)
{
	struct thing thing = { .kind = KIND_RECORD, .space = space, .state = STATE_PUBLISHED };
	if (!allowed(p->actor, ACTION_CREATE, &thing)) return NULL;
	return arena_printf(p->arena, "/-/new/%s?espace=%s", form->key, space->slug);
}

static enum code load_form(const struct page *p, const struct space *space, const struct form *form, const char *after,
                           int size, struct space_form *ret, struct err *err)
{
	static const struct sort latest = { .builtin = SORT_CHANGED, .descending = true };
	const struct query query = {
		.form = form, .space = space, .also = true, .sorts = &latest, .nsorts = 1, .after = after, .size = size
	};
	struct result result;
	*ret = (struct space_form){ .form = form, .add = add_url(p, space, form) };
	TRY(query_run(p->db, p->arena, p->model, p->actor, &query, &result, err));
	ret->total = result.total;
	ret->more = result.more || result.total > QUERY_COUNT_MAX;
	if (result.next) ret->next = address(p, space, form, size == FRONT ? NULL : result.next);
	return record_load_many(p->db, p->arena, p->model, p->actor, result.nums, result.n, &ret->records, &ret->n,
	                        err);
}

enum code space_forms(const struct page *p, const struct space *space, const struct form *only, const char *after,
                      struct space_form **ret, int *n, struct err *err)
{
	struct space_form *all = arena_array(p->arena, struct space_form, (size_t)p->model->nforms + 1);
	int found = 0;
	for (int i = 0; i < p->model->nforms; i++) {
		const struct form *form = &p->model->forms[i];
		if (only && only != form) continue;
		TRY(load_form(p, space, form, after, only ? PAGE : FRONT, &all[found], err));
		if (all[found].n || only) found++;
	}
	*ret = all;
	*n = found;
	return OK;
}

const char *space_form_count(const struct page *p, const struct space_form *form)
{
	if (form->more) return page_printf(p, _("more than %s"), page_number(p, MIN(form->total, QUERY_COUNT_MAX)));
	return page_number(p, form->total);
}

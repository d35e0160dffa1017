#include "features/people/people_page.h"

#include "features/people/people_change.h"

const struct role space_roles[SPACE_ROLES] = {
	{ LEVEL_MEMBER, N_("member") },
	{ LEVEL_FACILITATOR, N_("facilitator") },
};

const char *people_url(const struct page *p, const struct person *person, const char *more)
{
	char id[ID_TEXT + 1];
	return arena_printf(p->arena, "/-/people/%s%s", id_format(person->id, id), more);
}

const char *members_url(const struct page *p, const struct space *space, const struct person *person)
{
	char id[ID_TEXT + 1];
	const char *base = arena_printf(p->arena, "/-/space/%s/members", space->slug);
	return person ? arena_printf(p->arena, "%s/%s", base, id_format(person->id, id)) : base;
}

bool people_any_waiting(const struct people_row *rows, int n)
{
	for (int i = 0; i < n; i++)
		if (rows[i].person.state == PERSON_WAITING) return true;
	return false;
}

enum level people_level_in(const struct people_row *row, const struct space *space)
{
	for (int i = 0; i < row->nmemberships; i++)
		if (row->memberships[i].space == space->num) return row->memberships[i].level;
	return LEVEL_VISITOR;
}

const char *people_spaces(const struct page *p, const struct people_row *row)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	for (int i = 0; i < row->nmemberships; i++) {
		const struct space *space = model_space(p->model, row->memberships[i].space);
		if (space == NULL) continue;
		if (out.len) buf_puts(&out, " · ");
		buf_puts(&out,
		         page_printf(p, _("%s: %s"), t(p, &space->name), _(level_words(row->memberships[i].level))));
	}
	return buf_str(&out);
}

const char *state_words(enum person_state state)
{
	static const char *const words[] = {
		[PERSON_ACTIVE] = N_("may sign in"),
		[PERSON_BLOCKED] = N_("blocked"),
		[PERSON_ERASED] = N_("erased"),
		[PERSON_WAITING] = N_("waits for your answer"),
	};
	return words[state];
}

const char *people_audit_words(const struct page *p, const struct audit_entry *entry)
{
	const char *words = _(audit_words(entry->action));
	const char *level = json_str(entry->detail, "level"), *slug = json_str(entry->detail, "space");
	const struct space *space = slug ? model_space_by_slug(p->model, slug) : NULL;
	if (slug) words = page_printf(p, _("%s: %s"), words, space ? t(p, &space->name) : slug);
	return level ? page_printf(p, "%s, %s", words, _(level)) : words;
}

const char *people_audit_actor(const struct page *p, const struct audit_entry *entry)
{
	struct person person;
	if (id_is_zero(entry->actor)) return _("the program");
	if (person_by_id(p->db, p->arena, entry->actor, &person, NULL) != OK) return _("a former administrator");
	return person.name;
}

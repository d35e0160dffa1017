/* What the templates of people, roles and members ask of C. */
#ifndef PARVIS_PEOPLE_PAGE_H
#define PARVIS_PEOPLE_PAGE_H

#include "core/audit.h"
#include "core/person.h"
#include "core/space.h"
#include "page/form.h"

/* A person with her roles. */
struct people_row {
	struct person person;
	const struct membership *memberships;
	int nmemberships;
	bool parent; /* she waits for a parent's agreement (core/minor.h) */
};

/* What a form to open an account holds. */
struct people_new {
	const char *name, *email;
	enum level level;
};

/* A person of a space. */
struct member_row {
	struct person person;
	enum level level;
	int64_t since;
	int64_t card;  /* when her card was made; 0: none */
	bool may_card; /* may the reader give her one? */
};

/* A role as a person's word. */
struct role {
	enum level level;
	const char *words; /* message id */
};
enum { SPACE_ROLES = 2 };
extern const struct role space_roles[SPACE_ROLES]; /* member, facilitator */

const char *people_url(const struct page *p, const struct person *person, const char *more);
const char *members_url(const struct page *p, const struct space *space, const struct person *person);
/* Does anybody wait for an answer? */
bool people_any_waiting(const struct people_row *rows, int n);
/* LEVEL_VISITOR: none. */
enum level people_level_in(const struct people_row *row, const struct space *space);
/* "Tours: member · Quais: facilitator", or "". */
const char *people_spaces(const struct page *p, const struct people_row *row);
const char *state_words(enum person_state state); /* message id */
/* "Role in a space: Tours, facilitator" */
const char *people_audit_words(const struct page *p, const struct audit_entry *entry);
/* Who made the change: her name, or what stands for nobody. */
const char *people_audit_actor(const struct page *p, const struct audit_entry *entry);

#endif

#include "base/issues.h"

#include <stdarg.h>
#include <string.h>

void issues_init(struct issues *issues, struct arena *arena)
{
	*issues = (struct issues){ .arena = arena };
	issues->last = &issues->first;
}

void issues_add_err(struct issues *issues, const char *field, const struct err *err)
{
	struct issue *issue = arena_new(issues->arena, struct issue);
	issue->field = arena_strdup(issues->arena, field);
	issue->err = *err;
	*issues->last = issue;
	issues->last = &issue->next;
	issues->count++;
}

void issues_add(struct issues *issues, const char *field, const char *msg, ...)
{
	struct err err;
	va_list ap;
	va_start(ap, msg);
	err_vset(&err, E_INPUT, msg, ap);
	va_end(ap);
	issues_add_err(issues, field, &err);
}

const struct issue *issues_of(const struct issues *issues, const char *field)
{
	for (const struct issue *i = issues->first; i; i = i->next)
		if (strcmp(i->field, field) == 0) return i;
	return NULL;
}

enum code issues_code(const struct issues *issues, struct err *err)
{
	if (issues->first == NULL) return OK;
	if (err) *err = issues->first->err;
	return E_INPUT;
}

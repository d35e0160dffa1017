#include "features/front/rows.h"

#include <string.h>

#include "features/form_edit/question.h"

const char *row_name(const struct page *p, const char *list, int i, const char *control)
{
	return arena_printf(p->arena, "%s-%d-%s", list, i, control);
}

const char *row_form(const struct request *r, const char *list, int i, const char *control)
{
	return request_form(r, row_name(&r->page, list, i, control));
}

int rows_sent(const struct request *r, const char *list, int max)
{
	long n = strtol(request_form(r, arena_printf(r->arena, "%s-n", list)), NULL, 10);
	return (int)MAX(0, MIN(n, (long)max));
}

bool rows_asked(const struct request *r)
{
	return *request_form(r, "_do") != '\0';
}

static void move(json_t *rows, size_t from, size_t to)
{
	json_t *row = json_incref(json_array_get(rows, from));
	json_array_remove(rows, from);
	json_array_insert_new(rows, to, row);
}

bool rows_do(const struct request *r, const char *list, int max, json_t *rows, json_t *blank)
{
	if (blank) blank = json_keep(r->arena, blank);
	const char *asked = request_form(r, "_do");
	size_t len = strlen(list), n = json_array_size(rows);
	if (strncmp(asked, list, len) != 0 || asked[len] != ':') return false;
	const char *verb = asked + len + 1, *colon = strchr(verb, ':');
	size_t i = colon ? strtoul(colon + 1, NULL, 10) : 0;
	if (strcmp(verb, "add") == 0 && n < (size_t)max && blank) json_array_append(rows, blank);
	else if (i >= n) return true;
	else if (strncmp(verb, "up:", 3) == 0 && i > 0) move(rows, i, i - 1);
	else if (strncmp(verb, "down:", 5) == 0 && i + 1 < n) move(rows, i, i + 1);
	else if (strncmp(verb, "remove:", 7) == 0) json_array_remove(rows, i);
	return true;
}

void row_read_label(struct request *r, const char *list, int i, const char *control, json_t *row, const char *member,
                    size_t max, bool needed, struct issues *issues)
{
	const char *name = row_name(&r->page, list, i, control);
	json_t *typed = json_keep(r->arena, json_object()), *value;
	question_read_label(r, typed, name, max, needed, issues);
	value = json_object_get(typed, name);
	if (value) json_object_set(row, member, value);
	else json_object_del(row, member);
}

#include <string.h>

#include "base/text.h"
#include "core/field_type.h"
#include "core/person.h"
#include "core/space.h"
#include "features/shareable/shareable_page.h"

enum { PASSAGES = 150 };

/* ---- Passages ---- */

static const char *trimmed(struct arena *a, const char *text, size_t len)
{
	while (len && (text[len - 1] == '\n' || text[len - 1] == '\r' || text[len - 1] == ' ')) len--;
	return arena_printf(a, "%.*s", (int)len, text);
}

/* Cut where a line is blank; those that are too many stay with the last one. */
static int cut(struct arena *a, const char *text, struct passage *ret)
{
	int n = 0;
	while (*text) {
		while (*text == '\n' || *text == '\r') text++;
		const char *end = n < PASSAGES - 1 ? strstr(text, "\n\n") : NULL;
		size_t len = end ? (size_t)(end - text) : strlen(text);
		const char *passage = trimmed(a, text, len);
		if (*passage) ret[n++] = (struct passage){ .text = passage, .kept = true };
		text += len;
	}
	return n;
}

static bool holds(const struct passage *all, int n, const char *text)
{
	for (int i = 0; i < n; i++)
		if (strcmp(all[i].text, text) == 0) return true;
	return false;
}

/* Those that were kept, and what was written for the others. */
static void as_before(struct arena *a, struct question *q, const char *text)
{
	struct passage *before = arena_array(a, struct passage, PASSAGES);
	struct buf added;
	int n = cut(a, text, before);
	buf_init(&added, a, 0);
	for (int i = 0; i < q->n; i++) q->passages[i].kept = holds(before, n, q->passages[i].text);
	for (int i = 0; i < n; i++)
		if (!holds(q->passages, q->n, before[i].text))
			buf_printf(&added, "%s%s", added.len ? "\n\n" : "", before[i].text);
	q->added = buf_str(&added);
}

/* ---- Questions ---- */

/* What names people, what is a file, what fewer read: only when somebody says so. */
static bool goes_by_itself(const struct field *field)
{
	return field->audience == AUDIENCE_PUBLIC && field->type->takes == FILES_NONE &&
	       strcmp(field->type->name, "person") != 0 && strcmp(field->type->name, "email") != 0 &&
	       strcmp(field->type->name, "phone") != 0;
}

/* Those chosen before, wherever they stood. */
static bool was_chosen(const json_t *chosen, const json_t *item)
{
	size_t i;
	json_t *one;
	json_array_foreach (chosen, i, one)
		if (json_equal(one, item)) return true;
	return false;
}

static void begin_items(struct arena *a, struct question *q, const json_t *chosen)
{
	size_t n = MIN(json_array_size(q->value), (size_t)PASSAGES);
	q->items = true;
	q->passages = arena_array(a, struct passage, PASSAGES);
	for (size_t i = 0; i < n; i++) {
		const json_t *item = json_array_get(q->value, i);
		q->passages[q->n++] = (struct passage){ .text = "",
			                                .kept = chosen ? was_chosen(chosen, item) : q->kept,
			                                .item = item };
	}
}

static void begin_question(struct arena *a, const struct form *form, const struct field *field, const json_t *value,
                           const json_t *before, struct question *q)
{
	const json_t *chosen = json_object_get(before, field->key);
	bool title = field == form->title;
	*q = (struct question){ .field = field, .value = value, .added = "", .kept = goes_by_itself(field) };
	q->line = strcmp(field->type->name, "text") == 0;
	q->text = json_is_string(value) && (q->line || field->type->long_text);
	if (before) q->kept = chosen != NULL;
	if (field->type->takes != FILES_NONE && json_is_array(value)) begin_items(a, q, chosen);
	if (!q->text) return;
	q->passages = arena_array(a, struct passage, PASSAGES);
	if (q->line) {
		const char *text = chosen ? json_string_value(chosen) : json_string_value(value);
		q->passages[q->n++] = (struct passage){ .text = text, .kept = title || q->kept };
		return;
	}
	q->n = cut(a, json_string_value(value), q->passages);
	for (int i = 0; i < q->n; i++) q->passages[i].kept = q->kept;
	if (chosen) as_before(a, q, json_string_value(chosen));
}

static void list_spaces(const struct page *p, struct choosing *c)
{
	const struct model *model = p->model;
	c->spaces = arena_array(p->arena, const struct space *, (size_t)model->nspaces + 1);
	for (int i = 0; i < model->nspaces; i++) {
		const struct space *space = &model->spaces[i];
		const struct thing thing = { .kind = KIND_RECORD, .space = space, .state = STATE_PUBLISHED };
		if (!allowed(p->actor, ACTION_CREATE, &thing)) continue;
		c->spaces[c->nspaces++] = space;
		if (c->to == NULL && space->visibility == VISIBILITY_PUBLIC) c->to = space;
	}
	if (c->to == NULL && c->nspaces) c->to = c->spaces[0];
}

static const char *names_before(const struct page *p, const struct shareable *before)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	for (int i = 0; before && i < before->n; i++)
		if (before->consents[i].why == CONSENT_ADDED)
			buf_printf(&out, "%s%s", out.len ? "\n" : "", before->consents[i].name);
	return buf_str(&out);
}

enum code choosing_begin(const struct page *p, const struct record *record, const struct shareable *before,
                         struct choosing *ret, struct err *err)
{
	const struct form *form = record->form;
	/* What was published has no text here any more. */
	const json_t *values = before && json_object_size(before->values) ? before->values : NULL;
	(void)err;
	*ret = (struct choosing){ .record = record,
		                  .again = before != NULL,
		                  .names = names_before(p, before),
		                  .questions = arena_array(p->arena, struct question, (size_t)form->nfields + 1) };
	list_spaces(p, ret);
	for (int i = 0; before && i < ret->nspaces; i++)
		if (ret->spaces[i]->num == before->space) ret->to = ret->spaces[i];
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		const json_t *value = record_value(record, field);
		if (value == NULL || field->hidden || !field_applies(form, field, record->values)) continue;
		begin_question(p->arena, form, field, value, values, &ret->questions[ret->n++]);
	}
	return OK;
}

/* ---- What goes out ---- */

static json_t *text_of(struct arena *a, const struct question *q)
{
	struct buf out;
	buf_init(&out, a, 0);
	for (int i = 0; i < q->n; i++)
		if (q->passages[i].kept && !text_is_blank(q->passages[i].text))
			buf_printf(&out, "%s%s", out.len ? "\n\n" : "", q->passages[i].text);
	if (!text_is_blank(q->added)) buf_printf(&out, "%s%s", out.len ? "\n\n" : "", q->added);
	return out.len ? json_string(buf_str(&out)) : NULL;
}

static json_t *items_of(const struct question *q)
{
	json_t *all = json_array();
	for (int i = 0; i < q->n; i++)
		if (q->passages[i].kept) json_array_append(all, (json_t *)q->passages[i].item);
	if (json_array_size(all)) return all;
	json_decref(all);
	return NULL;
}

/* Somebody who belongs to the space, by her name; else a name alone. */
static enum code person_named(const struct page *p, const struct space *space, const char *name, struct consent *ret,
                              struct err *err)
{
	struct membership *all;
	int n;
	const char *key = text_fold(p->arena, name);
	*ret = (struct consent){ .name = name, .why = CONSENT_ADDED, .word = "", .day = "" };
	TRY(membership_of_space(p->db, p->arena, space->num, &all, &n, err));
	for (int i = 0; i < n; i++) {
		struct person person;
		TRY(person_load(p->db, p->arena, all[i].person, &person, err));
		if (strcmp(text_fold(p->arena, person.name), key) != 0) continue;
		ret->person = person.num;
		ret->name = person.name;
		break;
	}
	return OK;
}

static bool is_there(const struct choosing *c, const struct consent *one)
{
	for (int i = 0; i < c->npeople; i++) {
		const struct consent *other = &c->people[i];
		if (one->person ? other->person == one->person
		                : other->person == 0 && strcmp(other->name, one->name) == 0)
			return true;
	}
	return false;
}

static enum code add_names(const struct page *p, struct choosing *c, struct err *err)
{
	for (const char *at = c->names; *at;) {
		size_t len = strcspn(at, "\r\n");
		const char *name = trimmed(p->arena, at, len);
		struct consent one;
		at += len;
		while (*at == '\r' || *at == '\n') at++;
		if (text_is_blank(name)) continue;
		TRY(person_named(p, c->record->space, name, &one, err));
		if (one.person == p->actor->person || is_there(c, &one)) continue;
		if (c->npeople == SHAREABLE_PEOPLE)
			FAIL(err, E_INPUT, N_("That is too many people: %d at most."), (int)SHAREABLE_PEOPLE);
		c->people[c->npeople++] = one;
	}
	return OK;
}

enum code choosing_settle(const struct page *p, struct choosing *c, struct err *err)
{
	json_t *values = json_keep(p->arena, json_object());
	for (int i = 0; i < c->n; i++) {
		const struct question *q = &c->questions[i];
		json_t *some = q->text ? text_of(p->arena, q) : q->items ? items_of(q) : NULL;
		if (some) json_object_set_new(values, q->field->key, some);
		else if (!q->text && !q->items && q->kept) json_object_set(values, q->field->key, (json_t *)q->value);
	}
	c->values = values;
	TRY(shareable_concerned(p->db, p->arena, c->record, values, p->actor->person, c->people, SHAREABLE_PEOPLE,
	                        &c->npeople, err));
	return add_names(p, c, err);
}

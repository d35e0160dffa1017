#include "features/form_edit/form_map.h"

#include <string.h>

#include "base/text.h"
#include "core/form_answers.h"
#include "page/form.h"

enum { LABEL_CHARACTERS = 60 };

struct mapping {
	const struct page *p;
	const struct form *form;
};

static const struct expression *read(struct mapping *m, const char *text, bool any_choice)
{
	struct form_names words = { m->p->arena, m->form, m->p->lang, any_choice };
	const struct expression_names names = form_names(&words);
	const struct expression *e;
	if (expression_read(m->p->arena, text, LANG_EN, &names, EXPRESSION_YES_NO, &e, NULL, NULL) != OK) return NULL;
	return e;
}

static const struct field *used_field(struct mapping *m, const char *name)
{
	return form_field(m->form, arena_strndup(m->p->arena, name, strcspn(name, ".")));
}

/* Cannot the conditions hold while this question is not answered? */
static bool needs_answer(struct mapping *m, const struct expression *const *all, int n, const struct field *field)
{
	const struct expression **with = arena_array(m->p->arena, const struct expression *, (size_t)n + 2);
	const char *name = expression_name_text(m->p->arena, field->key);
	const struct expression *empty = read(m, arena_printf(m->p->arena, "empty(%s)", name), true);
	for (int i = 0; i < n; i++) with[i] = all[i];
	with[n] = empty;
	return empty && !expression_possible(m->p->arena, with, n + 1);
}

/* Its condition; then those of the questions that it needs an answer to, and so on. The first that makes it impossible
 * is in `other`. */
static enum map_flaw reach(struct mapping *m, const struct field *field, const struct field **other)
{
	const struct expression *all[FORM_FIELDS_MAX + 1];
	const struct field *whose[FORM_FIELDS_MAX + 1];
	const char *const *names;
	bool taken[FORM_FIELDS_MAX] = { false };
	int n = 0;
	all[n] = field->show_if;
	whose[n++] = field;
	taken[field->position] = true;
	if (!expression_possible(m->p->arena, all, n)) return MAP_NEVER;
	for (int i = 0; i < n; i++) {
		int used = expression_uses(m->p->arena, all[i], &names);
		for (int j = 0; j < used; j++) {
			const struct field *next = used_field(m, names[j]);
			if (next == NULL || next->show_if == NULL || taken[next->position]) continue;
			if (!needs_answer(m, all, n, next)) continue;
			taken[next->position] = true;
			whose[n] = next;
			all[n++] = next->show_if;
			*other = whose[n - 1];
			if (!expression_possible(m->p->arena, all, n)) return MAP_BEFORE;
		}
	}
	*other = NULL;
	return MAP_SOUND;
}

static enum map_flaw flaw_of(struct mapping *m, const struct field *field, const struct field **other)
{
	const char *const *names;
	*other = NULL;
	if (field->show_if == NULL) return MAP_SOUND;
	enum map_flaw flaw = reach(m, field, other);
	if (flaw != MAP_SOUND) return flaw;
	if (read(m, expression_text(m->p->arena, field->show_if, LANG_EN), false) == NULL) return MAP_UNKNOWN;
	int n = expression_uses(m->p->arena, field->show_if, &names);
	for (int i = 0; i < n; i++) {
		const struct field *used = used_field(m, names[i]);
		if (used == NULL || used->position <= field->position) continue;
		*other = used;
		return MAP_LATER;
	}
	return MAP_SOUND;
}

/* How it is computed, in the reader's words. */
static const char *computed_words(struct mapping *m, const struct field *field)
{
	return field->computed ? expression_text(m->p->arena, field->computed, m->p->lang) : NULL;
}

static void link_rows(struct mapping *m, struct map_row *row)
{
	const struct form *form = m->form;
	const struct field **from = arena_array(m->p->arena, const struct field *, (size_t)form->nfields + 1);
	const struct field **leads = arena_array(m->p->arena, const struct field *, (size_t)form->nfields + 1);
	for (int i = 0; i < form->nfields; i++) {
		const struct field *other = &form->fields[i];
		if (other->hidden || other == row->field) continue;
		if (expression_looks_at(row->field->show_if, other->key)) from[row->nfrom++] = other;
		if (expression_looks_at(other->show_if, row->field->key) ||
		    expression_looks_at(other->computed, row->field->key))
			leads[row->nleads++] = other;
	}
	row->from = from;
	row->leads = leads;
}

int form_map(const struct page *p, const struct form *form, const struct map_row **ret)
{
	struct mapping m = { p, form };
	struct map_row *rows = arena_array(p->arena, struct map_row, (size_t)form->nfields + 1);
	int n = 0;
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		if (field->hidden) continue;
		struct map_row *row = &rows[n++];
		*row = (struct map_row){ .field = field, .computed = computed_words(&m, field) };
		if (field->show_if) row->when = condition_said(p, form, field->show_if);
		row->flaw = flaw_of(&m, field, &row->other);
		link_rows(&m, row);
	}
	*ret = rows;
	return n;
}

const char *map_flaw_words(const struct page *p, const struct map_row *row)
{
	const char *other = row->other ? t(p, &row->other->label) : "";
	switch (row->flaw) {
	case MAP_NEVER: return _("Never asked: its condition cannot be true, whatever is answered.");
	case MAP_BEFORE:
		return page_printf(p, _("Never asked: it needs an answer to “%s”, which is not asked then."), other);
	case MAP_UNKNOWN: return _("Its condition waits for an answer that is not offered any more.");
	case MAP_LATER: return page_printf(p, _("It looks at “%s”, which comes after it: move one of the two."), other);
	default: return NULL;
	}
}

int map_unreached(const struct map_row *rows, int n)
{
	int count = 0;
	for (int i = 0; i < n; i++) count += rows[i].flaw == MAP_NEVER || rows[i].flaw == MAP_BEFORE;
	return count;
}

/* ---- The drawing ---- */

int map_place(const struct map_row *rows, int n, const struct field *field)
{
	for (int i = 0; i < n; i++)
		if (rows[i].field == field) return i;
	return 0;
}

static int middle(int row)
{
	return MAP_STEP * row + MAP_STEP / 2;
}

/* Out of the right side, round, and back in: the further, the wider. */
const char *map_arrow(const struct page *p, int i, int j)
{
	int right = MAP_WIDTH - 200, reach = right + 24 + 16 * (j > i ? j - i : i - j);
	if (reach > MAP_WIDTH - 8) reach = MAP_WIDTH - 8;
	return arena_printf(p->arena, "M%d %dC%d %d %d %d %d %d", right, middle(i) + 6, reach, middle(i) + 6, reach,
	                    middle(j) - 6, right + 8, middle(j) - 6);
}

const char *map_label(const struct page *p, const struct map_row *row)
{
	return text_cut(p->arena, t(p, &row->field->label), LABEL_CHARACTERS);
}

/* Figures kept as they are now, let go again, and what has changed since. */
#include <string.h>

#include "core/record.h"
#include "features/restitution/restitution_page.h"

/* The reader's page in another language. */
static const struct page *page_in(const struct page *p, enum lang lang)
{
	struct page *own = arena_new(p->arena, struct page);
	*own = *p;
	own->lang = lang;
	return own;
}

static enum code count(const struct page *p, const struct directive *d, struct figure *ret, struct err *err)
{
	struct figure_spec spec;
	struct results results;
	TRY(directive_spec(p, d, &spec, err));
	if (spec.kind == FIGURE_QUOTES) return figure_quotes_make(p, &spec, ret, err);
	TRY(figure_results(p, spec.form, &results, err));
	return figure_make(p, &spec, &results, ret, err);
}

/* ---- What there is ---- */

static void fill_row(const struct page *p, struct frozen_row *row)
{
	struct figure then, now;
	struct err err;
	row->frozen = !id_is_zero(row->directive.frozen);
	row->changes = arena_array(p->arena, const char *, CHANGES_TOLD + 1);
	enum code counted = count(p, &row->directive, &now, &err);
	const char *why = counted == OK ? figure_source(p, &now, false) : page_error(p, &err);
	row->title = row->directive.nwords > 1 ? row->directive.words[1] : "";
	if (counted == OK && now.title) row->title = now.title;
	row->source = why;
	if (!row->frozen) return;
	if (restitution_figure_load(p, row->directive.frozen, &then, &err) != OK) {
		row->source = page_error(p, &err);
		return;
	}
	if (figure_quotes_say(p, model_form(p->model, row->directive.nwords ? row->directive.words[0] : ""), &then,
	                      &err) != OK)
		then.nquotes = 0;
	row->title = then.title;
	row->source = figure_source(p, &then, true);
	if (counted == OK) row->nchanges = figure_changes(p, &then, &now, row->changes, CHANGES_TOLD);
	else row->changes[row->nchanges++] = why;
}

enum code restitution_frozen_rows(struct request *r, const struct restitution_shown *x, struct frozen_row **ret, int *n,
                                  struct err *err)
{
	struct frozen_row *rows = arena_array(r->arena, struct frozen_row, DIRECTIVES_MAX + 1);
	struct directive d;
	size_t at = 0;
	int ordinal = 0, all = 0;
	(void)err;
	while (ordinal < DIRECTIVES_MAX && directive_next(r->arena, x->source, &at, &d)) {
		if (!directive_shows(&d)) continue;
		rows[all] = (struct frozen_row){ .directive = d, .ordinal = ordinal++ };
		fill_row(&r->page, &rows[all++]);
	}
	*ret = rows;
	*n = all;
	return OK;
}

/* ---- Keeping ---- */

static bool is_chosen(const struct page *p, const struct directive *d, enum freeze_what what, bool this_one)
{
	struct result_rule rule;
	const struct form *form = d->nwords ? model_form(p->model, d->words[0]) : NULL;
	if (what == FREEZE_ONE || what == FREEZE_THAW) return this_one;
	if (!id_is_zero(d->frozen) || form == NULL) return false;
	if (what == FREEZE_LIVE || d->kind == DIRECTIVE_QUOTES)
		return true; /* others than the team read them kept only */
	result_rule_read(p, form, &rule);
	return !rule.public;
}

/* The same figures asked for in another place. */
static const char *asked_of(struct arena *a, const struct directive *d, enum figure_kind kind)
{
	struct buf out;
	if (kind == FIGURE_QUOTES)
		return directive_write(a, "{{quotations}}",
		                       &(struct directive){ .len = strlen("{{quotations}}"),
		                                            .nwords = d->nwords,
		                                            .most = d->most,
		                                            .first = d->first },
		                       (struct id){ 0 });
	bool cross = kind == FIGURE_CROSS, method = kind == FIGURE_METHOD;
	int words = cross ? 3 : method ? 1 : 2;
	buf_init(&out, a, 0);
	buf_puts(&out, cross ? "cross" : method ? "method" : "table");
	for (int i = 0; i < words && i < d->nwords; i++) buf_printf(&out, " %s", d->words[i]);
	if (cross && d->share) buf_printf(&out, " %s", d->share);
	return buf_str(&out);
}

static enum code keep_one(struct request *r, const struct directive *d, struct freezing *f, struct id *ret,
                          struct err *err)
{
	struct figure_spec spec;
	TRY(directive_spec(&r->page, d, &spec, err));
	const char *asked = asked_of(r->arena, d, spec.kind);
	for (int i = 0; i < f->n; i++)
		if (strcmp(f->kept[i].asked, asked) == 0) {
			*ret = f->kept[i].id;
			return OK;
		}
	json_t *body = json_keep(r->arena, json_object());
	for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
		struct figure figure;
		TRY(count(page_in(&r->page, lang), d, &figure, err));
		json_object_set(body, lang_tag(lang), figure_json(r->arena, &figure));
	}
	f->kept[f->n].id = id_random();
	f->kept[f->n].body = body;
	f->kept[f->n].asked = asked;
	*ret = f->kept[f->n++].id;
	return OK;
}

enum code restitution_freeze(struct request *r, const struct restitution_shown *x, enum freeze_what what, int ordinal,
                             struct freezing *ret, struct err *err)
{
	struct freezing *f = arena_new(r->arena, struct freezing);
	struct directive d;
	struct buf out;
	size_t at = 0, done = 0;
	*f = (struct freezing){ 0 };
	buf_init(&out, r->arena, 0);
	for (int i = 0; i < DIRECTIVES_MAX && directive_next(r->arena, x->source, &at, &d);) {
		if (!directive_shows(&d)) continue;
		struct id id = { 0 };
		struct err why;
		if (!is_chosen(&r->page, &d, what, i++ == ordinal)) continue;
		if (what != FREEZE_THAW && keep_one(r, &d, f, &id, &why) != OK) {
			if (what == FREEZE_ONE) {
				*err = why;
				return why.code;
			}
			f->missing++;
			continue;
		}
		buf_add(&out, x->source + done, d.start - done);
		buf_puts(&out, directive_write(r->arena, x->source, &d, id));
		done = d.start + d.len;
	}
	buf_puts(&out, x->source + done);
	f->text = done ? buf_str(&out) : x->source;
	*ret = *f;
	return OK;
}

enum code restitution_freeze_write(struct tx *tx, struct request *r, const struct restitution_shown *x,
                                   const struct freezing *f, struct err *err)
{
	struct page *p = &r->page;
	struct issues issues;
	if (strcmp(f->text, x->source) == 0) return OK;
	for (int i = 0; i < f->n; i++)
		TRY(restitution_figure_keep(tx, r->arena, f->kept[i].id, x->record->num, f->kept[i].body, err));
	struct save save = { .actor = &r->actor,
		             .record = x->record->id,
		             .values = json_keep(r->arena, json_pack("{s:s}", x->field->key, f->text)),
		             .state = x->record->state,
		             .note = _("figures of the report kept as they are"),
		             .minor = true };
	issues_init(&issues, r->arena);
	enum code code = record_save(tx, r->arena, p->model, &save, &issues, err);
	if (code == E_INPUT && issues.first) *err = issues.first->err;
	return code;
}

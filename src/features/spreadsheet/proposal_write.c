#include "features/spreadsheet/proposal_write.h"

#include <string.h>

#include "core/form.h"

struct writing {
	struct request *r;
	struct sheet_proposal *proposal;
	struct form_making making;
	const char **keys;
	const struct form *form;
	const struct model *model;
	struct id batch;
	bool good;
};

const char *column_control(const struct page *p, const char *prefix, int i)
{
	return arena_printf(p->arena, "%s-%d", prefix, i);
}

const char *batch_text(const struct page *p, const struct sheet_proposal *proposal)
{
	char id[ID_TEXT + 1];
	return arena_strdup(p->arena, id_format(proposal->batch, id));
}

const char *column_kind_words(const struct page *p, const struct column_kind *kind)
{
	return tr(p->lang, kind->label ? kind->label : field_type_find(kind->name)->label);
}

int proposal_spaces(const struct page *p, const struct space *const **ret)
{
	const struct space **spaces = arena_array(p->arena, const struct space *, (size_t)p->model->nspaces + 1);
	int n = 0;
	for (int i = 0; i < p->model->nspaces; i++) {
		struct thing thing = { .kind = KIND_RECORD, .state = STATE_PUBLISHED, .space = &p->model->spaces[i] };
		if (allowed(p->actor, ACTION_CREATE, &thing)) spaces[n++] = thing.space;
	}
	*ret = spaces;
	return n;
}

/* ---- The form ---- */

/* What the cards show: the first questions with few different answers. */
static json_t *summary_of(const json_t *fields, const char *title)
{
	json_t *summary = json_array(), *field;
	size_t i;
	json_array_foreach ((json_t *)fields, i, field) {
		const struct field_type *type = field_type_find(json_str_or(field, "type", ""));
		if (json_array_size(summary) < 3 && type && (type->facet || type->cell == CELL_DATE) &&
		    strcmp(json_str_or(field, "key", ""), title) != 0)
			json_array_append_new(summary, json_string(json_str_or(field, "key", "")));
	}
	return summary;
}

static json_t *definition_of(struct writing *w)
{
	struct arena *a = w->r->arena;
	struct sheet_proposal *proposal = w->proposal;
	w->keys = arena_array(a, const char *, (size_t)proposal->grid.ncolumns + 1);
	json_t *definition = json_keep(a, json_copy(proposal->typed));
	json_t *fields = columns_fields(a, w->r->page.lang, &proposal->grid, proposal->columns, proposal->title,
	                                w->keys);
	const char *title = w->keys[proposal->title];
	struct label label = label_from_json(a, json_object_get(proposal->typed, "label"));
	json_object_set(definition, "fields", fields);
	json_object_set_new(definition, "title", json_string(title));
	json_object_set_new(definition, "icon", json_string("file-text"));
	json_object_set_new(definition, "summary", summary_of(fields, title));
	json_object_set_new(definition, "add",
	                    json_pack("{s:s,s:s}", "fr",
	                              arena_printf(a, tr(LANG_FR, N_("Add: %s")), label_text(&label, LANG_FR)), "en",
	                              arena_printf(a, tr(LANG_EN, N_("Add: %s")), label_text(&label, LANG_EN))));
	return definition;
}

/* ---- Rows ---- */

static void refuse(struct writing *w, const struct grid_row *row, const struct issues *issues, const struct err *err)
{
	struct sheet_proposal *proposal = w->proposal;
	const struct page *p = &w->r->page;
	proposal->refused++;
	for (const struct issue *i = issues->first; (i || issues->count == 0) && proposal->nrefusals < REFUSALS_SHOWN;
	     i = i->next) {
		const struct field *field = i ? form_field(w->form, i->field) : NULL;
		proposal->refusals[proposal->nrefusals++] =
		        (struct proposal_refusal){ .line = row->line,
			                           .column = field ? arena_strdup(p->arena, t(p, &field->label)) : "",
			                           .why = page_error(p, i ? &i->err : err) };
		if (i == NULL) break;
	}
}

static enum code write_row(struct tx *tx, struct writing *w, const struct grid_row *row, struct err *err)
{
	struct arena own;
	struct issues issues;
	arena_init(&own);
	issues_init(&issues, &own);
	struct save save = { .actor = &w->r->actor,
		             .form = w->form,
		             .space = w->proposal->space,
		             .state = STATE_PUBLISHED,
		             .batch = w->batch };
	save.values = column_values(&own, w->form, &w->proposal->grid, w->proposal->columns, w->keys, row, &issues);
	enum code code = issues_code(&issues, err);
	if (code == OK) code = record_save(tx, &own, w->model, &save, &issues, err);
	if (code == OK) w->proposal->kept++;
	if (code == E_INPUT) refuse(w, row, &issues, err);
	arena_release(&own);
	return code == E_INPUT ? OK : code;
}

static enum code write_rows(struct tx *tx, struct writing *w, struct err *err)
{
	const struct grid *grid = &w->proposal->grid;
	for (int i = 0; i < grid->nrows; i++) TRY(write_row(tx, w, &grid->rows[i], err));
	if (w->proposal->refused && !w->good) FAIL(err, E_CONFLICT, N_("Rows were refused: nothing was kept."));
	return OK;
}

static enum code write_all(struct tx *tx, void *arg, struct err *err)
{
	struct writing *w = arg;
	struct model *model;
	w->proposal->refused = w->proposal->nrefusals = w->proposal->kept = 0;
	w->making = (struct form_making){ .definition = definition_of(w),
		                          .menu = w->proposal->menu,
		                          .offered = w->proposal->offered };
	TRY(form_make(tx, w->r, &w->making, err));
	TRY(model_load(tx_db(tx), &model, err));
	w->model = model;
	w->form = model_form(model, w->making.key);
	w->proposal->slug = w->making.slug;
	enum code code = w->form ? write_rows(tx, w, err) : err_set(err, E_INTERNAL, "no form after it was made");
	model_release(model);
	return code;
}

/* What the questions are wrong about, before anything is written. */
static enum code check(struct writing *w, struct issues *issues, struct err *err)
{
	struct request *r = w->r;
	struct form form;
	json_t *definition = json_keep(r->arena, json_copy(definition_of(w)));
	json_object_set_new(definition, "key", json_string("new"));
	return form_parse(r->arena, definition, NULL, 0, &form, issues, err);
}

enum code proposal_write(struct request *r, struct sheet_proposal *proposal, bool good, struct issues *issues,
                         struct err *err)
{
	struct writing w = { .r = r, .proposal = proposal, .good = good, .batch = id_new() };
	proposal->batch = w.batch;
	proposal->refusals = arena_array(r->arena, struct proposal_refusal, REFUSALS_SHOWN + 1);
	TRY(check(&w, issues, err));
	return request_write_model(r, write_all, &w, err);
}

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "core/definition.h"
#include "core/form.h"
#include "core/form_part.h"
#include "core/template.h"

/* The model and what only this file knows of it. */
struct model_box {
	struct model model;
	struct arena arena;
	atomic_int holders;
};

static struct model_box *box_of(const struct model *model)
{
	return (struct model_box *)model;
}

const struct model *model_hold(const struct model *model)
{
	atomic_fetch_add(&box_of(model)->holders, 1);
	return model;
}

void model_release(const struct model *model)
{
	if (model == NULL) return;
	struct model_box *box = box_of(model);
	if (atomic_fetch_sub(&box->holders, 1) > 1) return;
	arena_release(&box->arena);
	free(box);
}

/* Which of `names` the space says; the first when it says nothing. */
static int name_of(const json_t *body, const char *key, const char *const *names, int n)
{
	const char *name = json_str_or(body, key, names[0]);
	for (int i = 0; i < n; i++)
		if (strcmp(names[i], name) == 0) return i;
	return 0;
}

static enum code load_spaces(struct db *db, struct arena *a, struct model *model, struct err *err)
{
	int64_t count = 0;
	TRY(db_int(db, &count, 0, err, "SELECT COUNT(*) FROM space"));
	struct space *spaces = arena_array(a, struct space, (size_t)count + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT num, id, slug, body, visibility, compartment_public, compartment_members, "
	             "compartment_facilitators, state, created FROM space ORDER BY num"));
	int n = 0;
	while (n < count && rows_next(&rows)) {
		json_t *body;
		const char *text = row_text(&rows, 3);
		TRY(json_parse(a, text, strlen(text), &body, err));
		struct space *s = &spaces[n++];
		*s = (struct space){ .num = row_int(&rows, 0),
			             .id = row_id(&rows, 1),
			             .slug = arena_strdup(a, row_text(&rows, 2)),
			             .name = label_from_json(a, json_object_get(body, "name")),
			             .description = label_from_json(a, json_object_get(body, "description")),
			             .visibility = (enum visibility)row_int(&rows, 4),
			             .colour = json_str(body, "colour"),
			             .definition = body,
			             .state = (enum space_state)row_int(&rows, 8),
			             .created = row_int(&rows, 9) };
		s->publication = (enum publication)name_of(body, "publication", publication_names, PUBLICATION_COUNT);
		s->guests = (enum guests)name_of(body, "guests", guests_names, GUESTS_COUNT);
		s->admission = (enum admission)name_of(body, "admission", admission_names, ADMISSION_COUNT);
		s->comments = (enum comments)name_of(body, "comments", comments_names, COMMENTS_COUNT);
		for (int i = 0; i < AUDIENCE_COUNT; i++) s->compartments[i] = row_id(&rows, 5 + i);
	}
	model->spaces = spaces;
	model->nspaces = n;
	return rows_end(&rows, err);
}

/* One stored definition, parsed. */
struct stored {
	int64_t num;
	const char *key;
	const json_t *body;
};

static enum code load_definitions(struct db *db, struct arena *a, enum definition_kind kind, struct stored **ret,
                                  int *n, struct err *err)
{
	int64_t count = 0;
	TRY(db_int(db, &count, 0, err, "SELECT COUNT(*) FROM definition WHERE kind = $1 AND body <> ''", (int)kind));
	struct stored *all = arena_array(a, struct stored, (size_t)count + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT num, key, body FROM definition WHERE kind = $1 AND body <> '' ORDER BY num", (int)kind));
	int found = 0;
	while (found < count && rows_next(&rows)) {
		json_t *body;
		const char *text = row_text(&rows, 2);
		TRY(json_parse(a, text, strlen(text), &body, err));
		all[found++] = (struct stored){ row_int(&rows, 0), arena_strdup(a, row_text(&rows, 1)), body };
	}
	TRY(rows_end(&rows, err));
	*ret = all;
	*n = found;
	return OK;
}

static enum code load_lists(struct db *db, struct arena *a, struct model *model, struct issues *issues, struct err *err)
{
	struct stored *stored;
	int n;
	TRY(load_definitions(db, a, DEFINITION_LIST, &stored, &n, err));
	struct list *lists = arena_array(a, struct list, (size_t)n + 1);
	for (int i = 0; i < n; i++) TRY(list_parse(a, stored[i].body, &lists[i], issues, err));
	model->lists = lists;
	model->nlists = n;
	return OK;
}

static enum code number_fields(struct db *db, struct form *form, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT key, num FROM field WHERE form = $1", form->num));
	while (rows_next(&rows)) {
		struct field *field = (struct field *)form_find(form, row_text(&rows, 0));
		if (field) field->num = row_int(&rows, 1);
	}
	return rows_end(&rows, err);
}

static enum code load_forms(struct db *db, struct arena *a, struct model *model, struct issues *issues, struct err *err)
{
	struct stored *stored;
	int n;
	TRY(load_definitions(db, a, DEFINITION_FORM, &stored, &n, err));
	struct form *forms = arena_array(a, struct form, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		TRY(form_parse(a, stored[i].body, model->lists, model->nlists, &forms[i], issues, err));
		forms[i].num = stored[i].num;
		TRY(number_fields(db, &forms[i], err));
	}
	model->forms = forms;
	model->nforms = n;
	for (int i = 0; i < n; i++) model->confidential |= forms[i].confidential > 0;
	return OK;
}

/* Forms of the engine: comments. */
static enum code load_own(struct db *db, struct arena *a, struct model *model, struct issues *issues, struct err *err)
{
	struct stored *stored;
	int n;
	TRY(load_definitions(db, a, DEFINITION_OWN, &stored, &n, err));
	if (n == 0) return OK;
	struct form *form = arena_new(a, struct form);
	TRY(form_parse(a, stored[0].body, NULL, 0, form, issues, err));
	form->num = stored[0].num;
	TRY(number_fields(db, form, err));
	model->comment = form;
	return OK;
}

static enum code load_views(struct db *db, struct arena *a, struct model *model, struct issues *issues, struct err *err)
{
	struct stored *stored;
	int n;
	TRY(load_definitions(db, a, DEFINITION_VIEW, &stored, &n, err));
	struct view *views = arena_array(a, struct view, (size_t)n + 1);
	model->nviews = 0;
	for (int i = 0; i < n; i++) {
		struct view *view = &views[model->nviews];
		enum code code = view_parse(a, stored[i].body, model->forms, model->nforms, view, issues, err);
		/* What somebody kept before its form changed stops nothing: it comes back if the form does. */
		if (code == E_INPUT && json_object_get(stored[i].body, "saved")) continue;
		TRY(code);
		view->num = stored[i].num;
		model->nviews++;
	}
	model->views = views;
	return OK;
}

static enum code load_templates(struct db *db, struct arena *a, struct model *model, struct issues *issues,
                                struct err *err)
{
	struct stored *stored;
	int n;
	TRY(load_definitions(db, a, DEFINITION_TEMPLATE, &stored, &n, err));
	struct template *templates = arena_array(a, struct template, (size_t)n + 1);
	model->ntemplates = 0;
	for (int i = 0; i < n; i++) {
		struct template *template = &templates[model->ntemplates];
		enum code code = template_parse(a, stored[i].body, model->forms, model->nforms, template, issues, err);
		if (code == E_INPUT) continue; /* its form was taken away or changed: it waits, and stops nothing */
		TRY(code);
		model->ntemplates++;
	}
	model->templates = templates;
	return OK;
}

static enum code load_settings(struct db *db, struct arena *a, struct model *model, struct err *err)
{
	struct stored *stored;
	int n;
	TRY(load_definitions(db, a, DEFINITION_SETTING, &stored, &n, err));
	json_t *settings = json_keep(a, json_object());
	for (int i = 0; i < n; i++) json_object_set(settings, stored[i].key, (json_t *)stored[i].body);
	model->settings = settings;
	return OK;
}

static enum code load_all(struct db *db, struct arena *a, struct model *model, struct err *err)
{
	struct issues issues;
	issues_init(&issues, a);
	TRY(load_spaces(db, a, model, err));
	TRY(load_lists(db, a, model, &issues, err));
	TRY(load_forms(db, a, model, &issues, err));
	TRY(load_own(db, a, model, &issues, err));
	TRY(load_views(db, a, model, &issues, err));
	TRY(load_templates(db, a, model, &issues, err));
	return load_settings(db, a, model, err);
}

enum code model_load(struct db *db, struct model **ret, struct err *err)
{
	struct model_box *box = calloc(1, sizeof(*box));
	if (box == NULL) die("out of memory");
	static atomic_uint_fast64_t versions;
	arena_init(&box->arena);
	box->model.version = atomic_fetch_add(&versions, 1) + 1;
	atomic_init(&box->holders, 1);
	enum code code = load_all(db, &box->arena, &box->model, err);
	if (code != OK) {
		model_release(&box->model);
		return code;
	}
	*ret = &box->model;
	return OK;
}

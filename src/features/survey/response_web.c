/* Responses one by one, and as files. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "core/audit.h"
#include "core/form_part.h"
#include "core/paper.h"
#include "features/export/export_file.h"
#include "features/survey/answer.h"
#include "features/survey/manage.h"
#include "features/survey/manage.html.h"
#include "features/survey/survey_web.h"
#include "web/web.h"

enum {
	SHOWN = 100,
	JOURNAL = 100,
	AT_ONCE = 200, /* responses read in one snapshot of an export: however slow the machine, far from its limit */
};

const char *response_url(const struct page *p, const struct response *response, const char *rest)
{
	char id[ID_TEXT + 1];
	return arena_printf(p->arena, "/-/response/%s%s", id_format(response->id, id), rest);
}

const struct format *const *response_formats(void)
{
	static const struct format *const all[] = { &format_xlsx, &format_ods, &format_csv,
		                                    &format_json, &format_r,   NULL };
	return all;
}

/* "postes,qui": the questions' own words. */
const char *response_change_words(const struct page *p, const struct form *form, const char *fields)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	while (*fields) {
		size_t len = strcspn(fields, ",");
		const char *key = arena_strndup(p->arena, fields, len);
		const struct field *field = form_field_ever(form, key);
		buf_printf(&out, "%s%s", out.len ? ", " : "", field ? t(p, &field->label) : key);
		fields += len + (fields[len] == ',');
	}
	return buf_str(&out);
}

/* ---- The list ---- */

enum code responses_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct managed m = { 0 };
	struct response *rows;
	int n;
	TRY(survey_managed(r, ACTION_READ, &m.form, err));
	m.stand = survey_stands(p, m.form);
	TRY(response_count(r->db, m.form, m.stand, &m.counts, err));
	int64_t before = strtoll(request_query(r, "avant"), NULL, 10);
	TRY(response_list(r->db, r->arena, p->model, &r->actor, m.form, MAX(before, 0), SHOWN + 1, &rows, &n, err));
	p->title = page_printf(p, _("Answers to “%s”"), t(p, &m.form->label));
	p->section = "/-/surveys";
	p->hidden = true;
	survey_responses_page(request_out(r), p, &m, rows, MIN(n, SHOWN), n > SHOWN ? rows[SHOWN - 1].num : 0);
	return OK;
}

/* ---- As files ---- */

struct exporting {
	struct export_file file;
	struct page page;
	struct arena batch;
	const struct form *form;
	const struct space *space;
	struct view view;
	bool json;
	struct response_walk walk; /* goes on after the last that was written */
	int written;               /* in this snapshot */
};

/* What the formats know is records: a response is shown to them as one. */
static struct record as_record(const struct exporting *e, const struct response *response)
{
	struct record record = { .id = response->id,
		                 .form = e->form,
		                 .space = e->space,
		                 .slug = "",
		                 .title = "",
		                 .state = STATE_PUBLISHED,
		                 .created = response->completed,
		                 .changed = response->changed,
		                 .values = response->values };
	record.parts[AUDIENCE_PUBLIC] = (struct part){ .present = true, .values = response->values };
	return record;
}

static void set_words(const struct exporting *e, const struct response *response, json_t *object)
{
	json_t *words = json_object(), *value;
	const char *key;
	json_object_foreach ((json_t *)response->values, key, value) {
		const struct field *field = form_field_ever(e->form, key);
		if (field) json_object_set_new(words, key, json_string(field_plain(&e->page, field, value)));
	}
	json_object_set_new(object, "labels", words);
}

/* JSON says of a response what of a record has no place there. */
static enum code write_json(struct exporting *e, const struct response *response, struct err *err)
{
	char id[ID_TEXT + 1], time[TIME_UTC_SIZE];
	struct buf *out = e->file.x.out;
	json_t *object = json_keep(&e->batch, json_pack("{s:s, s:I, s:s}", "id", id_format(response->id, id), "version",
	                                                (json_int_t)response->version, "language", response->language));
	if (response->completed) {
		json_object_set_new(object, "sent", json_string(time_utc(response->completed, time)));
		json_object_set_new(object, "channel", json_string(channel_key(response->channel)));
	}
	if (*response->name) json_object_set_new(object, "name", json_string(response->name));
	json_object_set(object, "values", (json_t *)response->values);
	set_words(e, response, object);
	buf_puts(out, e->file.x.n ? ",\n" : "\n");
	buf_puts(out, json_text(&e->batch, object));
	e->file.x.n++;
	return export_file_spill(&e->file, err);
}

/* What a response has besides its answers. */
enum besides { BESIDE_SENT, BESIDE_CHANNEL, BESIDE_LANGUAGE, BESIDE_NAME, BESIDES };
static const struct {
	const char *key, *label;
} besides[BESIDES] = {
	[BESIDE_SENT] = { "_sent", N_("Sent") },
	[BESIDE_CHANNEL] = { "_channel", N_("How it was answered") },
	[BESIDE_LANGUAGE] = { "_language", N_("Language") },
	[BESIDE_NAME] = { "_name", N_("Who answered") },
};

static const char *beside(const struct exporting *e, const struct response *response, const char *key)
{
	if (strcmp(key, besides[BESIDE_LANGUAGE].key) == 0) return response->language;
	if (strcmp(key, besides[BESIDE_NAME].key) == 0) return response->name;
	if (e->file.x.keys) return channel_key(response->channel);
	return tr(e->page.lang, channel_words(response->channel));
}

/* A row of cells: what the formats know is records. */
static enum code write_row(struct exporting *e, const struct response *response, struct err *err)
{
	struct record record = as_record(e, response);
	struct export *x = &e->file.x;
	struct cell *row = arena_array(&e->batch, struct cell, (size_t)x->ncolumns + 1);
	x->row = NULL;
	for (int i = 0; i < x->ncolumns; i++) {
		const struct export_column *column = &x->columns[i];
		bool own = column->field == NULL && column->builtin != BUILTIN_CREATED;
		row[i] = own ? (struct cell){ CELL_TEXT, beside(e, response, column->key) }
		             : export_cell(x, &record, column);
	}
	x->row = row;
	return export_file_record(&e->file, &record, err);
}

static enum code write_one(void *context, const struct response *response, struct err *err)
{
	struct exporting *e = context;
	enum code code = e->json ? write_json(e, response, err) : write_row(e, response, err);
	arena_reset(&e->batch);
	e->walk.after = response->num;
	e->walk.after_id = response->id;
	e->written++;
	return code;
}

/* Snapshot by snapshot: what comes meanwhile makes no response come twice, nor others be left out. */
static enum code write_all(struct exporting *e, struct err *err)
{
	struct request *r = e->file.r;
	do {
		const struct response_walk walk = e->walk;
		e->written = 0;
		TRY(response_each(r->db, &walk, write_one, e, err));
		request_pause(r);
		TRY(request_resume(r, err));
		e->page.db = r->db;
	} while (e->written == AT_ONCE);
	return OK;
}

static struct export_column column_of(const struct page *p, const struct field *field, bool keys)
{
	return (struct export_column){ .key = field->key,
		                       .label = keys ? field->key : t(p, &field->label),
		                       .field = field };
}

/* The questions, those asked no more too; a table of questions has a column for each of its lines. */
static int columns(const struct page *p, const struct form *form, bool keys, struct arena *a,
                   const struct export_column **ret)
{
	struct export_column *all = arena_array(a, struct export_column,
	                                        (size_t)form_nasked(form) + (size_t)form->nretired + BESIDES);
	int n = 0;
	for (int i = 0; i < BESIDES && form->survey->anonymity != ANONYMITY_ANONYMOUS; i++) {
		if (i == BESIDE_NAME && form->survey->anonymity != ANONYMITY_NAMED) continue;
		all[n++] = (struct export_column){ .key = besides[i].key,
			                           .label = keys ? besides[i].key : tr(p->lang, besides[i].label),
			                           .builtin = i == BESIDE_SENT ? BUILTIN_CREATED : BUILTIN_ID };
	}
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		if (field->type->role == ROLE_TOLD) continue;
		bool divided = field->type->parts && field->type->wide && !field->type->listed;
		if (!divided) all[n++] = column_of(p, field, keys);
		for (int k = 0; divided && k < form->nparts; k++)
			if (form->parts[k].whole == field) all[n++] = column_of(p, &form->parts[k], keys);
	}
	for (int i = 0; i < form->nretired; i++) all[n++] = column_of(p, &form->retired[i], keys);
	*ret = all;
	return n;
}

static void release_batch(void *arena)
{
	arena_release(arena);
}

static void prepare(struct request *r, const struct form *form, const struct format *format, struct exporting *e)
{
	struct page *p = &r->page;
	*e = (struct exporting){ .file = { .r = r, .format = format, .fd = -1 },
		                 .form = form,
		                 .space = survey_space(p->model, form),
		                 .json = format == &format_json,
		                 .view = { .key = form->key, .slug = form->key, .title = form->label, .form = form } };
	arena_init(&e->batch);
	arena_defer(r->arena, release_batch, &e->batch);
	e->page = *p;
	e->page.arena = &e->batch;
	e->walk = (struct response_walk){
		.model = p->model, .form = form, .actor = &r->actor, .stand = survey_stands(p, form), .max = AT_ONCE
	};
	e->file.x = (struct export){ .page = &e->page,
		                     .arena = r->arena,
		                     .view = &e->view,
		                     .url = arena_printf(r->arena, "%s%s", p->base_url, p->path),
		                     .page_url = arena_printf(r->arena, "%s%s", p->base_url,
		                                              survey_url(p, form, "/responses")),
		                     .keys = format == &format_r || strcmp(request_query(r, "cles"), "1") == 0 };
	e->file.x.ncolumns = columns(p, form, e->file.x.keys, r->arena, &e->file.x.columns);
}

static enum code note(struct tx *tx, void *arg, struct err *err)
{
	const struct exporting *e = arg;
	return audit_note(tx, &e->file.r->actor, "export.responses", ID_NONE,
	                  json_pack("{s:s, s:s, s:I}", "key", e->form->key, "format", e->file.format->name, "responses",
	                            (json_int_t)e->file.x.n),
	                  err);
}

enum code responses_export(struct request *r, struct err *err)
{
	const struct form *form;
	const struct format *format = NULL;
	struct exporting *e = arena_new(r->arena, struct exporting);
	TRY(survey_managed(r, ACTION_READ, &form, err));
	for (const struct format *const *f = response_formats(); *f; f++)
		if (strcmp((*f)->name, r->params[1]) == 0) format = *f;
	if (format == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(web_limit(r, LIMIT_EXPORT, NULL, err));
	prepare(r, form, format, e);
	enum code code = export_file_begin(&e->file, err);
	if (code == OK) code = write_all(e, err);
	if (code == OK) code = export_file_end(&e->file, err);
	if (code == OK) code = request_write(r, note, e, err);
	if (code == OK) code = export_file_answer(&e->file, form->key, err);
	if (code != OK) export_file_release(&e->file);
	return code;
}

/* ---- One ---- */

static enum code load(struct request *r, struct response *ret, struct err *err)
{
	struct id id;
	if (!id_parse(r->params[0], &id)) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(response_load(r->db, r->arena, r->page.model, &r->actor, id, ret, err));
	r->page.space = survey_space(r->page.model, ret->form);
	r->page.section = "/-/surveys";
	r->page.hidden = true;
	http_set(r->response, "Cache-Control", "no-store");
	return OK;
}

enum code response_show(struct request *r, struct err *err)
{
	struct response response;
	struct response_change *changes;
	struct response_typed x = { 0 };
	TRY(load(r, &response, err));
	const json_t *notes;
	TRY(response_changes(r->db, r->arena, &response, JOURNAL, &changes, &x.nchanges, err));
	TRY(paper_notes(r->db, r->arena, response.num, &notes, err));
	x = (struct response_typed){ .response = &response,
		                     .form = response.form,
		                     .values = response.values,
		                     .hers = !survey_manages(&r->page, response.form),
		                     .notes = notes,
		                     .changes = changes,
		                     .nchanges = x.nchanges };
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("Answer %s")), survey_receipt(&r->page, &response));
	survey_response_page(request_out(r), &r->page, &x);
	return OK;
}

static enum code show_edit(struct request *r, const struct response *response, const json_t *values,
                           struct issues *issues)
{
	const struct response_typed x = { .response = response, .form = response->form, .values = values };
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("Correct answer %s")),
	                            survey_receipt(&r->page, response));
	if (issues && issues->count) {
		r->page.issues = issues;
		r->response->status = 422;
	}
	survey_response_edit_page(request_out(r), &r->page, &x);
	return OK;
}

enum code response_edit(struct request *r, struct err *err)
{
	struct response response;
	TRY(load(r, &response, err));
	return show_edit(r, &response, response.values, NULL);
}

struct correcting {
	struct request *r;
	struct response response;
	const json_t *values;
};

static enum code correct(struct tx *tx, void *arg, struct err *err)
{
	const struct correcting *c = arg;
	return response_correct(tx, c->r->arena, c->r->page.model, &c->r->actor, &c->response, c->values, err);
}

static json_t *read_all(struct request *r, const struct form *form, const json_t *before, struct issues *issues)
{
	struct field_post post = request_post(r);
	json_t *typed = json_keep(r->arena, json_copy((json_t *)before));
	post.db = r->db;
	post.model = r->page.model;
	post.actor = &r->actor;
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		if (field->hidden) continue;
		json_t *value = field->type->read(field, &post, issues);
		if (value && issues_of(issues, field->key) == NULL) field->type->check(field, value, issues);
		if (value) json_object_set(typed, field->key, value);
		else json_object_del(typed, field->key);
	}
	return typed;
}

enum code response_edit_post(struct request *r, struct err *err)
{
	struct correcting c = { .r = r };
	struct issues issues;
	TRY(load(r, &c.response, err));
	request_issues(r, &issues);
	const json_t *typed = read_all(r, c.response.form, c.response.values, &issues);
	if (issues.count) return show_edit(r, &c.response, typed, &issues);
	/* Questions that are asked no more keep what was answered to them. */
	json_t *asked = survey_values_asked(r->arena, c.response.form, typed);
	for (int i = 0; i < c.response.form->nretired; i++) {
		json_t *value = json_object_get(c.response.values, c.response.form->retired[i].key);
		if (value) json_object_set(asked, c.response.form->retired[i].key, value);
	}
	answer_check(c.response.form, asked, &issues);
	if (issues.count) return show_edit(r, &c.response, typed, &issues);
	c.values = asked;
	TRY(request_write(r, correct, &c, err));
	return request_redirect(r, response_url(&r->page, &c.response, ""), "reponse-corrigee");
}

static enum code drop(struct tx *tx, void *arg, struct err *err)
{
	const struct correcting *c = arg;
	TRY(response_delete(tx, c->r->arena, c->r->page.model, &c->r->actor, &c->response, err));
	return audit_note(tx, &c->r->actor, "response.delete", c->response.id,
	                  json_pack("{s:s}", "key", c->response.form->key), err);
}

enum code response_delete_post(struct request *r, struct err *err)
{
	struct correcting c = { .r = r };
	TRY(load(r, &c.response, err));
	TRY(request_write(r, drop, &c, err));
	bool manages = survey_manages(&r->page, c.response.form);
	return request_redirect(r, manages ? survey_url(&r->page, c.response.form, "/responses") : "/-/surveys",
	                        "reponse-supprimee");
}

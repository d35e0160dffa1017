/* Responses as files: one row each, written as they are read. */
#include <string.h>

#include "base/date.h"
#include "core/audit.h"
#include "core/form_part.h"
#include "features/export/export_file.h"
#include "features/result/result_weight.h"
#include "features/survey/manage.h"
#include "features/survey/survey_web.h"
#include "web/web.h"

enum { AT_ONCE = 200 /* read in one snapshot: however slow the machine, far from its limit */ };

const struct format *const *response_formats(void)
{
	static const struct format *const all[] = { &format_xlsx, &format_ods, &format_csv,
		                                    &format_json, &format_r,   NULL };
	return all;
}

struct exporting {
	struct export_file file;
	struct page page;
	struct arena batch;
	const struct form *form;
	const struct space *space;
	struct view view;
	struct answer_weights weights; /* for R, which counts for itself */
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
static const char WEIGHT[] = "_weight"; /* a further column, for R */
static const struct {
	const char *key, *label;
} besides[BESIDES] = {
	[BESIDE_SENT] = { "_sent", N_("Sent") },
	[BESIDE_CHANNEL] = { "_channel", N_("How it was answered") },
	[BESIDE_LANGUAGE] = { "_language", N_("Language") },
	[BESIDE_NAME] = { "_name", N_("Who answered") },
};

static const char *weight_of(const struct exporting *e, const struct response *response)
{
	double weight = answer_weight(&e->weights, response->num, response->id);
	return weight < 0 ? "" : arena_printf(e->page.arena, "%.15g", weight);
}

static const char *beside(const struct exporting *e, const struct response *response, const char *key)
{
	if (strcmp(key, besides[BESIDE_LANGUAGE].key) == 0) return response->language;
	if (strcmp(key, besides[BESIDE_NAME].key) == 0) return response->name;
	if (key == WEIGHT) return weight_of(e, response);
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
static int columns(const struct exporting *e, bool keys, struct arena *a, const struct export_column **ret)
{
	const struct page *p = &e->page;
	const struct form *form = e->form;
	bool words = !keys || e->file.format == &format_r; /* its names are keys, and each has its words beside */
	struct export_column *all = arena_array(a, struct export_column,
	                                        (size_t)form_nasked(form) + (size_t)form->nretired + BESIDES + 1);
	int n = 0;
	for (int i = 0; i < BESIDES && form->survey->anonymity != ANONYMITY_ANONYMOUS; i++) {
		if (i == BESIDE_NAME && form->survey->anonymity != ANONYMITY_NAMED) continue;
		all[n++] = (struct export_column){ .key = besides[i].key,
			                           .label = words ? tr(p->lang, besides[i].label) : besides[i].key,
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
	if (e->weights.weights)
		all[n++] = (struct export_column){ .key = WEIGHT, .label = tr(p->lang, N_("Weight")), .number = true };
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
	if (format == &format_r) TRY(answer_weights_load(&r->page, form, &e->weights, err));
	e->file.x.ncolumns = columns(e, e->file.x.keys, r->arena, &e->file.x.columns);
	enum code code = export_file_begin(&e->file, err);
	if (code == OK) code = write_all(e, err);
	if (code == OK) code = export_file_end(&e->file, err);
	if (code == OK) code = request_write(r, note, e, err);
	if (code == OK) code = export_file_answer(&e->file, form->key, err);
	if (code != OK) export_file_release(&e->file);
	return code;
}

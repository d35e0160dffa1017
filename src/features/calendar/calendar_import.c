#include "features/calendar/calendar_import.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "core/field_type.h"
#include "features/calendar/calendar_source.h"

/* ---- An event as values ---- */

static bool has_type(const struct field *field, const char *name)
{
	return strcmp(field->type->name, name) == 0;
}

/* A field that everybody reads, of this type, which nothing else fills. */
static const struct field *first_of(const struct form *form, const char *type, const struct view_agenda *agenda)
{
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		bool taken = field == form->title || field == agenda->date || field->hidden ||
		             field->audience != AUDIENCE_PUBLIC;
		for (int j = 0; j < agenda->nplaces; j++) taken |= agenda->places[j] == field;
		if (!taken && has_type(field, type)) return field;
	}
	return NULL;
}

static const char *one_line(struct arena *a, const char *text)
{
	char *line = arena_strdup(a, text);
	for (char *c = line; *c; c++)
		if (*c == '\n' || *c == '\r' || *c == '\t') *c = ' ';
	return text_trim(a, line);
}

static json_t *line_value(struct arena *a, const struct field *field, const char *text)
{
	int max = (int)json_int(field->definition, "max", 200);
	return json_string(text_cut(a, one_line(a, text), (size_t)MAX(max, 1)));
}

static void put_when(struct arena *a, const struct field *field, const struct ical_item *item, json_t *values,
                     struct issues *issues)
{
	const struct schedule *s = &item->schedule;
	json_t *when = schedule_write(a, s);
	if (has_type(field, "schedule")) {
		json_object_set(values, field->key, when);
		return;
	}
	if (s->repeats || s->nalso || s->nmoved) {
		issues_add(issues, field->key, N_("It comes back, and these pages have one date only."));
		return;
	}
	const char *to = json_str(when, "to"), *from = json_str_or(when, "from", "");
	const char *text = to && has_type(field, "period") ? arena_printf(a, "%s/%s", from, to) : from;
	if (has_type(field, "date") && !json_bool(field->definition, "time", false)) text = arena_strndup(a, from, 10);
	json_t *value = field->type->import(field, text, issues);
	if (value) json_object_set(values, field->key, value);
}

static void put_place(struct arena *a, const struct field *field, const struct ical_item *item, bool said,
                      json_t *values)
{
	json_t *place = json_object();
	if (*item->location && !said) json_object_set_new(place, "address", json_string(one_line(a, item->location)));
	if (item->placed) {
		json_object_set_new(place, "lat", json_integer(item->lat));
		json_object_set_new(place, "lon", json_integer(item->lon));
	}
	if (json_object_size(place)) json_object_set(values, field->key, place);
	json_decref(place);
}

/* The words go to the first line of text that says where, else to the place itself. */
static void put_where(struct arena *a, const struct form *form, const struct view_agenda *agenda,
                      const struct ical_item *item, json_t *values)
{
	bool said = false;
	for (int i = 0; i < agenda->nplaces; i++) {
		const struct field *field = agenda->places[i];
		if (!has_type(field, "text") || said || *item->location == '\0') continue;
		json_object_set_new(values, field->key, line_value(a, field, item->location));
		said = true;
	}
	for (int i = 0; i < form->nfields; i++) {
		if (!has_type(&form->fields[i], "place") || form->fields[i].audience != AUDIENCE_PUBLIC) continue;
		put_place(a, &form->fields[i], item, said, values);
		return;
	}
}

/* Words that name the form's category, in any language, choose it; the others are key words, if they can be. */
static void put_tags(struct arena *a, const struct form *form, const struct field *tags, const struct ical_item *item,
                     json_t *values)
{
	const struct field *category = form->category && has_type(form->category, "choice") ? form->category : NULL;
	json_t *kept = json_keep(a, json_array());
	for (size_t i = 0; i < json_array_size(item->tags); i++) {
		const char *word = json_string_value(json_array_get(item->tags, i)), *folded = text_fold(a, word);
		const struct choice *choice = NULL;
		for (int j = 0; category && j < category->nchoices; j++)
			for (int lang = 0; lang < LANG_COUNT; lang++)
				if (strcmp(text_fold(a, label_text(&category->choices[j].label, (enum lang)lang)),
				           folded) == 0)
					choice = &category->choices[j];
		if (choice) json_object_set_new(values, category->key, json_string(choice->key));
		else if (strpbrk(word, ",;") == NULL && strlen(word) <= 60 && json_array_size(kept) < 20)
			json_array_append_new(kept, json_string(one_line(a, word)));
	}
	if (tags && json_array_size(kept)) json_object_set(values, tags->key, kept);
}

json_t *calendar_values(struct arena *a, const struct form *form, const struct view_agenda *agenda,
                        const struct ical_item *item, struct issues *issues)
{
	json_t *values = json_keep(a, json_object());
	const struct field *text = first_of(form, "longtext", agenda), *tags = first_of(form, "tags", agenda);
	const struct field *link = first_of(form, "link", agenda);
	const bool web = strncmp(item->url, "http://", 7) == 0 || strncmp(item->url, "https://", 8) == 0;
	json_object_set_new(values, form->title->key, line_value(a, form->title, item->title));
	put_when(a, agenda->date, item, values, issues);
	put_where(a, form, agenda, item, values);
	const char *said = item->description;
	if (web && link == NULL && strstr(said, item->url) == NULL)
		said = arena_printf(a, "%s%s%s", said, *said ? "\n\n" : "", item->url);
	if (text && *said) json_object_set_new(values, text->key, json_string(said));
	if (link && web) {
		json_t *value = link->type->import(link, item->url, issues);
		if (value) json_object_set(values, link->key, value);
	}
	put_tags(a, form, tags, item, values);
	return values;
}

/* ---- All of them ---- */

struct bringing {
	struct arena *a;
	const struct model *model;
	struct calendar_import *import;
};

static void refuse(struct bringing *job, int line, const char *title, const struct err *why)
{
	struct calendar_import *import = job->import;
	char said[600];
	import->refused++;
	if (import->nrefusals == CALENDAR_TOLD) return;
	import->refusals[import->nrefusals++] = (struct calendar_refusal){
		line, title, arena_strdup(job->a, err_text(why, import->lang, said, sizeof(said)))
	};
}

static void tell(struct calendar_import *import, const char *title)
{
	if (import->ntitles < CALENDAR_TOLD) import->titles[import->ntitles++] = title;
}

static enum code keep_item(struct tx *tx, struct arena *a, const struct model *model, struct calendar_import *import,
                           const struct ical_item *item, struct issues *issues, struct err *err)
{
	struct import_item row = { .source = calendar_import_source(a, import->form),
		                   .key = item->uid,
		                   .form = import->form,
		                   .space = import->space,
		                   .actor = import->actor,
		                   .batch = import->batch,
		                   .revives = import->from == 0 };
	enum import_outcome outcome = IMPORT_UNCHANGED;
	bool gone = false;
	if (item->cancelled) {
		TRY(import_withdraw(tx, a, model, &row, &gone, err));
		import->cancelled += gone;
		return OK;
	}
	row.values = calendar_values(a, import->form, import->agenda, item, issues);
	TRY(issues_code(issues, err));
	TRY(import_item(tx, a, model, &row, issues, &outcome, err));
	if (import->from) TRY(source_note(tx, import->from, item->uid, row.source, import->tried, err));
	import->created += outcome == IMPORT_CREATED;
	import->changed += outcome == IMPORT_CHANGED;
	import->unchanged += outcome == IMPORT_UNCHANGED;
	return OK;
}

enum code calendar_import_item(struct tx *tx, struct arena *a, const struct model *model,
                               struct calendar_import *import, const struct ical_item *item, bool *refused,
                               struct err *err)
{
	struct issues issues;
	struct err why;
	issues_init(&issues, a);
	*refused = false;
	enum code code = keep_item(tx, a, model, import, item, &issues, &why);
	if (code == OK) return OK;
	*err = issues.first ? issues.first->err : why;
	*refused = code == E_INPUT || code == E_LIMIT || code == E_FORBIDDEN || code == E_NOT_FOUND;
	return *refused ? OK : code;
}

static enum code keep_all(struct tx *tx, void *arg, struct err *err)
{
	struct bringing *job = arg;
	struct calendar_import *import = job->import;
	for (int i = 0; i < import->file->n; i++) {
		const struct ical_item *item = &import->file->items[i];
		int before = import->created + import->changed;
		bool refused;
		TRY(calendar_import_item(tx, job->a, job->model, import, item, &refused, err));
		if (refused) refuse(job, item->line, item->title, err);
		else if (import->created + import->changed > before) tell(import, item->title);
	}
	if (import->rehearsal) FAIL(err, E_CONFLICT, N_("a rehearsal: nothing was kept"));
	if (import->created + import->changed + import->cancelled) tx_public(tx);
	return OK;
}

enum code calendar_import(struct store *store, struct arena *a, const struct model *model,
                          struct calendar_import *import, struct err *err)
{
	struct bringing job = { a, model, import };
	import->refusals = arena_array(a, struct calendar_refusal, CALENDAR_TOLD);
	import->titles = arena_array(a, const char *, CALENDAR_TOLD);
	for (int i = 0; i < import->file->nrefusals; i++)
		refuse(&job, import->file->refusals[i].line, import->file->refusals[i].title,
		       &import->file->refusals[i].why);
	import->refused += import->file->refused - import->file->nrefusals;
	enum code code = store_write(store, keep_all, &job, err);
	return code == E_CONFLICT && import->rehearsal ? OK : code;
}

const char *calendar_import_source(struct arena *a, const struct form *form)
{
	return arena_printf(a, "ics:%s", form->key);
}

static bool is_recent(struct arena *a, const struct schedule *s, const struct datetime *past)
{
	struct occurrence next;
	return s->span.from.date.year == 0 || schedule_next(a, s, past, &next);
}

void calendar_keep_recent(struct arena *a, const struct zone *zone, struct ical_file *file)
{
	struct datetime past = zone_local(zone, clock_now());
	int n = 0;
	past.date = date_add_months(past.date, -CALENDAR_MONTHS_BEHIND);
	for (int i = 0; i < file->n && n < SOURCE_EVENTS; i++)
		if (is_recent(a, &file->items[i].schedule, &past)) file->items[n++] = file->items[i];
	file->n = n;
}

enum code calendar_is_coming(struct db *db, struct arena *a, const struct model *model, const struct import_item *row,
                             const struct view_agenda *agenda, const struct datetime *now, bool *ret, struct err *err)
{
	struct record *record;
	struct schedule s;
	struct occurrence next;
	int64_t num;
	*ret = false;
	TRY(import_record(db, row->source, row->key, &num, err));
	if (num == 0) return OK;
	enum code code = record_load_num(db, a, model, &actor_program, num, &record, err);
	if (code == E_NOT_FOUND) return OK;
	TRY(code);
	const json_t *when = record_find_value(record, agenda->date, NULL);
	*ret = when && schedule_read(a, when, &s) && schedule_next(a, &s, now, &next);
	return OK;
}

/* ---- For the page ---- */

int calendar_forms(const struct page *p, const struct form *const **ret)
{
	const struct form **forms = arena_array(p->arena, const struct form *, (size_t)p->model->nforms + 1);
	int n = 0;
	for (int i = 0; i < p->model->nforms; i++) {
		const struct form *form = &p->model->forms[i];
		if (calendar_agenda(p, form) && !form->asleep && form->confidential == 0) forms[n++] = form;
	}
	*ret = forms;
	return n;
}

int calendar_spaces(const struct page *p, const struct space *const **ret)
{
	const struct space **spaces = arena_array(p->arena, const struct space *, (size_t)p->model->nspaces + 1);
	int n = 0;
	for (int i = 0; i < p->model->nspaces; i++) {
		const struct space *space = &p->model->spaces[i];
		struct thing thing = { .kind = KIND_RECORD, .space = space, .state = STATE_PUBLISHED };
		if (space->state == SPACE_AWAKE && allowed(p->actor, ACTION_MANAGE, &thing)) spaces[n++] = space;
	}
	*ret = spaces;
	return n;
}

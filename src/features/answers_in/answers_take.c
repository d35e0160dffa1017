#include <string.h>

#include "core/site.h"
#include "features/answers_in/answers_in.h"
#include "features/sent_file/sent_file.h"

enum { LOT = 200 /* lines in one write */ };

struct taking {
	struct tx *tx;
	const struct answer_sheet *sheet;
	struct answer_import *import;
	struct response_tally tally;
	int64_t person;
};

static enum code add_line(void *context, const struct answer_line *line, struct arena *a, struct err *err)
{
	struct taking *t = context;
	const struct answer_import_row row = { .form = t->sheet->form,
		                               .batch = t->import->num,
		                               .values = line->values,
		                               .language = line->language,
		                               .channel = line->channel,
		                               .begun = line->begun,
		                               .completed = line->completed,
		                               .target = line->target,
		                               .name = line->name,
		                               .entered_by = t->person };
	return answer_import_add(t->tx, a, &row, &t->tally, err);
}

/* Some lines, their counts and how far it is, in one write. */
static enum code take_rows(struct taking *t, struct answer_walk *walk, int from, int until, struct err *err)
{
	struct answer_sheet *sheet = (struct answer_sheet *)t->sheet;
	int good = sheet->good, refused = sheet->refused;
	TRY(answer_walk_rows(walk, tx_db(t->tx), from, until, add_line, t, err));
	TRY(response_tally_write(tx_db(t->tx), &t->tally, err));
	t->import->done = until;
	t->import->kept += sheet->good - good;
	t->import->refused += sheet->refused - refused;
	return answer_import_note(t->tx, t->import, err);
}

static json_t *payload_of(struct arena *a, const struct answer_sheet *sheet, const struct answers_asked *asked,
                          const struct answer_import *import)
{
	char id[ID_TEXT + 1];
	json_t *names = json_array();
	for (int i = 0; i < sheet->grid.ncolumns; i++)
		json_array_append_new(names, json_string(sheet->columns[i].target->name));
	return json_keep(a, json_pack("{s:s, s:s, s:o, s:i, s:b, s:I, s:s}", "import", id_format(import->id, id),
	                              "file", asked->file, "columns", names, "channel", (int)sheet->channel,
	                              "leave_same", sheet->leave_same, "person", (json_int_t)asked->person, "lang",
	                              lang_tag(asked->lang)));
}

enum code answers_take(struct tx *tx, struct arena *a, const struct model *model, struct answer_sheet *sheet,
                       const struct answers_asked *asked, struct answer_import *import, struct err *err)
{
	struct answer_walk *walk;
	*import = (struct answer_import){ .form = sheet->form, .name = asked->name, .total = sheet->grid.nrows };
	struct taking t = { .tx = tx, .sheet = sheet, .import = import, .person = asked->person };
	TRY(answer_import_begin(tx, import, err));
	if (sheet->grid.nrows > ANSWERS_AT_ONCE)
		return job_add(tx, "answers-in", payload_of(a, sheet, asked, import), 0, err);
	response_tally_init(&t.tally, a, sheet->form);
	TRY(answer_walk_open(a, sheet, model, asked->lang, tx_db(tx), import->num, &walk, err));
	TRY(take_rows(&t, walk, 0, sheet->grid.nrows, err));
	tx_public(tx);
	return OK;
}

/* ---- The job ---- */

struct working {
	struct store *store;
	struct arena a;
	const struct model *model;
	const struct job *job;
	struct answer_import import;
	struct answer_sheet sheet;
	struct answer_walk *walk;
	int from, until;
};

static enum code write_lot(struct tx *tx, void *arg, struct err *err)
{
	struct working *w = arg;
	struct answer_import now;
	AUTO(arena_release) struct arena a = { 0 };
	struct taking t = {
		.tx = tx, .sheet = &w->sheet, .import = &w->import, .person = json_int(w->job->payload, "person", 0)
	};
	/* Taken back meanwhile: E_NOT_FOUND ends it. */
	TRY(answer_import_find(tx_db(tx), &a, w->model, w->import.id, &now, err));
	response_tally_init(&t.tally, &a, w->sheet.form);
	TRY(take_rows(&t, w->walk, w->from, w->until, err));
	tx_public(tx);
	return OK;
}

static void choose(struct working *w)
{
	const json_t *names = json_object_get(w->job->payload, "columns");
	const char **chosen = arena_array(&w->a, const char *, (size_t)w->sheet.grid.ncolumns + 1);
	for (int i = 0; i < w->sheet.grid.ncolumns; i++)
		chosen[i] = json_string_value(json_array_get(names, (size_t)i));
	answer_sheet_choose(&w->sheet, chosen);
	w->sheet.channel = (enum channel)json_int(w->job->payload, "channel", CHANNEL_PAPER);
	w->sheet.leave_same = json_bool(w->job->payload, "leave_same", false);
}

/* What was said on lines that are done is remembered. */
static enum code begin_walk(struct working *w, enum lang lang, struct err *err)
{
	struct db *db;
	TRY(store_read_begin(w->store, &db, err));
	enum code code = answer_walk_open(&w->a, &w->sheet, w->model, lang, db, w->import.num, &w->walk, err);
	if (code == OK) code = answer_walk_rows(w->walk, db, 0, (int)w->import.done, NULL, NULL, err);
	store_read_end(w->store);
	return code;
}

static enum code find_import(struct working *w, struct err *err)
{
	struct db *db;
	struct id id;
	if (!id_parse(json_str_or(w->job->payload, "import", ""), &id)) FAIL(err, E_NOT_FOUND, "no such import");
	TRY(store_read_begin(w->store, &db, err));
	enum code code = answer_import_find(db, &w->a, w->model, id, &w->import, err);
	store_read_end(w->store);
	return code;
}

static enum code work(struct working *w, struct err *err)
{
	const char *bytes;
	size_t len;
	TRY(find_import(w, err));
	TRY(sent_file_load(w->store, &w->a, json_str_or(w->job->payload, "file", ""), &bytes, &len, err));
	TRY(answer_sheet_read(&w->a, w->import.form, bytes, len, &w->sheet, err));
	choose(w);
	TRY(begin_walk(w, lang_parse(json_str_or(w->job->payload, "lang", ""), LANG_FR), err));
	for (w->from = (int)w->import.done; w->from < w->sheet.grid.nrows; w->from = w->until) {
		w->until = MIN(w->from + LOT, w->sheet.grid.nrows);
		TRY(store_write(w->store, write_lot, w, err));
	}
	return OK;
}

enum code answers_job(struct store *store, const struct job *job, void *context, struct err *err)
{
	struct working w = { .store = store, .job = job };
	arena_init(&w.a);
	w.model = site_model(context);
	enum code code = work(&w, err);
	model_release(w.model);
	arena_release(&w.a);
	return code == E_NOT_FOUND ? OK : code;
}

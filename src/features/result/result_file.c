#include "features/result/result_file.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/number.h"
#include "store/store.h"

struct writing {
	struct request *r;
	const struct page *p;
	const struct results *results;
	const struct format *format;
	struct export x;
};

bool result_takes(const struct format *format)
{
	return format == &format_csv || format == &format_ods || format == &format_xlsx;
}

/* ---- Cells ---- */

static struct cell text_cell(const char *text)
{
	return (struct cell){ CELL_TEXT, text };
}

/* Canonical; nothing of NaN. */
static struct cell number_cell(struct writing *w, double number, int decimals)
{
	char canonical[NUMBER_SIZE];
	struct err err;
	if (!isfinite(number)) return text_cell("");
	const char *text = arena_printf(w->p->arena, "%.*f", decimals, number);
	if (number_parse(text, LANG_EN, canonical, &err) != OK) return text_cell(text);
	return (struct cell){ CELL_NUMBER, arena_strdup(w->p->arena, canonical) };
}

static struct cell percent_cell(struct writing *w, double share)
{
	return number_cell(w, share * 100, 2);
}

static enum code put_row(struct writing *w, const struct cell *cells, struct err *err)
{
	w->x.row = cells;
	TRY(w->format->record(&w->x, NULL, err));
	w->x.n++;
	return OK;
}

/* ---- Frequencies ---- */

enum { F_QUESTION, F_ANSWER, F_N, F_SHARE, F_PART, F_LOW, F_HIGH, F_COLUMNS };

static const char *const frequency_labels[F_COLUMNS] = {
	N_("Question"),      N_("Given answer"),   N_("Number"),       N_("Of persons, %"),
	N_("Of answers, %"), N_("Of all, from %"), N_("Of all, to %"),
};

static enum code put_choices(struct writing *w, const struct shown_question *s, struct err *err)
{
	const struct page *p = w->p;
	for (int i = 0; i < s->all.n; i++) {
		const struct frequency *f = &s->all.choices[i];
		struct cell cells[F_COLUMNS];
		for (int c = 0; c < F_COLUMNS; c++) cells[c] = text_cell("");
		cells[F_QUESTION] = text_cell(s->question->label);
		cells[F_ANSWER] = text_cell(s->counted.labels[i]);
		if (s->hidden[i]) cells[F_N] = text_cell(_("hidden"));
		else {
			cells[F_N] = number_cell(w, f->n, 0);
			cells[F_SHARE] = percent_cell(w, f->share);
			cells[F_PART] = percent_cell(w, f->part);
			if (s->intervals) {
				cells[F_LOW] = percent_cell(w, f->interval.low);
				cells[F_HIGH] = percent_cell(w, f->interval.high);
			}
		}
		TRY(put_row(w, cells, err));
	}
	return OK;
}

static enum code put_figures(struct writing *w, const struct shown_question *s, struct err *err)
{
	const struct page *p = w->p;
	const struct {
		const char *label;
		double number;
	} figures[] = { { _("Mean"), s->summary.mean },
		        { _("Median"), s->summary.median },
		        { _("First quartile"), s->summary.q1 },
		        { _("Third quartile"), s->summary.q3 },
		        { _("Spread (standard deviation)"), s->summary.sd } };
	for (size_t i = 0; i < COUNT(figures); i++) {
		struct cell cells[F_COLUMNS];
		for (int c = 0; c < F_COLUMNS; c++) cells[c] = text_cell("");
		cells[F_QUESTION] = text_cell(s->question->label);
		cells[F_ANSWER] = text_cell(figures[i].label);
		cells[F_N] = number_cell(w, figures[i].number, 4);
		TRY(put_row(w, cells, err));
	}
	return OK;
}

static enum code write_frequencies(struct writing *w, struct err *err)
{
	for (int i = 0; i < w->results->nquestions; i++) {
		const struct result_question *question = &w->results->questions[i];
		if (question->kind == QUESTION_TEXTS || question->kind == QUESTION_PLACES || w->results->few) continue;
		const struct shown_question *s = shown_question_of(w->p, w->results, question);
		TRY(put_choices(w, s, err));
		if (question->kind == QUESTION_NUMBERS && !s->summary_hidden) TRY(put_figures(w, s, err));
	}
	return OK;
}

/* ---- Cross-tables: a line for each cell, which spreadsheets turn as they like ---- */

enum { C_BY, C_ROW, C_COLUMN, C_N, C_OF_ROW, C_OF_COLUMN, C_OF_ALL, C_EXPECTED, C_RESIDUAL, C_COLUMNS };

static enum code put_cell(struct writing *w, const struct cross_layer *layer, int cell, struct err *err)
{
	const struct page *p = w->p;
	const struct cross *cross = &layer->cross;
	struct cell cells[C_COLUMNS];
	for (int c = 0; c < C_COLUMNS; c++) cells[c] = text_cell("");
	cells[C_BY] = text_cell(layer->title ? layer->title : "");
	cells[C_ROW] = text_cell(layer->row.labels[cell / cross->columns]);
	cells[C_COLUMN] = text_cell(layer->column.labels[cell % cross->columns]);
	if (layer->hidden[cell]) cells[C_N] = text_cell(_("hidden"));
	else {
		cells[C_N] = number_cell(w, cross->counts[cell], 0);
		cells[C_OF_ROW] = percent_cell(w, cross_share_of(layer, SHARE_ROW, cell));
		cells[C_OF_COLUMN] = percent_cell(w, cross_share_of(layer, SHARE_COLUMN, cell));
		cells[C_OF_ALL] = percent_cell(w, cross_share_of(layer, SHARE_TOTAL, cell));
	}
	if (!layer->any_hidden) {
		cells[C_EXPECTED] = number_cell(w, cross->expected[cell], 2);
		cells[C_RESIDUAL] = number_cell(w, cross->residuals[cell], 2);
	}
	return put_row(w, cells, err);
}

static enum code write_cross(struct writing *w, const struct result_cross *cross, struct err *err)
{
	for (int i = 0; i < cross->nlayers && !w->results->few; i++) {
		const struct cross_layer *layer = &cross->layers[i];
		for (int cell = 0; cell < layer->cross.rows * layer->cross.columns; cell++)
			TRY(put_cell(w, layer, cell, err));
	}
	return OK;
}

/* All questions, each crossed with the one they are compared by. */
static enum code write_compared(struct writing *w, const struct result_question *by, struct err *err)
{
	for (int i = 0; i < w->results->nquestions && !w->results->few; i++) {
		const struct result_question *question = &w->results->questions[i];
		if (question == by || !cross_takes(question) || !result_is_answered(w->results, question)) continue;
		const struct result_cross *cross = result_compared(w->p, w->results, by, question);
		cross->layers[0].title = question->label;
		TRY(write_cross(w, cross, err));
	}
	return OK;
}

/* ---- A map: a line for each area ---- */

enum { M_NUMBER, M_AREA, M_N, M_SHARE, M_COLUMNS };

static enum code write_map(struct writing *w, const struct answer_map *map, struct err *err)
{
	const struct page *p = w->p;
	for (int i = 0; i < map->nrows; i++) {
		const struct map_row *row = &map->rows[i];
		struct cell cells[M_COLUMNS];
		for (int c = 0; c < M_COLUMNS; c++) cells[c] = text_cell("");
		if (row->number) cells[M_NUMBER] = number_cell(w, row->number, 0);
		cells[M_AREA] = text_cell(row->label);
		if (row->hidden) cells[M_N] = text_cell(_("hidden"));
		else {
			cells[M_N] = number_cell(w, row->n, 0);
			cells[M_SHARE] = percent_cell(w, row->share);
		}
		TRY(put_row(w, cells, err));
	}
	return OK;
}

/* ---- Before and after: a line for each move, or for each figure ---- */

enum { P_QUESTION, P_BEFORE, P_AFTER, P_FIGURE, P_N, P_COLUMNS };

static const char *const pair_labels[P_COLUMNS] = { N_("Question"), N_("Before"), N_("After"), N_("Figure"),
	                                            N_("Value") };

static enum code put_move(struct writing *w, const struct pair_question *q, int cell, struct err *err)
{
	const struct page *p = w->p;
	const struct cell cells[P_COLUMNS] = { text_cell(q->label), text_cell(q->labels[cell / q->nchoices]),
		                               text_cell(q->labels[cell % q->nchoices]), text_cell(_("Number")),
		                               q->hidden[cell] ? text_cell(_("hidden"))
		                                               : number_cell(w, q->counts[cell], 0) };
	return put_row(w, cells, err);
}

static enum code put_paired(struct writing *w, const struct pair_question *q, struct err *err)
{
	const struct page *p = w->p;
	const struct paired *x = &q->numbers;
	const struct {
		const char *label;
		double number;
		bool hidden;
	} figures[] = { { _("Pairs"), q->n, false },
		        { _("Mean before"), x->before, false },
		        { _("Mean after"), x->after, false },
		        { _("Mean of the differences"), x->difference, false },
		        { _("Interval at 95 %, from"), x->interval.low, false },
		        { _("Interval at 95 %, to"), x->interval.high, false },
		        { _("Rose"), x->rose, q->moves_hidden },
		        { _("Fell"), x->fell, q->moves_hidden },
		        { _("Stayed"), x->same, q->moves_hidden },
		        { _("Student’s t on pairs, p"), x->t_p, false },
		        { _("Wilcoxon signed ranks, p"), x->v_p, q->moves_hidden } };
	for (size_t i = 0; i < COUNT(figures); i++) {
		const struct cell cells[P_COLUMNS] = { text_cell(q->label), text_cell(""), text_cell(""),
			                               text_cell(figures[i].label),
			                               figures[i].hidden ? text_cell(_("hidden"))
			                                                 : number_cell(w, figures[i].number, 4) };
		TRY(put_row(w, cells, err));
	}
	return OK;
}

static enum code write_pair(struct writing *w, const struct result_pair *pair, struct err *err)
{
	for (int i = 0; i < pair->n; i++) {
		const struct pair_question *q = &pair->questions[i];
		if (q->withheld) continue;
		if (q->is_number) TRY(put_paired(w, q, err));
		for (int cell = 0; cell < q->nchoices * q->nchoices; cell++) TRY(put_move(w, q, cell, err));
	}
	return OK;
}

/* ---- The file ---- */

static void remove_file(void *path)
{
	unlink(path);
}

static void name_file(struct writing *w)
{
	struct request *r = w->r;
	uint64_t number;
	random_bytes(&number, sizeof(number));
	w->x.folder = arena_printf(r->arena, "%s/tmp", store_dir(site_store(r->site)));
	char *path = arena_printf(r->arena, "%s/result-%016llx", w->x.folder, (unsigned long long)number);
	w->x.path = path;
	arena_defer(r->arena, remove_file, path);
}

/* What stands above the columns; returns how many there are. */
static int labels_of(struct writing *w, const struct result_tables *tables, const char **ret)
{
	const struct page *p = w->p;
	const struct result_cross *cross = tables->cross;
	const struct result_question *by = tables->by;
	if (tables->pair) {
		for (int i = 0; i < P_COLUMNS; i++) ret[i] = tr(p->lang, pair_labels[i]);
		return P_COLUMNS;
	}
	if (tables->map) {
		ret[M_NUMBER] = _("Number on the map");
		ret[M_AREA] = _("Area");
		ret[M_N] = _("Answers");
		ret[M_SHARE] = tables->map->question ? tables->map->question->labels[tables->map->code]
		                                     : _("Of all, %");
		return M_COLUMNS;
	}
	for (int i = 0; i < F_COLUMNS; i++) ret[i] = tr(p->lang, frequency_labels[i]);
	if (cross == NULL && by == NULL) return F_COLUMNS;
	ret[C_BY] = by ? _("Question") : cross->by ? cross->by->label : "";
	ret[C_ROW] = by ? by->label : cross->row->label;
	ret[C_COLUMN] = by ? _("Given answer") : cross->column->label;
	ret[C_N] = _("Number");
	ret[C_OF_ROW] = _("Of the line, %");
	ret[C_OF_COLUMN] = _("Of the column, %");
	ret[C_OF_ALL] = _("Of all, %");
	ret[C_EXPECTED] = _("Expected number");
	ret[C_RESIDUAL] = _("Adjusted residual");
	return C_COLUMNS;
}

static void begin(struct writing *w, const struct result_tables *tables)
{
	const struct page *p = w->p;
	const char *labels[C_COLUMNS];
	int n = labels_of(w, tables, labels);
	struct export_column *columns = arena_array(p->arena, struct export_column, (size_t)n);
	for (int i = 0; i < n; i++) columns[i].label = labels[i];
	w->x = (struct export){ .page = &w->r->page,
		                .arena = w->r->arena,
		                .title = _("Results"),
		                .columns = columns,
		                .ncolumns = n,
		                .out = request_out(w->r) };
}

static enum code write_tables(struct writing *w, const struct result_tables *tables, struct err *err)
{
	if (tables->pair) return write_pair(w, tables->pair, err);
	if (tables->map) return write_map(w, tables->map, err);
	if (tables->by) return write_compared(w, tables->by, err);
	return tables->cross ? write_cross(w, tables->cross, err) : write_frequencies(w, err);
}

static enum code answer(struct writing *w, struct err *err)
{
	struct http_response *rs = w->r->response;
	http_set(rs, "Content-Type", w->format->media_type);
	http_set(rs, "Content-Disposition",
	         arena_printf(w->r->arena, "attachment; filename=\"resultats-%s-%.10s.%s\"", w->results->form->key,
	                      date_machine(w->p, w->p->now), w->format->extension));
	if (!w->format->to_file) return OK;
	int fd = open(w->x.path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	off_t size = fd < 0 ? -1 : lseek(fd, 0, SEEK_END);
	if (size < 0) {
		enum code code = err_set(err, E_IO, N_("the export cannot be read back: %s"), strerror(errno));
		if (fd >= 0) close(fd);
		return code;
	}
	rs->file_fd = fd;
	rs->file_size = size;
	return OK;
}

enum code result_file_write(struct request *r, const struct results *results, const struct result_tables *tables,
                            const struct format *format, struct err *err)
{
	struct writing *w = arena_new(r->arena, struct writing);
	*w = (struct writing){ .r = r, .p = &r->page, .results = results, .format = format };
	begin(w, tables);
	if (format->to_file) name_file(w);
	if (format->begin) TRY(format->begin(&w->x, err));
	TRY(write_tables(w, tables, err));
	if (format->end) TRY(format->end(&w->x, err));
	return answer(w, err);
}

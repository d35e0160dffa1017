#include "features/restitution/compare_file.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "core/field_type.h"
#include "core/form_part.h"
#include "features/result/result_page.h"
#include "formats/csv.h"
#include "formats/workbook.h"

enum { COLUMNS_MAX = CSV_COLUMNS, TOLD = 80 };

/* What a file says of one question. */
struct tally {
	int *counts; /* by choice; −1: hidden there */
	bool *seen;
	int base;          /* who answered it */
	double share_base; /* … as its percentages say; 0: they do not */
	bool any;
};

struct reading {
	const struct page *p;
	const struct results *first;
	struct comparison *c;
	struct tally *tallies; /* by question */
	enum { READ_NOTHING, READ_COUNTS, READ_ANSWERS } how;
	int question, answer, number, share; /* columns of counts; −1 */
	const struct field *fields[COLUMNS_MAX];
	int ncolumns, rows;
};

static void refuse(struct reading *r, int line, const char *what, const char *why)
{
	struct comparison *c = r->c;
	if (c->nrefusals == COMPARE_REFUSALS) {
		c->more++;
		return;
	}
	c->refusals[c->nrefusals++] = (struct compare_refusal){
		line, text_cut(r->p->arena, text_repair(r->p->arena, what, strlen(what)), TOLD), why
	};
}

/* ---- Heads ---- */

/* Is it this word of ours, in either language? */
static bool says(struct arena *a, const char *text, const char *msgid)
{
	const char *folded = text_fold(a, text);
	for (enum lang lang = 0; lang < LANG_COUNT; lang++)
		if (strcmp(folded, text_fold(a, tr(lang, msgid))) == 0) return true;
	return false;
}

static int column_of(const struct reading *r, const char *const *cells, int n, const char *msgid)
{
	for (int i = 0; i < n; i++)
		if (says(r->p->arena, cells[i], msgid)) return i;
	return -1;
}

static bool is_label(struct arena *a, const struct label *label, const char *folded)
{
	for (enum lang lang = 0; lang < LANG_COUNT; lang++)
		if (strcmp(text_fold(a, label_text(label, lang)), folded) == 0) return true;
	return false;
}

static const struct field *field_named(const struct reading *r, const char *text)
{
	const struct form *form = r->first->form;
	const struct field *field = form_field(form, text);
	const char *folded = text_fold(r->p->arena, text);
	for (int i = 0; field == NULL && *folded && i < form->nfields; i++)
		if (is_label(r->p->arena, &form->fields[i].label, folded)) field = &form->fields[i];
	return field;
}

/* Keys and words that our own exports put beside the answers. */
static bool is_beside(const struct reading *r, const char *text)
{
	static const char *const words[] = { N_("Sent"),    N_("How"),  N_("Language"),
		                             N_("Version"), N_("Name"), N_("Number") };
	if (*text == '_' || *text == '\0') return true;
	for (size_t i = 0; i < COUNT(words); i++)
		if (says(r->p->arena, text, words[i])) return true;
	return false;
}

static enum code read_heads(struct reading *r, const char *const *cells, int n, struct err *err)
{
	const struct page *p = r->p;
	int known = 0;
	r->question = column_of(r, cells, n, N_("Question"));
	r->answer = column_of(r, cells, n, N_("Given answer"));
	r->number = column_of(r, cells, n, N_("Number"));
	r->share = column_of(r, cells, n, N_("Of persons, %"));
	r->ncolumns = MIN(n, COLUMNS_MAX);
	if (r->question >= 0 && r->answer >= 0 && r->number >= 0) {
		r->how = READ_COUNTS;
		return OK;
	}
	for (int i = 0; i < r->ncolumns; i++) {
		r->fields[i] = field_named(r, cells[i]);
		known += r->fields[i] != NULL;
		if (r->fields[i] == NULL && !is_beside(r, cells[i]))
			refuse(r, 1, cells[i], _("no question of this form has this name"));
	}
	if (known == 0)
		FAIL(err, E_INPUT,
		     N_("Its first line names no question of this form: send a file that this site, or another Parvis, exported."));
	r->how = READ_ANSWERS;
	return OK;
}

/* ---- Counts ---- */

static int question_of(const struct reading *r, const char *text)
{
	const char *folded = text_fold(r->p->arena, text);
	for (int i = 0; i < r->first->nquestions; i++) {
		const struct result_question *q = &r->first->questions[i];
		if (strcmp(q->key, text) == 0 || strcmp(text_fold(r->p->arena, q->label), folded) == 0) return i;
		if (q->field && q->field->whole == NULL && is_label(r->p->arena, &q->field->label, folded)) return i;
	}
	return -1;
}

static int choice_of(const struct reading *r, const struct result_question *q, const char *text)
{
	const char *folded = text_fold(r->p->arena, text);
	for (int i = 0; i < q->column.ncodes; i++) {
		const struct choice *choice = q->field ? field_choice(q->field, q->keys[i]) : NULL;
		if (strcmp(q->keys[i], text) == 0 || strcmp(text_fold(r->p->arena, q->labels[i]), folded) == 0 ||
		    (choice && is_label(r->p->arena, &choice->label, folded)))
			return i;
	}
	return -1;
}

static bool read_count(const char *text, double most, double *ret)
{
	char canonical[NUMBER_SIZE];
	struct err err;
	if (number_parse(text, LANG_FR, canonical, &err) != OK && number_parse(text, LANG_EN, canonical, &err) != OK)
		return false;
	*ret = strtod(canonical, NULL);
	return *ret >= 0 && *ret <= most;
}

static void take_count(struct reading *r, int line, const char *const *cells, int n)
{
	const struct page *p = r->p;
	const char *asked = r->question < n ? cells[r->question] : "", *said = r->answer < n ? cells[r->answer] : "",
	           *number = r->number < n ? cells[r->number] : "",
	           *share = r->share >= 0 && r->share < n ? cells[r->share] : "";
	int at = question_of(r, asked);
	double count, part;
	if (at < 0) {
		refuse(r, line, asked, _("no question of this form has this name"));
		return;
	}
	const struct result_question *q = &r->first->questions[at];
	if (q->field == NULL) return; /* in which space, in which year: of the other site */
	if (q->kind != QUESTION_CHOICES) {
		refuse(r, line, asked, _("numbers and texts are not compared from a table of counts"));
		return;
	}
	int code = choice_of(r, q, said);
	struct tally *tally = &r->tallies[at];
	if (code < 0) refuse(r, line, said, _("no answer of this question has these words"));
	else if (tally->seen[code]) refuse(r, line, said, _("this answer stands twice"));
	else if (says(p->arena, number, N_("hidden"))) tally->counts[code] = -1;
	else if (!read_count(number, INT_MAX, &count) || count != floor(count)) {
		refuse(r, line, said, _("its number is none"));
		return;
	} else tally->counts[code] = (int)count;
	if (code < 0 || tally->seen[code]) return;
	tally->seen[code] = tally->any = true;
	r->c->taken++;
	if (tally->counts[code] > 0 && read_count(share, 100, &part) && part > 0)
		tally->share_base = fmax(tally->share_base, round(tally->counts[code] * 100.0 / part));
}

/* ---- Answers ---- */

static void tally_value(struct reading *r, const struct field *field, const json_t *whole)
{
	for (int i = 0; i < r->first->nquestions; i++) {
		const struct result_question *q = &r->first->questions[i];
		bool part = q->field && q->field->whole && strcmp(q->field->whole->key, field->key) == 0;
		const json_t *value = part ? part_value(q->field, whole) : whole;
		if ((q->field != field && !part) || q->kind != QUESTION_CHOICES || value == NULL || json_is_null(value))
			continue;
		if (q->fill == FILL_FIRST && json_is_array(value)) value = json_array_get(value, 0);
		r->tallies[i].any = true;
		r->tallies[i].base++;
		for (int code = 0; code < q->column.ncodes; code++)
			r->tallies[i].counts[code] += response_holds_choice(value, q->keys[code]);
	}
}

static void take_answers(struct reading *r, int line, const char *const *cells, int n)
{
	const struct page *p = r->p;
	bool any = false;
	for (int i = 0; i < r->ncolumns && i < n; i++) {
		const struct field *field = r->fields[i];
		struct issues issues;
		if (field == NULL || text_is_blank(cells[i]) || field->type->import == NULL) continue;
		issues_init(&issues, p->arena);
		json_t *value = field->type->import(field, cells[i], &issues);
		if (value && issues.count == 0) field->type->check(field, value, &issues);
		if (issues.count || value == NULL)
			refuse(r, line, cells[i],
			       issues.count ? page_printf(p, "%s%s%s", t(p, &field->label), _(": "),
			                                  page_error(p, &issues.first->err))
			                    : _("this answer cannot be read"));
		else {
			tally_value(r, field, value);
			any = true;
		}
	}
	if (any) r->c->taken++;
	else refuse(r, line, n ? cells[0] : "", _("nothing of this line could be taken"));
}

static enum code take_row(void *arg, int line, const char *const *cells, int n, struct err *err)
{
	struct reading *r = arg;
	const char *trimmed[COLUMNS_MAX];
	n = MIN(n, COLUMNS_MAX);
	for (int i = 0; i < n; i++)
		trimmed[i] = text_trim(r->p->arena, text_repair(r->p->arena, cells[i], strlen(cells[i])));
	if (r->how == READ_NOTHING) return read_heads(r, trimmed, n, err);
	if (++r->rows > COMPARE_ROWS) FAIL(err, E_LIMIT, N_("A file may have at most %d lines."), COMPARE_ROWS);
	if (r->how == READ_COUNTS) take_count(r, line, trimmed, n);
	else take_answers(r, line, trimmed, n);
	return OK;
}

static enum code read_bytes(struct reading *r, const char *bytes, size_t len, struct err *err)
{
	const struct workbook_rows rows = { take_row, r };
	struct csv csv;
	const char **cells;
	int n;
	if (package_is(bytes, len)) return workbook_read(r->p->arena, bytes, len, &rows, err);
	TRY(csv_open(&csv, r->p->arena, bytes, len, err));
	for (;;) {
		TRY(csv_row(&csv, &cells, &n, err));
		if (n == 0) return OK;
		TRY(take_row(r, csv.line, cells, n, err));
	}
}

/* ---- The column ---- */

static const struct figure *figure_of(const struct reading *r, const struct result_question *q, struct tally *tally)
{
	const struct page *p = r->p;
	struct figure *f = arena_new(p->arena, struct figure);
	struct figure_line *lines = arena_array(p->arena, struct figure_line, FIGURE_LINES_MAX + 1);
	int hide = MAX(r->first->rule.hide_below, RULE_HIDE_CONFIDENTIAL);
	*f = (struct figure){ .title = q->label, .words = "", .form = "", .lines = lines, .hide_below = hide };
	if (r->how == READ_COUNTS) {
		int64_t sum = 0;
		for (int i = 0; i < q->column.ncodes; i++) sum += MAX(tally->counts[i], 0);
		tally->base = tally->share_base > 0           ? (int)fmin(tally->share_base, INT_MAX)
		              : q->column.kind == COLUMN_SETS ? 0
		                                              : (int)MIN(sum, INT_MAX);
	}
	f->respondents = tally->base;
	for (int i = 0; i < q->column.ncodes && f->nlines < FIGURE_LINES_MAX; i++) {
		struct figure_cell *cell = arena_new(p->arena, struct figure_cell);
		int n = tally->counts[i];
		bool hidden = n < 0 || (n > 0 && n < hide) || tally->base <= 0 || n > tally->base;
		*cell = hidden ? (struct figure_cell){ true, 0, NAN, NAN, NAN }
		               : (struct figure_cell){ false, n, (double)n / tally->base, NAN, NAN };
		lines[f->nlines++] = (struct figure_line){ .key = q->keys[i], .label = q->labels[i], .cells = cell };
	}
	return f;
}

enum code compare_add_file(const struct page *p, const struct results *first, const char *name, const char *bytes,
                           size_t len, struct comparison *ret, struct err *err)
{
	struct reading *r = arena_new(p->arena, struct reading);
	const struct figure **figures = arena_array(p->arena, const struct figure *, (size_t)first->nquestions + 1);
	struct comparison c = *ret;
	int most = 0;
	*r = (struct reading){ .p = p, .first = first, .c = &c };
	if (c.ncolumns == COMPARE_COLUMNS) FAIL(err, E_LIMIT, N_("At most %d are compared at once."), COMPARE_COLUMNS);
	c.file = name;
	c.refusals = arena_array(p->arena, struct compare_refusal, COMPARE_REFUSALS + 1);
	r->tallies = arena_array(p->arena, struct tally, (size_t)first->nquestions + 1);
	for (int i = 0; i < first->nquestions; i++) {
		r->tallies[i].counts = arena_array(p->arena, int, (size_t)first->questions[i].column.ncodes + 1);
		r->tallies[i].seen = arena_array(p->arena, bool, (size_t)first->questions[i].column.ncodes + 1);
	}
	TRY(read_bytes(r, bytes, len, err));
	if (r->how == READ_NOTHING || c.taken == 0) {
		*ret = c;
		FAIL(err, E_INPUT, N_("Nothing of this file could be taken: its first line is to name the questions."));
	}
	for (int i = 0; i < first->nquestions; i++) {
		const struct result_question *q = &first->questions[i];
		if (!r->tallies[i].any || q->kind != QUESTION_CHOICES || q->left_out) continue;
		figures[i] = figure_of(r, q, &r->tallies[i]);
		most = MAX(most, figures[i]->respondents);
	}
	c.columns[c.ncolumns++] = (struct compare_column){
		.name = name, .n = r->how == READ_ANSWERS ? c.taken : most, .figures = figures, .outside = true
	};
	*ret = c;
	return OK;
}

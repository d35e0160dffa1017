#include "features/answers_in/answer_sheet.h"

#include <string.h>

#include "core/survey_target.h"
#include "features/people/code.h"

static const struct grid_limits of_answers = { ANSWERS_COLUMNS, ANSWERS_ROWS, true };

enum code answer_sheet_read(struct arena *a, const struct form *form, const char *bytes, size_t len,
                            struct answer_sheet *ret, struct err *err)
{
	struct answer_sheet sheet = { .form = form, .channel = CHANNEL_PAPER };
	TRY(grid_read_within(a, bytes, len, &of_answers, &sheet.grid, err));
	sheet.targets = answer_targets(a, form);
	sheet.columns = answer_columns(a, &sheet.targets, &sheet.grid);
	sheet.refusals = arena_array(a, struct answer_refusal, ANSWERS_REFUSALS);
	*ret = sheet;
	return OK;
}

void answer_sheet_choose(struct answer_sheet *sheet, const char *const *names)
{
	for (int i = 0; i < sheet->grid.ncolumns; i++) {
		const struct answer_target *target = names[i] ? answer_target_find(&sheet->targets, names[i]) : NULL;
		if (target == NULL) continue;
		sheet->columns[i].target = target;
		if (target->kind) sheet->columns[i].known = false;
	}
}

/* ---- What was said already ---- */

struct seen {
	uint64_t said; /* 0: free */
	int line;      /* 0: it is there already */
};
struct seen_set {
	struct seen *all;
	size_t size, n;
	struct arena *a;
};

static uint64_t short_hash(struct hash hash)
{
	uint64_t n;
	memcpy(&n, hash.b, sizeof(n));
	return n ? n : 1;
}

static struct seen *place_of(const struct seen_set *set, uint64_t said)
{
	size_t at = (size_t)said & (set->size - 1);
	while (set->all[at].said && set->all[at].said != said) at = (at + 1) & (set->size - 1);
	return &set->all[at];
}

static void grow(struct seen_set *set)
{
	struct seen_set next = { .size = set->size ? 2 * set->size : 1024, .n = set->n, .a = set->a };
	next.all = arena_array(set->a, struct seen, next.size);
	for (size_t i = 0; i < set->size; i++)
		if (set->all[i].said) *place_of(&next, set->all[i].said) = set->all[i];
	*set = next;
}

static void add(struct seen_set *set, uint64_t said, int line)
{
	if (2 * (set->n + 1) > set->size) grow(set);
	struct seen *at = place_of(set, said);
	if (at->said) return;
	*at = (struct seen){ said, line };
	set->n++;
}

static void add_there(void *context, struct hash hash)
{
	add(context, short_hash(hash), 0);
}

/* ---- The walk ---- */

struct answer_walk {
	struct arena *a;
	struct answer_sheet *sheet;
	const struct model *model;
	enum lang lang;
	struct answer_reader reader;
	struct seen_set seen;
	json_t *codes; /* code → line */
	struct db *db;
	answer_fn *fn;
	void *context;
};

/* The heading of the column that the mistake is about, or the question's words. */
static const char *heading_of(const struct answer_walk *w, const char *key)
{
	for (int i = 0; i < w->sheet->grid.ncolumns; i++) {
		const struct field *field = w->sheet->columns[i].target->field;
		if (field && strcmp(field->key, key) == 0) return w->sheet->columns[i].name;
	}
	const struct field *field = form_find(w->sheet->form, key);
	return field ? label_text(&field->label, w->lang) : "";
}

static void refuse(struct answer_walk *w, int line, const struct issues *issues)
{
	char said[512];
	struct answer_sheet *sheet = w->sheet;
	sheet->refused++;
	for (const struct issue *issue = issues->first; issue && sheet->nrefusals < ANSWERS_REFUSALS;
	     issue = issue->next) {
		err_format(&issue->err, tr(w->lang, issue->err.msg), said, sizeof(said));
		sheet->refusals[sheet->nrefusals++] = (struct answer_refusal){
			line, arena_strdup(w->a, heading_of(w, issue->field)), arena_strdup(w->a, said)
		};
	}
}

/* The code is of somebody it was sent to, who has not answered; it comes once. */
static enum code check_code(struct answer_walk *w, int at, struct answer_line *line, struct issues *issues,
                            struct err *err)
{
	char code[CODE_TEXT + 1];
	struct survey_target target;
	bool done;
	enum code found = E_NOT_FOUND;
	if (*line->code == '\0') return OK;
	if (code_read(line->code, code))
		found = survey_target_by_code(w->db, issues->arena, w->model, code, &target, err);
	if (found == E_NOT_FOUND || (found == OK && target.form != w->sheet->form)) {
		issues_add(issues, "", N_("“%s” is the code of nobody it was sent to"), line->code);
		return OK;
	}
	TRY(found);
	const json_t *before = json_object_get(w->codes, code);
	if (before) issues_add(issues, "", N_("its code is that of line %d too"), (int)json_integer_value(before));
	else json_object_set_new(w->codes, code, json_integer(at));
	TRY(response_done(w->db, w->sheet->form, 0, target.num, &done, err));
	if (done && before == NULL) issues_add(issues, "", N_("whoever has this code has answered already"));
	w->sheet->codes++;
	line->target = target.num;
	return OK;
}

/* true: it says the same as another, and such lines are left out. */
static bool is_same(struct answer_walk *w, int at, const struct answer_line *line, struct arena *a)
{
	struct answer_sheet *sheet = w->sheet;
	uint64_t said = short_hash(response_content(a, line->values));
	if (w->seen.size == 0) grow(&w->seen);
	const struct seen *before = place_of(&w->seen, said);
	if (before->said == 0) {
		add(&w->seen, said, at);
		return false;
	}
	if (before->line && sheet->same_inside == 0) {
		sheet->first_same = at;
		sheet->same_as = before->line;
	}
	if (before->line) sheet->same_inside++;
	else sheet->same_there++;
	return sheet->leave_same;
}

static enum code walk_row(struct answer_walk *w, const struct grid_row *row, struct arena *a, struct err *err)
{
	struct issues issues;
	struct answer_line line;
	issues_init(&issues, a);
	answer_row_read(&w->reader, row, &issues, &line);
	TRY(check_code(w, row->line, &line, &issues, err));
	w->sheet->left_out += line.left_out;
	if (issues.count == 0 && is_same(w, row->line, &line, a)) return OK;
	if (issues.count == 0 && w->fn) {
		enum code code = w->fn(w->context, &line, a, err);
		if (code == E_FORBIDDEN || code == E_CONFLICT) issues_add_err(&issues, "", err);
		else TRY(code);
	}
	if (issues.count) refuse(w, row->line, &issues);
	else w->sheet->good++;
	return OK;
}

enum code answer_walk_open(struct arena *a, struct answer_sheet *sheet, const struct model *model, enum lang lang,
                           struct db *db, int64_t batch, struct answer_walk **ret, struct err *err)
{
	struct answer_walk *w = arena_new(a, struct answer_walk);
	*w = (struct answer_walk){ .a = a,
		                   .sheet = sheet,
		                   .model = model,
		                   .lang = lang,
		                   .seen = { .a = a },
		                   .codes = json_keep(a, json_object()) };
	answer_reader_init(&w->reader, a, model, sheet->form, sheet->columns, sheet->grid.ncolumns);
	w->reader.channel = sheet->channel;
	sheet->good = sheet->refused = sheet->same_inside = sheet->same_there = sheet->left_out = sheet->codes = 0;
	sheet->nrefusals = 0;
	/* Of an anonymous questionnaire nobody is told what is there already. */
	if (sheet->form->survey->anonymity != ANONYMITY_ANONYMOUS)
		TRY(response_contents(db, sheet->form, batch, add_there, &w->seen, err));
	*ret = w;
	return OK;
}

enum code answer_walk_rows(struct answer_walk *w, struct db *db, int from, int until, answer_fn *fn, void *context,
                           struct err *err)
{
	struct arena a;
	enum code code = OK;
	w->db = db;
	w->fn = fn;
	w->context = context;
	arena_init(&a);
	for (int i = from; i < MIN(until, w->sheet->grid.nrows) && code == OK; i++) {
		code = walk_row(w, &w->sheet->grid.rows[i], &a, err);
		arena_reset(&a);
	}
	arena_release(&a);
	return code;
}

enum code answer_sheet_look(struct arena *a, struct answer_sheet *sheet, const struct model *model, enum lang lang,
                            struct db *db, struct err *err)
{
	struct answer_walk *walk;
	TRY(answer_walk_open(a, sheet, model, lang, db, 0, &walk, err));
	return answer_walk_rows(walk, db, 0, sheet->grid.nrows, NULL, NULL, err);
}

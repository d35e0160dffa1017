/* A survey's structure as tab-separated values → the tables of a file, as LimeSurvey wrote them before version 4: a row
 * for each language. Things follow what they belong to: subquestions and answers their question, questions their group. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "formats/csv.h"
#include "formats/limesurvey_table.h"

enum { NAMED = 16 /* columns before those of attributes, at most */ };

struct tsv {
	struct arena *a;
	struct limesurvey_file *file;
	const char **heads;
	const char **cells;
	int nheads, ncells, line, nrows;
	const char *survey, *language, *gid, *qid;
	int order; /* of what is read next */
};

static const char *cell(const struct tsv *t, const char *name)
{
	for (int i = 0; i < t->nheads && i < t->ncells; i++)
		if (strcmp(t->heads[i], name) == 0) return t->cells[i];
	return "";
}

/* ---- Tables ---- */

static struct limesurvey_table *table_of(struct tsv *t, const char *name)
{
	struct limesurvey_table **at = &t->file->tables;
	for (; *at; at = &(*at)->next)
		if (strcmp((*at)->name, name) == 0) return *at;
	*at = arena_new(t->a, struct limesurvey_table);
	**at = (struct limesurvey_table){ .name = name };
	return *at;
}

static struct limesurvey_row *last_row(const struct limesurvey_table *table)
{
	struct limesurvey_row *row = table->rows;
	while (row && row->next) row = row->next;
	return row;
}

/* Columns are few here. */
static void set(struct tsv *t, struct limesurvey_table *table, struct limesurvey_row *row, const char *column,
                const char *value)
{
	int i = limesurvey_column(table, column);
	if (i < 0) {
		const char **columns = arena_array(t->a, const char *, (size_t)table->ncolumns + 1);
		if (table->ncolumns) memcpy(columns, table->columns, sizeof(*columns) * (size_t)table->ncolumns);
		table->columns = columns;
		table->columns[i = table->ncolumns++] = column;
	}
	if (i >= row->n) {
		const char **values = arena_array(t->a, const char *, (size_t)i + 1);
		if (row->n) memcpy(values, row->values, sizeof(*values) * (size_t)row->n);
		row->values = values;
		row->n = i + 1;
	}
	row->values[i] = arena_strdup(t->a, value);
}

/* Pairs of a column and a value, ended by NULL. */
static void add(struct tsv *t, const char *name, const char *const *pairs)
{
	struct limesurvey_table *table = table_of(t, name);
	struct limesurvey_row *row = arena_new(t->a, struct limesurvey_row), *last = last_row(table);
	*row = (struct limesurvey_row){ .line = t->line };
	if (last) last->next = row;
	else table->rows = row;
	table->n++;
	for (; *pairs; pairs += 2) set(t, table, row, pairs[0], pairs[1]);
}

#define ADD(t, name, ...) add(t, name, (const char *const[]){ __VA_ARGS__, NULL })

/* The number of the thing that has this value in another language already; NULL: there is none. */
static const char *number_of(struct tsv *t, const char *table, const char *const *pairs, const char *number)
{
	const struct limesurvey_table *rows = table_of(t, table);
	for (const struct limesurvey_row *row = rows->rows; row; row = row->next) {
		bool same = true;
		for (const char *const *pair = pairs; *pair && same; pair += 2) {
			const char *value = limesurvey_value(rows, row, pair[0]);
			same = value && strcmp(value, pair[1]) == 0;
		}
		if (same) return limesurvey_value(rows, row, number);
	}
	return NULL;
}

#define NUMBER_OF(t, table, number, ...) number_of(t, table, (const char *const[]){ __VA_ARGS__, NULL }, number)

/* Files of before name no numbers: lines serve. */
static const char *own_number(struct tsv *t, const char *id)
{
	return *id ? id : arena_printf(t->a, "%d", 1000000 + t->line);
}

static const char *place(struct tsv *t)
{
	return arena_printf(t->a, "%d", t->order++);
}

/* ---- Classes of rows ---- */

static void read_setting(struct tsv *t)
{
	struct limesurvey_table *surveys = table_of(t, "surveys");
	if (surveys->rows == NULL) ADD(t, "surveys", "sid", "0");
	const char *name = cell(t, "name");
	if (strcmp(name, "language") == 0) t->language = arena_strdup(t->a, cell(t, "text"));
	if (*name) set(t, surveys, surveys->rows, arena_strdup(t->a, name), cell(t, "text"));
	t->survey = limesurvey_value(surveys, surveys->rows, "sid");
}

static void read_words(struct tsv *t)
{
	struct limesurvey_table *words = table_of(t, "surveys_languagesettings");
	struct limesurvey_row *row = words->rows;
	const char *language = arena_strdup(t->a, cell(t, "language"));
	while (row && strcmp(limesurvey_value(words, row, "surveyls_language"), language) != 0) row = row->next;
	if (row == NULL) {
		ADD(t, "surveys_languagesettings", "surveyls_survey_id", t->survey, "surveyls_language", language);
		row = last_row(words);
	}
	const char *name = cell(t, "name");
	if (*name && strcmp(name, "surveyls_survey_id") != 0 && strcmp(name, "surveyls_language") != 0)
		set(t, words, row, arena_strdup(t->a, name), cell(t, "text"));
}

static void read_group(struct tsv *t)
{
	const char *order = cell(t, "type/scale"), *known = NUMBER_OF(t, "groups", "gid", "group_order", order);
	t->gid = known ? known : arena_strdup(t->a, own_number(t, cell(t, "id")));
	ADD(t, "groups", "gid", t->gid, "sid", t->survey, "group_order", order, "group_name", cell(t, "name"),
	    "description", cell(t, "text"), "grelevance", cell(t, "relevance"), "randomization_group",
	    cell(t, "random_group"), "language", cell(t, "language"));
	t->order = 0;
}

static bool is_translated(const char *attribute)
{
	static const char *const words[] = { "prefix",
		                             "suffix",
		                             "other_replace_text",
		                             "dualscale_headerA",
		                             "dualscale_headerB",
		                             "em_validation_q_tip",
		                             "em_validation_sq_tip",
		                             "choice_title",
		                             "rank_title",
		                             "printable_help" };
	for (size_t i = 0; i < COUNT(words); i++)
		if (strcmp(words[i], attribute) == 0) return true;
	return false;
}

static void read_attributes(struct tsv *t, bool again)
{
	static const char *const named[NAMED] = { "id",       "related_id", "class",        "type/scale",
		                                  "name",     "relevance",  "text",         "help",
		                                  "language", "validation", "mandatory",    "encrypted",
		                                  "other",    "default",    "same_default", "same_script" };
	for (int i = 0; i < t->nheads && i < t->ncells; i++) {
		bool known = false;
		for (int k = 0; k < NAMED && !known; k++) known = strcmp(named[k], t->heads[i]) == 0;
		bool words = is_translated(t->heads[i]);
		if (known || *t->cells[i] == '\0' || (again && !words)) continue;
		ADD(t, "question_attributes", "qid", t->qid, "attribute", t->heads[i], "value", t->cells[i], "language",
		    words ? cell(t, "language") : "");
	}
}

static void read_default(struct tsv *t, const char *part)
{
	if (*cell(t, "default"))
		ADD(t, "defaultvalues", "qid", t->qid, "sqid", part, "language", cell(t, "language"), "defaultvalue",
		    cell(t, "default"));
}

static void read_question(struct tsv *t)
{
	const char *known = NUMBER_OF(t, "questions", "qid", "gid", t->gid, "title", cell(t, "name"));
	t->qid = known ? known : arena_strdup(t->a, own_number(t, cell(t, "id")));
	ADD(t, "questions", "qid", t->qid, "parent_qid", "0", "sid", t->survey, "gid", t->gid, "type",
	    cell(t, "type/scale"), "title", cell(t, "name"), "question", cell(t, "text"), "help", cell(t, "help"),
	    "relevance", cell(t, "relevance"), "preg", cell(t, "validation"), "mandatory", cell(t, "mandatory"),
	    "other", cell(t, "other"), "language", cell(t, "language"), "question_order", place(t));
	read_attributes(t, known != NULL);
	read_default(t, "0");
}

static void read_part(struct tsv *t)
{
	if (strcmp(cell(t, "name"), "other") == 0) return; /* of a question that says other = Y: its default only */
	const char *known = NUMBER_OF(t, "subquestions", "qid", "parent_qid", t->qid, "title", cell(t, "name"),
	                              "scale_id", cell(t, "type/scale"));
	const char *id = known ? known : arena_strdup(t->a, own_number(t, cell(t, "id")));
	ADD(t, "subquestions", "qid", id, "parent_qid", t->qid, "title", cell(t, "name"), "question", cell(t, "text"),
	    "scale_id", cell(t, "type/scale"), "relevance", cell(t, "relevance"), "language", cell(t, "language"),
	    "question_order", place(t));
	read_default(t, id);
}

static void read_answer(struct tsv *t)
{
	ADD(t, "answers", "qid", t->qid, "code", cell(t, "name"), "answer", cell(t, "text"), "sortorder", place(t),
	    "scale_id", cell(t, "type/scale"), "language", cell(t, "language"));
}

static void read_quota(struct tsv *t)
{
	ADD(t, "quota", "id", cell(t, "id"), "name", cell(t, "name"), "qlimit", cell(t, "mandatory"), "active",
	    cell(t, "default"));
}

static void read_quota_member(struct tsv *t)
{
	ADD(t, "quota_members", "quota_id", cell(t, "related_id"), "qid", t->qid, "code", cell(t, "name"));
}

static void read_assessment(struct tsv *t)
{
	ADD(t, "assessments", "name", cell(t, "name"));
}

/* To read another class: a row. Conditions (C) are in "relevance" too, and quotas' words (QTALS) say nothing here. */
static const struct row_class {
	const char *name;
	void (*read)(struct tsv *t);
	bool in_question, in_group;
} classes[] = {
	{ "S", read_setting, false, false },     { "SL", read_words, false, false },
	{ "G", read_group, false, false },       { "Q", read_question, false, true },
	{ "SQ", read_part, true, true },         { "A", read_answer, true, true },
	{ "QTA", read_quota, false, false },     { "QTAM", read_quota_member, true, true },
	{ "AS", read_assessment, false, false },
};

static enum code read_row(struct tsv *t, struct err *err)
{
	const char *name = cell(t, "class");
	for (size_t i = 0; i < COUNT(classes); i++) {
		if (strcmp(classes[i].name, name) != 0) continue;
		if ((classes[i].in_group && t->gid == NULL) || (classes[i].in_question && t->qid == NULL))
			FAIL(err, E_INPUT, N_("line %d: this row (%s) stands before what it belongs to"), t->line,
			     name);
		classes[i].read(t);
		return OK;
	}
	return OK;
}

static enum code read_all(struct tsv *t, struct csv *csv, struct err *err)
{
	enum { ROWS = 20000 }; /* each is looked for among those before it */
	while (true) {
		TRY(csv_row(csv, &t->cells, &t->ncells, err));
		if (t->ncells == 0) return OK;
		t->line = csv->line;
		if (t->nrows++ == ROWS) FAIL(err, E_LIMIT, N_("there are more than %d rows"), ROWS);
		TRY(read_row(t, err));
	}
}

enum code limesurvey_tsv_read(struct arena *a, const char *text, size_t len, struct limesurvey_file *ret,
                              struct err *err)
{
	struct limesurvey_file file = { .kind = "Survey", .version = "", .languages = "" };
	struct tsv t = { .a = a, .file = &file, .survey = "0", .language = "" };
	struct csv csv;
	TRY(csv_open(&csv, a, text, len, err));
	TRY(csv_row(&csv, &t.heads, &t.nheads, err));
	const char **heads = arena_array(a, const char *, (size_t)t.nheads + 1);
	for (int i = 0; i < t.nheads; i++) heads[i] = arena_strdup(a, t.heads[i]);
	t.heads = heads;
	t.cells = heads;
	t.ncells = t.nheads;
	if (csv.separator != '\t' || strcmp(cell(&t, "class"), "class") != 0 ||
	    strcmp(cell(&t, "type/scale"), "type/scale") != 0)
		FAIL(err, E_INPUT,
		     N_("this is not the structure of a LimeSurvey survey: it has no columns “class” and “type/scale”"));
	TRY(read_all(&t, &csv, err));
	*ret = file;
	return OK;
}

#include "formats/limesurvey.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

struct survey_reader {
	struct arena *a;
	const struct limesurvey_file *file;
	bool beside; /* texts are in tables of their own */
	/* By what they belong to; and the rows that hold the texts of a thing, by its id. */
	struct limesurvey_index questions, parts, answers, attributes, defaults;
	struct limesurvey_index group_words, question_words, part_words, answer_words, default_words;
	const char *language;
};

static const char *value(const struct limesurvey_table *table, const struct limesurvey_row *row, const char *column)
{
	const char *text = limesurvey_value(table, row, column);
	return text ? text : "";
}

static int number(const struct limesurvey_table *table, const struct limesurvey_row *row, const char *column)
{
	return (int)strtol(value(table, row, column), NULL, 10);
}

/* ---- Texts ---- */

static void add_text(json_t *texts, const char *language, const char *text)
{
	if (*text && *language) json_object_set_new(texts, language, json_string(text));
}

/* Of rows that hold one language each. */
static const json_t *texts_of(const struct survey_reader *r, const struct limesurvey_index *index, const char *id,
                              const char *column)
{
	json_t *texts = json_keep(r->a, json_object());
	int n;
	const struct limesurvey_row **rows = limesurvey_find(index, id, &n);
	for (int i = 0; i < n; i++) {
		const char *language = value(index->table, rows[i], "language");
		add_text(texts, *language ? language : r->language, value(index->table, rows[i], column));
	}
	return texts;
}

/* ---- What is sorted by a number ---- */

struct ordered {
	const struct limesurvey_row *row;
	int scale, order, place;
};

static int by_order(const void *a, const void *b)
{
	const struct ordered *x = a, *y = b;
	if (x->scale != y->scale) return x->scale < y->scale ? -1 : 1;
	if (x->order != y->order) return x->order < y->order ? -1 : 1;
	return (x->place > y->place) - (x->place < y->place);
}

/* The rows of an index found by `id`, each thing (same `key` and scale) once, sorted by scale, then by the column `order`. */
static int things_of(const struct survey_reader *r, const struct limesurvey_index *index, const char *id,
                     const char *key, const char *order, struct ordered **ret)
{
	int n, kept = 0;
	const struct limesurvey_row **rows = limesurvey_find(index, id, &n);
	struct ordered *things = arena_array(r->a, struct ordered, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		const char *own = value(index->table, rows[i], key), *scale = value(index->table, rows[i], "scale_id");
		bool known = false;
		/* Those of one thing follow each other or are few: languages. */
		for (int k = MAX(0, kept - LIMESURVEY_PARTS); k < kept && !known; k++)
			known = strcmp(value(index->table, things[k].row, key), own) == 0 &&
			        strcmp(value(index->table, things[k].row, "scale_id"), scale) == 0;
		if (known || kept == LIMESURVEY_PARTS) continue;
		things[kept] = (struct ordered){ rows[i], number(index->table, rows[i], "scale_id"),
			                         number(index->table, rows[i], order), kept };
		kept++;
	}
	if (kept) qsort(things, (size_t)kept, sizeof(*things), by_order);
	*ret = things;
	return kept;
}

/* ---- Questions ---- */

static void read_answers(const struct survey_reader *r, struct limesurvey_question *question)
{
	const struct limesurvey_table *table = r->answers.table;
	struct ordered *things;
	int n = things_of(r, &r->answers, question->id, "code", "sortorder", &things), nrows;
	const struct limesurvey_row **rows = limesurvey_find(&r->answers, question->id, &nrows);
	struct limesurvey_answer *answers = arena_array(r->a, struct limesurvey_answer, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		const char *code = value(table, things[i].row, "code");
		int scale = number(table, things[i].row, "scale_id");
		const json_t *text;
		if (r->beside) {
			text = texts_of(r, &r->answer_words, value(table, things[i].row, "aid"), "answer");
		} else {
			json_t *texts = json_keep(r->a, json_object());
			for (int k = 0; k < nrows; k++) {
				if (strcmp(value(table, rows[k], "code"), code) != 0) continue;
				if (number(table, rows[k], "scale_id") != scale) continue;
				add_text(texts, value(table, rows[k], "language"), value(table, rows[k], "answer"));
			}
			text = texts;
		}
		answers[i] = (struct limesurvey_answer){ code, scale, text };
	}
	question->answers = answers;
	question->nanswers = n;
}

static void read_parts(const struct survey_reader *r, struct limesurvey_question *question)
{
	const struct limesurvey_table *table = r->parts.table;
	struct ordered *things;
	int n = things_of(r, &r->parts, question->id, "qid", "question_order", &things);
	struct limesurvey_part *parts = arena_array(r->a, struct limesurvey_part, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		const char *id = value(table, things[i].row, "qid");
		parts[i] = (struct limesurvey_part){
			id,
			value(table, things[i].row, "title"),
			value(table, things[i].row, "relevance"),
			number(table, things[i].row, "scale_id"),
			texts_of(r, &r->part_words, id, "question"),
		};
	}
	question->parts = parts;
	question->nparts = n;
}

static const json_t *read_attributes(const struct survey_reader *r, const char *id)
{
	const struct limesurvey_table *table = r->attributes.table;
	json_t *attributes = json_keep(r->a, json_object());
	int n;
	const struct limesurvey_row **rows = limesurvey_find(&r->attributes, id, &n);
	for (int i = 0; i < n; i++) {
		const char *name = value(table, rows[i], "attribute"), *text = value(table, rows[i], "value");
		const char *language = value(table, rows[i], "language");
		if (*name == '\0' || *text == '\0') continue;
		if (*language == '\0') {
			json_object_set_new(attributes, name, json_string(text));
			continue;
		}
		json_t *texts = json_object_get(attributes, name);
		if (!json_is_object(texts)) json_object_set_new(attributes, name, texts = json_object());
		add_text(texts, language, text);
	}
	return attributes;
}

static const json_t *read_defaults(const struct survey_reader *r, const char *id)
{
	const struct limesurvey_table *table = r->defaults.table;
	json_t *defaults = json_keep(r->a, json_object());
	int n;
	const struct limesurvey_row **rows = limesurvey_find(&r->defaults, id, &n);
	for (int i = 0; i < n; i++) {
		const char *part = value(table, rows[i], "sqid"), *special = value(table, rows[i], "specialtype");
		const char *key = *special ? special : strcmp(part, "0") == 0 ? "" : part;
		json_t *texts = json_object_get(defaults, key);
		if (texts == NULL) json_object_set_new(defaults, key, texts = json_object());
		if (r->default_words.table)
			json_object_update(texts, (json_t *)texts_of(r, &r->default_words,
			                                             value(table, rows[i], "dvid"), "defaultvalue"));
		else add_text(texts, value(table, rows[i], "language"), value(table, rows[i], "defaultvalue"));
	}
	return defaults;
}

static struct limesurvey_question read_question(const struct survey_reader *r, const struct limesurvey_row *row)
{
	const struct limesurvey_table *table = r->questions.table;
	const char *id = value(table, row, "qid"), *mandatory = value(table, row, "mandatory");
	struct limesurvey_question question = {
		.id = id,
		.code = value(table, row, "title"),
		.type = *value(table, row, "type"),
		.line = row->line,
		.mandatory = *mandatory == 'Y' || *mandatory == 'S',
		.soft = *mandatory == 'S',
		.other = *value(table, row, "other") == 'Y',
		.relevance = value(table, row, "relevance"),
		.pattern = value(table, row, "preg"),
		.text = texts_of(r, &r->question_words, id, "question"),
		.help = texts_of(r, &r->question_words, id, "help"),
		.attributes = read_attributes(r, id),
		.defaults = read_defaults(r, id),
	};
	read_answers(r, &question);
	read_parts(r, &question);
	return question;
}

/* ---- Groups ---- */

static struct limesurvey_group read_group(const struct survey_reader *r, const struct limesurvey_table *table,
                                          const struct limesurvey_row *row, struct limesurvey *survey)
{
	const char *id = value(table, row, "gid");
	struct ordered *things;
	int n = things_of(r, &r->questions, id, "qid", "question_order", &things);
	struct limesurvey_question *questions = arena_array(r->a, struct limesurvey_question, (size_t)n + 1);
	n = MIN(n, LIMESURVEY_QUESTIONS - survey->nquestions);
	for (int i = 0; i < n; i++) questions[i] = read_question(r, things[i].row);
	survey->nquestions += n;
	return (struct limesurvey_group){
		.id = id,
		.relevance = value(table, row, "grelevance"),
		.random = value(table, row, "randomization_group"),
		.name = texts_of(r, &r->group_words, id, "group_name"),
		.description = texts_of(r, &r->group_words, id, "description"),
		.questions = questions,
		.nquestions = n,
	};
}

/* All groups belong to the one survey of the file. */
static void read_groups(const struct survey_reader *r, struct limesurvey *survey)
{
	const struct limesurvey_table *table = limesurvey_table(r->file, "groups");
	struct limesurvey_index index = limesurvey_index(r->a, table, "sid");
	struct ordered *things;
	int n = things_of(r, &index, survey->id, "gid", "group_order", &things);
	struct limesurvey_group *groups = arena_array(r->a, struct limesurvey_group, (size_t)n + 1);
	for (int i = 0; i < n; i++) groups[i] = read_group(r, table, things[i].row, survey);
	survey->groups = groups;
	survey->ngroups = n;
}

/* ---- Quotas ---- */

static void read_quotas(const struct survey_reader *r, struct limesurvey *survey)
{
	const struct limesurvey_table *table = limesurvey_table(r->file, "quota");
	const struct limesurvey_table *member = limesurvey_table(r->file, "quota_members");
	struct limesurvey_index members = limesurvey_index(r->a, member, "quota_id");
	struct limesurvey_quota *quotas;
	if (table == NULL) return;
	survey->quotas = quotas = arena_array(r->a, struct limesurvey_quota, (size_t)table->n + 1);
	for (const struct limesurvey_row *row = table->rows; row; row = row->next) {
		struct buf codes;
		int n;
		const struct limesurvey_row **rows = limesurvey_find(&members, value(table, row, "id"), &n);
		struct limesurvey_quota quota = {
			.name = value(table, row, "name"),
			.limit = number(table, row, "qlimit"),
			.active = number(table, row, "active") != 0,
			.question = "",
		};
		buf_init(&codes, r->a, 0);
		for (int i = 0; i < n; i++) {
			const char *about = value(member, rows[i], "qid");
			if (i == 0 || strcmp(about, value(member, rows[i - 1], "qid")) != 0) quota.nquestions++;
			if (i == 0) quota.question = about;
			buf_printf(&codes, "%s%s", i ? " " : "", value(member, rows[i], "code"));
		}
		quota.codes = buf_str(&codes);
		quotas[survey->nquotas++] = quota;
	}
}

/* ---- The survey ---- */

static const json_t *read_settings(const struct survey_reader *r, const struct limesurvey_table *table)
{
	json_t *settings = json_keep(r->a, json_object());
	for (int i = 0; i < table->ncolumns; i++) {
		const char *text = value(table, table->rows, table->columns[i]);
		if (*text) json_object_set_new(settings, table->columns[i], json_string(text));
	}
	return settings;
}

static void open_indexes(struct survey_reader *r)
{
	const struct limesurvey_file *file = r->file;
	const struct limesurvey_table *questions = limesurvey_table(file, "questions");
	const struct limesurvey_table *parts = limesurvey_table(file, "subquestions");
	const struct limesurvey_table *words = limesurvey_table(file, "question_l10ns");
	r->beside = words && words->n;
	r->questions = limesurvey_index(r->a, questions, "gid");
	r->parts = limesurvey_index(r->a, parts, "parent_qid");
	r->answers = limesurvey_index(r->a, limesurvey_table(file, "answers"), "qid");
	r->attributes = limesurvey_index(r->a, limesurvey_table(file, "question_attributes"), "qid");
	r->defaults = limesurvey_index(r->a, limesurvey_table(file, "defaultvalues"), "qid");
	r->question_words = limesurvey_index(r->a, r->beside ? words : questions, "qid");
	r->part_words = limesurvey_index(r->a, r->beside ? words : parts, "qid");
	r->group_words = limesurvey_index(r->a, limesurvey_table(file, r->beside ? "group_l10ns" : "groups"), "gid");
	r->answer_words = limesurvey_index(r->a, limesurvey_table(file, "answer_l10ns"), "aid");
	r->default_words = limesurvey_index(r->a, limesurvey_table(file, "defaultvalue_l10ns"), "dvid");
}

struct survey_words {
	const char *column;
	const json_t **ret;
};

/* Rows of the survey name their language in a column of their own. */
static void read_survey_words(const struct survey_reader *r, const char *id, const struct survey_words *words, size_t n)
{
	struct limesurvey_index index = limesurvey_index(r->a, limesurvey_table(r->file, "surveys_languagesettings"),
	                                                 "surveyls_survey_id");
	int nrows;
	const struct limesurvey_row **rows = limesurvey_find(&index, id, &nrows);
	for (size_t i = 0; i < n; i++) {
		json_t *texts = json_keep(r->a, json_object());
		for (int k = 0; k < nrows; k++)
			add_text(texts, value(index.table, rows[k], "surveyls_language"),
			         value(index.table, rows[k], words[i].column));
		*words[i].ret = texts;
	}
}

static const char *join_languages(struct arena *a, const char *own, const char *others)
{
	return text_trim(a, arena_printf(a, "%s %s", own, others));
}

static int rows_of(const struct limesurvey_file *file, const char *name)
{
	const struct limesurvey_table *table = limesurvey_table(file, name);
	return table ? table->n : 0;
}

enum code limesurvey_read(struct arena *a, const struct limesurvey_file *file, struct limesurvey *ret, struct err *err)
{
	const struct limesurvey_table *surveys = limesurvey_table(file, "surveys");
	const struct limesurvey_table *questions = limesurvey_table(file, "questions");
	if (strcmp(file->kind, "Survey") != 0)
		FAIL(err, E_INPUT, N_("this LimeSurvey file is not a survey: its kind is “%s”"), file->kind);
	if (surveys == NULL || surveys->rows == NULL) FAIL(err, E_INPUT, N_("this LimeSurvey file holds no survey"));
	if (questions && questions->n > LIMESURVEY_QUESTIONS * 20)
		FAIL(err, E_LIMIT, N_("there are more than %d questions"), LIMESURVEY_QUESTIONS);

	struct survey_reader r = { .a = a, .file = file, .language = value(surveys, surveys->rows, "language") };
	open_indexes(&r);
	struct limesurvey survey = {
		.id = value(surveys, surveys->rows, "sid"),
		.version = file->version,
		.language = r.language,
		.languages = join_languages(a, r.language, value(surveys, surveys->rows, "additional_languages")),
		.settings = read_settings(&r, surveys),
		.nassessments = rows_of(file, "assessments"),
		.nparameters = rows_of(file, "survey_url_parameters"),
	};
	const struct survey_words words[] = {
		{ "surveyls_title", &survey.title },
		{ "surveyls_description", &survey.description },
		{ "surveyls_welcometext", &survey.welcome },
		{ "surveyls_endtext", &survey.end },
	};
	read_survey_words(&r, survey.id, words, COUNT(words));
	read_groups(&r, &survey);
	read_quotas(&r, &survey);
	*ret = survey;
	return OK;
}

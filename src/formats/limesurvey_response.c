#include "formats/limesurvey_response.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"

/* What a column holds of a question. */
enum part { PART_WHOLE, PART_LINE, PART_CELL, PART_FIRST, PART_SECOND, PART_RANK, PART_OTHER, PART_COMMENT };

struct column {
	const struct limesurvey_name *name; /* NULL: nothing of the questionnaire */
	enum part part;
	int line, cell; /* positions among its subquestions; rank: from 0 */
};

struct limesurvey_columns {
	const struct limesurvey_table *table;
	struct column *all;
};

/* ---- Which column is what ---- */

static bool is_several(const struct limesurvey_question *question)
{
	return question->type == 'M' || question->type == 'P';
}

/* Several columns may be chosen, of a table of boxes. */
static bool is_boxes(const struct limesurvey_question *question)
{
	return question->type == ':' &&
	       strcmp(json_str_or(question->attributes, "multiflexible_checkbox", ""), "1") == 0;
}

static bool cell_of(const struct limesurvey_question *question, const char *rest, struct column *ret)
{
	for (int i = 0; i < question->nparts; i++)
		if (question->parts[i].scale == 1 && strcmp(question->parts[i].code, rest) == 0) {
			ret->part = PART_CELL;
			ret->cell = i;
			return true;
		}
	return false;
}

/* What stands behind a subquestion's code. */
static bool behind_line(const struct limesurvey_question *question, const char *rest, struct column *ret)
{
	ret->part = PART_LINE;
	if (*rest == '\0') return true;
	if (strcmp(rest, "comment") == 0 && question->type == 'P') ret->part = PART_COMMENT;
	else if (strcmp(rest, "#0") == 0) ret->part = PART_FIRST;
	else if (strcmp(rest, "#1") == 0) ret->part = PART_SECOND;
	else return *rest == '_' && cell_of(question, rest + 1, ret);
	return true;
}

static bool part_of(const struct limesurvey_question *question, const char *rest, struct column *ret)
{
	*ret = (struct column){ .part = PART_WHOLE, .line = -1 };
	if (question->type == 'R') {
		ret->part = PART_RANK;
		ret->line = (int)strtol(rest, NULL, 10) - 1;
		return *rest && rest[strspn(rest, "0123456789")] == '\0';
	}
	if (*rest == '\0') return true;
	ret->part = PART_COMMENT;
	if (question->type == '|') return strcmp(rest, "_filecount") == 0;
	ret->part = PART_OTHER;
	if (strcmp(rest, "other") == 0) return true;
	ret->part = PART_COMMENT;
	if (strcmp(rest, "comment") == 0 || strcmp(rest, "othercomment") == 0) return true;
	for (int i = 0; i < question->nparts; i++) {
		size_t len = strlen(question->parts[i].code);
		ret->line = i;
		if (question->parts[i].scale == 0 && strncmp(rest, question->parts[i].code, len) == 0 &&
		    behind_line(question, rest + len, ret))
			return true;
	}
	return false;
}

/* "_841748X3X3SQ001": the name of a question's number, that of its group agreeing, and of a part of it. */
static bool find_column(const struct limesurvey_names *names, const char *head, struct column *ret)
{
	const char *group = strchr(head, 'X'), *question = group ? strchr(group + 1, 'X') : NULL;
	if (question == NULL) return false;
	for (int i = 0; i < names->n; i++) {
		const struct limesurvey_name *name = &names->all[i];
		size_t len = strlen(name->question->id), own = strlen(name->group->id);
		if (own != (size_t)(question - group - 1) || memcmp(name->group->id, group + 1, own) != 0) continue;
		if (strncmp(question + 1, name->question->id, len) != 0) continue;
		if (!part_of(name->question, question + 1 + len, ret)) continue;
		ret->name = name;
		return true;
	}
	return false;
}

/* What LimeSurvey knows besides answers; when and from where is not taken. */
static bool is_known(const char *head)
{
	static const char *const known[] = { "id",   "token",     "submitdate", "lastpage", "startlanguage",
		                             "seed", "startdate", "datestamp",  "ipaddr",   "refurl" };
	for (size_t i = 0; i < COUNT(known); i++)
		if (strcmp(known[i], head) == 0) return true;
	return false;
}

/* Files stay on LimeSurvey's server: the archive has their names alone. */
static void tell_files(const struct limesurvey_columns *columns, struct issues *lost)
{
	for (int i = 0; i < columns->table->ncolumns; i++) {
		const struct column *column = &columns->all[i];
		int n = 0;
		if (column->name == NULL || column->name->question->type != '|' || column->part != PART_WHOLE) continue;
		for (const struct limesurvey_row *row = columns->table->rows; row; row = row->next)
			n += i < row->n && row->values[i] && *row->values[i] && strcmp(row->values[i], "[]") != 0;
		if (n)
			issues_add(
			        lost, column->name->question->code,
			        N_("files were given in answer to it (%d times): they are not in the archive, and not taken over"),
			        n);
	}
}

const struct limesurvey_columns *limesurvey_columns(struct arena *a, const struct limesurvey_names *names,
                                                    const struct limesurvey_table *table, struct issues *lost)
{
	struct limesurvey_columns *columns = arena_new(a, struct limesurvey_columns);
	columns->table = table;
	columns->all = arena_array(a, struct column, (size_t)table->ncolumns + 1);
	for (int i = 0; i < table->ncolumns; i++) {
		char *head = arena_strdup(a, table->columns[i] + (table->columns[i][0] == '_'));
		for (char *c = head; *c; c++)
			if (*c == '-') *c = '#';
		if (is_known(head) || find_column(names, head, &columns->all[i])) continue;
		issues_add(lost, "", N_("the column “%s” of the answers is not taken over: no question is called so"),
		           head);
	}
	tell_files(columns, lost);
	return columns;
}

/* ---- Values ---- */

struct reading {
	struct arena *a;
	struct issues *issues;
	json_t *values;
};

/* The object or the list that a question's columns fill, made when the first does. */
static json_t *whole_of(const struct reading *r, const struct limesurvey_name *name, json_t *(*make)(void))
{
	json_t *whole = json_object_get(r->values, name->key);
	if (whole == NULL) json_object_set_new(r->values, name->key, whole = make());
	return whole;
}

static json_t *inside(json_t *whole, const char *key, json_t *(*make)(void))
{
	json_t *part = json_object_get(whole, key);
	if (part == NULL) json_object_set_new(whole, key, part = make());
	return part;
}

static const char *key_of(const struct reading *r, const struct limesurvey_name *name, const char *code)
{
	const char *key = limesurvey_key(r->a, name, code);
	if (key == NULL)
		issues_add(r->issues, name->question->code, N_("“%s” is not among the answers that it offers"), code);
	return key;
}

static json_t *number_of(const struct reading *r, const struct limesurvey_name *name, const char *text)
{
	char number[NUMBER_SIZE];
	struct err err;
	if (number_parse(text, LANG_EN, number, &err) == OK) return json_string(number);
	issues_add(r->issues, name->question->code, N_("“%s” is not a number"), text);
	return NULL;
}

/* "2024-03-09 10:30:00" → the day, or with the time where hours were asked for. */
static json_t *date_of(const struct limesurvey_name *name, const char *text)
{
	const char *format = json_str_or(name->question->attributes, "date_format", "");
	bool time = strpbrk(format, "Hh") != NULL && strlen(text) >= 16;
	return time ? json_sprintf("%.10sT%.5s", text, text + 11) : json_sprintf("%.10s", text);
}

/* An item among those chosen: a key, or an object once there is more to say. */
static void put_item(json_t *list, const char *key, const char *member, const char *text)
{
	size_t i;
	json_t *item;
	json_array_foreach (list, i, item) {
		const char *own = json_is_object(item) ? json_str(item, "key") : json_string_value(item);
		if (strcmp(own, key) != 0) continue;
		if (member && !json_is_object(item))
			json_array_set_new(list, i, json_pack("{s:s, s:s}", "key", key, member, text));
		else if (member) json_object_set_new(item, member, json_string(text));
		return;
	}
	json_array_append_new(list, member ? json_pack("{s:s, s:s}", "key", key, member, text) : json_string(key));
}

static void read_several(const struct reading *r, const struct column *column, const char *text)
{
	const struct limesurvey_name *name = column->name;
	json_t *list = whole_of(r, name, json_array);
	const char *key = column->line >= 0 ? name->parts[column->line] : "other";
	if (column->part == PART_OTHER) put_item(list, "other", "text", text);
	else if (column->part == PART_COMMENT) put_item(list, key, "comment", text);
	else if (column->part == PART_LINE && strcmp(text, "Y") == 0) put_item(list, key, NULL, NULL);
}

/* One choice: the columns of its other text and of its comment come after it. */
static void read_choice(const struct reading *r, const struct column *column, const char *text)
{
	const struct limesurvey_name *name = column->name;
	json_t *value = json_object_get(r->values, name->key);
	const char *member = column->part == PART_OTHER ? "text" : column->part == PART_COMMENT ? "comment" : NULL;
	if (member == NULL) {
		const char *key = key_of(r, name, text);
		if (key) json_object_set_new(r->values, name->key, json_string(key));
	} else if (json_is_object(value)) {
		json_object_set_new(value, member, json_string(text));
	} else if (value) {
		json_object_set_new(r->values, name->key,
		                    json_pack("{s:s, s:s}", "key", json_string_value(value), member, text));
	}
}

static void read_rank(const struct reading *r, const struct column *column, const char *text)
{
	const char *key = key_of(r, column->name, text);
	if (key) json_array_append_new(whole_of(r, column->name, json_array), json_string(key));
}

/* Lines that are answered with a code, a number or words; with cells, or on two scales. */
static void read_line(const struct reading *r, const struct column *column, const char *text)
{
	const struct limesurvey_name *name = column->name;
	const struct limesurvey_question *question = name->question;
	json_t *whole, *value = NULL;
	if (column->line < 0) return;
	const char *line = name->parts[column->line], *key;
	if (is_boxes(question)) {
		if (column->part != PART_CELL || strcmp(text, "1") != 0) return;
		whole = inside(whole_of(r, name, json_object), line, json_array);
		json_array_append_new(whole, json_string(name->parts[column->cell]));
		return;
	}
	if (strchr("K:", question->type)) value = number_of(r, name, text);
	else if (strchr("Q;", question->type)) value = json_string(text);
	else if ((key = key_of(r, name, text))) value = json_string(key);
	if (value == NULL) return;
	whole = whole_of(r, name, json_object);
	if (column->part == PART_CELL)
		json_object_set_new(inside(whole, line, json_object), name->parts[column->cell], value);
	else if (column->part == PART_FIRST) json_object_set_new(inside(whole, line, json_object), "first", value);
	else if (column->part == PART_SECOND) json_object_set_new(inside(whole, line, json_object), "second", value);
	else json_object_set_new(whole, line, value);
}

static void read_step(const struct reading *r, const struct column *column, const char *text)
{
	char *end;
	long step = strtol(text, &end, 10);
	if (*end == '\0') json_object_set_new(r->values, column->name->key, json_integer(step));
	else issues_add(r->issues, column->name->question->code, N_("“%s” is not a number"), text);
}

static void read_cell(const struct reading *r, const struct column *column, const char *text)
{
	const struct limesurvey_name *name = column->name;
	char type = name->question->type;
	json_t *value;
	if (is_several(name->question)) read_several(r, column, text);
	else if (strchr("LO!YG", type)) read_choice(r, column, text);
	else if (type == 'R') read_rank(r, column, text);
	else if (type == '5') read_step(r, column, text);
	else if (strchr("1ABCEFHKQ:;", type)) read_line(r, column, text);
	else if (type == 'D') json_object_set_new(r->values, name->key, date_of(name, text));
	else if (type == 'N' && (value = number_of(r, name, text))) json_object_set_new(r->values, name->key, value);
	else if (strchr("STU", type)) json_object_set_new(r->values, name->key, json_string(text));
}

static const char *known(const struct limesurvey_columns *columns, const struct limesurvey_row *row, const char *name)
{
	const char *text = limesurvey_value(columns->table, row, name);
	return text ? text : "";
}

struct limesurvey_response limesurvey_response(struct arena *a, const struct limesurvey_columns *columns,
                                               const struct limesurvey_row *row, struct issues *issues)
{
	struct reading r = { a, issues, json_keep(a, json_object()) };
	const char *key;
	void *next;
	json_t *value;
	for (int i = 0; i < row->n; i++)
		if (columns->all[i].name && row->values[i] && *row->values[i])
			read_cell(&r, &columns->all[i], row->values[i]);
	/* Boxes none of which was chosen. */
	json_object_foreach_safe(r.values, next, key, value) if (json_is_array(value) && json_array_size(value) == 0)
	        json_object_del(r.values, key);
	return (struct limesurvey_response){
		.id = known(columns, row, "id"),
		.language = known(columns, row, "startlanguage"),
		.token = known(columns, row, "token"),
		.submitted = known(columns, row, "submitdate"),
		.started = known(columns, row, "startdate"),
		.line = row->line,
		.values = r.values,
	};
}

#include "features/limesurvey/sent.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "formats/package.h"

/* ---- The file ---- */

/* An archive has the survey, and what was answered and who was invited where there is any. */
struct parts {
	struct limesurvey_file survey, answers, participants;
	bool has_answers, has_participants;
};

static enum code read_part(struct arena *a, struct package *package, const char *end, struct limesurvey_file *ret,
                           bool *has, struct err *err)
{
	const char *name = package_ending(package, end);
	struct package_part part;
	*has = false;
	if (name == NULL) return OK;
	TRY(package_read(a, package, name, &part, err));
	TRY(limesurvey_tables_read(a, part.text, part.len, ret, err));
	*has = true;
	return OK;
}

static enum code read_parts(struct arena *a, const char *bytes, size_t len, struct parts *ret, struct err *err)
{
	struct package *package;
	bool has;
	if (!package_is(bytes, len)) {
		size_t at = len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
		bool xml = at < len && bytes[at] == '<';
		return (xml ? limesurvey_tables_read : limesurvey_tsv_read)(a, bytes, len, &ret->survey, err);
	}
	TRY(package_open(a, bytes, len, &package, err));
	TRY(read_part(a, package, ".lss", &ret->survey, &has, err));
	if (!has) FAIL(err, E_INPUT, N_("This archive holds no survey (.lss)."));
	TRY(read_part(a, package, ".lsr", &ret->answers, &ret->has_answers, err));
	return read_part(a, package, ".lst", &ret->participants, &ret->has_participants, err);
}

/* ---- A sound definition ---- */

/* The place of a mistake: "fields.12.show_if" → fields, 12, "show_if". */
static bool place_of(const char *path, char table[static 8], size_t *i, const char **member)
{
	int read = 0;
	unsigned at;
	if (sscanf(path, "%7[a-z].%u%n", table, &at, &read) != 2) return false;
	*i = at;
	*member = path[read] == '.' ? path + read + 1 : "";
	return true;
}

/* Takes away what a mistake is about, and tells; false: there is no such thing to take away. */
static bool take_away(struct sent *sent, const struct issue *issue)
{
	char table[8];
	size_t i;
	const char *member;
	if (strcmp(issue->field, "survey") == 0) {
		json_t *survey = json_object_get(sent->definition, "survey");
		if (json_object_get(survey, "quotas") == NULL) return false;
		issues_add(&sent->lost, "", N_("its quotas are not taken over"));
		return json_object_del(survey, "quotas") == 0;
	}
	if (!place_of(issue->field, table, &i, &member)) return false;
	json_t *rows = json_object_get(sent->definition, table), *row = json_array_get(rows, i);
	const char *key = json_str_or(row, "key", "");
	if (row == NULL) return false;
	if (json_object_get(row, member) && strcmp(member, "show_if") == 0) {
		issues_add(&sent->lost, key, N_("its condition is not taken over, it is always asked: “%s”"),
		           json_str_or(row, member, ""));
		issues_add_err(&sent->lost, key, &issue->err);
		return json_object_del(row, member) == 0;
	}
	if (strcmp(table, "fields") != 0) return false;
	issues_add(&sent->lost, key, N_("it cannot be asked here: it is left out"));
	issues_add_err(&sent->lost, key, &issue->err);
	return json_array_remove(rows, i) == 0;
}

static enum code make_sound(struct request *r, struct sent *sent, struct err *err)
{
	enum { TRIES = 1000 };
	const struct model *model = r->page.model;
	json_object_set_new(sent->definition, "key", json_string("limesurvey"));
	for (int i = 0; i < TRIES; i++) {
		struct issues issues;
		issues_init(&issues, r->arena);
		if (form_parse(r->arena, sent->definition, model->lists, model->nlists, &sent->form, &issues, err) ==
		    OK)
			return OK;
		if (issues.first == NULL || !take_away(sent, issues.first)) break;
	}
	return E_INPUT;
}

/* ---- Answers ---- */

static void refuse(struct request *r, struct sent *sent, int line, const struct issue *issue)
{
	char said[512];
	if (sent->nrefusals == LIMESURVEY_REFUSALS) return;
	err_format(&issue->err, tr(r->page.lang, issue->err.msg), said, sizeof(said));
	sent->refusals[sent->nrefusals++] = (struct sent_refusal){ line, issue->field, arena_strdup(r->arena, said) };
}

/* What questions are there for; what a later correction of the survey took away is left. */
static void check_answer(const struct sent *sent, json_t *values, struct issues *issues)
{
	const char *key;
	void *next;
	json_t *value;
	json_object_foreach_safe(values, next, key, value)
	{
		const struct field *field = form_field(&sent->form, key);
		if (field) field->type->check(field, value, issues);
		else json_object_del(values, key);
	}
}

/* Of what was begun, whoever goes on looks at it again: what does not fit goes without a word. */
static void keep_sound(struct arena *a, const struct sent *sent, json_t *values)
{
	const char *key;
	void *next;
	json_t *value;
	json_object_foreach_safe(values, next, key, value)
	{
		const struct field *field = form_field(&sent->form, key);
		struct issues issues;
		issues_init(&issues, a);
		if (field) field->type->check(field, value, &issues);
		if (field == NULL || issues.count) json_object_del(values, key);
	}
}

static enum code read_answers(struct request *r, const struct limesurvey_file *file, struct sent *sent, struct err *err)
{
	const struct limesurvey_table *table = limesurvey_table(file, "responses");
	struct limesurvey_names names = limesurvey_names(r->arena, &sent->survey);
	if (table == NULL) return OK;
	if (table->n > LIMESURVEY_ANSWERS)
		FAIL(err, E_LIMIT, N_("There are more than %d answers in this file."), LIMESURVEY_ANSWERS);
	const struct limesurvey_columns *columns = limesurvey_columns(r->arena, &names, table, &sent->lost);
	sent->answers = arena_array(r->arena, struct limesurvey_response, (size_t)table->n + 1);
	sent->begun = arena_array(r->arena, struct limesurvey_response, (size_t)table->n + 1);
	for (const struct limesurvey_row *row = table->rows; row; row = row->next) {
		struct issues issues;
		issues_init(&issues, r->arena);
		struct limesurvey_response answer = limesurvey_response(r->arena, columns, row, &issues);
		if (*answer.submitted == '\0') {
			keep_sound(r->arena, sent, answer.values);
			sent->begun[sent->nbegun++] = answer;
			continue;
		}
		check_answer(sent, answer.values, &issues);
		for (const struct issue *issue = issues.first; issue; issue = issue->next)
			refuse(r, sent, row->line, issue);
		if (issues.count) sent->nrefused++;
		else sent->answers[sent->nanswers++] = answer;
	}
	return OK;
}

enum code sent_read(struct request *r, const char *bytes, size_t len, struct sent *ret, struct err *err)
{
	struct parts parts = { 0 };
	struct sent sent = { .name = "" };
	TRY(read_parts(r->arena, bytes, len, &parts, err));
	TRY(limesurvey_read(r->arena, &parts.survey, &sent.survey, err));
	*ret = sent;
	issues_init(&ret->lost, r->arena);
	ret->definition = limesurvey_form(r->arena, &ret->survey, &ret->lost);
	json_object_set(ret->definition, "plural", json_object_get(ret->definition, "label"));
	json_object_set_new(ret->definition, "add", json_pack("{s:s,s:s}", "fr", "Répondre", "en", "Answer"));
	json_object_set_new(ret->definition, "icon", json_string("clipboard-list"));
	TRY(make_sound(r, ret, err));
	const struct limesurvey_table *people = parts.has_participants ? limesurvey_table(&parts.participants, "tokens")
	                                                               : NULL;
	if (parts.has_answers) TRY(read_answers(r, &parts.answers, ret, err));
	if (people) sent_people_read(r, people, ret);
	ret->nunsent = ret->nbegun;
	for (int i = 0; i < ret->npeople; i++) ret->nunsent -= ret->people[i].begun != NULL;
	return OK;
}

#include "formats/limesurvey_write.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/field_type.h"
#include "core/form_answers.h"
#include "rich/markdown.h"

enum { SURVEY_ID = 100000, VERSION = 498, COLUMNS_MAX = 24 };

/* ---- Tables ---- */

struct table {
	const char *name;
	const char *columns[COLUMNS_MAX]; /* ends with NULL */
	struct buf rows;
};

enum tables {
	ANSWERS,
	ANSWER_TEXTS,
	GROUPS,
	GROUP_TEXTS,
	QUESTIONS,
	SUBQUESTIONS,
	QUESTION_TEXTS,
	ATTRIBUTES,
	QUOTAS,
	QUOTA_MEMBERS,
	QUOTA_TEXTS,
	SURVEYS,
	SURVEY_TEXTS,
	TABLES
};

#define QUESTION_COLUMNS                                                                                            \
	{                                                                                                           \
		"qid", "parent_qid", "sid", "gid", "type", "title", "preg", "other", "mandatory", "question_order", \
		        "scale_id", "same_default", "relevance", "modulename", "encrypted", "question_theme_name",  \
		        "same_script"                                                                               \
	}

/* In the order, and with the columns, in which LimeSurvey 6 writes them. */
static const struct table empty_tables[TABLES] = {
	[ANSWERS] = { .name = "answers",
	              .columns = { "aid", "qid", "code", "sortorder", "assessment_value", "scale_id" } },
	[ANSWER_TEXTS] = { .name = "answer_l10ns", .columns = { "id", "aid", "answer", "language" } },
	[GROUPS] = { .name = "groups",
	             .columns = { "gid", "sid", "group_order", "randomization_group", "grelevance" } },
	[GROUP_TEXTS] = { .name = "group_l10ns",
	                  .columns = { "id", "gid", "group_name", "description", "language", "sid", "group_order",
	                               "randomization_group", "grelevance" } },
	[QUESTIONS] = { .name = "questions", .columns = QUESTION_COLUMNS },
	[SUBQUESTIONS] = { .name = "subquestions", .columns = QUESTION_COLUMNS },
	[QUESTION_TEXTS] = { .name = "question_l10ns",
	                     .columns = { "id", "qid", "question", "help", "language", "script" } },
	[ATTRIBUTES] = { .name = "question_attributes", .columns = { "qid", "attribute", "value", "language" } },
	[QUOTAS] = { .name = "quota",
	             .columns = { "id", "sid", "name", "qlimit", "action", "active", "autoload_url" } },
	[QUOTA_MEMBERS] = { .name = "quota_members", .columns = { "id", "sid", "qid", "quota_id", "code" } },
	[QUOTA_TEXTS] = { .name = "quota_languagesettings",
	                  .columns = { "quotals_id", "quotals_quota_id", "quotals_language", "quotals_name",
	                               "quotals_message", "quotals_url", "quotals_urldescrip" } },
	[SURVEYS] = { .name = "surveys",
	              .columns = { "sid", "gsid", "expires", "startdate", "anonymized", "format", "template",
	                           "language", "additional_languages", "datestamp", "allowprev", "usetokens",
	                           "tokenlength", "showwelcome", "showprogress", "questionindex" } },
	[SURVEY_TEXTS] = { .name = "surveys_languagesettings",
	                   .columns = { "surveyls_survey_id", "surveyls_language", "surveyls_title",
	                                "surveyls_description", "surveyls_welcometext", "surveyls_endtext",
	                                "surveyls_dateformat", "surveyls_numberformat" } },
};

struct writer {
	struct arena *a;
	const struct form *form;
	struct limesurvey_codes codes;
	struct issues *lost;
	struct table tables[TABLES];
	enum lang languages[LANG_COUNT];
	int nlanguages;
	int next; /* number of the next thing */
};

/* CDATA cannot hold its own end; nor can XML 1.0 hold most control characters. */
static void put_cdata(struct buf *out, const char *text)
{
	buf_lit(out, "<![CDATA[");
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;
		if (strncmp(text, "]]>", 3) == 0) {
			buf_lit(out, "]] >");
			text += 2;
		} else if (c >= 0x20 || c == '\n' || c == '\t') buf_putc(out, *text);
	}
	buf_lit(out, "]]>");
}

/* A row: one text for each column; NULL: the column is not there. */
static void add_row(struct writer *w, enum tables which, const char *const *values)
{
	struct table *table = &w->tables[which];
	buf_lit(&table->rows, "   <row>\n");
	for (int i = 0; table->columns[i]; i++) {
		if (values[i] == NULL) continue;
		buf_printf(&table->rows, "    <%s", table->columns[i]);
		if (*values[i] == '\0') {
			buf_lit(&table->rows, "/>\n");
			continue;
		}
		buf_putc(&table->rows, '>');
		put_cdata(&table->rows, values[i]);
		buf_printf(&table->rows, "</%s>\n", table->columns[i]);
	}
	buf_lit(&table->rows, "   </row>\n");
}
#define ADD(w, which, ...) add_row(w, which, (const char *const[]){ __VA_ARGS__ })

static const char *number(struct writer *w, int n)
{
	return arena_printf(w->a, "%d", n);
}

/* ---- Texts ---- */

static const char *html_of(struct writer *w, const char *text)
{
	struct buf out;
	buf_init(&out, w->a, 0);
	for (; *text; text++) {
		if (*text == '&') buf_lit(&out, "&amp;");
		else if (*text == '<') buf_lit(&out, "&lt;");
		else if (*text == '>') buf_lit(&out, "&gt;");
		else if (*text == '\n') buf_lit(&out, "<br />\n");
		else buf_putc(&out, *text);
	}
	return buf_str(&out);
}

static const char *rich_of(struct writer *w, const char *text, enum lang lang)
{
	struct buf out;
	const struct rich_page page = { .arena = w->a, .lang = lang };
	buf_init(&out, w->a, 0);
	rich_html(&out, &page, text);
	return text_trim(w->a, buf_str(&out));
}

/* `{outils}` is what was answered there, in our texts as in theirs. */
static const char *piped(struct writer *w, const char *text)
{
	struct buf out;
	buf_init(&out, w->a, 0);
	while (*text) {
		size_t len = *text == '{' ? strcspn(text, "}") : 0;
		const char *key = len && text[len] ? arena_strndup(w->a, text + 1, len - 1) : NULL;
		const struct limesurvey_code *code = key ? limesurvey_code(&w->codes, key) : NULL;
		bool boxes = code && strchr("MP", code->type);
		if (code == NULL || boxes) {
			buf_putc(&out, *text++);
			continue;
		}
		buf_printf(&out, "{%s.shown}", code->code);
		text += len + 1;
	}
	return buf_str(&out);
}

static const char *said(struct writer *w, const struct label *label, enum lang lang)
{
	return piped(w, html_of(w, label_text(label, lang)));
}

/* ---- Questions ---- */

static void attribute(struct writer *w, int qid, const char *name, const char *value, const char *language)
{
	ADD(w, ATTRIBUTES, number(w, qid), name, value, language);
}

static const char *option(const struct field *field, const char *name)
{
	const json_t *value = json_object_get(field->definition, name);
	return json_is_string(value) ? json_string_value(value) : "";
}

/* What our options are called there; those of texts in each language. */
static const struct {
	const char *types, *option, *attribute;
	enum { AS_NUMBER, AS_TEXT } kind;
} options[] = {
	{ "choices ranking", "min", "min_answers", AS_NUMBER },
	{ "choices ranking", "max", "max_answers", AS_NUMBER },
	{ "number numbers", "min", "min_num_value_n", AS_NUMBER },
	{ "number numbers", "max", "max_num_value_n", AS_NUMBER },
	{ "matrix", "min", "multiflexible_min", AS_NUMBER },
	{ "matrix", "max", "multiflexible_max", AS_NUMBER },
	{ "number numbers", "unit", "suffix", AS_TEXT },
	{ "numbers", "total", "equals_num_value", AS_NUMBER },
	{ "numbers", "total_max", "max_num_value", AS_NUMBER },
	{ "text longtext", "max", "maximum_chars", AS_NUMBER },
	{ "longtext", "rows", "display_rows", AS_NUMBER },
	{ "choice choices", "other_label", "other_replace_text", AS_TEXT },
	{ "matrix", "first_label", "dualscale_headerA", AS_TEXT },
	{ "matrix", "second_label", "dualscale_headerB", AS_TEXT },
};

/* Options that say nothing to who answers, or that are written otherwise: choices, lines, order, what it computes. */
static bool is_written_elsewhere(const char *name)
{
	static const char *const names[] = { "key",      "type",    "page",    "label", "help",      "required",
		                             "every",    "choices", "list",    "rows",  "second",    "answer",
		                             "comment",  "other",   "display", "order", "exclusive", "decimals",
		                             "show_if",  "value",   "text",    "time",  "random",    "stay",
		                             "audience", "group",   "sum",     "plain", "from",      "to",
		                             "labels",   "unknown", "result",  "index", "hidden",    "steps",
		                             "retired",  "default" };
	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(names[i], name) == 0) return true;
	return false;
}

static bool has_type(const char *types, const char *type)
{
	size_t len = strlen(type);
	for (const char *at = types; *at; at += strcspn(at, " ") + (at[strcspn(at, " ")] == ' '))
		if (strncmp(at, type, len) == 0 && (at[len] == '\0' || at[len] == ' ')) return true;
	return false;
}

static void write_option(struct writer *w, const struct limesurvey_code *code, const char *name, const json_t *value)
{
	const struct field *field = code->field;
	for (size_t i = 0; i < COUNT(options); i++) {
		if (strcmp(options[i].option, name) != 0 || !has_type(options[i].types, field->type->name)) continue;
		if (options[i].kind == AS_NUMBER) {
			attribute(w, code->qid, options[i].attribute,
			          json_is_integer(value) ? number(w, (int)json_integer_value(value))
			                                 : json_string_value(value),
			          "");
			return;
		}
		struct label label = label_from_json(w->a, value);
		for (int l = 0; l < w->nlanguages; l++)
			attribute(w, code->qid, options[i].attribute, html_of(w, label_text(&label, w->languages[l])),
			          lang_tag(w->languages[l]));
		return;
	}
	if (!is_written_elsewhere(name))
		issues_add(w->lost, field->key, N_("its setting “%s” has no like in LimeSurvey"), name);
}

static const char *choice_code(const struct limesurvey_code *code, const char *key)
{
	for (int i = 0; i < code->field->nchoices; i++)
		if (strcmp(code->field->choices[i].key, key) == 0) return code->choices[i];
	return key;
}

static void write_equation(struct writer *w, const struct limesurvey_code *code)
{
	const char *why = NULL, *text = code->field->computed
	                                        ? limesurvey_condition(w->a, &w->codes, code->field->computed, &why)
	                                        : NULL;
	if (text) attribute(w, code->qid, "equation", arena_printf(w->a, "{%s}", text), "");
	else
		issues_add(w->lost, code->field->key, N_("what it computes has no like in LimeSurvey: %s"),
		           option(code->field, "value"));
	if (why) {
		const struct err err = { .code = E_INPUT, .msg = why };
		issues_add_err(w->lost, code->field->key, &err);
	}
}

static void write_attributes(struct writer *w, const struct limesurvey_code *code)
{
	const struct field *field = code->field;
	const char *name, *order = option(field, "order"), *type = field->type->name;
	json_t *value;
	bool random = strcmp(order, "random") == 0;
	json_object_foreach ((json_t *)field->definition, name, value) write_option(w, code, name, value);
	if (*order && strcmp(type, "ranking") == 0 && random) attribute(w, code->qid, "answer_order", "random", "");
	else if (*order && strchr("LO!", code->type))
		attribute(w, code->qid, "answer_order", random ? "random" : "alphabetical", "");
	else if (random) attribute(w, code->qid, "random_order", "1", "");
	if (*option(field, "exclusive"))
		attribute(w, code->qid, "exclude_all_others", choice_code(code, option(field, "exclusive")), "");
	if (strchr("NK", code->type) && json_object_get(field->definition, "decimals") &&
	    json_int(field->definition, "decimals", 1) == 0)
		attribute(w, code->qid, "num_value_int_only", "1", "");
	if (strcmp(option(field, "answer"), "several") == 0) attribute(w, code->qid, "multiflexible_checkbox", "1", "");
	else if (code->type == ':') attribute(w, code->qid, "input_boxes", "1", "");
	if (code->type == 'D' && json_bool(field->definition, "time", false))
		attribute(w, code->qid, "date_format", "dd/mm/yyyy HH:MM", "");
	if (field->hidden || strcmp(type, "hidden") == 0) attribute(w, code->qid, "hidden", "1", "");
	if (code->type == '*') write_equation(w, code);
}

static const char *theme_of(char type)
{
	static const struct {
		char type;
		const char *theme;
	} themes[] = { { '1', "arrays/dualscale" },
		       { '5', "5pointchoice" },
		       { 'D', "date" },
		       { 'F', "arrays/array" },
		       { 'K', "multiplenumeric" },
		       { 'L', "listradio" },
		       { 'M', "multiplechoice" },
		       { 'N', "numerical" },
		       { 'O', "list_with_comment" },
		       { 'P', "multiplechoice_with_comments" },
		       { 'Q', "multipleshorttext" },
		       { 'R', "ranking" },
		       { 'S', "shortfreetext" },
		       { 'T', "longfreetext" },
		       { 'X', "boilerplate" },
		       { 'Y', "yesno" },
		       { '!', "list_dropdown" },
		       { ':', "arrays/multiflexi" },
		       { ';', "arrays/texts" },
		       { '*', "equation" } };
	for (size_t i = 0; i < COUNT(themes); i++)
		if (themes[i].type == type) return themes[i].theme;
	return "";
}

static void add_question(struct writer *w, enum tables which, int qid, int parent, int gid, char type, const char *code,
                         bool other, const char *mandatory, int order, int scale, const char *relevance)
{
	const char letter[2] = { type, '\0' };
	ADD(w, which, number(w, qid), number(w, parent), number(w, SURVEY_ID), number(w, gid), letter, code, "",
	    other ? "Y" : "N", mandatory, number(w, order), number(w, scale), "0", relevance, "", "N", theme_of(type),
	    "0");
}

static void write_subquestions(struct writer *w, const struct limesurvey_code *code, int gid, const struct choice *all,
                               const char **codes, int n, int scale)
{
	for (int i = 0; i < n; i++) {
		int qid = w->next++;
		if (all[i].other) continue;
		add_question(w, SUBQUESTIONS, qid, code->qid, gid, code->type, codes[i], false, "N", i, scale, "1");
		for (int l = 0; l < w->nlanguages; l++)
			ADD(w, QUESTION_TEXTS, number(w, w->next++), number(w, qid),
			    said(w, &all[i].label, w->languages[l]), "", lang_tag(w->languages[l]), "");
	}
}

static void write_answers(struct writer *w, const struct limesurvey_code *code, const struct choice *all,
                          const char **codes, int n, int scale)
{
	for (int i = 0; i < n; i++) {
		int aid = w->next++;
		if (all[i].other) continue;
		ADD(w, ANSWERS, number(w, aid), number(w, code->qid), codes[i], number(w, i), "0", number(w, scale));
		for (int l = 0; l < w->nlanguages; l++)
			ADD(w, ANSWER_TEXTS, number(w, w->next++), number(w, aid),
			    said(w, &all[i].label, w->languages[l]), lang_tag(w->languages[l]));
	}
}

/* The steps of a scale are answers: LimeSurvey's own has five. */
static void write_steps(struct writer *w, const struct limesurvey_code *code)
{
	const json_t *labels = json_object_get(code->field->definition, "labels");
	int from = (int)json_int(code->field->definition, "from", 1),
	    to = (int)json_int(code->field->definition, "to", 5);
	for (int step = from; step <= to; step++) {
		int aid = w->next++;
		struct label label = label_from_json(w->a, json_array_get(labels, (size_t)(step - from)));
		ADD(w, ANSWERS, number(w, aid), number(w, code->qid), number(w, step), number(w, step - from), "0",
		    "0");
		for (int l = 0; l < w->nlanguages; l++) {
			const char *words = label_text(&label, w->languages[l]);
			ADD(w, ANSWER_TEXTS, number(w, w->next++), number(w, aid),
			    *words ? html_of(w, words) : number(w, step), lang_tag(w->languages[l]));
		}
	}
	issues_add(w->lost, code->field->key, N_("its scale becomes a list of answers"));
}

static void write_inside(struct writer *w, const struct limesurvey_code *code, int gid)
{
	const struct field *field = code->field;
	bool parts = strchr("MP", code->type), columns = strchr(":;", code->type);
	if (strcmp(field->type->name, "scale") == 0) {
		if (code->type == 'L') write_steps(w, code);
		return;
	}
	write_subquestions(w, code, gid, field->rows, code->rows, field->nrows, 0);
	if (parts || columns)
		write_subquestions(w, code, gid, field->choices, code->choices, field->nchoices, columns ? 1 : 0);
	else if (strchr("LO!RF1", code->type))
		write_answers(w, code, field->choices, code->choices, field->nchoices, 0);
	if (code->type == '1') write_answers(w, code, field->second, code->second, field->nsecond, 1);
}

/* Where what is asked there differs from what is asked here. */
static void tell_type(struct writer *w, const struct limesurvey_code *code)
{
	static const char *const lines[] = {
		"place", "period", "email", "phone", "link", "contact", "hours", "schedule"
	};
	const char *type = code->field->type->name;
	for (size_t i = 0; i < COUNT(lines); i++)
		if (strcmp(lines[i], type) == 0)
			issues_add(w->lost, code->field->key, N_("it becomes a text: LimeSurvey has no such question"));
	if (strcmp(type, "boolean") == 0)
		issues_add(w->lost, code->field->key, N_("it comes back as a choice between yes and no"));
	if (code->field->constraint)
		issues_add(w->lost, code->field->key, N_("what its answers must be is not taken over: %s"),
		           expression_text(w->a, code->field->constraint, LANG_FR));
}

static const char *relevance_of(struct writer *w, const char *key, const struct expression *condition)
{
	const char *why = NULL;
	if (condition == NULL) return "1";
	const char *text = limesurvey_condition(w->a, &w->codes, condition, &why);
	if (text) return text;
	issues_add(w->lost, key, N_("its condition has no like in LimeSurvey, it is always asked there: %s"),
	           expression_text(w->a, condition, LANG_FR));
	const struct err err = { .code = E_INPUT, .msg = why };
	issues_add_err(w->lost, key, &err);
	return "1";
}

static void write_question(struct writer *w, struct limesurvey_code *code, int gid, int order)
{
	const struct field *field = code->field;
	bool needed = field->required || json_bool(field->definition, "every", false);
	bool other = field->nchoices && field->choices[field->nchoices - 1].other && strchr("LMP!", code->type);
	if (code->type == 0) return;
	code->qid = w->next++;
	tell_type(w, code);
	add_question(w, QUESTIONS, code->qid, 0, gid, code->type, code->code, other, needed ? "Y" : "N", order, 0,
	             relevance_of(w, field->key, field->show_if));
	struct label text = label_from_json(w->a, json_object_get(field->definition, "text"));
	bool shown = code->type == 'X' && *label_text(&text, LANG_FR);
	for (int l = 0; l < w->nlanguages; l++) {
		enum lang lang = w->languages[l];
		const char *words = shown ? piped(w, rich_of(w, label_text(&text, lang), lang))
		                          : said(w, &field->label, lang);
		ADD(w, QUESTION_TEXTS, number(w, w->next++), number(w, code->qid), words, said(w, &field->help, lang),
		    lang_tag(lang), "");
	}
	write_inside(w, code, gid);
	write_attributes(w, code);
}

/* ---- The survey ---- */

static void write_page(struct writer *w, int page)
{
	const struct survey_page *p = &w->form->survey->pages[page];
	int gid = w->next++, order = 0;
	const char *relevance = relevance_of(w, p->key, p->show_if);
	if (strcmp(relevance, "1") == 0) relevance = "";
	ADD(w, GROUPS, number(w, gid), number(w, SURVEY_ID), number(w, page), "", relevance);
	for (int l = 0; l < w->nlanguages; l++)
		ADD(w, GROUP_TEXTS, number(w, w->next++), number(w, gid), said(w, &p->label, w->languages[l]),
		    piped(w, rich_of(w, label_text(&p->text, w->languages[l]), w->languages[l])),
		    lang_tag(w->languages[l]), number(w, SURVEY_ID), number(w, page), "", relevance);
	if (p->random) issues_add(w->lost, p->key, N_("the order of its questions is not mixed there"));
	for (int i = 0; i < w->codes.n; i++)
		if (w->form->survey->page_of[i] == page) write_question(w, &w->codes.all[i], gid, order++);
}

static void write_quotas(struct writer *w)
{
	for (int i = 0; i < w->form->survey->nquotas; i++) {
		const struct survey_quota *quota = &w->form->survey->quotas[i];
		const struct limesurvey_code *code = limesurvey_code(&w->codes, quota->field->key);
		const char *name = label_text(&quota->choice->label, LANG_FR), *id = number(w, w->next++);
		if (code == NULL || strchr("LO!M*", code->type) == NULL) {
			issues_add(w->lost, quota->field->key, N_("its quota is not taken over"));
			continue;
		}
		ADD(w, QUOTAS, id, number(w, SURVEY_ID), name, number(w, quota->most), "1", "1", "0");
		ADD(w, QUOTA_MEMBERS, number(w, w->next++), number(w, SURVEY_ID), number(w, code->qid), id,
		    choice_code(code, quota->choice->key));
		for (int l = 0; l < w->nlanguages; l++)
			ADD(w, QUOTA_TEXTS, number(w, w->next++), id, lang_tag(w->languages[l]), name,
			    tr(w->languages[l], N_("This questionnaire has enough answers like yours. Thank you!")), "",
			    "");
	}
}

static const char *day_of(struct writer *w, bool has, struct date day, const char *hour)
{
	char iso[DATETIME_ISO_SIZE];
	return has ? arena_printf(w->a, "%s %s", date_iso(day, iso), hour) : NULL;
}

static void write_survey(struct writer *w)
{
	const struct survey *survey = w->form->survey;
	const char *more = w->nlanguages > 1 ? lang_tag(w->languages[1]) : "";
	ADD(w, SURVEYS, number(w, SURVEY_ID), "1", day_of(w, survey->has_closes, survey->closes, "23:59:59"),
	    day_of(w, survey->has_opens, survey->opens, "00:00:00"),
	    survey->anonymity == ANONYMITY_ANONYMOUS ? "Y" : "N", survey->one_page ? "A" : "G", "fruity",
	    lang_tag(w->languages[0]), more, survey->anonymity == ANONYMITY_ANONYMOUS ? "N" : "Y", "Y", "N", "15", "Y",
	    "Y", "0");
	struct label description = label_from_json(w->a, json_object_get(w->form->definition, "description"));
	for (int l = 0; l < w->nlanguages; l++) {
		enum lang lang = w->languages[l];
		ADD(w, SURVEY_TEXTS, number(w, SURVEY_ID), lang_tag(lang),
		    html_of(w, label_text(&w->form->label, lang)), html_of(w, label_text(&description, lang)),
		    rich_of(w, label_text(&survey->welcome, lang), lang),
		    rich_of(w, label_text(&survey->thanks, lang), lang), "5", "1");
	}
	if (survey->random) issues_add(w->lost, "", N_("the order of pages is not mixed there"));
	if (survey->anonymity == ANONYMITY_CONFIDENTIAL)
		issues_add(
		        w->lost, "",
		        N_("LimeSurvey has no confidential questionnaire: who answered is not kept apart from the answers there"));
	if (w->form->nretired)
		issues_add(w->lost, "", N_("questions that are asked no more (%d) are left out"), w->form->nretired);
}

static bool is_said(const struct label *label, enum lang lang)
{
	return label->text[lang] && *label->text[lang];
}

/* Those in which its title, a page or a question is said; a kind's own choices are in both. */
static bool speaks(const struct form *form, enum lang lang)
{
	bool says = is_said(&form->label, lang);
	for (int i = 0; i < form->survey->npages; i++) says |= is_said(&form->survey->pages[i].label, lang);
	for (int i = 0; i < form->nfields; i++) says |= is_said(&form->fields[i].label, lang);
	return says;
}

static void find_languages(struct writer *w)
{
	for (int lang = 0; lang < LANG_COUNT; lang++)
		if (speaks(w->form, (enum lang)lang)) w->languages[w->nlanguages++] = (enum lang)lang;
	if (w->nlanguages == 0) w->languages[w->nlanguages++] = LANG_FR;
}

static void put_table(struct buf *out, struct table *table)
{
	if (table->rows.len == 0) return;
	buf_printf(out, " <%s>\n  <fields>\n", table->name);
	for (int i = 0; table->columns[i]; i++) buf_printf(out, "   <fieldname>%s</fieldname>\n", table->columns[i]);
	buf_lit(out, "  </fields>\n  <rows>\n");
	buf_puts(out, buf_str(&table->rows));
	buf_printf(out, "  </rows>\n </%s>\n", table->name);
}

void limesurvey_write(struct arena *a, const struct form *form, struct buf *out, struct issues *lost)
{
	struct writer w = { .a = a, .form = form, .lost = lost, .next = 1 };
	for (int i = 0; i < TABLES; i++) {
		w.tables[i] = empty_tables[i];
		buf_init(&w.tables[i].rows, a, 0);
	}
	w.codes = limesurvey_codes(a, form, lost);
	find_languages(&w);
	for (int i = 0; i < form->survey->npages; i++) write_page(&w, i);
	write_quotas(&w);
	write_survey(&w);
	buf_printf(
	        out,
	        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<document>\n <LimeSurveyDocType>Survey</LimeSurveyDocType>\n"
	        " <DBVersion>%d</DBVersion>\n <languages>\n",
	        VERSION);
	for (int l = 0; l < w.nlanguages; l++) buf_printf(out, "  <language>%s</language>\n", lang_tag(w.languages[l]));
	buf_lit(out, " </languages>\n");
	for (int i = 0; i < TABLES; i++) put_table(out, &w.tables[i]);
	buf_lit(out, "</document>\n");
}

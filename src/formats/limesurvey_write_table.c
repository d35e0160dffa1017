/* The tables that a file of LimeSurvey is made of, and its texts. */
#include <string.h>

#include "base/text.h"
#include "formats/limesurvey_writer.h"
#include "rich/markdown.h"

#define QUESTION_COLUMNS                                                                                            \
	{                                                                                                           \
		"qid", "parent_qid", "sid", "gid", "type", "title", "preg", "other", "mandatory", "question_order", \
		        "scale_id", "same_default", "relevance", "modulename", "encrypted", "question_theme_name",  \
		        "same_script"                                                                               \
	}

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

void limesurvey_add_row(struct writer *w, enum tables which, const char *const *values)
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

void limesurvey_begin_tables(struct writer *w)
{
	for (int i = 0; i < TABLES; i++) {
		w->tables[i] = empty_tables[i];
		buf_init(&w->tables[i].rows, w->a, 0);
	}
}

void limesurvey_put_table(struct buf *out, struct table *table)
{
	if (table->rows.len == 0) return;
	buf_printf(out, " <%s>\n  <fields>\n", table->name);
	for (int i = 0; table->columns[i]; i++) buf_printf(out, "   <fieldname>%s</fieldname>\n", table->columns[i]);
	buf_lit(out, "  </fields>\n  <rows>\n");
	buf_puts(out, buf_str(&table->rows));
	buf_printf(out, "  </rows>\n </%s>\n", table->name);
}

const char *limesurvey_number(struct writer *w, int n)
{
	return arena_printf(w->a, "%d", n);
}

/* ---- Texts ---- */

const char *limesurvey_html(struct writer *w, const char *text)
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

const char *limesurvey_rich(struct writer *w, const char *text, enum lang lang)
{
	struct buf out;
	const struct rich_page page = { .arena = w->a, .lang = lang };
	buf_init(&out, w->a, 0);
	rich_html(&out, &page, text);
	return text_trim(w->a, buf_str(&out));
}

const char *limesurvey_piped(struct writer *w, const char *text)
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

const char *limesurvey_said(struct writer *w, const struct label *label, enum lang lang)
{
	return limesurvey_piped(w, limesurvey_html(w, label_text(label, lang)));
}

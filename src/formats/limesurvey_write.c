#include "formats/limesurvey_write.h"

#include <string.h>

#include "base/date.h"
#include "core/field_type.h"
#include "formats/limesurvey_writer.h"

enum { VERSION = 498 };

static void write_page(struct writer *w, int page)
{
	const struct survey_page *p = &w->form->survey->pages[page];
	int gid = w->next++, order = 0;
	const char *relevance = limesurvey_relevance(w, p->key, p->show_if);
	if (strcmp(relevance, "1") == 0) relevance = "";
	ADD(w, GROUPS, limesurvey_number(w, gid), limesurvey_number(w, SURVEY_ID), limesurvey_number(w, page), "",
	    relevance);
	for (int l = 0; l < w->nlanguages; l++)
		ADD(w, GROUP_TEXTS, limesurvey_number(w, w->next++), limesurvey_number(w, gid),
		    limesurvey_said(w, &p->label, w->languages[l]),
		    limesurvey_piped(w, limesurvey_rich(w, label_text(&p->text, w->languages[l]), w->languages[l])),
		    lang_tag(w->languages[l]), limesurvey_number(w, SURVEY_ID), limesurvey_number(w, page), "",
		    relevance);
	if (p->random) issues_add(w->lost, p->key, N_("the order of its questions is not mixed there"));
	for (int i = 0; i < w->codes.n; i++)
		if (w->form->survey->page_of[i] == page) limesurvey_write_question(w, &w->codes.all[i], gid, order++);
}

static void write_quotas(struct writer *w)
{
	for (int i = 0; i < w->form->survey->nquotas; i++) {
		const struct survey_quota *quota = &w->form->survey->quotas[i];
		const struct limesurvey_code *code = limesurvey_code(&w->codes, quota->field->key);
		const char *name = label_text(&quota->choice->label, LANG_FR), *id = limesurvey_number(w, w->next++);
		if (code == NULL || strchr("LO!M*", code->type) == NULL) {
			issues_add(w->lost, quota->field->key, N_("its quota is not taken over"));
			continue;
		}
		ADD(w, QUOTAS, id, limesurvey_number(w, SURVEY_ID), name, limesurvey_number(w, quota->most), "1", "1",
		    "0");
		ADD(w, QUOTA_MEMBERS, limesurvey_number(w, w->next++), limesurvey_number(w, SURVEY_ID),
		    limesurvey_number(w, code->qid), id, limesurvey_choice_code(code, quota->choice->key));
		for (int l = 0; l < w->nlanguages; l++)
			ADD(w, QUOTA_TEXTS, limesurvey_number(w, w->next++), id, lang_tag(w->languages[l]), name,
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
	ADD(w, SURVEYS, limesurvey_number(w, SURVEY_ID), "1", day_of(w, survey->has_closes, survey->closes, "23:59:59"),
	    day_of(w, survey->has_opens, survey->opens, "00:00:00"),
	    survey->anonymity == ANONYMITY_ANONYMOUS ? "Y" : "N", survey->one_page ? "A" : "G", "fruity",
	    lang_tag(w->languages[0]), more, survey->anonymity == ANONYMITY_ANONYMOUS ? "N" : "Y", "Y", "N", "15", "Y",
	    "Y", "0");
	struct label description = label_from_json(w->a, json_object_get(w->form->definition, "description"));
	for (int l = 0; l < w->nlanguages; l++) {
		enum lang lang = w->languages[l];
		ADD(w, SURVEY_TEXTS, limesurvey_number(w, SURVEY_ID), lang_tag(lang),
		    limesurvey_html(w, label_text(&w->form->label, lang)),
		    limesurvey_html(w, label_text(&description, lang)),
		    limesurvey_rich(w, label_text(&survey->welcome, lang), lang),
		    limesurvey_rich(w, label_text(&survey->thanks, lang), lang), "5", "1");
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

void limesurvey_write(struct arena *a, const struct form *form, struct buf *out, struct issues *lost)
{
	struct writer w = { .a = a, .form = form, .lost = lost, .next = 1 };
	limesurvey_begin_tables(&w);
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
	for (int i = 0; i < TABLES; i++) limesurvey_put_table(out, &w.tables[i]);
	buf_lit(out, "</document>\n");
}

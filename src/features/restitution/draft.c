/* A report to begin with: a section for each page of questions, tables and charts, a sentence for each; what may be put in. */
#include <string.h>

#include "features/coding/quotations.h"
#include "features/restitution/restitution_page.h"
#include "features/result/result_page.h"
#include "features/result/result_table.h"

enum { INSERTS_MAX = 2 * RESULT_QUESTIONS_MAX + 40, CHART_LINES = 12 };

/* "outils" of a line "outils.simple". */
static const char *whole_key(const struct result_question *question)
{
	const struct field *field = question->field;
	return field == NULL ? "" : field->whole ? field->whole->key : field->key;
}

static bool is_of_page(const struct form *form, const struct result_question *question, int page)
{
	if (question->field == NULL) return false;
	if (form->survey == NULL) return page == 0;
	const struct field *field = form_field(form, whole_key(question));
	return field && form->survey->page_of[field - form->fields] == page;
}

static void put_question(const struct page *p, struct buf *out, const struct results *results,
                         const struct result_question *question)
{
	const struct figure_spec spec = { .kind = FIGURE_TABLE, .form = results->form, .questions = { question->key } };
	struct figure f;
	struct err err;
	buf_printf(out, "### %s\n\n", question->label);
	if (question->kind == QUESTION_TEXTS) {
		buf_printf(
		        out, "%s\n\n",
		        _("Answers in people’s own words: say here what comes back in them, with a few quotations."));
		return;
	}
	if (figure_make(p, &spec, results, &f, &err) != OK) return;
	const char *sentence = figure_sentence(p, &f);
	if (*sentence) buf_printf(out, "%s\n\n", sentence);
	bool drawn = f.nlines <= CHART_LINES && f.several;
	buf_printf(out, "{{%s %s %s}}\n\n",
	           p->lang == LANG_FR ? (drawn ? "graphique" : "tableau")
	           : drawn            ? "chart"
	                              : "table",
	           results->form->key, question->key);
}

/* A table of questions with one scale is told whole: a bar for each line. */
static void put_whole(const struct page *p, struct buf *out, const struct results *results,
                      const struct result_question *question)
{
	buf_printf(out, "### %s\n\n{{%s %s %s}}\n\n", table_label(p, question),
	           p->lang == LANG_FR ? "graphique" : "chart", results->form->key, whole_key(question));
}

static void put_page(const struct page *p, struct buf *out, const struct results *results, int page)
{
	const struct form *form = results->form;
	const struct field *told = NULL;
	bool any = false;
	for (int i = 0; i < results->nquestions; i++) {
		const struct result_question *question = &results->questions[i];
		if (!is_of_page(form, question, page) || !result_is_answered(results, question)) continue;
		bool whole = table_is_whole(results, i);
		if (whole && told == question->field->whole) continue;
		if (!any)
			buf_printf(out, "## %s\n\n",
			           form->survey && *t(p, &form->survey->pages[page].label)
			                   ? t(p, &form->survey->pages[page].label)
			                   : _("The answers"));
		any = true;
		if (whole) {
			told = question->field->whole;
			put_whole(p, out, results, question);
		} else put_question(p, out, results, question);
	}
}

enum code restitution_draft(const struct page *p, const struct form *form, const char **title, const char **text,
                            struct err *err)
{
	struct results results;
	struct buf out;
	bool fr = p->lang == LANG_FR;
	TRY(figure_results(p, form, &results, err));
	buf_init(&out, p->arena, 0);
	buf_printf(&out, fr ? "{{sommaire numerote}}\n\n" : "{{contents numbered}}\n\n");
	buf_printf(
	        &out, "## %s\n\n%s\n\n", _("In a few words"),
	        _("Write here, in five lines, what is to be kept: who was asked, what stands out, what remains to be understood together."));
	buf_printf(&out, "%s\n\n",
	           page_printf(p, _("%s organisations or persons answered."),
	                       arena_printf(p->arena, "{{%s %s %s}}", fr ? "chiffre" : "number", form->key,
	                                    fr ? "reponses" : "answers")));
	for (int page = 0; page < (form->survey ? form->survey->npages : 1); page++) put_page(p, &out, &results, page);
	buf_printf(
	        &out, "## %s\n\n%s\n\n", _("What we do not know"),
	        _("Who did not answer, what the questions leave out, what should be asked of people who were there."));
	buf_printf(&out, "## %s\n\n{{%s %s}}\n\n### %s\n\n{{%s}}\n", _("Method"), fr ? "methode" : "method", form->key,
	           _("Tables and figures"), fr ? "tableaux" : "figures");
	*title = page_printf(p, _("Report: %s"), t(p, &form->label));
	*text = buf_str(&out);
	return OK;
}

/* ---- What may be put in ---- */

struct listing {
	struct insert_row *rows;
	int n;
};

static void add(struct listing *l, const char *label, const char *text)
{
	if (l->n < INSERTS_MAX) l->rows[l->n++] = (struct insert_row){ label, text, text == NULL };
}

static void add_question(const struct page *p, struct listing *l, const struct form *form,
                         const struct result_question *question)
{
	bool fr = p->lang == LANG_FR;
	struct arena *a = p->arena;
	if (!cross_takes(question)) return;
	add(l, page_printf(p, _("Table: %s"), question->label),
	    arena_printf(a, "{{%s %s %s}}", fr ? "tableau" : "table", form->key, question->key));
	add(l, page_printf(p, _("Chart: %s"), question->label),
	    arena_printf(a, "{{%s %s %s}}", fr ? "graphique" : "chart", form->key, question->key));
	if (question->kind == QUESTION_NUMBERS)
		add(l, page_printf(p, _("Inside a sentence, the mean: %s"), question->label),
		    arena_printf(a, "{{%s %s %s %s}}", fr ? "chiffre" : "number", form->key, question->key,
		                 fr ? "moyenne" : "mean"));
	else
		add(l,
		    page_printf(p, _("Inside a sentence, how many say “%s”: %s"), question->labels[0], question->label),
		    arena_printf(a, "{{%s %s %s %s}}", fr ? "chiffre" : "number", form->key, question->key,
		                 question->keys[0]));
}

/* A theme is written by its name where that can be told from what follows it. */
static void add_quotations(const struct page *p, struct listing *l, const struct form *form)
{
	const char *themes[CODES_MAX];
	int n = quotations_themes(p, form, themes, CODES_MAX);
	if (n) add(l, _("What was said of a theme"), NULL);
	for (int i = 0; i < n; i++) {
		if (strpbrk(themes[i], "{}=")) continue;
		add(l, page_printf(p, _("Quotations chosen of “%s”"), themes[i]),
		    arena_printf(p->arena,
		                 p->lang == LANG_FR ? "{{citations %s %s nombre=5}}" : "{{quotations %s %s most=5}}",
		                 form->key, themes[i]));
	}
}

int restitution_inserts(const struct page *p, const struct form *form, struct insert_row **ret)
{
	static const struct form_data nothing;
	struct listing l = { arena_array(p->arena, struct insert_row, INSERTS_MAX + 1), 0 };
	struct results results;
	struct err err;
	const char *key = form->key, *first = NULL;
	bool fr = p->lang == LANG_FR;
	struct arena *a = p->arena;
	add(&l, _("The whole report"), NULL);
	add(&l, _("Contents, sections with numbers"), fr ? "{{sommaire numerote}}" : "{{contents numbered}}");
	add(&l, _("How the answers came"), arena_printf(a, "{{%s %s}}", fr ? "methode" : "method", key));
	add(&l, _("The list of tables and figures"), fr ? "{{tableaux}}" : "{{figures}}");
	add(&l, _("Inside a sentence, how many answered"),
	    arena_printf(a, "{{%s %s %s}}", fr ? "chiffre" : "number", key, fr ? "reponses" : "answers"));
	add(&l, _("Inside a sentence, the share that answered"),
	    arena_printf(a, "{{%s %s %s}}", fr ? "chiffre" : "number", key, fr ? "taux" : "rate"));
	add(&l, _("A quotation, with where it comes from"),
	    _("> “What somebody said, word for word.”\n>\n> — an association of the neighbourhood, answer to the questionnaire"));
	if (!result_seen(p, form) || results_load(p, form, &nothing, NULL, &results, &err) != OK) goto done;
	add(&l, _("Questions"), NULL);
	for (int i = 0; i < results.nquestions; i++) {
		if (table_begins(&results, i) && table_is_whole(&results, i))
			add(&l, page_printf(p, _("Chart: %s"), table_label(p, &results.questions[i])),
			    arena_printf(a, "{{%s %s %s}}", fr ? "graphique" : "chart", form->key,
			                 whole_key(&results.questions[i])));
		add_question(p, &l, form, &results.questions[i]);
		if (first == NULL && results.questions[i].field && cross_takes(&results.questions[i]))
			first = results.questions[i].key;
	}
	add(&l, _("Two questions crossed"), NULL);
	for (int i = 0; first && i < results.nquestions; i++) {
		const struct result_question *question = &results.questions[i];
		if (question->field == NULL || !cross_takes(question) || strcmp(question->key, first) == 0) continue;
		add(&l, page_printf(p, _("%s, by %s"), question->label, results_question(&results, first)->label),
		    arena_printf(a, "{{%s %s %s %s}}", fr ? "croise" : "cross", key, first, question->key));
	}
	add_quotations(p, &l, form);
done:
	*ret = l.rows;
	return l.n;
}

int restitution_inserts_of(const struct page *p, const struct record *record, struct insert_row **ret)
{
	const struct restitution *report = restitution_manages(p, record->space) ? restitution_of(p, record) : NULL;
	return report && report->form ? restitution_inserts(p, report->form, ret) : 0;
}

/* Themes counted and crossed; quotations; both as files. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "core/audit.h"
#include "features/coding/coding_web.h"
#include "features/coding/themes.html.h"
#include "features/export/export_file.h"
#include "features/result/result_page.h"
#include "web/web.h"

static enum code make(struct request *r, struct coding *c, struct theme_page *x, struct err *err)
{
	struct theme_result *result = arena_new(r->arena, struct theme_result);
	struct result_cross *cross;
	x->headings = strcmp(request_query(r, "niveau"), "themes") != 0;
	x->crossed = request_query(r, "selon");
	/* Crossed, headings are enough unless all are asked for; counted, all. */
	TRY(theme_result_make(&r->page, c, *x->crossed && x->headings, result, err));
	x->result = result;
	theme_result_counts(&r->page, result, &x->counts);
	const struct result_question *question = *x->crossed ? results_question(&result->results, x->crossed) : NULL;
	if (question == NULL || !theme_crosses(result, question)) return OK;
	cross = arena_new(r->arena, struct result_cross);
	result_cross_make(&r->page, &result->results, question, &result->themes, NULL, SHARE_ROW, cross);
	x->cross = cross;
	return OK;
}

enum code themes_show(struct request *r, struct err *err)
{
	struct coding *c = arena_new(r->arena, struct coding);
	struct theme_page x = { 0 };
	TRY(coding_of_route(r, ACTION_READ, c, err));
	TRY(web_limit(r, LIMIT_SEARCH, NULL, err));
	TRY(make(r, c, &x, err));
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("Themes: %s")), c->list.name);
	themes_page(request_out(r), &r->page, &x);
	return OK;
}

/* ---- Quotations ---- */

enum { QUOTATIONS_SHOWN = 300 };

enum code quotations_show(struct request *r, struct err *err)
{
	struct coding *c = arena_new(r->arena, struct coding);
	struct quotation *all;
	struct id id;
	int n;
	TRY(coding_of_route(r, ACTION_READ, c, err));
	int place = id_parse(request_query(r, "theme"), &id) ? codebook_place_of_id(&c->book, id) : -1;
	bool cited = strcmp(request_query(r, "voir"), "citees") == 0;
	TRY(quotations_of_list(&r->page, c, place, cited ? QUOTE_CITED : QUOTE_ALL, QUOTATIONS_SHOWN, &all, &n, err));
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("Quotations: %s")), c->list.name);
	quotations_page(request_out(r), &r->page, c, all, n, place, cited);
	return OK;
}

struct citing {
	const struct coding *c;
	struct id mark;
	bool cited;
};

static enum code cite(struct tx *tx, void *arg, struct err *err)
{
	const struct citing *x = arg;
	return coding_cite(tx, &x->c->book, x->mark, x->cited, err);
}

enum code coding_cite_post(struct request *r, struct err *err)
{
	struct coding *c = arena_new(r->arena, struct coding);
	struct citing x = { .c = c };
	TRY(coding_of_route(r, ACTION_EDIT, c, err));
	x.cited = id_parse(request_form(r, "quote_it"), &x.mark);
	if (!x.cited && !id_parse(request_form(r, "quote_not"), &x.mark))
		FAIL(err, E_INPUT, N_("Say which quotation."));
	TRY(request_write(r, cite, &x, err));
	const char *back = local_path(request_form(r, "back"), coding_url(&r->page, &c->list, "/quotations"));
	return request_redirect(r, back, x.cited ? "a-citer" : "pas-a-citer");
}

/* ---- Files ---- */

struct filing {
	struct request *r;
	struct coding *c;
	const char *what;
	struct export_file file;
};

static struct cell text_cell(const char *text)
{
	return (struct cell){ CELL_TEXT, text ? text : "" };
}

static struct cell number_cell(struct request *r, double number, int decimals)
{
	char canonical[NUMBER_SIZE];
	struct err err;
	const char *text = arena_printf(r->arena, "%.*f", decimals, number);
	if (!isfinite(number) || number_parse(text, LANG_EN, canonical, &err) != OK) return text_cell("");
	return (struct cell){ CELL_NUMBER, arena_strdup(r->arena, canonical) };
}

static enum code put_row(struct filing *f, const struct cell *cells, struct err *err)
{
	f->file.x.row = cells;
	return export_file_record(&f->file, NULL, err);
}

static void name_columns(struct filing *f, const char *const *labels, int n)
{
	struct export_column *columns = arena_array(f->r->arena, struct export_column, (size_t)n);
	for (int i = 0; i < n; i++) columns[i].label = tr(f->r->page.lang, labels[i]);
	f->file.x.columns = columns;
	f->file.x.ncolumns = n;
}

static const char *const theme_labels[] = {
	N_("Theme"), N_("Under"), N_("Definition"), N_("Persons or answers"), N_("Of those read, %"), N_("Texts")
};

static enum code write_themes(struct filing *f, struct err *err)
{
	const struct page *p = &f->r->page;
	struct theme_result *result = arena_new(f->r->arena, struct theme_result);
	struct theme_counts counts;
	TRY(theme_result_make(p, f->c, false, result, err));
	theme_result_counts(p, result, &counts);
	for (int i = 0; i < counts.n; i++) {
		const struct theme_count *count = &counts.counts[i];
		const struct book_code *code = &f->c->book.codes[result->places[i]];
		const struct cell cells[] = {
			text_cell(count->name),
			text_cell(code->parent < 0 ? "" : f->c->book.codes[code->parent].name),
			text_cell(code->definition),
			count->hidden ? text_cell(_("hidden")) : number_cell(f->r, count->people, 0),
			count->hidden ? text_cell("") : number_cell(f->r, count->share * 100, 2),
			count->hidden ? text_cell("") : number_cell(f->r, count->texts, 0),
		};
		TRY(put_row(f, cells, err));
	}
	return OK;
}

static const char *const quotation_labels[] = { N_("Theme"),       N_("Quotation"),           N_("Question"),
	                                        N_("Who says it"), N_("Chosen to be quoted"), N_("Remark") };

static enum code write_quotations(struct filing *f, struct err *err)
{
	const struct page *p = &f->r->page;
	struct quotation *all;
	int n;
	TRY(quotations_of_list(p, f->c, -1, QUOTE_ALL, QUOTATIONS_MAX, &all, &n, err));
	for (int i = 0; i < n; i++) {
		const struct cell cells[] = { text_cell(all[i].theme),
			                      text_cell(all[i].words),
			                      text_cell(all[i].question),
			                      text_cell(all[i].who),
			                      text_cell(all[i].cited ? _("Yes") : _("No")),
			                      text_cell(all[i].lost    ? _("no longer in the text")
			                                : all[i].moved ? _("the text was corrected since")
			                                               : "") };
		TRY(put_row(f, cells, err));
	}
	return OK;
}

static enum code note(struct tx *tx, void *arg, struct err *err)
{
	const struct filing *f = arg;
	return audit_note(tx, &f->r->actor, "export.coding", f->c->list.id,
	                  json_pack("{s:s,s:s}", "what", f->what, "format", f->file.format->name), err);
}

static enum code write_file(struct filing *f, bool quotations, struct err *err)
{
	TRY(quotations ? write_quotations(f, err) : write_themes(f, err));
	return OK;
}

enum code coding_file(struct request *r, struct err *err)
{
	struct coding *c = arena_new(r->arena, struct coding);
	struct filing *f = arena_new(r->arena, struct filing);
	TRY(coding_of_route(r, ACTION_READ, c, err));
	TRY(web_limit(r, LIMIT_EXPORT, NULL, err));
	bool quotations = strcmp(r->params[1], "quotations") == 0;
	const struct format *format = format_find(r->params[2], c->list.form);
	if (format == NULL || !result_takes(format) || (!quotations && strcmp(r->params[1], "themes") != 0))
		FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	*f = (struct filing){ .r = r, .c = c, .what = r->params[1], .file = { .r = r, .format = format } };
	f->file.x = (struct export){ .page = &r->page, .arena = r->arena, .title = c->list.name };
	if (quotations) name_columns(f, quotation_labels, (int)COUNT(quotation_labels));
	else name_columns(f, theme_labels, (int)COUNT(theme_labels));
	enum code code = export_file_begin(&f->file, err);
	if (code == OK) code = write_file(f, quotations, err);
	if (code == OK) code = export_file_end(&f->file, err);
	if (code == OK) code = request_write(r, note, f, err);
	if (code == OK) code = export_file_answer(&f->file, quotations ? "citations" : "themes", err);
	if (code != OK) export_file_release(&f->file);
	return code;
}

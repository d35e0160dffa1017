#include "features/restitution/restitution_paper.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "features/print/print.h"
#include "features/restitution/figure_page.h"
#include "features/restitution/restitution_web.h"
#include "fields/rich_text.h"
#include "web/web.h"

enum { LEAVES_MAX = 4000 };

struct setting {
	const struct page *p;
	const struct restitution_shown *x;
	struct paper_leaf *leaves;
	int n;
};

static struct paper_leaf *add(struct setting *t, enum leaf_kind kind, const char *text)
{
	static struct paper_leaf beyond;
	if (t->n == LEAVES_MAX) return &beyond;
	struct paper_leaf *leaf = &t->leaves[t->n++];
	*leaf = (struct paper_leaf){ .kind = kind, .text = text };
	return leaf;
}

/* ---- Texts ---- */

static enum leaf_kind kind_of(const char *source)
{
	source += strspn(source, " ");
	if (*source == '>') return LEAF_QUOTE;
	if ((*source == '-' || *source == '*' || *source == '+') && source[1] == ' ') return LEAF_ITEM;
	size_t digits = strspn(source, "0123456789");
	return digits > 0 && (source[digits] == '.' || source[digits] == ')') ? LEAF_ITEM : LEAF_TEXT;
}

static const char *typed(const struct page *p, const char *text)
{
	return p->lang == LANG_FR ? text_typography_fr(p->arena, text) : text;
}

static void add_text(struct setting *t, const struct block *block)
{
	const struct page *p = t->p;
	struct buf out;
	buf_init(&out, p->arena, 0);
	rich_text_plain(&out, p->arena, block->shown);
	for (const char *text = buf_str(&out); *text;) {
		size_t len = strcspn(text, "\n");
		const char *line = text_trim(p->arena, arena_strndup(p->arena, text, len));
		if (!text_is_blank(line))
			add(t, block->kind == BLOCK_NOTE ? LEAF_NOTE : kind_of(block->source), typed(p, line));
		text += len + (text[len] != '\0');
	}
}

static void add_heading(struct setting *t, const struct block *block, int least)
{
	const struct page *p = t->p;
	const char *text = *block->number ? arena_printf(p->arena, "%s  %s", block->number, block->plain)
	                                  : block->plain;
	add(t, LEAF_HEADING, typed(p, text))->level = MIN(block->level - least + 1, 3);
}

/* ---- Figures ---- */

static void fill_table(const struct page *p, const struct figure *f, struct paper_leaf *leaf)
{
	bool cross = f->ncolumns > 0;
	int columns = cross ? f->ncolumns + 2 : 3 + f->intervals, at = 0;
	const char **cells = arena_array(p->arena, const char *, (size_t)columns *(size_t)(f->nlines + 2));
	cells[at++] = cross ? "" : _("Given answer");
	for (int i = 0; i < f->ncolumns; i++) cells[at++] = f->columns[i].label;
	cells[at++] = f->whole ? _("Answered") : cross ? _("Together") : _("Number");
	if (!cross) cells[at++] = f->several ? _("Of persons, %") : "%";
	if (!cross && f->intervals) cells[at++] = _("Of all, 95 %");
	for (int i = 0; i < f->nlines; i++) {
		const struct figure_line *line = &f->lines[i];
		cells[at++] = line->label;
		for (int k = 0; k < f->ncolumns; k++)
			cells[at++] = line->cells[k].hidden
			                      ? _("hidden")
			                      : page_printf(p, "%s – %s", figure_share(p, &line->cells[k]),
			                                    page_number(p, line->cells[k].n));
		if (cross) {
			cells[at++] = figure_count(p, line->n);
			continue;
		}
		cells[at++] = line->cells[0].hidden ? _("hidden") : page_number(p, line->cells[0].n);
		cells[at++] = line->cells[0].hidden ? "–" : result_percent(p, line->cells[0].share);
		if (f->intervals) cells[at++] = figure_interval(p, &line->cells[0]);
	}
	leaf->cells = cells;
	leaf->columns = columns;
	leaf->rows = f->nlines;
}

static void fill_bars(const struct page *p, const struct figure *f, struct paper_leaf *leaf)
{
	const char **cells = arena_array(p->arena, const char *, (size_t)f->nlines * 2 + 1);
	double *shares = arena_array(p->arena, double, (size_t)f->nlines + 1);
	for (int i = 0; i < f->nlines; i++) {
		const struct figure_cell *cell = &f->lines[i].cells[0];
		cells[i * 2] = f->lines[i].label;
		cells[i * 2 + 1] = figure_share(p, cell);
		shares[i] = cell->hidden ? NAN : cell->share;
	}
	leaf->cells = cells;
	leaf->shares = shares;
	leaf->columns = 2;
	leaf->rows = f->nlines;
}

static void add_quotes(struct setting *t, const struct figure_spot *spot)
{
	const struct page *p = t->p;
	add(t, LEAF_TEXT, typed(p, spot_title(p, spot)));
	for (int i = 0; i < spot->figure->nquotes; i++) {
		const struct figure_quote *quote = &spot->figure->quotes[i];
		if (quote->words == NULL) continue;
		add(t, LEAF_QUOTE, typed(p, quote->words));
		if (quote_ends(spot->figure, i)) add(t, LEAF_NOTE, typed(p, quote->question));
	}
	add(t, LEAF_NOTE, typed(p, spot_source(p, spot)));
}

static void add_figure(struct setting *t, const struct figure_spot *spot)
{
	const struct page *p = t->p;
	const struct figure *f = spot->figure;
	if (f == NULL) {
		add(t, LEAF_NOTE, spot->problem);
		return;
	}
	if (spot->directive.kind == DIRECTIVE_METHOD) {
		for (int i = 0; i < f->nfacts; i++) add(t, LEAF_ITEM, typed(p, f->facts[i]));
		return;
	}
	if (f->nquotes) {
		add_quotes(t, spot);
		return;
	}
	bool bars = spot->directive.kind == DIRECTIVE_CHART && f->ncolumns == 0; /* several parts: their table */
	struct paper_leaf *leaf = add(t, bars ? LEAF_BARS : LEAF_TABLE,
	                              typed(p, page_printf(p, "%s – %s", spot_name(p, spot), spot_title(p, spot))));
	if (bars) fill_bars(p, f, leaf);
	else fill_table(p, f, leaf);
	if (*f->words) add(t, LEAF_TEXT, typed(p, f->words));
	add(t, LEAF_NOTE, typed(p, spot_source(p, spot)));
}

static void add_list(struct setting *t)
{
	const struct page *p = t->p;
	const struct figures *all = &t->x->text.figures;
	for (int i = 0; i < all->n; i++)
		if (all->spots[i].number)
			add(t, LEAF_ITEM,
			    typed(p, page_printf(p, "%s – %s", spot_name(p, &all->spots[i]),
			                         spot_title(p, &all->spots[i]))));
}

/* ---- All of it ---- */

static int least_level(const struct restitution_text *text)
{
	int least = 6;
	for (int i = 0; i < text->n; i++)
		if (text->blocks[i].kind == BLOCK_HEADING) least = MIN(least, text->blocks[i].level);
	return least;
}

enum code restitution_paper(struct request *r, const struct restitution_shown *x, const bool *chosen,
                            struct paper_document *ret, struct err *err)
{
	const struct page *p = &r->page;
	struct setting t = { p, x, arena_array(r->arena, struct paper_leaf, LEAVES_MAX), 0 };
	int least = least_level(&x->text);
	bool contents = false;
	*ret = (struct paper_document){ 0 };
	TRY(print_frame(p, site_store(r->site), x->record, &ret->paper, err));
	for (int i = 0; i < x->text.n; i++) {
		const struct block *block = &x->text.blocks[i];
		if (chosen && !chosen[i]) continue;
		if (block->kind == BLOCK_HEADING) add_heading(&t, block, least);
		else if (block->kind == BLOCK_FIGURE) add_figure(&t, &x->text.figures.spots[block->spot]);
		else if (block->kind == BLOCK_LIST) add_list(&t);
		else if (block->kind == BLOCK_CONTENTS) contents = true;
		else add_text(&t, block);
	}
	ret->under = x->report.state == RESTITUTION_FINAL
	                     ? ""
	                     : page_printf(p, "%s – %s", _(restitution_state_words(x->report.state)), page_today(p));
	ret->contents = contents && chosen == NULL ? _("Contents") : NULL;
	ret->leaves = t.leaves;
	ret->n = t.n;
	return OK;
}

enum code restitution_paper_answer(struct request *r, const struct paper_document *document, struct err *err)
{
	struct paper_made made;
	TRY(web_limit(r, LIMIT_EXPORT, NULL, err));
	TRY(document_make(r->arena, document, request_out(r), &made, err));
	http_set(r->response, "Content-Type", "application/pdf");
	http_set(r->response, "Content-Disposition",
	         arena_printf(r->arena, "inline; filename=\"%s.pdf\"",
	                      text_slug(r->arena, document->paper.title, RECORD_SLUG_MAX)));
	return OK;
}

enum code restitution_pdf_show(struct request *r, struct err *err)
{
	struct restitution_shown x;
	struct paper_document document;
	TRY(restitution_open(r, NULL, &x, err));
	if (!x.reader.manages && !x.reader.asked && x.report.state == RESTITUTION_OPEN)
		return request_redirect(r, x.url, NULL);
	restitution_read_text(r, &x, true);
	TRY(restitution_paper(r, &x, NULL, &document, err));
	return restitution_paper_answer(r, &document, err);
}

#include <string.h>

#include "base/json.h"
#include "features/restitution/restitution_anchor.h"
#include "features/restitution/restitution_paper.h"
#include "features/restitution/restitution_web.h"
#include "features/restitution/synthesis.h"
#include "features/restitution/synthesis.html.h"
#include "web/web.h"

/* The first section: its heading, and what follows up to the next one of its level. */
static void choose_first(const struct restitution_text *text, struct synthesis *s)
{
	int level = 0;
	for (int i = 0; i < text->n; i++) {
		const struct block *block = &text->blocks[i];
		if (block->kind == BLOCK_HEADING && level && block->level <= level) return;
		if (block->kind == BLOCK_HEADING && level == 0) level = block->level;
		if (level == 0 || block->kind == BLOCK_CONTENTS || block->kind == BLOCK_NOTE ||
		    block->kind == BLOCK_LIST)
			continue;
		s->chosen[i] = true;
		s->n++;
	}
}

static enum code read_chosen(struct request *r, const struct restitution_shown *x, struct synthesis *s, struct err *err)
{
	json_t *kept;
	const char *text = x->report.synthesis;
	s->chosen = arena_array(r->arena, bool, (size_t)x->text.n + 1);
	TRY(json_parse(r->arena, text, strlen(text), &kept, err));
	for (size_t i = 0; i < json_array_size(kept); i++) {
		const json_t *one = json_array_get(kept, i);
		int block = restitution_anchor_find(r->arena, &x->text, json_str_or(one, "anchor", ""),
		                                    json_str_or(one, "quote", ""));
		if (block < 0) s->lost++;
		else if (!s->chosen[block]) {
			s->chosen[block] = true;
			s->n++;
		}
	}
	if (json_array_size(kept) == 0) choose_first(&x->text, s);
	return OK;
}

static enum code open_synthesis(struct request *r, struct restitution_shown *x, struct synthesis *s,
                                struct paper_document *document, struct err *err)
{
	struct buf pdf;
	struct paper_made made = { 0 };
	*s = (struct synthesis){ 0 };
	TRY(restitution_open(r, NULL, x, err));
	if (!x->reader.manages && !x->reader.asked && x->report.state == RESTITUTION_OPEN)
		FAIL(err, E_NOT_FOUND, N_("There is no report at this address."));
	restitution_read_text(r, x, true);
	TRY(read_chosen(r, x, s, err));
	TRY(restitution_paper(r, x, s->chosen, document, err));
	buf_init(&pdf, r->arena, 0);
	if (document->n) TRY(document_make(r->arena, document, &pdf, &made, err));
	s->pages = made.pages;
	return OK;
}

enum code synthesis_show(struct request *r, struct err *err)
{
	struct restitution_shown x;
	struct synthesis s;
	struct paper_document document;
	TRY(web_limit(r, LIMIT_EXPORT, NULL, err));
	TRY(open_synthesis(r, &x, &s, &document, err));
	synthesis_page(request_out(r), &r->page, &x, &s);
	return OK;
}

enum code synthesis_pdf_show(struct request *r, struct err *err)
{
	struct restitution_shown x;
	struct synthesis s;
	struct paper_document document;
	TRY(open_synthesis(r, &x, &s, &document, err));
	if (s.n == 0) FAIL(err, E_NOT_FOUND, N_("Nothing is chosen yet for this page."));
	if (s.pages > 1)
		FAIL(err, E_INPUT, N_("The synthesis takes %d pages: choose less, for it to stand on one."), s.pages);
	return restitution_paper_answer(r, &document, err);
}

static enum code save(struct tx *tx, void *arg, struct err *err)
{
	return restitution_set(tx, arg, err);
}

enum code synthesis_post(struct request *r, struct err *err)
{
	struct restitution_shown x;
	const char *anchor;
	TRY(restitution_managed(r, &x, err));
	restitution_read_text(r, &x, false);
	json_t *kept = json_keep(r->arena, json_array());
	for (int i = 0; (anchor = form_data_nth(&r->form, "block[]", i)) != NULL; i++) {
		if (i >= SYNTHESIS_MAX)
			FAIL(err, E_LIMIT, N_("Choose at most %d: it is to stand on one page."), SYNTHESIS_MAX);
		for (int k = 0; k < x.text.n; k++)
			if (strcmp(x.text.blocks[k].anchor, anchor) == 0)
				json_array_append_new(kept, json_pack("{s:s, s:s}", "anchor", anchor, "quote",
				                                      restitution_quote(r->arena, &x.text.blocks[k])));
	}
	struct restitution report = x.report;
	report.synthesis = json_text(r->arena, kept);
	TRY(request_write(r, save, &report, err));
	return request_redirect(r, restitution_url(&r->page, &x, "/synthesis"), "synthese-choisie");
}

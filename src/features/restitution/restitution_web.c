#include "features/restitution/restitution_web.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "core/field_type.h"
#include "core/relative_day.h"
#include "core/survey_target.h"
#include "features/people/people_web.h"
#include "features/restitution/compare_file.h"
#include "features/restitution/restitution.html.h"
#include "features/restitution/restitution_anchor.h"
#include "features/restitution/restitution_page.h"
#include "features/survey/survey_web.h"
#include "web/web.h"

enum { COMPARE_BODY = COMPARE_BYTES + (1 << 20), REMARK_BODY = 32 * 1024, DAY_MS = 24 * 3600 * 1000 };

/* ---- Lists ---- */

enum code restitutions_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct restitution *all;
	struct record *record;
	int n, found = 0;
	bool manages = false;
	TRY(restitution_list(r->db, r->arena, p->model, 0, &all, &n, err));
	struct restitution_row *rows = arena_array(r->arena, struct restitution_row, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		if (record_load_num(r->db, r->arena, p->model, &actor_program, all[i].record, &record, err) != OK)
			continue;
		bool hers = restitution_manages(p, record->space);
		bool open = all[i].state == RESTITUTION_OPEN &&
		            allowed(&r->actor, ACTION_READ,
		                    &(struct thing){ .kind = KIND_SPACE, .space = record->space });
		bool final = all[i].state == RESTITUTION_FINAL && page_may(p, ACTION_READ, record);
		if (record->state == STATE_TRASH || (!hers && !open && !final)) continue;
		rows[found++] = (struct restitution_row){ &all[i], record, hers };
		manages |= hers;
	}
	p->title = _("Reports");
	p->section = "/-/surveys";
	restitution_list_page(request_out(r), p, rows, found, manages);
	return OK;
}

/* ---- Beginning one ---- */

struct beginning {
	struct request *r;
	const struct form *form; /* whose answers */
	struct save save;
	struct issues issues;
};

static enum code begin(struct tx *tx, void *arg, struct err *err)
{
	struct beginning *b = arg;
	struct record *record;
	enum code code = record_save(tx, b->r->arena, b->r->page.model, &b->save, &b->issues, err);
	if (code == E_INPUT && b->issues.first) *err = b->issues.first->err;
	TRY(code);
	TRY(record_load(tx_db(tx), b->r->arena, b->r->page.model, &actor_program, b->save.saved, &record, err));
	return restitution_add(tx, record->num, b->form, err);
}

/* With which a report is written. */
static const struct form *page_form(const struct model *model)
{
	const struct form *form = model_form(model, "page");
	if (form && form->survey == NULL && form->confidential == 0 && restitution_field(form)) return form;
	for (int i = 0; i < model->nforms; i++) {
		const struct form *other = &model->forms[i];
		const struct field *field = restitution_field(other);
		if (other->survey == NULL && other->confidential == 0 && field && field->audience == AUDIENCE_PUBLIC)
			return other;
	}
	return NULL;
}

enum code restitution_begin_post(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct beginning b = { .r = r, .form = model_form(p->model, request_form(r, "form")) };
	const struct form *form = page_form(p->model);
	const char *title, *text;
	if (b.form == NULL) FAIL(err, E_NOT_FOUND, N_("There are no results at this address."));
	const struct space *space = b.form->survey ? survey_space(p->model, b.form) : &p->model->spaces[0];
	TRY(may(&r->actor, ACTION_MANAGE, &(struct thing){ .kind = KIND_RESPONSE, .space = space }, err));
	if (form == NULL) FAIL(err, E_INPUT, N_("The site has no form of pages: a report is one."));
	TRY(restitution_draft(p, b.form, &title, &text, err));
	issues_init(&b.issues, r->arena);
	json_t *values = json_keep(r->arena, json_object());
	json_object_set_new(values, form->title->key, json_string(text_cut(r->arena, title, 110)));
	json_object_set_new(values, restitution_field(form)->key, json_string(text));
	b.save = (struct save){
		.actor = &r->actor, .form = form, .space = space, .values = values, .state = STATE_DRAFT
	};
	TRY(request_write(r, begin, &b, err));
	char id[ID_TEXT + 1];
	return request_redirect(r, arena_printf(r->arena, "/-/restitution/%s", id_format(b.save.saved, id)),
	                        "rapport-commence");
}

/* ---- Reading, saying something ---- */

static enum code show(struct request *r, struct restitution_shown *x, struct issues *issues, struct err *err)
{
	struct page *p = &r->page;
	if (issues && issues->count) {
		p->issues = issues;
		r->response->status = 422;
	}
	if (!x->reader.manages && !x->reader.asked && x->report.state == RESTITUTION_OPEN) {
		restitution_door_page(request_out(r), p, x, request_form(r, "code"));
		return OK;
	}
	if (x->text.blocks == NULL) restitution_read_text(r, x, true);
	TRY(restitution_read_remarks(r, x, err));
	restitution_page(request_out(r), p, x);
	return OK;
}

enum code restitution_show(struct request *r, struct err *err)
{
	struct restitution_shown x;
	TRY(restitution_open(r, NULL, &x, err));
	return show(r, &x, NULL, err);
}

enum code restitution_as_show(struct request *r, struct err *err)
{
	struct restitution_shown x;
	TRY(web_limit(r, LIMIT_ANSWER, NULL, err));
	TRY(restitution_open(r, r->params[1], &x, err));
	return show(r, &x, NULL, err);
}

enum code restitution_code_post(struct request *r, struct err *err)
{
	struct restitution_shown x, by;
	struct issues issues;
	struct err why;
	const char *typed;
	char code[CODE_TEXT + 1];
	TRY(web_limit(r, LIMIT_SIGN_IN_ADDRESS, NULL, err)); /* guessed as seldom as a password */
	TRY(restitution_open(r, NULL, &x, err));
	TRY(people_typed(r, "code", &typed, err));
	issues_init(&issues, r->arena);
	if (!code_read(typed, code))
		issues_add(&issues, "code", N_("This is no code: it has sixteen letters and digits, in four groups."));
	else if (restitution_open(r, code, &by, &why) != OK) issues_add_err(&issues, "code", &why);
	if (issues.count) return show(r, &x, &issues, err);
	return request_redirect(r, by.url, NULL);
}

struct remarking {
	struct request *r;
	struct restitution_shown *x;
	struct remark remark;
};

/* Those that stand at a paragraph that was edited since stand at it as it is now: so they are not lost by small steps. */
enum code restitution_follow(struct tx *tx, const struct restitution_shown *x, struct arena *a, struct err *err)
{
	for (int i = 0; i < x->nremarks; i++) {
		if (x->places[i] < 0) continue;
		const struct block *block = &x->text.blocks[x->places[i]];
		if (strcmp(block->anchor, x->remarks[i].anchor) == 0) continue;
		TRY(remark_move(tx, x->remarks[i].num, block->anchor, restitution_quote(a, block), err));
	}
	return OK;
}

static enum code remark(struct tx *tx, void *arg, struct err *err)
{
	struct remarking *m = arg;
	TRY(restitution_follow(tx, m->x, m->r->arena, err));
	return remark_add(tx, m->x->record->num, &m->remark, err);
}

static int block_of(const struct restitution_text *text, const char *anchor)
{
	for (int i = 0; i < text->n; i++)
		if (restitution_takes_remarks(&text->blocks[i]) && strcmp(text->blocks[i].anchor, anchor) == 0)
			return i;
	return -1;
}

/* What is kept of who said it is what the questionnaire promised. */
static struct remark remark_of(struct request *r, const struct restitution_shown *x, const struct block *block,
                               const char *body)
{
	const struct restitution_reader *reader = &x->reader;
	int64_t now = clock_now();
	bool hides = reader->who == REMARK_ASKED || reader->who == REMARK_NOBODY;
	return (struct remark){ .who = reader->who,
		                .name = reader->name ? reader->name : "",
		                .person = hides ? 0 : reader->person,
		                .target = hides ? 0 : reader->target,
		                .anchor = block->anchor,
		                .quote = restitution_quote(r->arena, block),
		                .body = body,
		                .created = hides ? now - now % DAY_MS : now };
}

/* With a code in the address, or by an account. */
enum code restitution_remark_post(struct request *r, struct err *err)
{
	struct restitution_shown x;
	struct issues issues;
	char *body;
	const char *typed = request_form(r, "body");
	TRY(web_limit(r, LIMIT_ANSWER, NULL, err));
	TRY(restitution_open(r, r->params[1], &x, err));
	if (!x.reader.comments) FAIL(err, E_FORBIDDEN, N_("Comments are not taken here, or not any more."));
	restitution_read_text(r, &x, true);
	int place = block_of(&x.text, request_form(r, "paragraph"));
	issues_init(&issues, r->arena);
	TRY(text_clean(r->arena, typed, strlen(typed), TEXT_BLOCK, &body, err));
	body = text_trim(r->arena, body);
	if (place < 0)
		issues_add(&issues, "body",
		           N_("This paragraph was changed meanwhile. Read it as it is now, then say it again."));
	else if (text_is_blank(body)) issues_add(&issues, "body", N_("Write what you want to say of this paragraph."));
	else if (strlen(body) > REMARK_MAX)
		issues_add(&issues, "body", N_("This is too long: %d letters at most."), REMARK_MAX / 2);
	if (issues.count) {
		x.typed_block = place;
		x.typed = body;
		return show(r, &x, &issues, err);
	}
	TRY(restitution_read_remarks(r, &x, err));
	struct remarking m = { r, &x, remark_of(r, &x, &x.text.blocks[place], body) };
	TRY(request_write(r, remark, &m, err));
	return request_redirect(r, x.url, "remarque-prise");
}

#define MANAGE ACTION_MANAGE, KIND_RESPONSE
#define READ ACTION_READ, KIND_RECORD
#define ANSWER ACTION_CREATE, KIND_RESPONSE

const struct feature restitution_feature = {
	.name = "restitution",
	.prepare = restitution_prepare,
	.routes = ROUTES({ HTTP_GET, "/-/restitutions", restitutions_show, READ, N_("Reports of results"), 0, false },
	                 { HTTP_POST, "/-/restitutions", restitution_begin_post, MANAGE,
	                   N_("Begin a report of results"), 0, false },
	                 { HTTP_GET, "/-/restitution/:id", restitution_show, READ,
	                   N_("A report, with what is said of its paragraphs"), 0, false },
	                 { HTTP_POST, "/-/restitution/:id/state", restitution_state_post, MANAGE,
	                   N_("Open a report to comments, make it final"), 0, false },
	                 { HTTP_GET, "/-/restitution/:id/figures", restitution_freeze_show, MANAGE,
	                   N_("The figures of a report: as they are now, or kept"), 0, false },
	                 { HTTP_POST, "/-/restitution/:id/figures", restitution_freeze_post, MANAGE,
	                   N_("Keep the figures of a report as they are"), 0, false },
	                 { HTTP_GET, "/-/restitution/:id/insert", restitution_inserts_show, MANAGE,
	                   N_("What may be put into a report"), 0, false },
	                 { HTTP_POST, "/-/restitution/:id/code", restitution_code_post, ANSWER,
	                   N_("Come to a report with one’s code"), 0, true },
	                 { HTTP_GET, "/-/restitution/:id/as/:code", restitution_as_show, ANSWER,
	                   N_("A report, read with one’s code"), 0, false },
	                 { HTTP_POST, "/-/restitution/:id/as/:code", restitution_remark_post, ANSWER,
	                   N_("Say something of a paragraph, with one’s code"), REMARK_BODY, true },
	                 { HTTP_POST, "/-/restitution/:id/remark", restitution_remark_post, READ,
	                   N_("Say something of a paragraph of a report"), REMARK_BODY, false },
	                 { HTTP_POST, "/-/restitution/:id/answer", restitution_answer_post, MANAGE,
	                   N_("Answer what was said of a report"), REMARK_BODY, false },
	                 { HTTP_GET, "/-/restitution/:id/screen", restitution_screen_show, READ,
	                   N_("A report, screen by screen, to be shown"), 0, false },
	                 { HTTP_GET, "/-/restitution/:id/pdf", restitution_pdf_show, READ,
	                   N_("A report on paper, as PDF"), 0, false },
	                 { HTTP_GET, "/-/restitution/:id/synthesis", synthesis_show, READ, N_("A report on one page"),
	                   0, false },
	                 { HTTP_POST, "/-/restitution/:id/synthesis", synthesis_post, MANAGE,
	                   N_("Choose what stands on the page of synthesis"), REMARK_BODY * 4, false },
	                 { HTTP_GET, "/-/restitution/:id/synthesis/pdf", synthesis_pdf_show, READ,
	                   N_("The page of synthesis on paper, as PDF"), 0, false },
	                 { HTTP_GET, "/-/results/:form/elsewhere", comparison_show, READ,
	                   N_("The same questions in several places, compared"), 0, false },
	                 { HTTP_POST, "/-/results/:form/elsewhere", comparison_post, READ,
	                   N_("Compare results with a file of another territory"), COMPARE_BODY, false },
	                 { HTTP_GET, "/-/survey/:form/mine", own_answers_show, ANSWER,
	                   N_("One’s own answers beside those of all"), 0, false },
	                 { HTTP_GET, "/-/s/:code/mine", own_answers_show, ANSWER,
	                   N_("One’s own answers beside those of all, with a code"), 0, false }),
};

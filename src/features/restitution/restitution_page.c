#include "features/restitution/restitution_page.h"

#include <string.h>

#include "base/text.h"
#include "core/field_type.h"
#include "core/relative_day.h"
#include "core/survey_target.h"
#include "features/restitution/restitution_anchor.h"
#include "fields/rich_text.h"

enum { SYNTHESIS_WORDS = 120 /* characters of a text, where it is chosen */ };

/* ---- Who looks ---- */

bool restitution_manages(const struct page *p, const struct space *space)
{
	return p->actor->person &&
	       allowed(p->actor, ACTION_MANAGE, &(struct thing){ .kind = KIND_RESPONSE, .space = space });
}

const struct field *restitution_field(const struct form *form)
{
	for (int i = 0; i < form->nfields; i++)
		if (form->fields[i].type->long_text) return &form->fields[i];
	return NULL;
}

static void name_reader(const struct form *form, const char *name, struct restitution_reader *reader)
{
	enum anonymity anonymity = form->survey->anonymity;
	reader->asked = true;
	reader->who = anonymity == ANONYMITY_NAMED          ? REMARK_NAMED
	              : anonymity == ANONYMITY_CONFIDENTIAL ? REMARK_ASKED
	                                                    : REMARK_NOBODY;
	reader->name = anonymity == ANONYMITY_NAMED ? name : "";
	if (anonymity != ANONYMITY_NAMED) reader->target = reader->person = 0;
}

/* The code of who answered, or was invited to. */
static enum code by_code(struct request *r, const struct form *form, const char *code,
                         struct restitution_reader *reader, struct err *err)
{
	struct response response;
	struct survey_target target;
	char written[CODE_TEXT + 1];
	if (form == NULL || form->survey == NULL || !code_read(code, written))
		FAIL(err, E_NOT_FOUND, N_("This code opens nothing here."));
	reader->code = arena_strdup(r->arena, written);
	enum code found = survey_target_by_code(r->db, r->arena, r->page.model, written, &target, err);
	if (found == OK && target.form == form) {
		reader->target = target.num;
		name_reader(form, target.name, reader);
		return OK;
	}
	if (found != OK && found != E_NOT_FOUND) return found;
	found = response_find(r->db, r->arena, r->page.model, written, &response, err);
	if (found == E_GONE && form->survey->anonymity == ANONYMITY_ANONYMOUS) {
		name_reader(form, "", reader);
		return OK;
	}
	if (found != OK && found != E_NOT_FOUND && found != E_GONE) return found;
	if (found != OK || response.form != form || response.state != RESPONSE_COMPLETE)
		FAIL(err, E_NOT_FOUND, N_("This code opens nothing here."));
	name_reader(form, response.name, reader);
	return OK;
}

/* An account that answered, or is a member of the space. */
static enum code by_account(struct request *r, const struct restitution_shown *x, struct restitution_reader *reader,
                            struct err *err)
{
	const struct form *form = x->report.form;
	bool done = false;
	if (r->actor.person == 0) return OK;
	if (form && form->survey) TRY(response_done(r->db, form, r->actor.person, 0, &done, err));
	bool member = x->report.members && actor_level(&r->actor, x->record->space) >= LEVEL_MEMBER;
	if (reader->manages || member) {
		reader->asked = true;
		reader->who = REMARK_PERSON;
		reader->person = r->actor.person;
	} else if (done) {
		reader->person = r->actor.person;
		name_reader(form, r->actor.name, reader);
		if (reader->who == REMARK_NAMED) reader->who = REMARK_PERSON;
	}
	return OK;
}

static bool is_over(const struct page *p, const struct restitution *report)
{
	struct date today = model_today(p->model, p->now);
	struct date last;
	return date_from_iso(report->closes, &last) && date_compare(last, today) < 0;
}

static enum code find_reader(struct request *r, const char *code, struct restitution_shown *x, struct err *err)
{
	struct page *p = &r->page;
	struct restitution_reader *reader = &x->reader;
	reader->manages = restitution_manages(p, x->record->space);
	if (code) TRY(by_code(r, x->report.form, code, reader, err));
	else TRY(by_account(r, x, reader, err));
	bool over = is_over(p, &x->report);
	reader->comments = reader->asked && x->report.state == RESTITUTION_OPEN && !over;
	if (x->report.state == RESTITUTION_FINAL)
		reader->closed = _("The report is final: thank you to all who said something about it.");
	else if (over && x->report.state == RESTITUTION_OPEN)
		reader->closed = page_printf(p, _("Comments were taken until %s: thank you."),
		                             restitution_closes_words(p, &x->report));
	return OK;
}

/* ---- Opening ---- */

enum code restitution_open(struct request *r, const char *code, struct restitution_shown *ret, struct err *err)
{
	struct page *p = &r->page;
	struct restitution_shown x = { .typed_block = -1, .typed = "" };
	struct id id;
	if (!id_parse(r->params[0], &id)) FAIL(err, E_NOT_FOUND, N_("There is no report at this address."));
	TRY(record_load(r->db, r->arena, p->model, &actor_program, id, &x.record, err));
	TRY(restitution_load(r->db, r->arena, p->model, x.record->num, &x.report, err));
	x.field = restitution_field(x.record->form);
	if (x.field == NULL || x.record->circle || x.record->state == STATE_TRASH)
		FAIL(err, E_NOT_FOUND, N_("There is no report at this address."));
	const json_t *source = record_value(x.record, x.field);
	x.source = json_is_string(source) ? json_string_value(source) : "";
	TRY(find_reader(r, code, &x, err));
	bool published = x.report.state == RESTITUTION_FINAL && page_may(p, ACTION_READ, x.record);
	bool open = x.report.state == RESTITUTION_OPEN &&
	            (code || x.reader.asked ||
	             allowed(&r->actor, ACTION_READ, &(struct thing){ .kind = KIND_SPACE, .space = x.record->space }));
	if (!x.reader.manages && !published && !open) FAIL(err, E_NOT_FOUND, N_("There is no report at this address."));
	x.url = code ? restitution_url(p, &x, arena_printf(r->arena, "/as/%s", x.reader.code))
	             : restitution_url(p, &x, "");
	p->space = x.record->space;
	p->title = x.record->title;
	p->hidden = true;
	http_set(r->response, "Cache-Control", "no-store");
	*ret = x;
	return OK;
}

enum code restitution_managed(struct request *r, struct restitution_shown *ret, struct err *err)
{
	TRY(restitution_open(r, NULL, ret, err));
	if (ret->reader.manages) return OK;
	if (r->actor.person == 0) FAIL(err, E_SIGN_IN, N_("Sign in to look after this report."));
	FAIL(err, E_FORBIDDEN, N_("Only who looks after the answers may do this."));
}

void restitution_read_text(struct request *r, struct restitution_shown *x, bool figures)
{
	struct buf notes;
	restitution_text_read(&r->page, x->source, figures, &x->text);
	buf_init(&notes, r->arena, 0);
	for (int i = 0; i < x->text.n; i++)
		if (x->text.blocks[i].kind == BLOCK_NOTE) buf_printf(&notes, "\n\n%s", x->text.blocks[i].shown);
	x->notes = buf_str(&notes);
	r->page.figures = &x->text.figures;
	r->page.prepare = NULL;
}

enum code restitution_read_remarks(struct request *r, struct restitution_shown *x, struct err *err)
{
	TRY(remark_list(r->db, r->arena, x->record->num, &x->remarks, &x->nremarks, err));
	x->places = arena_array(r->arena, int, (size_t)x->nremarks + 1);
	for (int i = 0; i < x->nremarks; i++)
		x->places[i] = restitution_anchor_find(r->arena, &x->text, x->remarks[i].anchor, x->remarks[i].quote);
	return OK;
}

/* ---- For templates ---- */

const char *restitution_address(const struct page *p, const struct record *record, const char *rest)
{
	char id[ID_TEXT + 1];
	return arena_printf(p->arena, "/-/restitution/%s%s", id_format(record->id, id), rest);
}

const char *restitution_url(const struct page *p, const struct restitution_shown *x, const char *rest)
{
	return restitution_address(p, x->record, rest);
}

const struct restitution *restitution_of(const struct page *p, const struct record *record)
{
	struct restitution *report = arena_new(p->arena, struct restitution);
	struct err err;
	if (p->db == NULL || record->about ||
	    restitution_load(p->db, p->arena, p->model, record->num, report, &err) != OK)
		return NULL;
	return report;
}

struct html_safe restitution_block_html(const struct page *p, const struct restitution_shown *x, int block)
{
	const char *shown = x->text.blocks[block].shown;
	if (strstr(shown, "[^") && *x->notes) shown = arena_printf(p->arena, "%s%s", shown, x->notes);
	return rich_text_html(p, shown);
}

const char *restitution_heading(const struct page *p, const struct block *block)
{
	const char *words = *block->number ? arena_printf(p->arena, block->depth ? "%s %s" : "%s. %s", block->number,
	                                                  block->plain)
	                                   : block->plain;
	return p->lang == LANG_FR ? text_typography_fr(p->arena, words) : words;
}

bool restitution_takes_remarks(const struct block *block)
{
	return block->kind == BLOCK_TEXT || block->kind == BLOCK_FIGURE;
}

const char *remark_name(const struct page *p, const struct remark *remark)
{
	if (remark->who == REMARK_ASKED) return _("One of the organisations asked");
	if (remark->who == REMARK_NOBODY) return _("Somebody who was asked");
	return *remark->name ? remark->name : _("Somebody who is gone");
}

bool remark_seen(const struct restitution_shown *x, const struct remark *remark)
{
	return remark->state != REMARK_HIDDEN || x->reader.manages;
}

int restitution_remarks_at(const struct restitution_shown *x, int block)
{
	int n = 0;
	for (int i = 0; i < x->nremarks; i++) n += x->places[i] == block && remark_seen(x, &x->remarks[i]);
	return n;
}

int restitution_remarks_new(const struct restitution_shown *x)
{
	int n = 0;
	for (int i = 0; i < x->nremarks; i++) n += x->remarks[i].state == REMARK_NEW;
	return n;
}

const char *restitution_closes_words(const struct page *p, const struct restitution *report)
{
	struct date day;
	if (!date_from_iso(report->closes, &day)) return "";
	return date_format(p->arena, day, DATE_LONG, p->lang);
}

const char *restitution_id(const struct page *p, const struct restitution_shown *x)
{
	char id[ID_TEXT + 1];
	return arena_strdup(p->arena, id_format(x->record->id, id));
}

/* What a sentence says of results is worked out on its page: here three dots stand for it. */
static const char *without_directives(struct arena *a, const char *text)
{
	struct directive d;
	struct buf out;
	size_t at = 0, from = 0;
	buf_init(&out, a, 0);
	for (; directive_next(a, text, &at, &d); from = at) {
		buf_add(&out, text + from, d.start - from);
		buf_puts(&out, "…");
	}
	buf_puts(&out, text + from);
	return buf_str(&out);
}

const char *synthesis_words(const struct page *p, const struct restitution_shown *x, int block)
{
	const struct block *b = &x->text.blocks[block];
	if (b->kind == BLOCK_HEADING) return page_printf(p, "%s %s", b->number, b->plain);
	if (b->kind == BLOCK_TEXT) return text_cut(p->arena, without_directives(p->arena, b->plain), SYNTHESIS_WORDS);
	const struct figure_spot *spot = &x->text.figures.spots[x->text.blocks[block].spot];
	if (spot->number == 0) return spot_title(p, spot);
	return page_printf(p, "%s – %s", spot_name(p, spot), spot_title(p, spot));
}

const char *directive_words(const struct page *p, const struct directive *d)
{
	static const char *const names[DIRECTIVE_KINDS] = {
		[DIRECTIVE_TABLE] = N_("Table"),         [DIRECTIVE_CHART] = N_("Chart"),
		[DIRECTIVE_CROSS] = N_("Crossed table"), [DIRECTIVE_METHOD] = N_("Method"),
		[DIRECTIVE_LIST] = N_("List"),           [DIRECTIVE_NUMBER] = N_("Inside a sentence"),
		[DIRECTIVE_SEE] = N_("Reference"),       [DIRECTIVE_QUOTES] = N_("Quotations"),
	};
	struct buf out;
	buf_init(&out, p->arena, 0);
	buf_puts(&out, tr(p->lang, names[d->kind]));
	for (int i = 0; i < d->nwords; i++) buf_printf(&out, " · %s", d->words[i]);
	return buf_str(&out);
}

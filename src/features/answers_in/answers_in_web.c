#include "features/answers_in/answers_in_web.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/audit.h"
#include "features/answers_in/answers_in.html.h"
#include "features/answers_in/answers_in_page.h"
#include "features/sent_file/sent_file.h"
#include "features/survey/survey_web.h"
#include "web/web.h"

enum { BODY = ANSWERS_BYTES + (1 << 20), LOOK_BODY = 1 << 20, IMPORTS_SHOWN = 50, MENUS_MAX = 20000 };
static const char KIND[] = "application/x-answers";

static enum code find_form(struct request *r, const struct form **ret, struct err *err)
{
	TRY(survey_managed(r, ACTION_MANAGE, ret, err));
	r->page.section = "/-/surveys";
	r->page.hidden = true;
	http_set(r->response, "Cache-Control", "no-store");
	return OK;
}

/* ---- Sending it ---- */

static enum code show_send(struct request *r, const struct form *form, struct issues *issues, struct err *err)
{
	struct answers_in_sending s = { .form = form };
	struct answer_import *imports;
	TRY(answer_import_list(r->db, r->arena, form, IMPORTS_SHOWN, &imports, &s.n, err));
	s.imports = imports;
	r->page.title = tr(r->page.lang, N_("Answers from a file"));
	if (issues) {
		r->page.issues = issues;
		r->response->status = 422;
	}
	answers_send_page(request_out(r), &r->page, &s);
	return OK;
}

static enum code send_show(struct request *r, struct err *err)
{
	const struct form *form;
	TRY(find_form(r, &form, err));
	return show_send(r, form, NULL, err);
}

static const char *clean_name(struct request *r, const char *name)
{
	char *clean;
	struct err ignored;
	if (text_clean(r->arena, name, strlen(name), TEXT_LINE, &clean, &ignored) != OK || *clean == '\0')
		return tr(r->page.lang, N_("Answers"));
	return text_cut(r->arena, clean, ANSWER_IMPORT_NAME);
}

static enum code send_post(struct request *r, struct err *err)
{
	const struct form *form;
	struct answer_sheet sheet;
	struct issues issues;
	const char *bytes;
	size_t len;
	char hex[HASH_HEX + 1];
	TRY(find_form(r, &form, err));
	TRY(web_limit(r, LIMIT_WRITE, NULL, err));
	issues_init(&issues, r->arena);
	enum code code = sent_file_read(r, "file", ANSWERS_BYTES, &bytes, &len, err);
	if (code == OK) code = answer_sheet_read(r->arena, form, bytes, len, &sheet, err);
	if (code == E_INPUT || code == E_LIMIT) {
		issues_add_err(&issues, "file", err);
		return show_send(r, form, &issues, err);
	}
	TRY(code);
	const char *name = clean_name(r, form_data_file(&r->form, "file", 0)->value);
	TRY(sent_file_keep(r, KIND, bytes, len, hex, err));
	struct buf query;
	buf_init(&query, r->arena, 0);
	html_url_part_str(&query, name);
	return request_redirect(r,
	                        arena_printf(r->arena, "%s?nom=%s",
	                                     answers_in_url(&r->page, form, arena_printf(r->arena, "/%s", hex)),
	                                     buf_str(&query)),
	                        NULL);
}

/* ---- What was understood ---- */

static enum code open_kept(struct request *r, struct answer_sheet *ret, struct err *err)
{
	const struct form *form;
	const char *bytes;
	size_t len;
	TRY(find_form(r, &form, err));
	TRY(sent_file_open(r, r->params[1], KIND, &bytes, &len, err));
	return answer_sheet_read(r->arena, form, bytes, len, ret, err);
}

static enum code show_look(struct request *r, struct answers_in_looked *l, struct issues *issues, int status)
{
	struct page *p = &r->page;
	p->title = page_printf(p, _n("%s: %d line", "%s: %d lines", l->sheet->grid.nrows), l->name,
	                       l->sheet->grid.nrows);
	if (issues && issues->count) p->issues = issues;
	/* So many menus would be too much for anybody. */
	if ((int64_t)l->sheet->grid.ncolumns * l->sheet->targets.n > MENUS_MAX) l->all = false;
	r->response->status = status;
	answers_look_page(request_out(r), p, l);
	return OK;
}

static bool has_sent(const struct answer_sheet *sheet)
{
	for (int i = 0; i < sheet->grid.ncolumns; i++)
		if (sheet->columns[i].target->kind == ANSWER_SENT) return true;
	return false;
}

static enum code look_show(struct request *r, struct err *err)
{
	struct answer_sheet sheet;
	struct answers_in_looked l = { .sheet = &sheet,
		                       .file = r->params[1],
		                       .name = clean_name(r, request_query(r, "nom")) };
	TRY(open_kept(r, &sheet, err));
	/* Dated by another program: it was answered there. */
	if (has_sent(&sheet)) sheet.channel = CHANNEL_WEB;
	TRY(answer_sheet_look(r->arena, &sheet, r->page.model, r->page.lang, r->db, err));
	/* The file was taken in already, most probably. */
	sheet.leave_same = 2 * sheet.same_there > sheet.good;
	if (sheet.leave_same) TRY(answer_sheet_look(r->arena, &sheet, r->page.model, r->page.lang, r->db, err));
	return show_look(r, &l, NULL, 200);
}

static void read_choices(struct request *r, struct answer_sheet *sheet, struct issues *issues)
{
	const char **names = arena_array(r->arena, const char *, (size_t)sheet->grid.ncolumns + 1);
	for (int i = 0; i < sheet->grid.ncolumns; i++) names[i] = form_data_get(&r->form, answer_control(&r->page, i));
	answer_sheet_choose(sheet, names);
	char *end;
	long channel = strtol(request_form(r, "channel"), &end, 10);
	if (end != request_form(r, "channel") && channel >= CHANNEL_WEB && channel < CHANNEL_TRIAL)
		sheet->channel = (enum channel)channel;
	sheet->leave_same = *request_form(r, "leave_same");
	const struct answer_column *twice = answer_columns_twice(sheet->columns, sheet->grid.ncolumns);
	if (twice)
		issues_add(issues, answer_control(&r->page, (int)(twice - sheet->columns)),
		           N_("Another column is this already: choose what “%s” is."), twice->name);
}

struct taking {
	struct request *r;
	struct answer_sheet *sheet;
	struct answers_asked asked;
	struct answer_import import;
};

static enum code take(struct tx *tx, void *arg, struct err *err)
{
	struct taking *t = arg;
	TRY(answers_take(tx, t->r->arena, t->r->page.model, t->sheet, &t->asked, &t->import, err));
	return audit_note(tx, &t->r->actor, "response.import", t->import.id,
	                  json_pack("{s:s, s:I}", "key", t->sheet->form->key, "lines", (json_int_t)t->import.total),
	                  err);
}

static enum code look_post(struct request *r, struct err *err)
{
	struct answer_sheet sheet;
	struct answers_in_looked l = { .sheet = &sheet,
		                       .file = r->params[1],
		                       .name = clean_name(r, request_form(r, "name")),
		                       .all = strcmp(request_form(r, "act[]"), "all") == 0,
		                       .good = *request_form(r, "good") };
	struct issues issues;
	issues_init(&issues, r->arena);
	TRY(open_kept(r, &sheet, err));
	read_choices(r, &sheet, &issues);
	TRY(answer_sheet_look(r->arena, &sheet, r->page.model, r->page.lang, r->db, err));
	if (issues.count) return show_look(r, &l, &issues, 422);
	if (strcmp(request_form(r, "act[]"), "take") != 0) return show_look(r, &l, NULL, 200);
	if (sheet.good == 0 || (sheet.refused && !l.good)) return show_look(r, &l, NULL, 422);
	struct taking t = { .r = r,
		            .sheet = &sheet,
		            .asked = {
		                    .file = l.file, .name = l.name, .person = r->actor.person, .lang = r->page.lang } };
	TRY(request_write(r, take, &t, err));
	return request_redirect(r, answers_in_url(&r->page, sheet.form, ""),
	                        t.import.done < t.import.total ? "reponses-en-cours" : "reponses-reprises");
}

/* ---- Taking it back ---- */

static enum code undo(struct tx *tx, void *arg, struct err *err)
{
	struct taking *t = arg;
	int64_t n;
	TRY(answer_import_undo(tx, t->r->arena, &t->import, &n, err));
	tx_public(tx);
	return audit_note(tx, &t->r->actor, "response.import.undo", t->import.id,
	                  json_pack("{s:s, s:I}", "key", t->import.form->key, "responses", (json_int_t)n), err);
}

static enum code undo_post(struct request *r, struct err *err)
{
	struct taking t = { .r = r };
	struct id id;
	if (!id_parse(r->params[0], &id)) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(answer_import_find(r->db, r->arena, r->page.model, id, &t.import, err));
	TRY(responses_may(r->page.model, &r->actor, ACTION_MANAGE, t.import.form, err));
	TRY(request_write(r, undo, &t, err));
	return request_redirect(r, answers_in_url(&r->page, t.import.form, ""), "reponses-otees");
}

const struct feature answers_in_feature = {
	.name = "answers_in",
	.routes = ROUTES({ HTTP_GET, "/-/survey/:form/import", send_show, ACTION_MANAGE, KIND_RESPONSE,
	                   N_("Send a file of answers to a questionnaire"), 0, false },
	                 { HTTP_POST, "/-/survey/:form/import", send_post, ACTION_MANAGE, KIND_RESPONSE,
	                   N_("Read a file of answers"), BODY, false },
	                 { HTTP_GET, "/-/survey/:form/import/:file", look_show, ACTION_MANAGE, KIND_RESPONSE,
	                   N_("What was understood of a file of answers"), 0, false },
	                 { HTTP_POST, "/-/survey/:form/import/:file", look_post, ACTION_MANAGE, KIND_RESPONSE,
	                   N_("Take the answers of a file in"), LOOK_BODY, false },
	                 { HTTP_POST, "/-/answers-in/:id/undo", undo_post, ACTION_MANAGE, KIND_RESPONSE,
	                   N_("Take the answers of a file back"), 0, false }),
};

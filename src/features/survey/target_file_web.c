/* A file of targets: sent, its columns told, then kept. Between the two the rows are carried along in the page. */
#include <stdlib.h>
#include <string.h>

#include "features/moderation/moderation_web.h"
#include "features/survey/campaign.h"
#include "features/survey/campaign_web.h"
#include "features/survey/survey_web.h"
#include "features/survey/target_file.html.h"
#include "features/survey/target_sent.h"
#include "web/web.h"

const char *sent_column_name(const struct page *p, int i)
{
	return arena_printf(p->arena, "column-%d", i);
}

static void prepare(struct request *r, struct issues *issues)
{
	r->page.section = "/-/surveys";
	r->page.hidden = true;
	if (issues == NULL || issues->count == 0) return;
	r->page.issues = issues;
	r->response->status = 422;
}

static enum code show_send(struct request *r, const struct form *form, struct issues *issues)
{
	prepare(r, issues);
	r->page.title = tr(r->page.lang, N_("Add from a file"));
	target_send_page(request_out(r), &r->page, form);
	return OK;
}

enum code campaign_file_show(struct request *r, struct err *err)
{
	const struct form *form;
	TRY(survey_managed(r, ACTION_MANAGE, &form, err));
	return show_send(r, form, NULL);
}

static const struct grid_limits limits = { GRID_COLUMNS, TARGET_SENT_ROWS, false };

static enum code read_file(struct request *r, struct grid *grid, struct err *err)
{
	const struct form_field *file = form_data_file(&r->form, "file", 0);
	size_t at = 0;
	if (file == NULL || file->size == 0) FAIL(err, E_INPUT, N_("Choose a file."));
	if (file->size > TARGET_SENT_BYTES) FAIL(err, E_INPUT, N_("This file is over %d MB."), TARGET_SENT_BYTES >> 20);
	char *bytes = arena_alloc(r->arena, (size_t)file->size + 1);
	while (at < (size_t)file->size) {
		long n = form_file_read(r->http, file, (int64_t)at, bytes + at, (size_t)file->size - at);
		if (n <= 0) FAIL(err, E_IO, N_("The file cannot be read."));
		at += (size_t)n;
	}
	bytes[at] = '\0';
	return grid_read_within(r->arena, bytes, at, &limits, grid, err);
}

static void read_columns(struct request *r, struct target_sent *sent)
{
	sent->columns = arena_array(r->arena, enum file_column, (size_t)sent->grid.ncolumns + 1);
	target_file_guess(&sent->grid, sent->columns);
	for (int i = 0; i < sent->grid.ncolumns; i++) {
		const char *said = request_form(r, sent_column_name(&r->page, i));
		long column = strtol(said, NULL, 10);
		if (*said && column >= 0 && column < FILE_COLUMNS) sent->columns[i] = (enum file_column)column;
	}
}

static enum code show_sent(struct request *r, struct target_sent *sent, struct issues *issues)
{
	struct buf csv;
	buf_init(&csv, r->arena, 0);
	grid_write_csv(&csv, &sent->grid);
	sent->csv = buf_str(&csv);
	prepare(r, issues);
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("What the file holds: %d rows")), sent->grid.nrows);
	target_sent_page(request_out(r), &r->page, sent);
	return OK;
}

enum code campaign_file_post(struct request *r, struct err *err)
{
	struct target_sent *sent = arena_new(r->arena, struct target_sent);
	struct survey_target *known;
	struct issues issues;
	int nknown;
	const char *carried = request_form(r, "rows");
	TRY(survey_managed(r, ACTION_MANAGE, &sent->form, err));
	sent->url = survey_url(&r->page, sent->form, "/campaign/file");
	issues_init(&issues, r->arena);
	enum code code = *carried ? grid_read_within(r->arena, carried, strlen(carried), &limits, &sent->grid, err)
	                          : read_file(r, &sent->grid, err);
	if (code == E_INPUT || code == E_LIMIT) {
		issues_add_err(&issues, "file", err);
		return show_send(r, sent->form, &issues);
	}
	TRY(code);
	read_columns(r, sent);
	TRY(survey_target_list_by_num(r->db, r->arena, sent->form, &known, &nknown, err));
	target_file_read(r->arena, sent->form, &sent->grid, sent->columns, known, nknown, &sent->file, &issues);
	bool good = *request_form(r, "good"), keeps = good || *request_form(r, "keep");
	/* What is wrong: nothing is kept, unless the others are asked for. */
	if (!keeps || issues.count || sent->file.n == 0 || (sent->file.refused && !good)) {
		if (keeps && issues.count == 0 && sent->file.refused == 0)
			issues_add(&issues, "", N_("There is no row to keep."));
		if (keeps && sent->file.refused) r->response->status = 422;
		return show_sent(r, sent, &issues);
	}
	struct target_adding adding = { .r = r, .form = sent->form, .targets = sent->file.targets, .n = sent->file.n };
	TRY(request_write(r, target_add_all, &adding, err));
	return request_redirect(r, survey_url(&r->page, sent->form, "/campaign"), "cibles");
}

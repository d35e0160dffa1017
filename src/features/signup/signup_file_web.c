/* The list as a file: spreadsheets for the organiser, a sheet to sign for the table at the door. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "core/audit.h"
#include "core/field_type.h"
#include "core/moment.h"
#include "features/print/print.h"
#include "features/print/print_entry.h"
#include "features/signup/signup_web.h"
#include "formats/format.h"
#include "page/when.h"
#include "paper/roll.h"
#include "store/store.h"
#include "web/web.h"

enum { FIXED = 8 /* columns without the questions */, BLANK_MAX = 60 };

/* ---- Spreadsheets ---- */

static void remove_file(void *path)
{
	unlink(path);
}

static int columns_of(const struct page *p, const struct signup_board *b, const struct export_column **ret)
{
	const char *const labels[FIXED] = { _("Name"),   _("State"),        _("Adults"), _("Children"),
		                            _("E-mail"), _("Signed up on"), _("Came"),   _("Entered by hand") };
	const struct signup_offer *offer = &b->shown->offer;
	struct export_column *columns = arena_array(p->arena, struct export_column, FIXED + SIGNUP_QUESTIONS);
	int n = 0;
	for (int i = 0; i < FIXED; i++) columns[n++].label = labels[i];
	for (int i = 0; i < offer->nquestions; i++) columns[n++].label = offer->questions[i].text;
	*ret = columns;
	return n;
}

static const char *answer_to(const struct signup *signup, const char *question)
{
	for (size_t k = 0; k < json_array_size(signup->answers); k++) {
		const json_t *pair = json_array_get(signup->answers, k);
		const char *asked = json_string_value(json_array_get(pair, 0)),
		           *said = json_string_value(json_array_get(pair, 1));
		if (asked && said && strcmp(asked, question) == 0) return said;
	}
	return "";
}

static void fill_row(const struct page *p, const struct signup_board *b, const struct signup *s, struct cell *cells)
{
	const struct signup_offer *offer = &b->shown->offer;
	const struct zone *zone = model_zone(p->model);
	struct datetime since = zone_local(zone, s->since);
	char iso[DATETIME_ISO_SIZE];
	cells[0] = (struct cell){ CELL_TEXT, s->name };
	cells[1] = (struct cell){ CELL_TEXT, tr(p->lang, signup_state_words(s->state)) };
	cells[2] = (struct cell){ CELL_NUMBER, arena_printf(p->arena, "%d", s->adults) };
	cells[3] = (struct cell){ CELL_NUMBER, arena_printf(p->arena, "%d", s->children) };
	cells[4] = (struct cell){ CELL_TEXT, s->email };
	cells[5] = (struct cell){ CELL_DATE, arena_strdup(p->arena, datetime_iso(&since, iso)) };
	cells[6] = s->came < 0 ? (struct cell){ CELL_TEXT, "" }
	                       : (struct cell){ CELL_NUMBER, arena_printf(p->arena, "%d", s->came) };
	cells[7] = (struct cell){ CELL_TEXT, s->person == 0 && *s->name ? _("yes") : "" };
	for (int i = 0; i < offer->nquestions; i++)
		cells[FIXED + i] = (struct cell){ CELL_TEXT, answer_to(s, offer->questions[i].text) };
}

static enum code write_rows(struct export *x, const struct format *format, const struct signup_board *b,
                            struct err *err)
{
	struct cell cells[FIXED + SIGNUP_QUESTIONS];
	x->row = cells;
	if (format->begin) TRY(format->begin(x, err));
	for (int i = 0; i < b->list.n; i++, x->n++) {
		fill_row(x->page, b, &b->list.rows[i], cells);
		TRY(format->record(x, NULL, err));
	}
	return format->end ? format->end(x, err) : OK;
}

static enum code answer_file(struct request *r, const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	off_t size = fd < 0 ? -1 : lseek(fd, 0, SEEK_END);
	if (size < 0) {
		if (fd >= 0) close(fd);
		FAIL(err, E_IO, N_("the export cannot be read back: %s"), strerror(errno));
	}
	r->response->file_fd = fd;
	r->response->file_size = size;
	return OK;
}

static enum code answer_sheet(struct request *r, const struct format *format, const struct signup_board *b,
                              struct err *err)
{
	struct page *p = &r->page;
	struct export *x = arena_new(r->arena, struct export); /* formats close what they opened with the arena */
	*x = (struct export){ .page = p, .arena = r->arena, .title = _("Sign-ups"), .out = request_out(r) };
	x->ncolumns = columns_of(p, b, &x->columns);
	if (format->to_file) {
		uint64_t number;
		random_bytes(&number, sizeof(number));
		x->folder = arena_printf(r->arena, "%s/tmp", store_dir(site_store(r->site)));
		char *path = arena_printf(r->arena, "%s/signups-%016llx", x->folder, (unsigned long long)number);
		x->path = path;
		arena_defer(r->arena, remove_file, path);
	}
	TRY(write_rows(x, format, b, err));
	if (format->to_file) TRY(answer_file(r, x->path, err));
	http_set(r->response, "Content-Type", format->media_type);
	return OK;
}

/* ---- The sheet to sign ---- */

static enum code answer_roll(struct request *r, const struct signup_board *b, struct err *err)
{
	struct page *p = &r->page;
	const struct record *about = b->shown->about;
	const struct paper_entry entry = print_entry(p, about);
	struct roll_row *rows = arena_array(r->arena, struct roll_row, (size_t)b->list.n + 1);
	struct paper_made made;
	int n = 0, blank = SIGNUP_BLANK;
	if (*request_query(r, "vides") && (!signup_read_count(request_query(r, "vides"), &blank) || blank > BLANK_MAX))
		blank = SIGNUP_BLANK;
	for (int i = 0; i < b->list.n; i++) {
		const struct signup *s = &b->list.rows[i];
		if (s->state != SIGNUP_IN) continue;
		const char *more = s->adults + s->children > 1 ? signup_party(p, s) : "";
		rows[n++] = (struct roll_row){ *s->name ? s->name : _("(name erased)"), more };
	}
	struct paper frame;
	TRY(print_frame(p, site_store(r->site), about, &frame, err));
	const struct roll roll = {
		.paper = frame,
		.heading = _("Attendance sheet"),
		.when = signup_when(p, &b->slot.date),
		.where = entry.where,
		.heads = { _("Name"), _("How many"), _("Signature") },
		.rows = rows,
		.n = n,
		.blank = blank,
		.total = page_printf(p, _("Signed up: %1$d. Came: ______"), b->list.taken),
		.notice = page_printf(
		        p,
		        _("These names serve for this meeting; they leave the site %d days after it. Keep the sheet "
		          "no longer than you need it."),
		        b->kept),
	};
	TRY(roll_make(r->arena, &roll, request_out(r), &made, err));
	http_set(r->response, "Content-Type", "application/pdf");
	return OK;
}

/* ---- Both ---- */

struct noting {
	const struct request *r;
	const struct signup_board *b;
	const char *form;
};

static enum code note(struct tx *tx, void *arg, struct err *err)
{
	const struct noting *x = arg;
	return audit_note(
	        tx, &x->r->actor, "export.signups", x->b->shown->about->id,
	        json_pack("{s:s, s:s, s:i}", "day", x->b->slot.date.day, "format", x->form, "rows", x->b->list.n), err);
}

enum code signups_file(struct request *r, struct err *err)
{
	static const struct format *const offered[] = { &format_csv, &format_ods, &format_xlsx };
	const char *form = request_query(r, "forme");
	struct signup_board b;
	bool paper = strcmp(form, "pdf") == 0;
	const struct format *format = NULL;
	for (size_t i = 0; i < COUNT(offered); i++)
		if (strcmp(offered[i]->name, form) == 0) format = offered[i];
	TRY(signup_board_of(r, &b, err));
	if (!paper && format == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(web_limit(r, LIMIT_EXPORT, NULL, err));
	TRY(paper ? answer_roll(r, &b, err) : answer_sheet(r, format, &b, err));
	struct noting x = { r, &b, form };
	TRY(request_write(r, note, &x, err));
	http_set(r->response, "Cache-Control", "no-store");
	http_set(r->response, "Content-Disposition",
	         arena_printf(r->arena, "%s; filename=\"%s%s%s.%s\"", paper ? "inline" : "attachment",
	                      text_slug(r->arena, b.shown->about->title, RECORD_SLUG_MAX), *b.slot.date.day ? "-" : "",
	                      b.slot.date.day, paper ? "pdf" : format->extension));
	return OK;
}

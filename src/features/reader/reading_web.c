/* The journal: for those who read, and for who names them. */
#include <stdlib.h>

#include "core/audit.h"
#include "features/reader/reader.html.h"
#include "features/reader/reader_page.h"
#include "features/reader/reader_web.h"
#include "formats/csv.h"
#include "web/web.h"

enum { SHOWN = 50, FILE_MAX = 20000, BATCH = 500 };

static struct journal_line line_of(const struct page *p, const struct reading_row *row)
{
	struct record *record;
	struct journal_line line = { .row = row,
		                     .who = row->person ? row->person : _("somebody who is no longer here") };
	/* Its number, not its title: the journal goes out as a file, and looking at it is not reading. */
	line.about = record_number_words(p, row->record);
	if (row->record_num == 0) {
		line.about = page_printf(p, _("%s, erased since"), line.about);
	} else if (record_load_num(p->db, p->arena, p->model, p->actor, row->record_num, &record, NULL) == OK) {
		line.url = record_url(p, record);
	}
	return line;
}

/* Readings of one record alone, asked for by who may read it or names its readers. */
static enum code begin(struct request *r, struct journal *ret, struct id *only, struct err *err)
{
	struct record *record;
	*ret = (struct journal){ .form = NULL };
	*only = ID_NONE;
	TRY(reader_form(r, &ret->form, err));
	if (*request_query(r, "fiche") == '\0') return OK;
	if (!id_parse(request_query(r, "fiche"), only)) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(record_load(r->db, r->arena, r->page.model, &actor_program, *only, &record, err));
	if (record->form != ret->form) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	ret->only = record;
	return OK;
}

const char *journal_csv_url(const struct page *p, const struct journal *journal)
{
	const char *url = arena_printf(p->arena, "%s/csv", readings_url(p, journal->form));
	if (journal->only == NULL) return url;
	return arena_printf(p->arena, "%s?fiche=%s", url, circle_record_id(p, journal->only));
}

enum code readings_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct journal j;
	struct reading_row *rows;
	struct id only;
	int n;
	TRY(begin(r, &j, &only, err));
	int64_t before = strtoll(request_query(r, "avant"), NULL, 10);
	TRY(reading_list(r->db, r->arena, j.form, only, before, SHOWN + 1, &rows, &n, err));
	j.lines = arena_array(r->arena, struct journal_line, SHOWN);
	for (j.n = 0; j.n < MIN(n, SHOWN); j.n++) j.lines[j.n] = line_of(p, &rows[j.n]);
	if (n > SHOWN)
		j.next = arena_printf(r->arena, "%s?avant=%lld%s%s", readings_url(p, j.form),
		                      (long long)rows[SHOWN - 1].num, j.only ? "&fiche=" : "",
		                      j.only ? circle_record_id(p, j.only) : "");
	p->title = page_printf(p, _("Journal of “%s”"), j.only ? record_known(p, j.only) : t(p, &j.form->plural));
	p->hidden = true;
	journal_page(request_out(r), p, &j);
	return OK;
}

static enum code note(struct tx *tx, void *arg, struct err *err)
{
	const struct request *r = arg;
	return audit_note(tx, &r->actor, "export.readings", ID_NONE, json_pack("{s:s}", "form", r->params[0]), err);
}

enum code readings_csv(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct journal j;
	struct reading_row *rows;
	struct id only;
	int n = BATCH;
	int64_t before = 0;
	TRY(begin(r, &j, &only, err));
	TRY(web_limit(r, LIMIT_EXPORT, NULL, err));
	TRY(request_write(r, note, r, err));
	struct buf *out = request_out(r);
	csv_line(out, (const char *const[]){ _("date"), _("who"), _("page"), _("way"), _("number") }, 5);
	for (int total = 0; n == BATCH && total < FILE_MAX; total += n) {
		TRY(reading_list(r->db, r->arena, j.form, only, before, BATCH, &rows, &n, err));
		for (int i = 0; i < n; i++) {
			const struct journal_line line = line_of(p, &rows[i]);
			char at[TIME_UTC_SIZE], id[ID_TEXT + 1];
			csv_line(out,
			         (const char *const[]){ time_utc(rows[i].at, at), line.who, line.about,
			                                _(way_words(rows[i].way)), id_format(rows[i].record, id) },
			         5);
			before = rows[i].num;
		}
	}
	http_set(r->response, "Content-Type", "text/csv; charset=utf-8");
	http_set(r->response, "Content-Disposition", "attachment; filename=\"journal.csv\"");
	http_set(r->response, "Cache-Control", "no-store");
	return OK;
}

#include "features/print/print_web.h"

#include "base/text.h"
#include "core/audit.h"
#include "features/print/print.h"
#include "web/web.h"

struct taken {
	const struct request *r;
	const struct shared *shared;
	int entries;
};

/* What somebody who signed in takes away may hold what visitors do not read. */
static enum code note(struct tx *tx, void *arg, struct err *err)
{
	const struct taken *taken = arg;
	return audit_note(tx, &taken->r->actor, "export.list", ID_NONE,
	                  json_pack("{s:s, s:s, s:i}", "view", taken->shared->view->key, "format", "pdf", "records",
	                            taken->entries),
	                  err);
}

static enum code print_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct shared shared;
	struct paper paper;
	struct paper_made made;
	TRY(share_look(p, request_query(r, "path"), &shared, err));
	TRY(web_limit(r, LIMIT_EXPORT, NULL, err));
	TRY(print_prepare(p, site_store(r->site), &shared, &r->query, &paper, NULL, err));
	TRY(paper_make(r->arena, &paper, request_out(r), &made, err));
	struct taken taken = { r, &shared, made.entries };
	if (r->actor.person && shared.view) TRY(request_write(r, note, &taken, err));
	http_set(r->response, "Content-Type", "application/pdf");
	http_set(r->response, "Content-Disposition",
	         arena_printf(r->arena, "inline; filename=\"%s.pdf\"",
	                      text_slug(r->arena, paper.title, RECORD_SLUG_MAX)));
	return OK;
}

const struct feature print_feature = {
	.name = "print",
	.way = WAY_EXPORT,
	.routes = ROUTES({ HTTP_GET, "/-/print", print_show, ACTION_READ, KIND_RECORD,
	                   N_("A page on paper, as PDF: poster, programme, leaflet"), 0, false },
	                 { HTTP_GET, "/-/printed", printed_show, ACTION_READ, KIND_PERSON,
	                   N_("Sheets that one printed and put up, those that are wrong first"), 0, false },
	                 { HTTP_GET, "/-/printed/note", printed_note_show, ACTION_READ, KIND_PERSON,
	                   N_("Form to note that a sheet was printed and put up"), 0, false },
	                 { HTTP_POST, "/-/printed/note", printed_note_post, ACTION_READ, KIND_PERSON,
	                   N_("Note that a sheet was printed and put up"), 0, false },
	                 { HTTP_POST, "/-/printed/:num", printed_act_post, ACTION_READ, KIND_PERSON,
	                   N_("Say that a printed sheet was replaced, or hangs no more"), 0, false }),
};

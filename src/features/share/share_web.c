#include "features/share/share_web.h"

#include "features/share/share.h"
#include "features/share/share.html.h"
#include "features/share/sheet.html.h"
#include "page/qr.h"

static enum code share_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct shared shared;
	TRY(share_find(p, request_query(r, "path"), &shared, err));
	p->title = page_printf(p, _("Share “%s”"), shared.title);
	p->hidden = true;
	p->narrow = true;
	share_page(request_out(r), p, &shared, share_is_open(&shared));
	return OK;
}

static enum code card_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct shared shared;
	TRY(share_find(p, request_query(r, "path"), &shared, err));
	p->title = shared.title;
	card_page(request_out(r), p, &shared);
	return OK;
}

/* A page of the site on one sheet. */
static enum code sheet_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct shared shared;
	TRY(share_find(p, request_query(r, "path"), &shared, err));
	if (shared.record == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	p->title = shared.title;
	sheet_page(request_out(r), p, &shared);
	return OK;
}

static enum code svg_show(struct request *r, struct err *err)
{
	struct shared shared;
	TRY(share_find(&r->page, request_query(r, "path"), &shared, err));
	http_set(r->response, "Content-Type", "image/svg+xml");
	http_set(r->response, "Content-Security-Policy", "default-src 'none'; sandbox");
	html_text_safe(request_out(r), shared.code);
	return OK;
}

static enum code png_show(struct request *r, struct err *err)
{
	struct shared shared;
	TRY(share_find(&r->page, request_query(r, "path"), &shared, err));
	http_set(r->response, "Content-Type", "image/png");
	return qr_png(r->arena, shared.url, request_out(r), err);
}

const struct feature share_feature = {
	.name = "share",
	.routes = ROUTES({ HTTP_GET, "/-/share", share_show, ACTION_READ, KIND_RECORD,
	                   N_("Give a page to others: address, code, card, frame"), 0, false },
	                 { HTTP_GET, "/-/share/card", card_show, ACTION_READ, KIND_RECORD,
	                   N_("A card to print, with the code of a page"), 0, false },
	                 { HTTP_GET, "/-/share/sheet", sheet_show, ACTION_READ, KIND_RECORD,
	                   N_("A page of the site on a sheet to put up, with its code and strips to tear off"), 0,
	                   false },
	                 { HTTP_GET, "/-/qr.svg", svg_show, ACTION_READ, KIND_RECORD,
	                   N_("The code of a page, as a drawing"), 0, false },
	                 { HTTP_GET, "/-/qr.png", png_show, ACTION_READ, KIND_RECORD,
	                   N_("The code of a page, as a picture"), 0, false },
	                 { HTTP_GET, "/-/frame/:view", frame_show, ACTION_READ, KIND_RECORD,
	                   N_("A view for a frame of another site"), 0, false },
	                 { HTTP_GET, "/-/screen/:view", screen_show, ACTION_READ, KIND_RECORD,
	                   N_("A view for a screen in a hall, one record after the other"), 0, false },
	                 { HTTP_GET, "/-/frame/record/:id", frame_record_show, ACTION_READ, KIND_RECORD,
	                   N_("A page of the site as a card, for a frame of another site"), 0, false },
	                 { HTTP_GET, "/-/oembed", oembed_show, ACTION_READ, KIND_RECORD,
	                   N_("What another site shows in place of an address of this one (oEmbed)"), 0, false }),
};

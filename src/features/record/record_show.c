#include "features/record/record_show.h"

#include <string.h>

#include "base/text.h"
#include "core/field_type.h"
#include "features/comment/comment_page.h"
#include "features/record/life_web.h"
#include "features/record/record.html.h"
#include "features/record/record_page.h"
#include "features/share/share.h"
#include "fields/rich_text.h"

enum { DESCRIPTION_CHARS = 160 };

const char *record_description(const struct page *p, const struct record *record)
{
	for (int i = 0; i < record->form->nfields; i++) {
		const struct field *field = &record->form->fields[i];
		const json_t *value = record_value(record, field);
		if (!field->type->long_text || !json_is_string(value)) continue;
		const char *summary = rich_text_summary(p->arena, json_string_value(value));
		if (*summary) return text_cut(p->arena, summary, DESCRIPTION_CHARS);
	}
	return NULL;
}

enum code record_show(struct request *r, struct record *record, struct err *err)
{
	(void)err;
	const struct view *home = record_home_view(&r->page, record);
	request_way(r, WAY_PAGE); /* whichever address led here */
	r->page.title = record->title;
	r->page.description = record_description(&r->page, record);
	r->page.space = record->space;
	r->page.hidden = record->state != STATE_PUBLISHED;
	r->page.card = share_record_card(&r->page, record);
	if (home) r->page.section = arena_printf(r->arena, "/%s", home->slug);
	request_share(r, (const char *const[]){ "commentaires", "fait", NULL });
	record_page(request_out(r), &r->page, record);
	return OK;
}

/* /f/:id: the address that never changes. A comment is shown in its thread, but from the trash: there it is
 * alone. */
enum code record_permanent(struct request *r, struct err *err)
{
	struct record *record;
	const char *url, *notice = request_query(r, "fait");
	struct id about;
	TRY(record_of_route(r, ACTION_READ, &record, err));
	if (record->about && record->state == STATE_TRASH) return record_show(r, record, err);
	if (record->about) TRY(comment_url(&r->page, record, &url, err));
	else url = record_url(&r->page, record);
	if (*notice == '\0') notice = NULL;
	if (notice && id_parse(request_query(r, "de"), &about)) return request_redirect_about(r, url, notice, about);
	return request_redirect(r, url, notice);
}

enum code record_in_space(struct request *r, struct err *err)
{
	const struct space *space = model_space_by_slug(r->page.model, r->params[0]);
	struct record *record;
	if (space == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(record_load_slug(r->db, r->arena, r->page.model, &r->actor, space, r->params[1], &record, err));
	if (strcmp(record_url(&r->page, record), r->http->path) != 0)
		return request_moved(r, record_url(&r->page, record));
	return record_show(r, record, err);
}

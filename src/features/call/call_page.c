#include "features/call/call_page.h"

#include <string.h>

#include "core/field_type.h"
#include "fields/rich_text.h"
#include "page/when.h"

static bool may_talk(const struct page *p, const struct record *about)
{
	struct thing thing = { .kind = KIND_COMMENT, .space = about->space, .state = STATE_PUBLISHED };
	return !page_signed_in(p) || allowed(p->actor, ACTION_CREATE, &thing);
}

const struct call_shown *call_shown_of(const struct page *p, const struct record *about)
{
	struct call_shown *d = arena_new(p->arena, struct call_shown);
	struct datetime now = page_local(p), tomorrow = { .date = date_add_days(now.date, 1) };
	struct date end;
	struct err err;
	if (about->state != STATE_PUBLISHED || !call_of(about, &d->call)) return NULL;
	d->about = about;
	d->state = call_state(&d->call, about);
	d->open = call_is_open(&d->call, about, now.date);
	if (call_end(&d->call, about, &end)) {
		d->end = date_format(p->arena, end, DATE_FULL, p->lang);
		d->past = date_compare(end, now.date) < 0;
		if (!d->past) page_until(p, &tomorrow);
	}
	d->soon = d->open && call_ends_soon(&d->call, about, now.date);
	d->mine = call_may_change(p->actor, about);
	d->answer = d->open && may_talk(p, about) && (p->actor->person == 0 || about->author != p->actor->person);
	if (exchange_list(p->db, p->arena, p->actor, about->num, &d->exchanges, &d->n, &err) != OK) d->n = 0;
	return d;
}

const char *call_answer_words(const struct page *p, const struct call_shown *d)
{
	const struct choice *category = record_category(d->about);
	const json_t *own = category ? json_object_get(json_object_get(d->call.definition, "answers"), category->key)
	                             : NULL;
	if (own == NULL) own = json_object_get(d->call.definition, "answer");
	struct label label = label_from_json(p->arena, own);
	const char *words = own ? label_text(&label, p->lang) : "";
	return *words ? words : _("Answer");
}

const char *call_days_words(const struct page *p, const struct call *call)
{
	return page_printf(p, _n("%d day more", "%d days more", call->days), call->days);
}

const char *exchange_title(const struct page *p, const struct record *about)
{
	return about ? about->title : _("A page that is not here any more");
}

struct exchange_row exchange_row_of(const struct page *p, const struct exchange *exchange)
{
	struct exchange_row row = { .exchange = exchange };
	struct record *about;
	struct err err;
	if (record_load_num(p->db, p->arena, p->model, p->actor, exchange->record, &about, &err) == OK &&
	    about->state != STATE_TRASH && about->circle == 0)
		row.about = about;
	row.waits = exchange->ended_by == 0 && exchange->last && exchange->last != p->actor->person;
	return row;
}

const char *exchange_url(const struct page *p, const struct exchange *exchange, const char *action)
{
	char id[ID_TEXT + 1];
	return arena_printf(p->arena, "/-/exchange%s/%s", action, id_format(exchange->id, id));
}

bool message_is_mine(const struct page *p, const struct message *message)
{
	return message->person == p->actor->person;
}

struct html_safe message_html(const struct page *p, const struct message *message)
{
	struct page plain = *p;
	plain.embed = NULL;
	return rich_text_html(&plain, message->text);
}

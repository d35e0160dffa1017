/* The latest changes of a view, as a feed. */
#include <string.h>

#include "base/hash.h"
#include "formats/atom.h"
#include "formats/format.h"

enum { FEED_RECORDS = 50 };

/* The same wherever the site is, for the same view and choices. */
static const char *feed_id(const struct export *x)
{
	char space[ID_TEXT + 1];
	const char *choices = strchr(x->page_url, '?');
	const char *text = arena_printf(x->arena, "%s %s %s", id_format(x->page->model->spaces[0].id, space),
	                                x->view->key, choices ? choices : "");
	struct hash hash = hash_blake2b("feed", NULL, text, strlen(text));
	struct id id;
	memcpy(id.b, hash.b, sizeof(id.b));
	id.b[6] = (uint8_t)((id.b[6] & 0x0F) | 0x80); /* RFC 9562 §5.8 */
	id.b[8] = (uint8_t)((id.b[8] & 0x3F) | 0x80);
	return atom_uuid(x->arena, id);
}

static void begin_feed(const struct export *x, int64_t updated)
{
	const struct page *p = x->page;
	const struct atom_feed feed = {
		.id = feed_id(x),
		.title = arena_printf(x->arena, "%s – %s", page_site_name(p), t(p, &x->view->title)),
		.author = page_site_name(p),
		.rights = page_setting(p, "licence", NULL),
		.self = x->url,
		.page = x->page_url,
		.lang = p->lang,
		.updated = updated,
	};
	atom_begin(x->out, &feed);
}

/* Several values on one line. */
static const char *in_line(const struct page *p, const struct field *field, const char *text)
{
	struct buf out;
	if (field->type->long_text) return text;
	buf_init(&out, p->arena, 0);
	for (; *text; text++)
		if (*text == '\n') buf_lit(&out, ", ");
		else buf_putc(&out, *text);
	return buf_str(&out);
}

/* What its card says, a line for each field. */
static const char *summary(const struct page *p, const struct record *record)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	for (int i = 0; i < record->form->nsummary; i++) {
		const struct field *field = record->form->summary[i];
		const json_t *value = record_value(record, field);
		if (value == NULL) continue;
		if (out.len) buf_putc(&out, '\n');
		buf_puts(&out, page_printf(p, _("%s: %s"), t(p, &field->label),
		                           in_line(p, field, field_plain(p, field, value))));
	}
	return out.len ? buf_str(&out) : t(p, &record->form->label);
}

static enum code atom_record(struct export *x, const struct record *record, struct err *err)
{
	(void)err;
	if (x->n == 0) begin_feed(x, record->changed);
	const struct atom_entry entry = {
		.id = atom_uuid(x->page->arena, record->id),
		.title = record->title,
		.page = export_record_url(x, record),
		.summary = summary(x->page, record),
		.published = record->created,
		.updated = record->changed,
	};
	atom_entry(x->out, &entry);
	return OK;
}

static enum code atom_finish(struct export *x, struct err *err)
{
	(void)err;
	if (x->n == 0) begin_feed(x, x->page->now);
	atom_end(x->out);
	return OK;
}

const struct format format_atom = {
	.name = "atom",
	.extension = "atom",
	.media_type = "application/atom+xml; charset=utf-8",
	.label = N_("To follow what changes (Atom feed)"),
	.icon = "rss",
	.max = FEED_RECORDS,
	.feed = true,
	.record = atom_record,
	.end = atom_finish,
};

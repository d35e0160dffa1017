#include "page/page.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/asset.h"
#include "base/clock.h"
#include "core/call.h"
#include "core/comment.h"
#include "core/debate.h"
#include "core/field_type.h"
#include "core/form_answers.h"
#include "core/form_part.h"
#include "core/news.h"

struct page page_of_program(struct arena *a, struct db *db, const struct model *model, const char *base_url)
{
	return (struct page){ .arena = a,
		              .lang = lang_parse(json_string_value(model_setting(model, "locale")), LANG_FR),
		              .model = model,
		              .actor = &actor_program,
		              .db = db,
		              .title = "",
		              .path = "/",
		              .form_token = "",
		              .base_url = base_url,
		              .now = clock_now() };
}

const char *page_error(const struct page *p, const struct err *err)
{
	char text[1024];
	err_text(err, p->lang, text, sizeof(text));
	return arena_strdup(p->arena, text);
}

const char *page_issue(const struct page *p, const struct issues *issues, const char *field)
{
	const struct issue *issue = issues ? issues_of(issues, field) : NULL;
	return issue ? page_error(p, &issue->err) : NULL;
}

const char *page_setting(const struct page *p, const char *key, const char *fallback)
{
	const json_t *value = model_setting(p->model, key);
	if (value == NULL) return fallback;
	struct label label = label_from_json(p->arena, value);
	const char *text = label_text(&label, p->lang);
	return *text ? text : fallback;
}

const char *page_site_name(const struct page *p)
{
	return page_setting(p, "name", "Parvis");
}

bool page_signed_in(const struct page *p)
{
	return p->actor->person != 0;
}

bool page_may(const struct page *p, enum action action, const struct record *record)
{
	struct thing thing = record ? record_thing(record) : (struct thing){ .kind = KIND_SITE };
	return allowed(p->actor, action, &thing);
}

int page_unread(const struct page *p)
{
	struct err ignored;
	int n = 0;
	return page_signed_in(p) && p->db && news_unread(p->db, p->actor->person, &n, &ignored) == OK ? n : 0;
}

bool page_organises(const struct page *p)
{
	struct err ignored;
	return page_signed_in(p) && may_somewhere(p->actor, ACTION_MANAGE, KIND_RECORD, p->model, &ignored) == OK;
}

bool page_shapes(const struct page *p)
{
	if (!page_signed_in(p) || p->model->nspaces == 0) return false;
	return allowed(p->actor, ACTION_MANAGE, &(struct thing){ .kind = KIND_MODEL, .space = &p->model->spaces[0] });
}

bool page_sees(const struct page *p, const struct view *view)
{
	return view_seen(p->actor, p->model, view);
}

static const struct view *seen(const struct page *p, const struct view *view)
{
	return view && page_sees(p, view) ? view : NULL;
}

const struct view *page_view(const struct page *p, const char *key)
{
	return seen(p, model_view(p->model, key));
}

const struct view *page_view_by_slug(const struct page *p, const char *slug)
{
	return seen(p, model_view_by_slug(p->model, slug));
}

const struct view *page_view_named(const struct page *p, const char *name)
{
	const struct view *view = model_view(p->model, name);
	if (view == NULL) view = model_view_by_slug(p->model, name);
	if (view == NULL) view = model_view_by_former(p->model, name);
	return seen(p, view);
}

bool page_hides(const struct page *p, const char *url)
{
	if (*url != '/') return false;
	const struct view *view = model_view_by_slug(p->model,
	                                             arena_strndup(p->arena, url + 1, strcspn(url + 1, "?#")));
	return view && !page_sees(p, view);
}

int page_waiting(const struct page *p)
{
	struct waiting waiting;
	if (!page_organises(p) || p->db == NULL) return 0;
	if (waiting_count(p->db, p->arena, p->model, p->actor, &waiting, NULL) != OK) return 0;
	return waiting_total(&waiting);
}

const char *record_url(const struct page *p, const struct record *record)
{
	if (record->about) return record_short_url(p, record); /* which leads to its place in the thread */
	if (p->model->nspaces && record->space->num == p->model->spaces[0].num)
		return arena_printf(p->arena, "/%s", record->slug);
	return arena_printf(p->arena, "/e/%s/%s", record->space->slug, record->slug);
}

const char *record_short_url(const struct page *p, const struct record *record)
{
	char id[ID_TEXT + 1];
	return arena_printf(p->arena, "/f/%s", id_format(record->id, id));
}

const char *asset_href(const char *name)
{
	return asset_url(name);
}

const char *page_printf(const struct page *p, const char *fmt, ...)
{
	char text[2048];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return arena_strdup(p->arena, text);
}

const char *t(const struct page *p, const struct label *label)
{
	return label_text(label, p->lang);
}

const json_t *record_value(const struct record *record, const struct field *field)
{
	return field_value(field, record->values);
}

const char *field_plain(const struct page *p, const struct field *field, const json_t *value)
{
	if (value == NULL) return "";
	struct buf out;
	buf_init(&out, p->arena, 0);
	if (field->type->plain) field->type->plain(&out, p, field, value);
	else field->type->text(&out, p->lang, field, value);
	return buf_str(&out);
}

const struct choice *record_category(const struct record *record)
{
	const struct field *field = record->form->category;
	const json_t *value = field ? record_value(record, field) : NULL;
	if (json_is_array(value)) value = json_array_get(value, 0);
	if (json_is_object(value)) value = json_object_get(value, "key"); /* with a text beside (fields/chosen.h) */
	return json_is_string(value) ? field_choice(field, json_string_value(value)) : NULL;
}

const char *record_lead(const struct page *p, const struct record *record, const struct field *field)
{
	struct issues none;
	if (strcmp(field->type->name, "date") != 0) return "";
	issues_init(&none, p->arena);
	bool ends = field == call_read(record->form, &none).end || field == debate_end_field(record->form, &none);
	return ends ? page_printf(p, "%s ", _("Ends on")) : "";
}

const char *record_comments(const struct page *p, const struct record *record)
{
	struct err err;
	int n = 0;
	if (p->db == NULL || record->num == 0 || comment_count(p->db, record->num, &n, &err) != OK || n == 0)
		return NULL;
	return page_printf(p, _n("%d comment", "%d comments", n), n);
}

bool field_applies(const struct form *form, const struct field *field, const json_t *values)
{
	return !field->hidden && field_asked(field, form, values);
}

const char *tone_class(const struct page *p, const struct choice *choice)
{
	return choice && choice->tone ? arena_printf(p->arena, "tone-%s", choice->tone) : "";
}

const char *shape_class(const struct page *p, const struct choice *choice)
{
	return choice && choice->shape ? arena_printf(p->arena, "shape-%s", choice->shape) : "shape-carre";
}

void field_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	field->type->show(out, p, field, value);
}

void field_brief(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	(field->type->brief ? field->type->brief : field->type->show)(out, p, field, value);
}

void field_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	field->type->edit(out, p, field, value);
}

const char *field_id(const struct page *p, const struct field *field, const char *suffix)
{
	char *id = arena_printf(p->arena, "f-%s%s", field->key, suffix);
	for (char *c = id; *c; c++)
		if (*c == '.') *c = '-'; /* a dot means a class in style sheets */
	return id;
}

const char *field_name(const struct page *p, const struct field *field, const char *suffix)
{
	return arena_printf(p->arena, "%s%s", field->key, suffix);
}

bool field_invalid(const struct page *p, const struct field *field)
{
	return p->issues && issues_of(p->issues, field->key);
}

const char *field_described(const struct page *p, const struct field *field)
{
	bool help = *t(p, &field->help) != '\0', error = field_invalid(p, field);
	if (help && error) return arena_printf(p->arena, "f-%s-help f-%s-error", field->key, field->key);
	if (help) return arena_printf(p->arena, "f-%s-help", field->key);
	return error ? arena_printf(p->arena, "f-%s-error", field->key) : NULL;
}

bool field_grouped(const struct field *field)
{
	return field->type->grouped && field->type->grouped(field);
}

int menu_entries(const struct page *p, const json_t *menu, struct menu_entry **ret)
{
	size_t room = json_array_size(menu);
	struct menu_entry *entries = arena_array(p->arena, struct menu_entry, room + 1);
	int n = 0;
	for (size_t i = 0; i < room; i++) {
		const json_t *item = json_array_get(menu, i);
		struct label label = label_from_json(p->arena, json_object_get(item, "label"));
		struct menu_entry entry = { .label = label_text(&label, p->lang),
			                    .url = json_str_or(item, "to", "/"),
			                    .icon = json_str(item, "icon") };
		entry.current = p->section && strcmp(p->section, entry.url) == 0;
		if (!page_hides(p, entry.url)) entries[n++] = entry;
	}
	*ret = entries;
	return n;
}

int page_menu(const struct page *p, struct menu_entry **ret)
{
	return menu_entries(p, model_setting(p->model, "menu"), ret);
}

int page_space_menu(const struct page *p, struct menu_entry **ret)
{
	struct thing thing = { .kind = KIND_RECORD, .space = p->space, .state = STATE_PUBLISHED };
	if (p->space == NULL || !allowed(p->actor, ACTION_READ, &thing)) return 0;
	return menu_entries(p, model_setting_of(p->model, p->space, "menu"), ret);
}

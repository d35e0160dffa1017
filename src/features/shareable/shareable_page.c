#include "features/shareable/shareable_page.h"

#include <string.h>

#include "core/person.h"
#include "features/record/record_page.h"
#include "features/shareable/shareable_web.h"
#include "page/when.h"

bool shareable_may(const struct page *p, const struct record *r)
{
	if (!page_signed_in(p) || r->about || (r->state != STATE_PUBLISHED && r->state != STATE_ARCHIVED)) return false;
	return p->actor->person == r->author || page_may(p, ACTION_MANAGE, r);
}

const char *shareable_url(const struct page *p, const struct shareable *s, const char *more)
{
	char id[ID_TEXT + 1];
	return arena_printf(p->arena, "/-/shareable/%s%s", id_format(s->id, id), more);
}

const char *prepare_url(const struct page *p, const struct record *r)
{
	char id[ID_TEXT + 1];
	return arena_printf(p->arena, "/-/shareable/prepare/%s", id_format(r->id, id));
}

const char *passage_id(const struct page *p, const struct question *q, const char *prefix, int i)
{
	return arena_printf(p->arena, "%s-%s-%d", prefix, q->field->key, i);
}

/* By the file itself: the page may be corrected between the form and its answer. */
const char *passage_item_id(const struct page *p, const struct question *q, int i)
{
	return arena_printf(p->arena, "k-%s-%.16s", q->field->key, json_str_or(q->passages[i].item, "file", ""));
}

const json_t *passage_value(const struct page *p, const struct passage *passage)
{
	json_t *alone = json_keep(p->arena, json_array());
	json_array_append(alone, (json_t *)passage->item);
	return alone;
}

const char *why_words(enum consent_why why)
{
	static const char *const words[] = {
		[CONSENT_WROTE] = N_("wrote the page"),
		[CONSENT_NAMED] = N_("is named by an answer"),
		[CONSENT_ADDED] = N_("is concerned by what is said"),
	};
	return words[why];
}

/* ---- As one reader stands to it ---- */

static const char *name_of(const struct page *p, int64_t num)
{
	struct person person;
	return num && person_load(p->db, p->arena, num, &person, NULL) == OK ? person.name : NULL;
}

/* What is to be published, as a record that is nowhere. */
static const struct record *text_of(const struct page *p, const struct shareable *s, const struct form *form,
                                    const struct space *to)
{
	struct record *text = arena_new(p->arena, struct record);
	*text = (struct record){ .form = form, .space = to, .state = STATE_PUBLISHED, .slug = "", .values = s->values };
	text->parts[AUDIENCE_PUBLIC] = (struct part){ .present = true, .values = s->values };
	text->title = json_str_or(s->values, form->title->key, "");
	return text;
}

static bool load(const struct page *p, int64_t num, const struct actor *actor, const struct record **ret)
{
	struct record *record;
	struct err err;
	*ret = NULL;
	if (num == 0 || record_load_num(p->db, p->arena, p->model, actor, num, &record, &err) != OK) return false;
	*ret = record;
	return true;
}

bool shareable_view(const struct page *p, const struct shareable *s, struct shareable_view *ret)
{
	const struct record *source;
	struct shareable_view v = { .s = s, .to = model_space(p->model, s->space), .by = name_of(p, s->person) };
	struct datetime now = page_local(p);
	bool there = load(p, s->record, &actor_program, &source);
	v.mine = shareable_mine(s, p->actor->person);
	v.hears = there && page_may(p, ACTION_MANAGE, source);
	v.manages = v.hears || (p->actor->person && p->actor->person == s->person);
	load(p, s->record, p->actor, &v.source);
	load(p, s->copy, p->actor, &v.copy);
	if (there && v.to && (s->state == SHAREABLE_PREPARED || s->state == SHAREABLE_ASKED))
		v.text = text_of(p, s, source->form, v.to);
	v.today = arena_printf(p->arena, "%04d-%02d-%02d", now.date.year, now.date.month, now.date.day);
	*ret = v;
	return v.manages || (v.mine && s->state != SHAREABLE_PREPARED);
}

const struct shareable_view *shareable_of_page(const struct page *p, const struct record *r)
{
	struct shareable *s = arena_new(p->arena, struct shareable);
	struct shareable_view *v = arena_new(p->arena, struct shareable_view);
	struct err err;
	if (!page_signed_in(p) || r->about || shareable_of(p->db, p->arena, r->num, s, &err) != OK) return NULL;
	return shareable_view(p, s, v) ? v : NULL;
}

const struct record *shareable_source(const struct page *p, const struct record *r)
{
	struct shareable *s = arena_new(p->arena, struct shareable);
	const struct record *source;
	struct err err;
	if (!page_signed_in(p) || r->about || shareable_of_copy(p->db, p->arena, r->num, s, &err) != OK) return NULL;
	return load(p, s->record, p->actor, &source) ? source : NULL;
}

const char *shareable_narrow(const struct page *p, const struct shareable_view *v)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	for (int i = 0; v->text && i < v->text->form->nfields; i++) {
		const struct field *field = &v->text->form->fields[i];
		if (field->audience != AUDIENCE_PUBLIC && json_object_get(v->s->values, field->key))
			buf_printf(&out, "%s%s", out.len ? ", " : "", t(p, &field->label));
	}
	return buf_str(&out);
}

bool shareable_may_publish(const struct shareable_view *v)
{
	return v->manages && v->source && v->text && shareable_is_agreed(v->s);
}

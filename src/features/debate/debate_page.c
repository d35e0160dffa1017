#include "features/debate/debate_page.h"

#include <string.h>

#include "core/field_type.h"
#include "fields/rich_text.h"
#include "page/when.h"

static const struct {
	const char *words, *icon, *css;
} stances[STANCES] = {
	[STANCE_FOR] = { N_("For"), "circle-check", "tone-foret" },
	[STANCE_AGAINST] = { N_("Against"), "circle-x", "tone-brique" },
	[STANCE_UNSURE] = { N_("Unsure"), "scale", "tone-ocre" },
	[STANCE_QUESTION] = { N_("A question"), "circle-question-mark", "tone-loire" },
};

const char *stance_words(enum stance stance)
{
	return stances[stance].words;
}

const char *stance_icon(enum stance stance)
{
	return stances[stance].icon;
}

const char *stance_class(enum stance stance)
{
	return stances[stance].css;
}

static const char *end_words(const struct page *p, const struct record *about)
{
	const struct field *field = debate_end_field(about->form, NULL);
	const json_t *value = field ? record_find_value(about, field, NULL) : NULL;
	struct date end;
	if (!json_is_string(value) || !date_from_iso(json_string_value(value), &end)) return NULL;
	return date_format(p->arena, end, DATE_FULL, p->lang);
}

/* Of who may correct the page, not of facilitators alone. */
static void take_summary(const struct page *p, struct debate_shown *d)
{
	const struct field *field = debate_summary_field(d->about->form, NULL);
	char id[ID_TEXT + 1];
	if (field == NULL || !page_signed_in(p) || !page_may(p, ACTION_EDIT, d->about)) return;
	const json_t *value = record_value(d->about, field);
	d->summarised = json_is_string(value) && *json_string_value(value);
	d->summary = arena_printf(p->arena, "/-/edit/%s#f-%s", id_format(d->about->id, id), field->key);
}

const struct debate_shown *debate_shown_of(const struct page *p, const struct record *about)
{
	struct debate_shown *d = arena_new(p->arena, struct debate_shown);
	struct datetime now = page_local(p), tomorrow = { .date = date_add_days(now.date, 1) };
	struct thing thing = { .kind = KIND_COMMENT, .space = about->space, .state = STATE_PUBLISHED };
	struct err err;
	if (!form_debates(about->form) || about->circle || about->about || about->state == STATE_DRAFT ||
	    about->state == STATE_TRASH)
		return NULL;
	if (debate_read(p->db, p->arena, about->num, &d->debate, &err) != OK) return NULL;
	d->about = about;
	d->open = debate_is_open(about, now.date);
	d->end = end_words(p, about);
	d->managed = page_signed_in(p) && (page_may(p, ACTION_MANAGE, about) ||
	                                   (about->author == p->actor->person && page_may(p, ACTION_EDIT, about)));
	d->answer = d->open && (!page_signed_in(p) || allowed(p->actor, ACTION_CREATE, &thing));
	for (int i = 0; i < d->debate.n; i++)
		if (p->actor->person && d->debate.positions[i].person == p->actor->person)
			d->mine = &d->debate.positions[i];
	take_summary(p, d);
	if (d->open && d->end) page_until(p, &tomorrow);
	return d;
}

bool position_seen(const struct page *p, const struct debate_shown *d, const struct position *position)
{
	return !position->waits || d->managed || (p->actor->person && position->person == p->actor->person);
}

int stance_shown(const struct page *p, const struct debate_shown *d, enum stance stance)
{
	int n = 0;
	for (int i = 0; i < d->debate.n; i++)
		n += d->debate.positions[i].stance == stance && position_seen(p, d, &d->debate.positions[i]);
	return n;
}

const char *position_moves(const struct page *p, const struct position *position)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	for (int i = 0; i < position->nbefore; i++)
		buf_printf(&out, "%s%s", i ? " → " : "", tr(p->lang, stances[position->before[i]].words));
	return position->nbefore ? page_printf(p, _("before: %s"), buf_str(&out)) : "";
}

int stance_share(const struct debate_shown *d, enum stance stance)
{
	return d->debate.total ? (d->debate.counts[stance] * 200 + d->debate.total) / (d->debate.total * 2)
	                       : 0; /* nearest */
}

int stance_before(const struct debate_shown *d, enum stance stance)
{
	int n = 0;
	for (int s = 0; s < (int)stance; s++) n += d->debate.counts[s];
	return n;
}

struct html_safe position_html(const struct page *p, const struct position *position)
{
	struct page plain = *p;
	plain.embed = NULL;
	return rich_text_html(&plain, position->reason);
}

int debate_ways(const struct page *p, const struct record *from, struct debate_way **ret)
{
	struct debate_way *ways = arena_array(p->arena, struct debate_way, (size_t)p->model->nforms + 1);
	char id[ID_TEXT + 1];
	int n = 0;
	*ret = ways;
	if (from->state != STATE_PUBLISHED || from->circle || from->about) return 0;
	for (int i = 0; i < p->model->nforms; i++) {
		const struct form *form = &p->model->forms[i];
		bool points = false;
		for (int j = 0; j < form->nfields; j++)
			points |= form->fields[j].target && strcmp(form->fields[j].target, from->form->key) == 0;
		if (!points || !form_debates(form) || form->asleep) continue;
		ways[n++] = (struct debate_way){ form, arena_printf(p->arena, "/-/new/%s?depuis=%s", form->key,
			                                            id_format(from->id, id)) };
	}
	return n;
}

const char *line_name(const struct page *p, const char *what, int i)
{
	return arena_printf(p->arena, "%s-%d", what, i);
}

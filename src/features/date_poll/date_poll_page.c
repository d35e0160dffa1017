#include "features/date_poll/date_poll_page.h"

#include <string.h>

#include "core/field_type.h"
#include "core/moment.h"
#include "page/when.h"

static const struct {
	const char *words, *css;
} answer_table[ANSWERS] = {
	[ANSWER_NO] = { N_("No"), "answer-no" },
	[ANSWER_MAYBE] = { N_("If need be"), "answer-maybe" },
	[ANSWER_YES] = { N_("Yes"), "answer-yes" },
};

const char *answer_words(enum answer answer)
{
	return answer_table[answer].words;
}

/* Visitors see how many; who, whoever has a name here too. */
const struct dates_shown *dates_shown_of(const struct page *p, const struct record *about)
{
	struct dates_shown *d = arena_new(p->arena, struct dates_shown);
	struct err err;
	struct datetime now = page_local(p), tomorrow = { .date = date_add_days(now.date, 1) };
	if (!date_poll_find(p->arena, about, &d->poll, &d->field)) return NULL;
	if (about->state == STATE_TRASH || about->state == STATE_DRAFT) return NULL;
	if (date_poll_read(p->db, p->arena, about->num, &d->poll, &d->result, &err) != OK) return NULL;
	d->about = about;
	d->named = page_signed_in(p);
	d->managed = page_signed_in(p) && page_may(p, ACTION_EDIT, about);
	d->open = about->state == STATE_PUBLISHED && date_poll_is_open(&d->poll, now.date);
	d->mine = -1;
	date_poll_best(&d->poll, &d->result, d->best);
	for (int i = 0; i < d->result.n; i++)
		if (p->actor->person && d->result.people[i].person == p->actor->person) d->mine = i;
	if (d->open && d->poll.closes) page_until(p, &tomorrow);
	return d;
}

bool dates_is_best(const struct dates_shown *d, int slot)
{
	return d->best[slot] && d->poll.chosen < 0;
}

int dates_first_best(const struct dates_shown *d)
{
	for (int s = 0; s < d->poll.n; s++)
		if (d->best[s]) return s;
	return -1;
}

const char *answer_class(int answer)
{
	return answer >= 0 ? answer_table[answer].css : "";
}

const char *dates_closes(const struct page *p, const struct dates_shown *d)
{
	struct date day;
	return d->poll.closes && date_from_iso(d->poll.closes, &day) ? date_format(p->arena, day, DATE_FULL, p->lang)
	                                                             : "";
}

const char *const dates_zones[] = {
	"Europe/Paris",       "Europe/London",      "Europe/Lisbon",
	"Europe/Athens",      "Africa/Algiers",     "Africa/Casablanca",
	"Africa/Tunis",       "Africa/Dakar",       "Africa/Abidjan",
	"America/Guadeloupe", "America/Martinique", "America/Cayenne",
	"America/Miquelon",   "America/Montreal",   "America/New_York",
	"Indian/Reunion",     "Indian/Mayotte",     "Pacific/Noumea",
	"Pacific/Tahiti",     "Pacific/Wallis",     NULL,
};

static int suits_others(const struct dates_shown *d, int slot)
{
	bool hers = d->mine >= 0 && d->result.people[d->mine].answers[slot] == ANSWER_YES;
	return d->result.counts[slot][ANSWER_YES] - hers;
}

const char *slot_places_left(const struct page *p, const struct dates_shown *d, int slot)
{
	int left = d->poll.slots[slot].places - d->result.counts[slot][ANSWER_YES];
	if (d->poll.slots[slot].places == 0) return NULL;
	if (left <= 0) return _("full");
	return page_printf(p, _n("%d place left", "%d places left", left), left);
}

bool slot_takes(const struct dates_shown *d, int slot)
{
	return !slot_is_full(&d->poll.slots[slot], suits_others(d, slot));
}

static int64_t slot_utc(const struct page *p, const struct slot *slot)
{
	return zone_utc(model_zone(p->model), &slot->from);
}

const char *slot_elsewhere(const struct page *p, const struct slot *slot, const struct zone *zone)
{
	int64_t from = slot_utc(p, slot), to = zone_utc(model_zone(p->model), &slot->to);
	if (zone == NULL || !slot->timed || zone_offset(zone, from) == zone_offset(model_zone(p->model), from))
		return NULL;
	struct datetime start = zone_local(zone, from), end = zone_local(zone, to);
	if (!slot->ends) return datetime_format(p->arena, &start, DATE_FULL, p->lang);
	return datetime_span_format(p->arena, &start, &end, p->lang);
}

const char *slot_name(const struct page *p, const struct slot *slot)
{
	char *name = arena_printf(p->arena, "slot-%s", slot->at);
	for (char *c = name; *c; c++)
		if (*c == ':' || *c == '/') *c = '-';
	return name;
}

const char *slot_machine(const struct page *p, const struct slot *slot)
{
	char iso[DATETIME_ISO_SIZE];
	if (!slot->timed) return arena_strdup(p->arena, date_iso(slot->from.date, iso));
	int minutes = zone_offset(model_zone(p->model), slot_utc(p, slot)) / 60;
	return arena_printf(p->arena, "%s%c%02d:%02d", datetime_iso(&slot->from, iso), minutes < 0 ? '-' : '+',
	                    abs(minutes) / 60, abs(minutes) % 60);
}

const char *dates_record_title(const struct page *p, const char *text, const char **url)
{
	struct record *record;
	struct err err;
	struct id id;
	if (text == NULL || !id_parse(text, &id)) return NULL;
	if (record_load(p->db, p->arena, p->model, p->actor, id, &record, &err) != OK) return NULL;
	*url = record_url(p, record);
	return record->title;
}

static const struct field *day_of(const struct form *form)
{
	for (int i = 0; i < form->nfields; i++) {
		const char *type = form->fields[i].type->name;
		if (strcmp(type, "date") == 0 || strcmp(type, "period") == 0 || strcmp(type, "schedule") == 0)
			return &form->fields[i];
	}
	return NULL;
}

/* The one that the question names comes first. */
int dates_targets(const struct page *p, const struct dates_shown *d, struct dates_target **ret)
{
	int n = 0;
	const struct form *own = model_form(p->model, json_str_or(d->field->definition, "becomes", ""));
	struct thing thing = { .kind = KIND_RECORD, .space = d->about->space, .state = STATE_PUBLISHED };
	struct dates_target *targets = arena_array(p->arena, struct dates_target, (size_t)p->model->nforms + 1);
	*ret = targets;
	if (!allowed(p->actor, ACTION_CREATE, &thing)) return 0;
	if (own && day_of(own)) targets[n++] = (struct dates_target){ own, day_of(own) };
	for (int i = 0; i < p->model->nforms; i++) {
		const struct form *form = &p->model->forms[i];
		const struct field *field = form == d->about->form || form == own ? NULL : day_of(form);
		if (field) targets[n++] = (struct dates_target){ form, field };
	}
	return n;
}

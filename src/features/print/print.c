#include "features/print/print.h"

#include <string.h>

#include "base/text.h"
#include "core/meeting.h"
#include "features/print/print_entry.h"
#include "features/print/print_meeting.h"
#include "features/view/view_list.h"
#include "page/theme.h"
#include "views/agenda.h"

const struct print_word print_kinds[PAPER_KINDS] = {
	[PAPER_POSTER] = { "affiche", N_("Poster") },
	[PAPER_PROGRAMME] = { "programme", N_("Programme: one column, by day") },
	[PAPER_CRIER] = { "feuille", N_("Sheet for a wall: a code beside each") },
	[PAPER_MINUTES] = { "compte-rendu", N_("Agenda, minutes, decisions: one column") },
	[PAPER_LEAFLET] = { "depliant", N_("Leaflet: two columns, three when it lies") },
};

const struct print_word print_sizes[PAPER_SIZES] = {
	[PAPER_A3] = { "a3", N_("A3 (twice a usual sheet)") },
	[PAPER_A4] = { "a4", N_("A4 (a usual sheet)") },
	[PAPER_A5] = { "a5", N_("A5 (half a usual sheet)") },
};

bool print_fits(const struct shared *shared)
{
	return shared->view || (shared->record && shared->record->about == 0);
}

enum paper_kind print_usual(const struct shared *shared)
{
	struct meeting meeting;
	if (shared->view == NULL) return meeting_of(shared->record, &meeting) ? PAPER_MINUTES : PAPER_POSTER;
	return shared->view->agenda.date ? PAPER_PROGRAMME : PAPER_LEAFLET;
}

bool print_may(const struct shared *shared, enum paper_kind kind)
{
	enum paper_kind usual = print_usual(shared);
	if (shared->view) return kind != PAPER_POSTER && kind != PAPER_MINUTES;
	return kind == usual || kind == PAPER_POSTER;
}

static int word_of(const struct print_word *words, int n, const char *word, int usual)
{
	for (int i = 0; word && i < n; i++)
		if (strcmp(words[i].word, word) == 0) return i;
	return usual;
}

static void take_choices(const struct shared *shared, const struct form_data *choices, struct paper *paper)
{
	int usual = (int)print_usual(shared);
	int kind = word_of(print_kinds, PAPER_KINDS, form_data_get(choices, "sorte"), usual);
	const char *way = form_data_get(choices, "sens");
	paper->kind = (enum paper_kind)(print_may(shared, (enum paper_kind)kind) ? kind : usual);
	paper->size = (enum paper_size)word_of(print_sizes, PAPER_SIZES, form_data_get(choices, "format"), PAPER_A4);
	paper->landscape = way && strcmp(way, "paysage") == 0;
}

/* What stands on every sheet of the site, and of the space. */
static enum code take_frame(const struct page *p, struct store *store, const struct space *space, struct paper *paper,
                            struct err *err)
{
	struct err gone;
	const struct label footer = label_from_json(p->arena, json_object_get(space->definition, "footer"));
	const char *own = space->colour;
	char *tint = arena_alloc(p->arena, THEME_COLOUR);
	theme_tint(own ? own : json_string_value(model_setting(p->model, "colour")), "accent", false, tint);
	paper->colour = tint;
	paper->lang = lang_tag(p->lang);
	paper->site = page_site_name(p);
	paper->footer = t(p, &footer);
	paper->more = _("The rest is on line: the code leads there.");
	const json_t *logo = json_array_get(json_object_get(space->definition, "logo"), 0);
	enum code code = print_kept(p, store, logo, &paper->logo, &gone);
	if (code != OK && code != E_NOT_FOUND) *err = gone;
	return code == E_NOT_FOUND ? OK : code;
}

static void note_record(const struct page *p, struct print_records *records, const struct record *record)
{
	if (records->all == NULL) records->all = arena_array(p->arena, const struct record *, PAPER_ENTRIES + 1);
	for (int i = 0; i < records->n; i++)
		if (records->all[i]->num == record->num) return;
	if (records->n < PAPER_ENTRIES) records->all[records->n++] = record;
}

enum code print_frame(const struct page *p, struct store *store, const struct record *record, struct paper *ret,
                      struct err *err)
{
	*ret = (struct paper){ .size = PAPER_A4, .title = record->title };
	ret->url = arena_printf(p->arena, "%s%s", p->base_url, record_short_url(p, record));
	return take_frame(p, store, record->space, ret, err);
}

static enum code of_record(const struct page *p, struct store *store, const struct shared *shared, struct paper *paper,
                           struct err *err)
{
	struct paper_entry *entry = arena_new(p->arena, struct paper_entry);
	if (paper->kind == PAPER_MINUTES) {
		print_meeting(p, shared->record, paper);
		return OK;
	}
	*entry = print_entry(p, shared->record);
	entry->text = print_text(p, shared->record);
	paper->entries = entry;
	paper->n = 1;
	return print_picture(p, store, shared->record, &paper->picture, err);
}

/* Each time that something takes place, below its day. */
static void take_agenda(const struct page *p, const struct agenda *agenda, struct paper *paper,
                        struct print_records *records)
{
	struct paper_entry *entries = arena_array(p->arena, struct paper_entry, (size_t)agenda->n + 1);
	for (int i = 0; i < agenda->n; i++) {
		const struct agenda_item *item = &agenda->items[i];
		struct paper_entry *entry = &entries[paper->n++];
		note_record(p, records, item->record);
		*entry = print_entry(p, item->record);
		entry->heading = agenda_day_words(p, agenda, item->occurrence.span.from.date);
		entry->when = agenda_when(p, item);
	}
	paper->entries = entries;
}

/* Place of the record's category in its list; those without one come last. */
static int rank_of(const struct record *record)
{
	const struct choice *category = record_category(record);
	const struct field *field = record->form->category;
	return category ? (int)(category - field->choices) : INT32_MAX;
}

/* In the view's order, those of a category together. */
static enum code take_list(const struct page *p, const struct view_list *list, struct paper *paper,
                           struct print_records *noted, struct err *err)
{
	struct record **records;
	int64_t *nums;
	int n, last = -1;
	bool more;
	TRY(query_all(p->db, p->arena, p->model, p->actor, &list->query, &nums, &n, &more, err));
	TRY(record_load_many(p->db, p->arena, p->model, p->actor, nums, MIN(n, PAPER_ENTRIES + 1), &records, &n, err));
	struct paper_entry *entries = arena_array(p->arena, struct paper_entry, (size_t)n + 1);
	while (paper->n < n) {
		int next = INT32_MAX;
		for (int i = 0; i < n; i++)
			if (rank_of(records[i]) > last) next = MIN(next, rank_of(records[i]));
		for (int i = 0; i < n; i++) {
			if (rank_of(records[i]) != next) continue;
			struct paper_entry *entry = &entries[paper->n++];
			const struct choice *category = record_category(records[i]);
			note_record(p, noted, records[i]);
			*entry = print_entry(p, records[i]);
			entry->heading = category ? t(p, &category->label) : "";
		}
		last = next;
	}
	paper->entries = entries;
	return OK;
}

static enum code of_view(const struct page *p, const struct shared *shared, struct paper *paper,
                         struct print_records *records, struct err *err)
{
	const char *kept = strchr(shared->path, '?');
	struct form_data choices;
	struct view_list list;
	kept = kept ? kept + 1 : "";
	TRY(form_data_parse_urlencoded(p->arena, kept, strlen(kept), &choices, err));
	view_list_read(p, shared->view, arena_printf(p->arena, "/%s", shared->view->slug), kept, &choices, &list);
	if (!agenda_fits(shared->view)) return take_list(p, &list, paper, records, err);
	list.type = view_type_find(shared->view, "agenda");
	TRY(view_list_load(p, &list, err));
	take_agenda(p, list.agenda, paper, records);
	paper->title = page_printf(p, "%s – %s", shared->title, agenda_title(p, list.agenda));
	return OK;
}

enum code print_prepare(const struct page *p, struct store *store, const struct shared *shared,
                        const struct form_data *choices, struct paper *ret, struct print_records *records,
                        struct err *err)
{
	struct print_records none = { 0 };
	struct paper paper = { .title = shared->title, .url = shared->url };
	if (!print_fits(shared)) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	take_choices(shared, choices, &paper);
	TRY(take_frame(p, store, shared->record ? shared->record->space : &p->model->spaces[0], &paper, err));
	if (records == NULL) records = &none;
	*records = (struct print_records){ 0 };
	if (shared->record) note_record(p, records, shared->record);
	if (shared->record) TRY(of_record(p, store, shared, &paper, err));
	else TRY(of_view(p, shared, &paper, records, err));
	*ret = paper;
	return OK;
}

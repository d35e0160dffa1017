#include <string.h>

#include "core/form_change.h"
#include "core/meeting.h"
#include "features/form_edit/form_make.h"
#include "features/form_edit/form_uses.h"
#include "web/web.h"

/* ---- What was chosen ---- */

static const char *first_form(const struct page *p, const struct form *meetings)
{
	for (int i = 0; i < p->model->nforms; i++)
		if (uses_points(&p->model->forms[i], meetings)) return p->model->forms[i].key;
	return NULL;
}

/* Where it is no meeting yet, proposing is offered. */
void uses_begin_meeting(struct request *r, struct form_uses *u)
{
	const json_t *meeting = json_object_get(u->form->definition, "meeting"),
	             *makes = json_object_get(meeting, "makes");
	const char *notes = json_string_value(json_array_get(json_object_get(meeting, "notes"), 0));
	const char *none = meeting || first_form(&r->page, u->form) ? "" : USES_NEW;
	const char **keys = arena_array(r->arena, const char *, MEETING_MAKES);
	u->meeting = meeting != NULL;
	u->day = json_str_or(meeting, "day", "");
	u->next = json_str_or(meeting, "next", "");
	u->present = json_str_or(meeting, "present", "");
	u->notes = notes ? notes : "";
	u->items = json_str_or(json_object_get(meeting, "items"), "form", none);
	for (size_t i = 0; i < json_array_size(makes) && u->nmakes < MEETING_MAKES; i++)
		keys[u->nmakes++] = json_str_or(json_array_get(makes, i), "form", "");
	u->makes = keys;
}

static bool is_offered(const struct page *p, const struct form *meetings, const char *key)
{
	const struct form *form = model_form(p->model, key);
	return form && uses_points(form, meetings);
}

static void read_makes(struct request *r, struct form_uses *u, struct issues *issues)
{
	const char **keys = arena_array(r->arena, const char *, MEETING_MAKES);
	u->nmakes = 0;
	u->makes = keys;
	const char *key;
	for (int i = 0; (key = form_data_nth(&r->form, "makes[]", i)); i++) {
		if (uses_makes(u, key)) continue;
		bool fine = strcmp(key, USES_NEW_DECISION) == 0 || strcmp(key, USES_NEW_TASK) == 0 ||
		            is_offered(&r->page, u->form, key);
		if (fine && u->nmakes < MEETING_MAKES) keys[u->nmakes++] = key;
		else issues_add(issues, "makes", N_("Choose at most %d, among those that are offered."), MEETING_MAKES);
	}
}

void uses_read_meeting(struct request *r, struct form_uses *u, struct issues *issues)
{
	u->meeting = *request_form(r, "meeting");
	u->day = uses_read_question(r, u->form, "day", uses_day, u->meeting, issues);
	u->notes = uses_read_question(r, u->form, "notes", uses_text, u->meeting, issues);
	u->next = uses_read_question(r, u->form, "next", uses_day, false, issues);
	u->present = uses_read_question(r, u->form, "present", uses_names, false, issues);
	u->items = request_form(r, "items");
	if (*u->items && strcmp(u->items, USES_NEW) != 0 && !is_offered(&r->page, u->form, u->items))
		issues_add(issues, "items", N_("Choose one in the list."));
	read_makes(r, u, issues);
}

/* ---- Forms that are made ---- */

/* "Agenda item: Committee": several forms of meetings may have theirs. */
static json_t *named_after(struct arena *a, const char *words, const struct form *meetings)
{
	json_t *label = json_object();
	for (int lang = 0; lang < LANG_COUNT; lang++)
		json_object_set_new(label, lang_tag((enum lang)lang),
		                    json_sprintf("%s%s%s", tr((enum lang)lang, words), tr((enum lang)lang, N_(": ")),
		                                 label_text(&meetings->label, (enum lang)lang)));
	return json_keep(a, label);
}

static json_t *asked(const char *key, const char *type, const char *words)
{
	return json_pack("{s:s, s:s, s:o}", "key", key, "type", type, "label", uses_label(words));
}

static json_t *title_asked(const char *key, const char *words)
{
	enum { TITLE = 160 };
	json_t *field = asked(key, "text", words);
	json_object_set_new(field, "required", json_true());
	json_object_set_new(field, "max", json_integer(TITLE));
	return field;
}

static json_t *number_asked(const char *key, const char *words, int max)
{
	json_t *field = asked(key, "number", words);
	json_object_set_new(field, "min", json_string("1"));
	json_object_set_new(field, "max", json_sprintf("%d", max));
	json_object_set_new(field, "decimals", json_integer(0));
	return field;
}

static json_t *state_asked(const char *begins, const char *begun, const char *done, const char *over)
{
	json_t *field = asked("etat", "choice", N_("How far it is"));
	json_object_set_new(field, "choices",
	                    json_pack("[{s:s, s:o}, {s:s, s:o}]", "key", begins, "label", uses_label(begun), "key",
	                              done, "label", uses_label(over)));
	json_object_set_new(field, "default", json_string(begins));
	return field;
}

static json_t *meeting_asked(const char *key, const struct form *meetings, bool many, const char *inverse)
{
	json_t *field = asked(key, "relation", many ? N_("For which meeting") : N_("Said at the meeting"));
	json_object_set_new(field, "form", json_string(meetings->key));
	json_object_set_new(field, "many", json_boolean(many));
	json_object_set_new(field, "inverse", uses_label(inverse));
	return field;
}

static json_t *item_questions(const struct form *meetings)
{
	enum { RANK_MAX = 1000 };
	return json_pack("[o, o, o, o, o, o, o]", title_asked("sujet", N_("What it is about")),
	                 meeting_asked("reunions", meetings, true, N_("Proposed for the agenda")),
	                 asked("qui", "text", N_("Who proposes it")),
	                 number_asked("duree", N_("How many minutes"), MEETING_MINUTES_MAX),
	                 asked("texte", "longtext", N_("To read before")),
	                 state_asked("a_traiter", N_("To be talked about"), "traite", N_("Talked about")),
	                 number_asked("rang", N_("Its place in the order"), RANK_MAX));
}

static json_t *decision_questions(const struct form *meetings)
{
	return json_pack("[o, o, o, o]", title_asked("decision", N_("What was decided")),
	                 asked("jour", "date", N_("Decided on")),
	                 meeting_asked("reunion", meetings, false, N_("Decided there")),
	                 asked("raison", "longtext", N_("For what reason")));
}

static json_t *task_questions(const struct form *meetings)
{
	return json_pack("[o, o, o, o, o]", title_asked("tache", N_("What to do")),
	                 asked("qui", "text", N_("Who takes care of it")),
	                 asked("pour_le", "date", N_("For which day")),
	                 state_asked("a_faire", N_("Still to do"), "faite", N_("Done now")),
	                 meeting_asked("reunion", meetings, false, N_("To be done after it")));
}

/* `said`: which of its questions are what, in the words of core/meeting.h. To add one: a row. */
enum made { MADE_ITEMS, MADE_DECISIONS, MADE_TASKS };
static const struct {
	const char *label, *plural, *add, *icon, *title;
	const char *category; /* NULL: none */
	json_t *(*questions)(const struct form *meetings);
	const char *said[5][2];
} made_forms[] = {
	[MADE_ITEMS] = { N_("Agenda item"),
	                 N_("Agenda items"),
	                 N_("Propose something for the agenda"),
	                 "list-ordered",
	                 "sujet",
	                 "etat",
	                 item_questions,
	                 { { "who", "qui" },
	                   { "minutes", "duree" },
	                   { "rank", "rang" },
	                   { "state", "etat" },
	                   { "done", "traite" } } },
	[MADE_DECISIONS] = { N_("Decision taken"),
	                     N_("Decisions taken"),
	                     N_("Note what was decided"),
	                     "badge-check",
	                     "decision",
	                     NULL,
	                     decision_questions,
	                     { { "day", "jour" } } },
	[MADE_TASKS] = { N_("Task to do"),
	                 N_("Tasks to do"),
	                 N_("Note what to do"),
	                 "square-check",
	                 "tache",
	                 "etat",
	                 task_questions,
	                 { { "who", "qui" }, { "due", "pour_le" } } },
};

/* The form, and what the meeting says of it. */
static enum code make_form(struct tx *tx, struct request *r, const struct form *meetings, enum made which, json_t **ret,
                           struct err *err)
{
	struct arena *a = r->arena;
	struct form_making making = { .menu = false, .offered = false };
	json_t *said = json_keep(a, json_object());
	making.definition = json_keep(a, json_pack("{s:O, s:O, s:o, s:s, s:s, s:[], s:o}", "label",
	                                           named_after(a, made_forms[which].label, meetings), "plural",
	                                           named_after(a, made_forms[which].plural, meetings), "add",
	                                           uses_label(made_forms[which].add), "icon", made_forms[which].icon,
	                                           "title", made_forms[which].title, "summary", "fields",
	                                           made_forms[which].questions(meetings)));
	if (made_forms[which].category)
		json_object_set_new(making.definition, "category", json_string(made_forms[which].category));
	TRY(form_make(tx, &r->page, &making, err));
	json_object_set_new(said, "form", json_string(making.key));
	for (size_t i = 0; i < COUNT(made_forms[which].said) && made_forms[which].said[i][0]; i++)
		json_object_set_new(said, made_forms[which].said[i][0], json_string(made_forms[which].said[i][1]));
	*ret = said;
	return OK;
}

/* ---- What the form says of itself ---- */

static json_t *said_before(struct arena *a, const json_t *all, const char *key)
{
	for (size_t i = 0; i < json_array_size(all); i++)
		if (strcmp(json_str_or(json_array_get(all, i), "form", ""), key) == 0) return json_array_get(all, i);
	return json_keep(a, json_pack("{s:s}", "form", key));
}

static enum code say_items(struct tx *tx, struct request *r, const struct form_uses *u, json_t *meeting,
                           struct err *err)
{
	json_t *items = json_object_get(meeting, "items");
	if (strcmp(u->items, json_str_or(items, "form", "")) == 0) return OK;
	json_object_del(meeting, "items");
	if (*u->items == '\0') return OK;
	if (strcmp(u->items, USES_NEW) == 0) TRY(make_form(tx, r, u->form, MADE_ITEMS, &items, err));
	else items = said_before(r->arena, NULL, u->items);
	json_object_set(meeting, "items", items);
	return OK;
}

static enum code say_makes(struct tx *tx, struct request *r, const struct form_uses *u, json_t *meeting,
                           struct err *err)
{
	const json_t *before = json_object_get(meeting, "makes");
	json_t *makes = json_keep(r->arena, json_array()), *said;
	for (int i = 0; i < u->nmakes; i++) {
		bool decision = strcmp(u->makes[i], USES_NEW_DECISION) == 0;
		if (decision || strcmp(u->makes[i], USES_NEW_TASK) == 0)
			TRY(make_form(tx, r, u->form, decision ? MADE_DECISIONS : MADE_TASKS, &said, err));
		else said = said_before(r->arena, before, u->makes[i]);
		json_array_append(makes, said);
	}
	if (json_array_size(makes)) json_object_set(meeting, "makes", makes);
	else json_object_del(meeting, "makes");
	return OK;
}

static json_t *question_of(const char *type)
{
	bool day = strcmp(type, "date") == 0;
	return day ? json_pack("{s:s, s:b}", "type", type, "time", 1) : json_pack("{s:s}", "type", type);
}

/* The four questions; the minutes are a list, of which only the first is chosen here. */
static json_t *say_questions(struct arena *a, const struct form_uses *u, json_t *definition, json_t *keys,
                             json_t *meeting)
{
	const struct {
		const char *name, *chosen, *type, *words;
	} all[] = { { "day", u->day, "date", N_("Day of the meeting") },
		    { "next", u->next, "date", N_("Next meeting") },
		    { "notes", u->notes, "longtext", N_("Minutes") },
		    { "present", u->present, "longtext", N_("Who was there") } };
	for (size_t i = 0; i < COUNT(all); i++) {
		const char *key = all[i].chosen;
		bool is_new = strcmp(key, USES_NEW) == 0, notes = strcmp(all[i].name, "notes") == 0;
		json_t *field = is_new ? question_of(all[i].type) : NULL;
		if (is_new && strcmp(all[i].name, "present") == 0)
			json_object_set_new(field, "audience", json_string("members"));
		if (is_new) definition = uses_with_question(a, definition, keys, field, all[i].words, &key);
		const char *first = json_string_value(json_array_get(json_object_get(meeting, "notes"), 0));
		if (*key == '\0') json_object_del(meeting, all[i].name);
		else if (!notes) json_object_set_new(meeting, all[i].name, json_string(key));
		else if (first == NULL || strcmp(first, key) != 0)
			json_object_set_new(meeting, "notes", json_pack("[s]", key));
	}
	return definition;
}

/* Where the next one is made from this one, it leads back to it. */
static json_t *say_previous(struct arena *a, const struct form_uses *u, json_t *definition, json_t *keys,
                            json_t *meeting)
{
	const char *key;
	if (*u->next == '\0' || json_str(meeting, "previous")) return definition;
	definition = uses_with_question(a, definition, keys,
	                                json_pack("{s:s, s:s, s:b, s:o}", "type", "relation", "form", u->form->key,
	                                          "many", 0, "inverse", uses_label(N_("The meeting after it"))),
	                                N_("The meeting before it"), &key);
	json_object_set_new(meeting, "previous", json_string(key));
	return definition;
}

enum code uses_with_meeting(struct tx *tx, struct request *r, const struct form_uses *u, json_t *definition,
                            json_t *keys, json_t **ret, struct err *err)
{
	struct arena *a = r->arena;
	const json_t *before = json_object_get(u->form->definition, "meeting");
	json_t *meeting = json_keep(a, before ? json_deep_copy(before) : json_object());
	definition = say_questions(a, u, definition, keys, meeting);
	definition = say_previous(a, u, definition, keys, meeting);
	TRY(say_items(tx, r, u, meeting, err));
	TRY(say_makes(tx, r, u, meeting, err));
	json_object_set(definition, "meeting", meeting);
	*ret = definition;
	return OK;
}

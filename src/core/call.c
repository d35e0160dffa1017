#include "core/call.h"

#include <string.h>

#include "core/field_type.h"

struct call call_read(const struct form *form, struct issues *issues)
{
	const json_t *said = json_object_get(form->definition, "call");
	struct call call = { .definition = said };
	if (said == NULL) return call;
	const struct field *state = form_field(form, json_str_or(said, "state", ""));
	const char *end = json_str(said, "end");
	int64_t days = json_int(said, "days", CALL_DAYS);
	if (state == NULL || state->type == NULL || strcmp(state->type->name, "choice") != 0 || state->nchoices < 2) {
		issues_add(issues, "call", N_("“state” must name a question with one choice among several"));
		return call;
	}
	call.open = field_choice(state, json_str_or(state->definition, "default", state->choices[0].key));
	if (call.open == NULL) call.open = &state->choices[0];
	if (end) call.end = form_field(form, end);
	if (end && (call.end == NULL || call.end->type == NULL || strcmp(call.end->type->name, "date") != 0))
		issues_add(issues, "call", N_("“end” must name a question that asks a date"));
	if (days < 1 || days > CALL_DAYS_MAX)
		issues_add(issues, "call", N_("Give a number of days, from 1 to %d."), CALL_DAYS_MAX);
	if (state->audience != AUDIENCE_PUBLIC || (call.end && call.end->audience != AUDIENCE_PUBLIC))
		issues_add(issues, "call",
		           N_("How a call stands is for everybody: the audience of its questions is public"));
	call.state = state;
	call.days = (int)days;
	return call;
}

bool call_of(const struct record *record, struct call *ret)
{
	struct issues none;
	struct arena a = { 0 };
	if (json_object_get(record->form->definition, "call") == NULL || record->circle || record->about) return false;
	issues_init(&none, &a);
	*ret = call_read(record->form, &none);
	arena_release(&a);
	return ret->state != NULL;
}

const struct choice *call_state(const struct call *call, const struct record *record)
{
	const json_t *value = record_find_value(record, call->state, NULL);
	const struct choice *state = json_is_string(value) ? field_choice(call->state, json_string_value(value)) : NULL;
	return state ? state : call->open;
}

bool call_end(const struct call *call, const struct record *record, struct date *ret)
{
	const json_t *value = call->end ? record_find_value(record, call->end, NULL) : NULL;
	return json_is_string(value) && date_from_iso(json_string_value(value), ret);
}

bool call_is_open(const struct call *call, const struct record *record, struct date today)
{
	struct date end;
	if (record->state != STATE_PUBLISHED || call_state(call, record) != call->open) return false;
	return !call_end(call, record, &end) || date_compare(today, end) <= 0;
}

bool call_ends_soon(const struct call *call, const struct record *record, struct date today)
{
	struct date end;
	return call_end(call, record, &end) && date_compare(end, date_add_days(today, CALL_ASK_DAYS)) <= 0;
}

bool call_may_change(const struct actor *actor, const struct record *record)
{
	struct thing thing = record_thing(record);
	if (record->state != STATE_PUBLISHED || actor->person == 0 || !allowed(actor, ACTION_EDIT, &thing))
		return false;
	return record->author == actor->person || allowed(actor, ACTION_MANAGE, &thing);
}

static json_t *later(struct arena *a, const struct call *call, const struct record *record, struct date today)
{
	struct date end;
	char iso[DATE_ISO_SIZE];
	if (!call_end(call, record, &end) || date_compare(end, today) < 0) end = today;
	return json_keep(a, json_string(date_iso(date_add_days(end, call->days), iso)));
}

enum code call_change(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                      const struct record *record, const char *state, struct date today, const char *note,
                      struct err *err)
{
	struct call call;
	struct issues issues;
	struct date end;
	json_t *values = json_keep(a, json_object());
	const struct choice *choice = NULL;
	if (!call_of(record, &call)) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	if (!call_may_change(actor, record)) FAIL(err, E_FORBIDDEN, N_("Its author says how it stands."));
	if (state) choice = field_choice(call.state, state);
	if ((state && choice == NULL) || (state == NULL && call.end == NULL))
		FAIL(err, E_INPUT, N_("Choose how it stands."));
	if (choice) json_object_set_new(values, call.state->key, json_string(choice->key));
	bool past = call_end(&call, record, &end) && date_compare(end, today) < 0;
	if (choice == NULL || (choice == call.open && past))
		json_object_set(values, call.end->key, later(a, &call, record, today));
	struct save save = {
		.actor = actor, .record = record->id, .values = values, .note = note, .minor = choice == NULL
	};
	issues_init(&issues, a);
	enum code code = record_save(tx, a, model, &save, &issues, err);
	if (code == E_INPUT && issues.first) *err = issues.first->err;
	return code;
}

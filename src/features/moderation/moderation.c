#include "features/moderation/moderation.h"

#include <string.h>

#include "core/audit.h"
#include "core/report.h"
#include "features/moderation/moderation_letter.h"
#include "features/people/people_change.h"

/* To add one: a row. */
static const struct rule usual_rules[] = {
	{ "respect", N_("Respect: no insults, no threats, no hatred") },
	{ "privacy", N_("Privacy: nothing about other people that they do not want told") },
	{ "topic", N_("On topic: what concerns this place and its people") },
	{ "spam", N_("No advertisement that nobody asked for") },
	{ "law", N_("The law") },
};

int moderation_rules(const struct page *p, struct rule **ret)
{
	const json_t *own = model_setting(p->model, "rules"), *sentence;
	size_t i, n = json_array_size(own);
	struct rule *rules = arena_array(p->arena, struct rule, MAX(n, COUNT(usual_rules)));
	int found = 0;
	json_array_foreach (own, i, sentence)
		if (json_is_string(sentence))
			rules[found++] = (struct rule){ json_string_value(sentence), json_string_value(sentence) };
	for (i = 0; found == 0 && i < COUNT(usual_rules); i++)
		rules[i] = (struct rule){ usual_rules[i].key, tr(p->lang, usual_rules[i].words) };
	*ret = rules;
	return found ? found : (int)COUNT(usual_rules);
}

const char *moderation_rule_words(const struct page *p, const char *key)
{
	for (size_t i = 0; i < COUNT(usual_rules); i++)
		if (strcmp(usual_rules[i].key, key) == 0) return tr(p->lang, usual_rules[i].words);
	return key;
}

bool moderation_is_rule(const struct page *p, const char *key)
{
	struct rule *rules;
	int n = moderation_rules(p, &rules);
	for (int i = 0; i < n; i++)
		if (strcmp(rules[i].key, key) == 0) return true;
	return false;
}

const char *measure_words(enum measure_kind kind)
{
	static const char *const words[MEASURE_KINDS] = {
		[MEASURE_NOTHING] = N_("Reported, and left as it is"),
		[MEASURE_WARN] = N_("Warning"),
		[MEASURE_HIDE] = N_("Page hidden"),
		[MEASURE_BLOCK] = N_("Account blocked"),
		[MEASURE_UNDO] = N_("What an account did is undone"),
	};
	return words[kind];
}

/* ---- Deciding ---- */

static enum code hide(struct moderation *m, const struct decision *d, struct id *batch, struct undo *undo,
                      struct err *err)
{
	(void)undo;
	*batch = id_new();
	return record_set_state(m->tx, m->page->arena, m->page->model, m->page->actor, d->record->id, STATE_TRASH,
	                        *batch, err);
}

static enum code block(struct moderation *m, const struct decision *d, struct id *batch, struct undo *undo,
                       struct err *err)
{
	struct people_change c = { m->tx, m->page->arena, m->page->actor };
	(void)undo;
	(void)batch;
	return people_set_state(&c, d->person, PERSON_BLOCKED, err);
}

static enum code undo_spree(struct moderation *m, const struct decision *d, struct id *batch, struct undo *undo,
                            struct err *err)
{
	const struct spree spree = { d->person->id, d->since };
	TRY(history_spree_undo(m->tx, m->page->arena, m->page->model, m->page->actor, &spree, undo, err));
	*batch = undo->save;
	return OK;
}

/* What each kind does besides being told; NULL: nothing. */
static enum code (*const deeds[MEASURE_KINDS])(struct moderation *, const struct decision *, struct id *, struct undo *,
                                               struct err *) = {
	[MEASURE_HIDE] = hide,
	[MEASURE_BLOCK] = block,
	[MEASURE_UNDO] = undo_spree,
};

enum code moderation_decide(struct moderation *m, const struct decision *d, struct undo *undo, struct err *err)
{
	const struct page *p = m->page;
	struct measure measure = { .kind = d->kind,
		                   .record = d->record ? d->record->num : 0,
		                   .title = d->record ? d->record->title : "",
		                   .person = d->person && d->kind != MEASURE_NOTHING ? d->person->num : 0,
		                   .space = d->space ? d->space->num : 0,
		                   .rule = d->rule,
		                   .reason = d->reason,
		                   .decider = p->actor->person,
		                   .level = d->space ? actor_level(p->actor, d->space) : p->actor->site };
	if (deeds[d->kind]) TRY(deeds[d->kind](m, d, &measure.batch, undo, err));
	TRY(measure_add(m->tx, &measure, &measure.num, err));
	TRY(audit_note(m->tx, p->actor, "measure.decide", d->record ? d->record->id : d->person->id,
	               json_pack("{s:s, s:I}", "kind", measure_words(d->kind), "measure", (json_int_t)measure.num),
	               err));
	if (d->record) TRY(report_close(m->tx, d->record->num, err));
	if (measure.person == 0 || measure.person == p->actor->person) return OK;
	return moderation_letter_decided(m, d->person, &measure, err);
}

/* ---- Answering ---- */

/* The save that did it is taken back. What is no longer there cannot be. */
static enum code take_back(struct moderation *m, const struct measure *measure, struct err *err)
{
	struct undo undo;
	struct err why;
	if (id_is_zero(measure->batch)) return OK;
	enum code code = history_undo(m->tx, m->page->arena, m->page->model, m->page->actor, measure->batch, &undo,
	                              &why);
	if (code == OK || code == E_NOT_FOUND) return OK;
	*err = why;
	return code;
}

static enum code lift(struct moderation *m, const struct measure *measure, struct person *person, struct err *err)
{
	struct people_change c = { m->tx, m->page->arena, m->page->actor };
	if (measure->ended) return OK;
	TRY(take_back(m, measure, err));
	if (measure->kind == MEASURE_BLOCK && person->state == PERSON_BLOCKED)
		TRY(people_set_state(&c, person, PERSON_ACTIVE, err));
	return measure_end(m->tx, measure->num, err);
}

enum code moderation_answer(struct moderation *m, const struct measure *measure, bool lifted, const char *text,
                            struct err *err)
{
	struct person person;
	enum code there = person_load(tx_db(m->tx), m->page->arena, measure->person, &person, err);
	if (there != OK && there != E_NOT_FOUND) return there;
	TRY(measure_answer(m->tx, measure->num, text, err));
	TRY(audit_note(m->tx, m->page->actor, "measure.answer", there == OK ? person.id : ID_NONE,
	               json_pack("{s:I, s:b}", "measure", (json_int_t)measure->num, "lifted", lifted), err));
	if (lifted) TRY(lift(m, measure, &person, err));
	return there == OK ? moderation_letter_answered(m, &person, measure, lifted, text, err) : OK;
}

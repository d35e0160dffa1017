#include "features/form_edit/form_uses.h"

#include <string.h>

#include "core/debate.h"
#include "core/form_change.h"
#include "core/thread.h"

bool uses_state(const struct field *field)
{
	return strcmp(field->type->name, "choice") == 0 && field->nchoices >= 2 && field->audience == AUDIENCE_PUBLIC;
}

bool uses_day(const struct field *field)
{
	return strcmp(field->type->name, "date") == 0 && field->audience == AUDIENCE_PUBLIC;
}

bool uses_text(const struct field *field)
{
	return field->type->long_text && field->audience == AUDIENCE_PUBLIC;
}

bool uses_names(const struct field *field)
{
	return field->type->long_text;
}

bool uses_points(const struct form *form, const struct form *meetings)
{
	if (form->asleep || form == meetings) return false;
	for (int i = 0; i < form->nfields; i++)
		if (form->fields[i].type && strcmp(form->fields[i].type->name, "relation") == 0 &&
		    strcmp(form->fields[i].target, meetings->key) == 0)
			return true;
	return false;
}

bool uses_makes(const struct form_uses *u, const char *form)
{
	for (int i = 0; i < u->nmakes; i++)
		if (strcmp(u->makes[i], form) == 0) return true;
	return false;
}

const struct field *uses_sorts(const struct form *form)
{
	return form->category && form->category->nchoices <= USES_ANSWERS ? form->category : NULL;
}

const char *uses_read_question(struct request *r, const struct form *form, const char *name,
                               bool (*fits)(const struct field *), bool needed, struct issues *issues)
{
	const char *key = request_form(r, name);
	const struct field *field = form_field(form, key);
	bool fine = *key == '\0' ? !needed : strcmp(key, USES_NEW) == 0 || (field && fits(field));
	if (!fine) issues_add(issues, name, N_("Choose one in the list."));
	return key;
}

/* Words for both languages of the site, as a person would have typed them. */
json_t *uses_label(const char *words)
{
	return json_pack("{s:s,s:s}", "fr", tr(LANG_FR, words), "en", tr(LANG_EN, words));
}

json_t *uses_with_question(struct arena *a, json_t *definition, json_t *keys, json_t *field, const char *words,
                           const char **key)
{
	*key = key_from_words(a, tr(LANG_FR, words), keys);
	json_object_set_new(field, "key", json_string(*key));
	json_object_set_new(field, "label", uses_label(words));
	json_object_set_new(keys, *key, json_true());
	return form_with_field(a, definition, json_keep(a, field));
}

struct effects {
	const struct page *p;
	const char **said;
	int n, max;
};

static void say(struct effects *e, const char *sentence)
{
	if (e->n < e->max) e->said[e->n++] = sentence;
}

static void say_topic(struct effects *e, const struct form_uses *u)
{
	const struct page *p = e->p;
	int n = (int)u->records;
	if (u->topic == form_is_topic(u->form)) return;
	if (u->topic)
		say(e,
		    page_printf(p,
		                _n("%d page is from now on in the list of discussions, before anybody answers.",
		                   "%d pages are from now on in the list of discussions, before anybody answers.", n),
		                n));
	else
		say(e, page_printf(p,
		                   _n("%d page leaves the list of discussions while nobody has answered it.",
		                      "%d pages leave the list of discussions while nobody has answered them.", n),
		                   n));
}

static void say_debate(struct effects *e, const struct form_uses *u)
{
	const struct page *p = e->p;
	int n = (int)u->records;
	if (u->debate && strcmp(u->debate_end, USES_NEW) == 0)
		say(e, _("A question that asks the last day to answer is added to the form."));
	if (u->debate && strcmp(u->summary, USES_NEW) == 0)
		say(e, _("A question for the summary is added to the form."));
	if (u->debate == form_debates(u->form)) return;
	if (u->debate)
		say(e,
		    page_printf(p,
		                _n("People may take position on %d page.", "People may take position on %d pages.", n),
		                n));
	else
		say(e, page_printf(p,
		                   _n("Positions are shown no more on %d page; they are kept, and come back with "
		                      "the choice.",
		                      "Positions are shown no more on %d pages; they are kept, and come back with "
		                      "the choice.",
		                      n),
		                   n));
}

static void say_call(struct effects *e, const struct form_uses *u)
{
	const struct page *p = e->p;
	int n = (int)u->records, open = (int)u->open;
	bool was = json_object_get(u->form->definition, "call") != NULL;
	if (u->call && strcmp(u->state, USES_NEW) == 0)
		say(e, _("A question that says how things stand is added: going on, answered, over. The pages that are "
		         "there are going on."));
	if (u->call && strcmp(u->end, USES_NEW) == 0)
		say(e, _("A question that asks the last day is added. The pages that are there have none until it is "
		         "answered."));
	if (u->call && !was)
		say(e, page_printf(p,
		                   _n("%d page has from now on a button to answer, while it goes on.",
		                      "%d pages have from now on a button to answer, while they go on.", open),
		                   open));
	if (u->call && open < n)
		say(e,
		    page_printf(p,
		                _n("%d page is over, by its answer.", "%d pages are over, by their answers.", n - open),
		                n - open));
	if (!u->call && was)
		say(e, page_printf(p,
		                   _n("%d page is answered no more with the button; what was said in private stays "
		                      "with those who wrote it.",
		                      "%d pages are answered no more with the button; what was said in private "
		                      "stays with those who wrote it.",
		                      n),
		                   n));
}

static void say_meeting(struct effects *e, const struct form_uses *u)
{
	const struct page *p = e->p;
	int n = (int)u->records;
	bool was = json_object_get(u->form->definition, "meeting") != NULL;
	if (u->meeting && strcmp(u->day, USES_NEW) == 0)
		say(e, _("A question that asks the day of the meeting is added to the form."));
	if (u->meeting && strcmp(u->notes, USES_NEW) == 0)
		say(e, _("A question for the minutes is added to the form."));
	if (u->meeting && strcmp(u->present, USES_NEW) == 0)
		say(e, _("A question for who was there is added to the form; visitors do not read it."));
	if (u->meeting && strcmp(u->items, USES_NEW) == 0)
		say(e, _("A form is made of what is proposed for the agenda: whoever may add pages proposes on the "
		         "meeting’s page."));
	if (u->meeting && uses_makes(u, USES_NEW_DECISION))
		say(e, _("A form of decisions is made, for the lines of the minutes that say one."));
	if (u->meeting && uses_makes(u, USES_NEW_TASK))
		say(e, _("A form of tasks is made, for the lines of the minutes that say one."));
	if (u->meeting == was) return;
	if (u->meeting)
		say(e, page_printf(p, _n("%d page is a meeting from now on.", "%d pages are meetings from now on.", n),
		                   n));
	else
		say(e, page_printf(p,
		                   _n("%d page is no meeting any more; what was written stays, and so do the pages "
		                      "that point to it.",
		                      "%d pages are no meetings any more; what was written stays, and so do the pages "
		                      "that point to them.",
		                      n),
		                   n));
}

int uses_effects(const struct page *p, const struct form_uses *u, const char **ret, int max)
{
	struct effects e = { .p = p, .said = ret, .max = max };
	say_topic(&e, u);
	say_debate(&e, u);
	say_call(&e, u);
	say_meeting(&e, u);
	if (e.n == 0) say(&e, _("It changes nothing to the pages that are there."));
	return e.n;
}

#include "features/space/space_join.h"

#include "features/joining/joining_letter.h"
#include "features/people/people_change.h"
#include "features/people/people_page.h"

static struct people_change change(const struct joining *j)
{
	return (struct people_change){ j->tx, j->page->arena, j->page->actor };
}

static const char *link_to(const struct joining *j, const char *path)
{
	return arena_printf(j->page->arena, "%s%s", j->page->base_url, path);
}

/* ---- Asking ---- */

static enum code tell_one(struct joining *j, const struct space *space, const struct person *to, enum level level,
                          const char *word, struct err *err)
{
	const struct page q = joining_page_for(j, to), *p = &q;
	const char *name = t(p, &space->name), *who = p->actor->name;
	const char *said = *word ? page_printf(p, _("%1$s says: %2$s"), who, word) : "";
	const struct letter_words words = {
		page_printf(p, _("%1$s asks to take part: %2$s"), who, name),
		level == LEVEL_FACILITATOR
		        ? page_printf(p, _("%1$s offers to look after “%2$s”. You can answer here:"), who, name)
		        : page_printf(p, _("%1$s asks to join “%2$s”. You can answer here:"), who, name),
		said
	};
	return joining_write(j, p, to, &words,
	                     arena_printf(p->arena, "%s#requests", link_to(j, members_url(p, space, NULL))), err);
}

/* The space's facilitators; where there is none, the administrators. */
static enum code tell(struct joining *j, const struct space *space, enum level level, const char *word, struct err *err)
{
	struct membership *all;
	struct person *people;
	int n, told = 0;
	TRY(membership_of_space(tx_db(j->tx), j->page->arena, space->num, &all, &n, err));
	for (int i = 0; i < n && all[i].level >= LEVEL_FACILITATOR; i++) {
		struct person person;
		TRY(person_load(tx_db(j->tx), j->page->arena, all[i].person, &person, err));
		if (person.state != PERSON_ACTIVE) continue;
		TRY(tell_one(j, space, &person, level, word, err));
		told++;
	}
	if (told) return OK;
	TRY(person_list(tx_db(j->tx), j->page->arena, &people, &n, err));
	for (int i = 0; i < n; i++)
		if (people[i].level == LEVEL_ADMINISTRATOR && people[i].state == PERSON_ACTIVE)
			TRY(tell_one(j, space, &people[i], level, word, err));
	return OK;
}

enum code space_ask(struct joining *j, const struct space *space, enum level level, const char *word, struct err *err)
{
	TRY(join_request_add(j->tx, j->page->actor->person, space->num, level, word, err));
	return tell(j, space, level, word, err);
}

/* ---- Answering ---- */

enum code space_accept(struct joining *j, const struct join_request *request, struct err *err)
{
	struct people_change c = change(j);
	const struct space *space = request->space;
	struct person person;
	TRY(person_load(tx_db(j->tx), j->page->arena, request->person, &person, err));
	TRY(people_set_member(&c, &person, space, request->level, err));
	TRY(join_request_end(j->tx, person.num, space->num, err)); /* she was one already */
	const struct page q = joining_page_for(j, &person), *p = &q;
	const struct letter_words words = {
		page_printf(p, _("You belong to “%s”"), t(p, &space->name)),
		page_printf(p, _("Welcome! You now belong to the space “%1$s”, as %2$s. It is here:"),
		            t(p, &space->name), _(level_words(request->level))),
		_("You can leave it at any time, from its page.")
	};
	return joining_write(j, p, &person, &words, link_to(j, space_url(p, space)), err);
}

enum code space_refuse(struct joining *j, const struct join_request *request, const char *reason, struct err *err)
{
	struct people_change c = change(j);
	const struct space *space = request->space;
	struct person person;
	TRY(person_load(tx_db(j->tx), j->page->arena, request->person, &person, err));
	TRY(join_request_refuse(j->tx, person.num, space->num, reason, err));
	TRY(people_note(&c, "space.refuse", person.id, json_pack("{s:s}", "space", space->slug), err));
	const struct page q = joining_page_for(j, &person), *p = &q;
	const struct letter_words words = {
		page_printf(p, _("Your request: %s"), t(p, &space->name)),
		page_printf(p, _("The people who look after “%1$s” have not accepted your request: %2$s"),
		            t(p, &space->name), reason),
		_("You can ask again another time.")
	};
	return joining_write(j, p, &person, &words, NULL, err);
}

/* ---- Handing over ---- */

enum code space_hand(struct joining *j, const struct space *space, const struct person *to, enum level mine,
                     struct err *err)
{
	struct people_change c = change(j);
	struct person self;
	TRY(people_set_member(&c, to, space, LEVEL_FACILITATOR, err));
	TRY(people_note(&c, "space.hand-over", to->id, json_pack("{s:s}", "space", space->slug), err));
	if (mine != LEVEL_FACILITATOR) {
		TRY(person_load(tx_db(j->tx), j->page->arena, c.actor->person, &self, err));
		TRY(people_set_member(&c, &self, space, mine, err));
	}
	const struct page q = joining_page_for(j, to), *p = &q;
	const struct letter_words words = {
		page_printf(p, _("You look after “%s”"), t(p, &space->name)),
		page_printf(p, _("%1$s hands the space “%2$s” over to you: from now on you look after it. It is here:"),
		            p->actor->name, t(p, &space->name)),
		_("You do not want to? Hand it over to somebody else from its page.")
	};
	return joining_write(j, p, to, &words, link_to(j, space_url(p, space)), err);
}

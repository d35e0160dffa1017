#include "features/reader/reader_web.h"

#include <string.h>

#include "base/clock.h"
#include "core/audit.h"
#include "core/moment.h"
#include "core/person.h"
#include "features/form_edit/question.h"
#include "features/joining/joining_letter.h"
#include "features/reader/reader.html.h"
#include "features/reader/reader_page.h"
#include "web/web.h"

enum { NARROWED_MAX = 500 };

/* ---- What templates ask ---- */

const char *record_number_words(const struct page *p, struct id record)
{
	enum { SHORT = 6 /* letters, the random ones */ };
	char id[ID_TEXT + 1];
	return page_printf(p, _("Page number %s"), id_format(record, id) + ID_TEXT - SHORT);
}

const char *record_known(const struct page *p, const struct record *record)
{
	return record_number_words(p, record->id);
}

const char *circle_record_id(const struct page *p, const struct record *record)
{
	char id[ID_TEXT + 1];
	return arena_strdup(p->arena, id_format(record->id, id));
}

const char *circle_url(const struct page *p, struct id record)
{
	char id[ID_TEXT + 1];
	return arena_printf(p->arena, "/-/circle/%s", id_format(record, id));
}

const char *readers_url(const struct page *p, const struct form *form)
{
	return arena_printf(p->arena, "/-/readers/%s", form->key);
}

const char *readings_url(const struct page *p, const struct form *form)
{
	return arena_printf(p->arena, "/-/readings/%s", form->key);
}

const char *reader_url(const struct page *p, const struct circle *circle, const struct reader *reader)
{
	char id[ID_TEXT + 1];
	return arena_printf(p->arena, "%s/%s", circle->url, id_format(reader->id, id));
}

const char *reader_id(const struct page *p, const struct reader *reader)
{
	char id[ID_TEXT + 1];
	return arena_strdup(p->arena, id_format(reader->id, id));
}

const char *narrowed_words(const struct page *p, const struct narrowed *narrowed)
{
	return record_number_words(p, narrowed->id);
}

const struct field *reader_person_control(const struct page *p)
{
	return question_alone(p,
	                      json_keep(p->arena, json_pack("{s:s,s:s,s:b}", "type", "person", "label",
	                                                    _("Name of the person’s account"), "required", 1)),
	                      "person");
}

const struct field *reader_until_control(const struct page *p)
{
	return question_alone(p,
	                      json_keep(p->arena, json_pack("{s:s,s:s,s:s}", "type", "date", "label", _("Until"),
	                                                    "help", _("Empty: until somebody takes her name away."))),
	                      "until");
}

/* ---- Whose ---- */

enum code reader_form(struct request *r, const struct form **ret, struct err *err)
{
	const struct form *form = model_form(r->page.model, r->params[0]);
	bool known = form && form->confidential && (actor_reads_form(&r->actor, form) || page_shapes(&r->page));
	if (!known) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	*ret = form;
	return OK;
}

static enum code load_circle(struct request *r, struct circle *c, struct err *err)
{
	struct page *p = &r->page;
	int64_t circle = c->own ? circle_of_record(c->record) : circle_of_form(c->form);
	TRY(reader_list(r->db, r->arena, circle, &c->readers, &c->n, err));
	if (c->record == NULL) {
		c->reads = actor_in_circle(&r->actor, circle);
		c->names = page_shapes(p);
		c->name = t(p, &c->form->plural);
		c->url = readers_url(p, c->form);
		return reader_narrowed(r->db, r->arena, c->form, NARROWED_MAX, &c->narrowed, &c->nnarrowed, err);
	}
	c->name = record_known(p, c->record);
	c->url = circle_url(p, c->record->id);
	TRY(reader_list(r->db, r->arena, circle_of_form(c->form), &c->others, &c->nothers, err));
	int kept = 0;
	for (int i = 0; i < c->nothers; i++) {
		bool there = c->others[i].ended;
		for (int k = 0; k < c->n; k++) there |= c->readers[k].person == c->others[i].person;
		if (!there) c->others[kept++] = c->others[i];
	}
	c->nothers = kept;
	return OK;
}

static enum code form_circle(struct request *r, struct circle *ret, struct err *err)
{
	struct circle c = { .form = NULL };
	TRY(reader_form(r, &c.form, err));
	TRY(load_circle(r, &c, err));
	*ret = c;
	return OK;
}

/* Who shapes forms finds it too, by its number, to name somebody: she learns nothing of what it says. */
static enum code record_circle(struct request *r, struct circle *ret, struct err *err)
{
	struct circle c = { .form = NULL };
	struct record *record;
	struct id id;
	if (!id_parse(r->params[0], &id)) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(record_load(r->db, r->arena, r->page.model, &actor_program, id, &record, err));
	c.reads = page_may(&r->page, ACTION_READ, record);
	c.names = page_shapes(&r->page) || page_may(&r->page, ACTION_EDIT, record);
	if (record->circle == 0 || record->about || (!c.reads && !page_shapes(&r->page)))
		FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	c.form = record->form;
	c.record = record;
	c.own = record->circle < 0;
	TRY(load_circle(r, &c, err));
	*ret = c;
	return OK;
}

static enum code show(struct request *r, const struct circle *c, const json_t *person, const json_t *until,
                      struct issues *issues)
{
	struct page *p = &r->page;
	p->title = page_printf(p, _("Who reads “%s”"), c->name);
	p->hidden = true;
	if (issues) r->response->status = 422;
	p->issues = issues;
	if (c->record) record_readers_page(request_out(r), p, c);
	else form_readers_page(request_out(r), p, c, person, until);
	return OK;
}

static enum code readers_show(struct request *r, struct err *err)
{
	struct circle c;
	TRY(form_circle(r, &c, err));
	return show(r, &c, NULL, NULL, NULL);
}

static enum code circle_show(struct request *r, struct err *err)
{
	struct circle c;
	TRY(record_circle(r, &c, err));
	return show(r, &c, NULL, NULL, NULL);
}

/* ---- Naming ---- */

struct naming {
	struct request *r;
	const struct circle *c;
	struct person person;
	int64_t until;
	bool own;
};

static enum code note(struct tx *tx, const struct naming *n, const char *action, struct err *err)
{
	char id[ID_TEXT + 1];
	json_t *detail = json_pack("{s:s}", "form", n->c->form->key);
	if (n->c->record) json_object_set_new(detail, "page", json_string(id_format(n->c->record->id, id)));
	return audit_note(tx, &n->r->actor, action, n->person.id, detail, err);
}

/* Who reads already is told, and so is who is named; not who does it. */
static enum code tell(struct tx *tx, const struct naming *n, int64_t to, struct err *err)
{
	struct request *r = n->r;
	struct joining j = { tx, &r->page };
	struct person person;
	if (to == r->actor.person) return OK;
	TRY(person_load(tx_db(tx), r->arena, to, &person, err));
	const struct page q = joining_page_for(&j, &person), *p = &q;
	const char *what = t(p, &n->c->form->plural), *who = r->actor.name;
	const char *said = to == n->person.num
	                           ? page_printf(p,
	                                         _("%1$s named you: you read confidential pages, “%2$s”. What you read "
	                                           "there is noted. They are here:"),
	                                         who, what)
	                   : n->person.num == r->actor.person
	                           ? page_printf(p,
	                                         _("%1$s named herself or himself to read confidential pages that you "
	                                           "read too: “%2$s”. All who read them are here:"),
	                                         who, what)
	                           : page_printf(p,
	                                         _("%1$s named %3$s to read confidential pages that you read too: "
	                                           "“%2$s”. All who read them are here:"),
	                                         who, what, n->person.name);
	const struct letter_words words = {
		page_printf(p, _("Who reads “%s”"), what), said,
		_("This is not as it should be? Speak with the person who did it, or with the "
		  "people in charge of the site.")
	};
	return joining_write(&j, p, &person, &words,
	                     arena_printf(r->arena, "%s%s", p->base_url, readers_url(p, n->c->form)), err);
}

static enum code name(struct tx *tx, void *arg, struct err *err)
{
	const struct naming *n = arg;
	const struct circle *c = n->c;
	int64_t circle = c->record ? circle_of_record(c->record) : circle_of_form(c->form);
	TRY(reader_name(tx, &n->r->actor, c->form, circle, n->person.num, n->until, err));
	TRY(note(tx, n, "reader.name", err));
	for (int i = 0; i < c->n; i++)
		if (c->readers[i].person != n->person.num && !c->readers[i].ended)
			TRY(tell(tx, n, c->readers[i].person, err));
	return tell(tx, n, n->person.num, err);
}

static enum code may_name(struct request *r, const struct circle *c, struct err *err)
{
	if (!c->names) FAIL(err, E_FORBIDDEN, N_("The people who shape the forms name who reads these pages."));
	return web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err);
}

/* The end of the day, by the site's clocks. */
static void read_until(struct naming *n, const json_t *day, struct issues *issues)
{
	struct date date;
	if (day == NULL) return;
	if (!date_from_iso(json_string_value(day), &date)) return; /* the field said what is wrong */
	const struct datetime midnight = { .date = date_from_days(date_to_days(date) + 1) };
	n->until = zone_utc(model_zone(n->r->page.model), &midnight);
	if (n->until <= clock_now()) issues_add(issues, "until", N_("Choose a day to come."));
}

static enum code read_person(struct naming *n, const json_t *who, struct issues *issues, struct err *err)
{
	struct id id;
	if (who == NULL) issues_add(issues, "person", N_("Write the name of a person who has an account here."));
	if (who == NULL || issues_of(issues, "person")) return OK;
	if (!id_parse(json_string_value(who), &id)) return OK;
	return person_by_id(n->r->db, n->r->arena, id, &n->person, err);
}

static enum code readers_post(struct request *r, struct err *err)
{
	struct circle c;
	struct issues issues;
	struct field_post post = request_post(r);
	const struct field *person = reader_person_control(&r->page), *until = reader_until_control(&r->page);
	TRY(form_circle(r, &c, err));
	TRY(may_name(r, &c, err));
	struct naming n = { .r = r, .c = &c };
	issues_init(&issues, r->arena);
	post.actor = &r->actor;
	post.db = r->db;
	post.model = r->page.model;
	const json_t *who = person->type->read(person, &post, &issues), *day = until->type->read(until, &post, &issues);
	if (day) until->type->check(until, day, &issues);
	TRY(read_person(&n, who, &issues, err));
	if (issues.count == 0) read_until(&n, day, &issues);
	if (issues.count) return show(r, &c, who, day, &issues);
	TRY(request_write(r, name, &n, err));
	return request_redirect(r, c.url, "lecteur");
}

/* ---- Taking a name away ---- */

static enum code take_away(struct tx *tx, void *arg, struct err *err)
{
	const struct naming *n = arg;
	const struct circle *c = n->c;
	TRY(reader_remove(tx, c->record ? circle_of_record(c->record) : circle_of_form(c->form), n->person.num, err));
	return note(tx, n, "reader.remove", err);
}

static enum code find_reader(struct request *r, struct naming *n, struct err *err)
{
	struct id id;
	if (!id_parse(r->params[1], &id)) FAIL(err, E_NOT_FOUND, N_("There is no such person."));
	return person_by_id(r->db, r->arena, id, &n->person, err);
}

/* Everybody may take her own name away. */
static enum code take(struct request *r, const struct circle *c, struct err *err)
{
	struct naming n = { .r = r, .c = c };
	TRY(find_reader(r, &n, err));
	if (n.person.num != r->actor.person) TRY(may_name(r, c, err));
	TRY(request_write(r, take_away, &n, err));
	bool gone = n.person.num == r->actor.person && !page_shapes(&r->page);
	return request_redirect(r, gone ? "/-/account" : c->url, "lecteur-ote");
}

static enum code reader_post(struct request *r, struct err *err)
{
	struct circle c;
	TRY(form_circle(r, &c, err));
	return take(r, &c, err);
}

/* ---- Of one record ---- */

static enum code narrow(struct tx *tx, void *arg, struct err *err)
{
	const struct naming *n = arg;
	TRY(reader_narrow(tx, n->c->record, n->own, err));
	return note(tx, n, n->own ? "reader.narrow" : "reader.widen", err);
}

static enum code circle_post(struct request *r, struct err *err)
{
	struct circle c;
	struct issues issues;
	TRY(record_circle(r, &c, err));
	TRY(may_name(r, &c, err));
	struct naming n = { .r = r, .c = &c };
	if (*request_form(r, "own")) {
		n.own = *request_form(r, "own") == '1';
		/* Giving it back to more readers is for who reads it. */
		if (!n.own && !c.reads)
			FAIL(err, E_FORBIDDEN, N_("Only who reads this page gives it back to all readers."));
		TRY(request_write(r, narrow, &n, err));
		return request_redirect(r, c.url, n.own ? "cercle" : "cercle-rendu");
	}
	issues_init(&issues, r->arena);
	for (int i = 0; c.own && i < c.nothers; i++) {
		char id[ID_TEXT + 1];
		if (strcmp(id_format(c.others[i].id, id), request_form(r, "person")) != 0) continue;
		n.until = c.others[i].until;
		TRY(person_load(r->db, r->arena, c.others[i].person, &n.person, err));
		TRY(request_write(r, name, &n, err));
		return request_redirect(r, c.url, "lecteur");
	}
	issues_add(&issues, "person", N_("Choose one in the list."));
	return show(r, &c, NULL, NULL, &issues);
}

static enum code circle_reader_post(struct request *r, struct err *err)
{
	struct circle c;
	TRY(record_circle(r, &c, err));
	if (!c.own) FAIL(err, E_NOT_FOUND, N_("There is no such person."));
	return take(r, &c, err);
}

const struct feature reader_feature = {
	.name = "reader",
	.way = WAY_NOTICE,
	.routes = ROUTES({ HTTP_GET, "/-/readers/:form", readers_show, ACTION_READ, KIND_PERSON,
	                   N_("Who reads the confidential pages of a form"), 0, false },
	                 { HTTP_POST, "/-/readers/:form", readers_post, ACTION_READ, KIND_PERSON,
	                   N_("Name somebody who reads them"), 0, false },
	                 { HTTP_POST, "/-/readers/:form/:person", reader_post, ACTION_READ, KIND_PERSON,
	                   N_("Take a reader’s name away"), 0, false },
	                 { HTTP_GET, "/-/readings/:form", readings_show, ACTION_READ, KIND_PERSON,
	                   N_("Who read which confidential page, and when"), 0, false },
	                 { HTTP_GET, "/-/readings/:form/csv", readings_csv, ACTION_READ, KIND_PERSON,
	                   N_("The same as a file"), 0, false },
	                 { HTTP_GET, "/-/circle/:id", circle_show, ACTION_READ, KIND_PERSON,
	                   N_("Who reads one confidential page"), 0, false },
	                 { HTTP_POST, "/-/circle/:id", circle_post, ACTION_READ, KIND_PERSON,
	                   N_("Give a confidential page readers of its own"), 0, false },
	                 { HTTP_POST, "/-/circle/:id/:person", circle_reader_post, ACTION_READ, KIND_PERSON,
	                   N_("Take a name away from those"), 0, false }),
};

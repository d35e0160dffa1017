#include "features/care/care_web.h"

#include <string.h>

#include "base/clock.h"
#include "core/audit.h"
#include "core/definition.h"
#include "core/person.h"
#include "features/care/care.html.h"
#include "features/care/care_page.h"
#include "features/form_edit/question.h"
#include "features/joining/joining_letter.h"
#include "features/moderation/moderation_web.h"
#include "features/space/space.h"
#include "features/space/space_life.h"
#include "web/web.h"

enum { SHOWN = 100 };

/* ---- What it is ---- */

static bool load_care(const struct page *p, enum dormant_kind kind, int64_t num, struct tended *t)
{
	struct err ignored;
	if (care_load(p->db, p->arena, kind, num, &t->care, &ignored) != OK) return false;
	for (int i = 0; i < t->care.nkeepers; i++) t->keeper |= t->care.keepers[i].person == p->actor->person;
	t->looked_after = t->care.nkeepers;
	return true;
}

static bool is_keeper(const struct tended *t, int64_t person)
{
	for (int i = 0; i < t->care.nkeepers; i++)
		if (t->care.keepers[i].person == person) return true;
	return false;
}

bool tended_record(const struct page *p, const struct record *record, struct tended *ret)
{
	char id[ID_TEXT + 1];
	struct person person;
	struct tended t = {
		.form = record->form, .record = record, .name = record->title, .picture = record->form->icon
	};
	if (record->about || record->circle || !load_care(p, DORMANT_RECORD, record->num, &t)) return false;
	if (record->state != STATE_PUBLISHED && record->state != STATE_ARCHIVED) return false;
	if (record->author && person_load(p->db, p->arena, record->author, &person, NULL) == OK &&
	    person.state == PERSON_ACTIVE && !is_keeper(&t, record->author)) {
		t.author = person.name;
		t.looked_after++;
	}
	t.care.asleep = t.care.asleep && record->state == STATE_ARCHIVED;
	t.mine = t.author && record->author == p->actor->person;
	t.url = record_url(p, record);
	t.here = arena_printf(p->arena, "/-/care/page/%s", id_format(record->id, id));
	t.manages = page_signed_in(p) && (t.keeper || page_may(p, ACTION_DELETE, record));
	t.takes = page_signed_in(p) && page_may(p, ACTION_EDIT, record);
	*ret = t;
	return true;
}

bool tended_form(const struct page *p, const struct form *form, struct tended *ret)
{
	const char *label = t(p, &form->label);
	struct tended t = { .form = form, .name = page_printf(p, _("Form “%s”"), label), .picture = form->icon };
	if (!page_shapes(p) || !load_care(p, DORMANT_FORM, form->num, &t)) return false;
	t.url = arena_printf(p->arena, "/-/form/%s", form->key);
	t.here = arena_printf(p->arena, "/-/care/form/%s", form->key);
	t.manages = t.takes = true;
	*ret = t;
	return true;
}

bool care_counts(const struct page *p, const struct record *record)
{
	return dormant_counts(p->model, record->form);
}

const char *tended_names(const struct page *p, const struct tended *tended)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	if (tended->author) buf_puts(&out, tended->author);
	for (int i = 0; i < tended->care.nkeepers; i++)
		buf_printf(&out, "%s%s", out.len ? ", " : "", tended->care.keepers[i].name);
	return buf_str(&out);
}

const struct field *care_person_control(const struct page *p)
{
	return question_alone(p,
	                      json_keep(p->arena, json_pack("{s:s,s:s,s:b}", "type", "person", "label",
	                                                    _("Name of the person’s account"), "required", 1)),
	                      "person");
}

const char *care_space_url(const struct page *p, const struct space *space)
{
	return arena_printf(p->arena, "/-/care/space/%s", space->slug);
}

static enum code find_page(struct request *r, const char *name, struct tended *ret, struct err *err)
{
	struct record *record;
	struct id id;
	bool found = false;
	if (id_parse(name, &id)) {
		TRY(record_load(r->db, r->arena, r->page.model, &r->actor, id, &record, err));
		found = tended_record(&r->page, record, ret);
	}
	if (!found) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	return OK;
}

static enum code find_form(struct request *r, const char *name, struct tended *ret, struct err *err)
{
	const struct form *form = model_form(r->page.model, name);
	if (form == NULL || !tended_form(&r->page, form, ret))
		FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	return OK;
}

/* Its state and its story are its own (core/space.h), its facilitators those of its people. */
static enum code find_space(struct request *r, const char *name, struct tended *ret, struct err *err)
{
	const struct page *p = &r->page;
	const struct space *space = model_space_by_slug(p->model, name);
	struct space_row row;
	if (space == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(may(&r->actor, ACTION_MANAGE, &(struct thing){ .kind = KIND_SPACE, .space = space }, err));
	TRY(space_row_load(p, space, &row, err));
	r->page.space = space;
	*ret = (struct tended){ .space = space,
		                .care = { .kind = DORMANT_SPACE,
		                          .num = space->num,
		                          .offered = space_is_offered(space),
		                          .asleep = space->state != SPACE_AWAKE,
		                          .story = space_text(space, "story") },
		                .name = t(p, &space->name),
		                .picture = space_icon(space),
		                .url = space_url(p, space),
		                .here = care_space_url(p, space),
		                .looked_after = row.facilitators,
		                .manages = true };
	return OK;
}

/* What is looked after. To add one: a row, and its words in care.html. */
static enum code find(struct request *r, struct tended *ret, struct err *err)
{
	static const struct {
		const char *word;
		enum code (*find)(struct request *r, const char *name, struct tended *ret, struct err *err);
	} kinds[] = { { "page", find_page }, { "form", find_form }, { "space", find_space } };
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strcmp(kinds[i].word, r->params[0]) == 0) return kinds[i].find(r, r->params[1], ret, err);
	FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
}

/* ---- The page ---- */

static enum code show(struct request *r, const struct tended *t, const json_t *person, const char *story,
                      struct issues *issues)
{
	struct page *p = &r->page;
	p->title = page_printf(p, _("What becomes of “%s”"), t->name);
	p->hidden = true;
	p->issues = issues;
	if (issues) r->response->status = 422;
	care_page(request_out(r), p, t, person, story);
	return OK;
}

static enum code care_show(struct request *r, struct err *err)
{
	struct tended t;
	TRY(find(r, &t, err));
	return show(r, &t, NULL, t.care.story, NULL);
}

/* ---- What is done ---- */

struct doing {
	struct request *r;
	struct tended t;
	struct care next;
	const struct deed *deed;
	struct person person;
	bool leaves;
};

static enum code tell(struct tx *tx, struct doing *d, const struct person *to, struct err *err)
{
	struct request *r = d->r;
	struct joining j = { tx, &r->page };
	if (to->num == r->actor.person) return OK;
	const struct page q = joining_page_for(&j, to), *p = &q;
	bool hers = to->num == d->person.num;
	const struct letter_words words = {
		hers ? page_printf(p, _("You look after “%s”"), d->t.name)
		     : page_printf(p, _("“%s” goes on"), d->t.name),
		page_printf(p,
		            hers ? _("%1$s hands “%2$s” over to you: from now on you look after it. It is here:")
		                 : _("%1$s takes “%2$s” up. It is here:"),
		            r->actor.name, d->t.name),
		hers ? _("You do not want to? Hand it over to somebody else from there.")
		     : _("You go on looking after it too, unless you say otherwise there.")
	};
	return joining_write(&j, p, to, &words, arena_printf(r->arena, "%s%s", p->base_url, d->t.here), err);
}

static enum code take(struct tx *tx, struct doing *d, struct err *err)
{
	const struct tended *t = &d->t;
	struct person person;
	int64_t author = t->author ? t->record->author : 0;
	d->next.offered = false;
	TRY(keeper_add(tx, t->care.kind, t->care.num, d->r->actor.person, err));
	for (int i = -1; i < t->care.nkeepers; i++) {
		int64_t to = i < 0 ? author : t->care.keepers[i].person;
		if (to == 0) continue;
		TRY(person_load(tx_db(tx), d->r->arena, to, &person, err));
		TRY(tell(tx, d, &person, err));
	}
	return OK;
}

static enum code hand(struct tx *tx, struct doing *d, struct err *err)
{
	const struct tended *t = &d->t;
	d->next.offered = false;
	TRY(keeper_add(tx, t->care.kind, t->care.num, d->person.num, err));
	if (d->leaves) TRY(keeper_remove(tx, t->care.kind, t->care.num, d->r->actor.person, err));
	return tell(tx, d, &d->person, err);
}

static enum code leave(struct tx *tx, struct doing *d, struct err *err)
{
	return keeper_remove(tx, d->t.care.kind, d->t.care.num, d->r->actor.person, err);
}

static enum code offer(struct tx *tx, struct doing *d, struct err *err)
{
	(void)tx;
	(void)err;
	d->next.offered = true;
	return OK;
}

static enum code keep(struct tx *tx, struct doing *d, struct err *err)
{
	(void)tx;
	(void)err;
	d->next.offered = false;
	return OK;
}

/* A page that sleeps is archived; a form takes nothing new. */
static enum code set_asleep(struct tx *tx, struct doing *d, bool asleep, struct err *err)
{
	struct request *r = d->r;
	json_t *definition;
	d->next.asleep = asleep;
	d->next.offered = false;
	if (d->t.space) return asleep ? space_may_close(&r->page, d->t.space, err) : OK;
	if (d->t.record)
		return record_set_state(tx, r->arena, r->page.model, d->t.keeper ? &actor_program : &r->actor,
		                        d->t.record->id, asleep ? STATE_ARCHIVED : STATE_PUBLISHED, (struct id){ 0 },
		                        err);
	TRY(definition_load(tx_db(tx), r->arena, DEFINITION_FORM, d->t.form->key, &definition, err));
	if (asleep) json_object_set_new(definition, "asleep", json_true());
	else json_object_del(definition, "asleep");
	return definition_save(tx, r->arena, DEFINITION_FORM, d->t.form->key, definition, &r->actor, NULL, err);
}

static enum code sleep_well(struct tx *tx, struct doing *d, struct err *err)
{
	return set_asleep(tx, d, true, err);
}

static enum code wake(struct tx *tx, struct doing *d, struct err *err)
{
	return set_asleep(tx, d, false, err);
}

/* To add one: a row, its form in care.html, its notice and its words in the audit. */
static const struct deed {
	const char *name, *notice, *action;
	enum code (*run)(struct tx *tx, struct doing *d, struct err *err);
	bool taking;  /* for whoever may take it up; else for who says what becomes of it */
	bool persons; /* about who looks after it: of a space, its members' pages do that */
} deeds[] = {
	{ "take", "reprise", "care.take", take, true, true },
	{ "hand", "passee", "care.hand-over", hand, false, true },
	{ "offer", "cherche-releve", "care.offer", offer, false, false },
	{ "keep", "vivante", "care.keep", keep, false, false },
	{ "sleep", "sommeil", "care.sleep", sleep_well, false, false },
	{ "wake", "reveil", "care.wake", wake, false, false },
	{ "leave", "quittee", "care.leave", leave, true, true },
};

static enum code save(struct tx *tx, struct doing *d, struct err *err)
{
	const struct space_life life = { .state = d->next.asleep ? SPACE_ASLEEP : SPACE_AWAKE,
		                         .story = d->next.story,
		                         .offered = d->next.offered };
	return d->t.space ? space_live(tx, d->r->arena, d->t.space, &life, err) : care_save(tx, &d->next, err);
}

static enum code note(struct tx *tx, const struct doing *d, struct err *err)
{
	const struct tended *t = &d->t;
	const struct id thing = t->record ? t->record->id : t->space ? t->space->id : ID_NONE;
	json_t *detail = t->record  ? NULL
	                 : t->space ? json_pack("{s:s}", "space", t->space->slug)
	                            : json_pack("{s:s}", "form", t->form->key);
	return audit_note(tx, &d->r->actor, d->deed->action, thing, detail, err);
}

static enum code run(struct tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	d->next = d->t.care;
	if (d->next.story == NULL) d->next.story = "";
	d->next.touched = clock_now();
	TRY(d->deed->run(tx, d, err));
	TRY(save(tx, d, err));
	return note(tx, d, err);
}

static enum code read_person(struct doing *d, const json_t **who, struct issues *issues, struct err *err)
{
	struct request *r = d->r;
	struct field_post post = request_post(r);
	const struct field *control = care_person_control(&r->page);
	struct id id;
	post.actor = &r->actor;
	post.db = r->db;
	post.model = r->page.model;
	*who = control->type->read(control, &post, issues);
	if (*who == NULL) issues_add(issues, "person", N_("Write the name of a person who has an account here."));
	if (issues->count || !id_parse(json_string_value(*who), &id)) return OK;
	d->leaves = *request_form(r, "leave") != '\0';
	return person_by_id(r->db, r->arena, id, &d->person, err);
}

static enum code may_do(const struct doing *d, struct err *err)
{
	if (d->deed->taking ? d->t.takes || d->t.keeper : d->t.manages) return OK;
	FAIL(err, E_FORBIDDEN, N_("The people who look after it say what becomes of it."));
}

static enum code care_post(struct request *r, struct err *err)
{
	struct doing d = { .r = r };
	struct issues issues;
	const json_t *who = NULL;
	const char *story;
	issues_init(&issues, r->arena);
	TRY(find(r, &d.t, err));
	for (size_t i = 0; i < COUNT(deeds); i++)
		if (strcmp(deeds[i].name, request_form(r, "do")) == 0) d.deed = &deeds[i];
	if (d.deed == NULL || (d.t.space && d.deed->persons)) FAIL(err, E_INPUT, N_("Choose one in the list."));
	TRY(may_do(&d, err));
	TRY(web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err));
	story = d.t.care.story;
	if (d.deed->run == sleep_well) TRY(moderation_text(r, "story", CARE_STORY_MAX, true, &issues, &story, err));
	if (d.deed->run == hand) TRY(read_person(&d, &who, &issues, err));
	if (issues.count) return show(r, &d.t, who, story, &issues);
	d.t.care.story = story;
	TRY(request_write_model(r, run, &d, err));
	return request_redirect(r, d.t.space ? d.t.url : d.t.here, d.deed->notice);
}

/* ---- What looks for somebody ---- */

static bool offered_space(const struct page *p, const struct space *space, struct tended *ret)
{
	struct space_row row;
	struct err ignored;
	if (!space_is_offered(space) || space->state != SPACE_AWAKE) return false;
	if (!allowed(p->actor, ACTION_READ, &(struct thing){ .kind = KIND_SPACE, .space = space })) return false;
	if (space_row_load(p, space, &row, &ignored) != OK) return false;
	*ret = (struct tended){ .name = t(p, &space->name),
		                .picture = space_icon(space),
		                .url = space_url(p, space),
		                .here = space_may_offer(p, &row) ? arena_printf(p->arena, "%s?role=facilitator",
		                                                                space_action_url(p, space, "join"))
		                                                 : space_url(p, space) };
	return true;
}

static enum code offers_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	int64_t *nums;
	int n, found = 0;
	struct err none;
	struct tended *all = arena_array(r->arena, struct tended, 3 * SHOWN);
	TRY(care_offered(r->db, r->arena, DORMANT_RECORD, SHOWN, &nums, &n, err));
	for (int i = 0; i < n; i++) {
		struct record *record;
		if (record_load_num(r->db, r->arena, p->model, &r->actor, nums[i], &record, &none) != OK) continue;
		if (tended_record(p, record, &all[found])) found++;
	}
	TRY(care_offered(r->db, r->arena, DORMANT_FORM, SHOWN, &nums, &n, err));
	for (int i = 0; i < n; i++) {
		const struct form *form = model_form_by_num(p->model, nums[i]);
		if (form && tended_form(p, form, &all[found])) found++;
	}
	for (int i = 0; i < p->model->nspaces && found < 3 * SHOWN; i++)
		if (offered_space(p, &p->model->spaces[i], &all[found])) found++;
	p->title = _("What looks for somebody");
	p->hidden = true;
	care_offers_page(request_out(r), p, all, found);
	return OK;
}

const struct feature care_feature = {
	.name = "care",
	.routes = ROUTES({ HTTP_GET, "/-/care", offers_show, ACTION_READ, KIND_PERSON,
	                   N_("Pages and forms that look for somebody"), 0, false },
	                 { HTTP_GET, "/-/dormant", dormant_show, ACTION_MANAGE, KIND_RECORD,
	                   N_("What nobody has touched for months"), 0, false },
	                 { HTTP_POST, "/-/dormant", dormant_post, ACTION_ADMINISTER, KIND_SITE,
	                   N_("Say after how many months, and for which forms"), 0, false },
	                 { HTTP_GET, "/-/care/:kind/:id", care_show, ACTION_READ, KIND_PERSON,
	                   N_("Who looks after a page or a form, and what becomes of it"), 0, false },
	                 { HTTP_POST, "/-/care/:kind/:id", care_post, ACTION_READ, KIND_PERSON,
	                   N_("Take it up, hand it over, put it to sleep, wake it"), 0, false }),
};
